"""What became of every line of the file, once the reports it is about are staged: for ``ops.corrections`` and the run's output."""

import json
from pathlib import Path
from typing import Any

from flows.corrections.file import Correction, Corrections
from flows.findings import Row
from flows.handwritten import as_day


def listing(corrections: Corrections, file_names: dict[str, str], staged: Path) -> list[Row]:
    """A row of ``landing.corrections`` per line. ``file_names``: report key → name of its file."""
    outcomes: dict[str, dict[str, Any]] = {}
    for key in corrections.by_report():
        outcomes[key] = json.loads((staged / key / "outcome.json").read_text(encoding="utf8"))["corrections"]
    return [_row(line, file_names.get(line.report_key or ""), outcomes.get(line.report_key or "", {})) for line in corrections.lines]


def _row(line: Correction, file_name: str | None, outcome: dict[str, Any]) -> Row:
    if line.refusal:
        became: Row = {"state": "refused", "message": line.refusal, "fact_id": None}
    elif line.report_key is None:
        became = {"state": "report_absent", "message": f"仓库里没有 {line.report} 这份报告", "fact_id": None}
    else:
        became = outcome[line.digest]
    return {
        "file_line": line.line,
        "report_named": line.report or None,
        "report_key": line.report_key,
        "file_name": file_name,
        "table_name": line.table or None,
        "source_ref": line.place or None,
        "field_name": line.field or None,
        "printed": line.printed or None,
        "right_value": line.right or None,
        "reason": line.reason or None,
        "corrected_by": line.who or None,
        "corrected_on": as_day(line.when),
        **became,
    }
