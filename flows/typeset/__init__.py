"""Typesets sample reports of plainly fictional bureaus from facts.

    for path in typeset_samples(Path("raw")):
        ...

The facts stand in samples/*.toml; totals, rates and scores are computed from them. The same facts give the
same bytes.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.typeset.assemble import Sample, read_samples, read_small_samples
from flows.typeset.doc import doc, lacks_libreoffice
from flows.typeset.document import Block, documents
from flows.typeset.docx import docx
from flows.typeset.facts import Report
from flows.typeset.html import html
from flows.typeset.layouts import LAYOUTS, Dialect, Layout
from flows.typeset.ofd import ofd
from flows.typeset.pdf import pdf
from flows.typeset.random import SeededChoices, random_report
from flows.typeset.scan import lacks_chinese_font, scan
from flows.typeset.text import pipe, tab_led, tab_separated
from flows.typeset.xls import xls
from flows.typeset.xlsx import xlsx

# Dialect → ending and writer: blocks, title and layout give the same bytes every time.
_WRITERS: dict[Dialect, tuple[str, Callable[[Sequence[Block], str, Layout], bytes]]] = {
    "tab_led": ("txt", tab_led),
    "tab_separated": ("txt", tab_separated),
    "pipe": ("md", pipe),
    "html": ("html", html),
    "pdf": ("pdf", pdf),
    "ofd": ("ofd", ofd),
    "docx": ("docx", docx),
    "doc": ("doc", doc),
    "xls": ("xls", xls),
    "xlsx": ("xlsx", xlsx),
    "scan": ("pdf", scan),
}

# Dialects that need a program or font which not every machine has: a function that says what is missing.
_NEEDS: dict[str, Callable[[], str | None]] = {"doc": lacks_libreoffice, "scan": lacks_chinese_font}
DIALECTS: tuple[Dialect, ...] = tuple(_WRITERS)

__all__ = [
    "DIALECTS",
    "LAYOUTS",
    "Layout",
    "Report",
    "Sample",
    "is_available",
    "load_samples",
    "read_samples",
    "read_small_samples",
    "typeset",
    "typeset_random",
    "typeset_samples",
    "writable",
    "write",
]


def load_samples() -> list[Report]:
    """The facts of all sample reports: what the typeset files state, figure by figure."""
    return [sample.report for sample in read_samples()]


def writable() -> list[Dialect]:
    """The same list on every machine, so that a seed means the same; where LibreOffice is missing docx takes the place of doc."""
    return ["docx" if name == "doc" and is_available(name) else name for name in DIALECTS if name != "scan"]


def typeset(report: Report, layout: Layout) -> dict[str, bytes]:
    """The files of a report: names to contents."""
    written = {name: write(blocks, report.title, layout) for name, blocks in documents(report, layout).items()}
    return {f"{name}.{ending}": content for name, (ending, content) in written.items()}


def write(blocks: Sequence[Block], title: str, layout: Layout) -> tuple[str, bytes]:
    """Blocks as a file of the layout's dialect: its ending and its content."""
    ending, writer = _WRITERS[layout.dialect]
    return ending, writer(blocks, title, layout)


def is_available(dialect: str) -> str | None:
    """None where this machine can write the dialect, else what is missing."""
    needed = _NEEDS.get(dialect)
    return needed() if needed else None


def typeset_samples(directory: Path) -> list[Path]:
    """Writes all sample reports, the small ones too, each in the layout of its bureau."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in (*read_samples(), *read_small_samples()):
        for name, content in typeset(sample.report, sample.layout).items():
            path = directory / name
            path.write_bytes(content)
            paths.append(path)
    return paths


def typeset_random(directory: Path, count: int, seed: int, chosen: Sequence[Dialect] = ()) -> list[Path]:
    """Writes ``count`` random reports, each into a folder named for its seed: ``seed``, ``seed`` + 1 …

    ``chosen``: only these dialects; else every one that can be written here (old Word files need LibreOffice).
    """
    usable = list(chosen) or writable()
    paths = []
    for number in range(seed, seed + count):
        report, layout = random_report(SeededChoices(number), usable)
        folder = directory / f"{number:06d}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in typeset(report, layout).items():
            paths.append(folder / name)
            paths[-1].write_bytes(content)
    return paths
