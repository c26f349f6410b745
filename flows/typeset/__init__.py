"""Typesets sample reports of plainly fictional bureaus from facts.

    for path in typeset_samples(Path("raw")):
        ...

The facts stand in samples/*.toml; totals, rates and scores are computed from them. The same facts give the
same bytes.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.typeset.assemble import Sample, read_samples
from flows.typeset.doc import doc
from flows.typeset.document import Block, documents
from flows.typeset.docx import docx
from flows.typeset.facts import Report
from flows.typeset.html import html
from flows.typeset.layouts import LAYOUTS, Layout
from flows.typeset.ofd import ofd
from flows.typeset.pdf import pdf
from flows.typeset.text import pipe, tab_led, tab_separated
from flows.typeset.xls import xls
from flows.typeset.xlsx import xlsx

# Dialect → ending and writer: blocks, title and layout give the same bytes every time.
_WRITERS: dict[str, tuple[str, Callable[[Sequence[Block], str, Layout], bytes]]] = {
    "tab_led": ("txt", tab_led),
    "tab_separated": ("txt", tab_separated),
    "pipe": ("md", pipe),
    "html": ("html", html),
    "pdf": ("pdf", pdf),
    "docx": ("docx", docx),
    "doc": ("doc", doc),
    "xls": ("xls", xls),
    "xlsx": ("xlsx", xlsx),
    "ofd": ("ofd", ofd),
}

__all__ = [
    "LAYOUTS",
    "Layout",
    "Report",
    "Sample",
    "load_samples",
    "read_samples",
    "typeset",
    "typeset_samples",
]


def load_samples() -> list[Report]:
    """The facts of all sample reports: what the typeset files state, figure by figure."""
    return [sample.report for sample in read_samples()]


def typeset(report: Report, layout: Layout) -> dict[str, bytes]:
    """The files of a report: names to contents."""
    ending, write = _WRITERS[layout.dialect]
    return {f"{name}.{ending}": write(blocks, report.title, layout) for name, blocks in documents(report, layout).items()}


def typeset_samples(directory: Path) -> list[Path]:
    """Writes all sample reports, each in the layout of its bureau."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in read_samples():
        for name, content in typeset(sample.report, sample.layout).items():
            path = directory / name
            path.write_bytes(content)
            paths.append(path)
    return paths
