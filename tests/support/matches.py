"""Files of decisions about names for tests."""

import csv
import io
from pathlib import Path

from flows.resolve.overrides import HEADER

_SAID = {
    "kind": "project",
    "bureau": "",
    "one": "示例补助",
    "other": "样本补助",
    "verdict": "same",
    "reason": "同一项目",
    "by": "王一",
    "on": "2024-03-01",
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
