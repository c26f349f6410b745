"""The published tables as files: Parquet, CSV, Excel, Open Fiscal Data Package. The same release gives the same bytes."""
