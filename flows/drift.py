"""What fell in a built warehouse: the flags of ops.drift that a run and the status show."""

from dataclasses import dataclass, fields
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Fall:
    """A flagged change for the worse, a row of ops.drift. ``before`` and ``now``: counts, or percent where the measure ends in _pct."""

    compared_with: str
    is_same_file: bool
    bureau_name: str | None
    report_kind: str | None
    fiscal_year: int | None
    part: str
    table_match: str | None
    measure: str
    before: float
    now: float


def worst_first(database: Path) -> list[Fall]:
    """Each event once, worst first."""
    names = ", ".join(f"cast({field.name} as double)" if field.type is float else field.name for field in fields(Fall))
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        rows = connection.execute(f"select {names} from ops.drift where flag_no is not null order by flag_no").fetchall()
    return [Fall(*row) for row in rows]
