"""Files of corrections for tests."""

import csv
import io
from pathlib import Path

from flows.corrections.file import HEADER

_SAID = {
    "report": "a.txt",
    "table": "accounts",
    "place": "L1",
    "field": "amount_yuan",
    "printed": "1",
    "right": "2",
    "reason": "两数颠倒",
    "who": "王一",
    "when": "2024-03-01",
}


def line(**said: str) -> str:
    """A line of the file; what is not said is some valid thing."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow([(_SAID | said)[name] for name in HEADER])
    return stream.getvalue()


def write(path: Path, *lines: str) -> Path:
    """Writes the file with its header; returns its path."""
    path.write_text("\n".join([",".join(HEADER), *lines, ""]), encoding="utf8")
    return path
