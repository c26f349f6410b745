"""The data dictionary: columns (``columns.toml``), tables (``tables.toml``), and what is derived from them."""
