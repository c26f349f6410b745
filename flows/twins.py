"""Files of one publication that state the same, as a built warehouse holds them: their facts count once."""

from pathlib import Path

import duckdb


def second_files(database: Path) -> list[tuple[str, str]]:
    """Each file that counts through another, and that other: names of files, in order."""
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        return connection.execute(
            "select second.file_name, counted.file_name from marts.dim_report as second"
            " join marts.dim_report as counted on second.twin_of = counted.report_key order by 1, 2"
        ).fetchall()
