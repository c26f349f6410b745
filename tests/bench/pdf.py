"""Speed and memory of the PDF reader against pdfplumber, which reads text and tables page by page.

    python -m tests.bench.pdf [folder]

Both read the same files in turn in one process, on one core, a few rounds each; the median round counts. A round is reading from bytes on
disk to text and tables; what pdfplumber does not do (joining pages, merged cells) is included in the reader's time.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pdfplumber

from flows.readers import Unreadable
from flows.readers.pdf import read_pdf

RAW = Path(__file__).resolve().parents[2] / "raw"
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Result:
    """Of one reader: CPU seconds of the median round, and the most memory the process held in any round."""

    name: str
    pages: int
    seconds: float
    peak_mb: float

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds


def by_flows(path: Path) -> int:
    """Reads a file; returns its pages."""
    return read_pdf(path).pages or 0


def by_pdfplumber(path: Path) -> int:
    """Reads a file; returns its pages."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


def reset_peak() -> None:
    """Forgets the peak so far, where the system can (Linux)."""
    try:
        _CLEAR.write_text("5")
    except OSError:
        return


def peak_mb() -> float:
    """The most memory held since the peak was reset; where that cannot be told, since the process began."""
    if _STATUS.exists():
        lines = _STATUS.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def readable(folder: Path) -> list[Path]:
    """The PDFs below a folder that can be read; the others are named."""
    paths = []
    for path in sorted(folder.rglob("*.pdf")):
        try:
            read_pdf(path)
        except Unreadable as error:
            print(f"left out: {path.name} ({error.code})")
        else:
            paths.append(path)
    return paths


def measure(paths: list[Path], rounds: int) -> list[Result]:
    """Both readers in turn, round by round."""
    readers: dict[str, Callable[[Path], int]] = {"flows": by_flows, "pdfplumber": by_pdfplumber}
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    peaks = dict.fromkeys(readers, 0.0)
    pages = dict.fromkeys(readers, 0)
    for _ in range(rounds):
        for name, reader in readers.items():
            reset_peak()
            begun = time.process_time()
            pages[name] = sum(reader(path) for path in paths)
            seconds[name].append(time.process_time() - begun)
            peaks[name] = max(peaks[name], peak_mb())
    return [Result(name, pages[name], median(seconds[name]), peaks[name]) for name in readers]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pdf", description="Speed of the PDF reader against pdfplumber")
    parser.add_argument("folder", nargs="?", type=Path, default=RAW, help="folder with PDFs (default: raw/)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each reader reads everything (default: 3)")
    options = parser.parse_args()
    paths = readable(options.folder) if options.folder.is_dir() else []
    if not paths:
        print(f"no readable PDF in {options.folder}", file=sys.stderr)
        return 2
    ours, theirs = measure(paths, max(1, options.rounds))
    print(f"{len(paths)} files, {ours.pages} pages, {options.folder}")
    print(f"{'reader':<12}{'CPU s':>8}{'pages/s':>10}{'peak MB':>10}")
    for result in (ours, theirs):
        print(f"{result.name:<12}{result.seconds:>8.2f}{result.pages_per_second:>10.1f}{result.peak_mb:>10.0f}")
    print(f"flows is {ours.pages_per_second / theirs.pages_per_second:.1f} times as fast as pdfplumber")
    return 0


if __name__ == "__main__":
    sys.exit(main())
