"""Typesets sample reports of plainly fictional bureaus from facts.

    for path in typeset_samples(Path("raw")):
        ...

The facts stand in samples/*.toml; totals, rates and scores are computed from them. The same facts give the
same bytes.
"""

from pathlib import Path

from flows.typeset.assemble import Sample, read_samples
from flows.typeset.document import documents
from flows.typeset.facts import Report
from flows.typeset.layouts import LAYOUTS, Layout
from flows.typeset.pdf import pdf
from flows.typeset.text import tab_led, tab_separated

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
    files = {}
    for name, blocks in documents(report, layout).items():
        match layout.dialect:
            case "tab_led":
                files[name + ".txt"] = tab_led(blocks)
            case "tab_separated":
                files[name + ".txt"] = tab_separated(blocks)
            case "pdf":
                files[name + ".pdf"] = pdf(blocks, report.title, layout.repeated_header)
    return files


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
