"""CSV files that people write (``flows.handwritten``), for tests."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path


def line(usual: Mapping[str, str], **said: str) -> str:
    """A line of a file with these columns; what is not said is the usual, some valid thing."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow((usual | said).values())
    return stream.getvalue()


def write(header: Sequence[str], path: Path, *lines: str) -> Path:
    """Writes the file with its header; returns its path."""
    path.write_text("\n".join([",".join(header), *lines, ""]), encoding="utf8")
    return path
