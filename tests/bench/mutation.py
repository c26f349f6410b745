"""Changes every printed number of every report, one at a time, and blanks every table, row and cell; tells what did not follow.

    python -m tests.bench.mutation [--report NAME] [--sample N] [--deletions]

A change must reach exactly the facts that carry the number; a gap must show in the ledger and the counts. Exit 1 where one did not.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from flows.readers import Unreadable
from tests.support.mutation import Report, Tally, Violation, delete, kinds_of_numbers, kinds_of_regions, load, mutate, regions

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "reports"
_SUFFIXES = {".pdf", ".txt"}
_WORKERS = 2


def reports(name: str | None) -> list[Path]:
    """The sample reports and, where they are beside the project, the real ones, whose name holds ``name``."""
    found = [path for folder in (ROOT / "raw", SHARED) for path in sorted(folder.rglob("*.*")) if path.suffix in _SUFFIXES]
    return [path for path in found if not name or name in path.name]


def try_report(job: tuple[Path, int | None, bool]) -> tuple[str, Tally]:
    """All edits of one report, or a fixed sample of them."""
    path, sample, deletions = job
    tally = Tally()
    try:
        report = load(path)
    except Unreadable:
        return path.name, tally
    for outcome in _deleted(report, sample) if deletions else _mutated(report, sample):
        if outcome is False:
            tally.left_out += 1
            continue
        tally.tried += 1
        if isinstance(outcome, Violation):
            tally.violations.append(outcome)
    return path.name, tally


def _mutated(report: Report, sample: int | None) -> Iterator[Violation | bool | None]:
    for index in drawn(report.path.name, kinds_of_numbers(report), sample):
        yield mutate(report, index, random.Random(f"{report.path.name} {index}"))


def _deleted(report: Report, sample: int | None) -> Iterator[Violation | bool | None]:
    found = list(regions(report))
    for index in drawn(report.path.name, kinds_of_regions(report, found), sample):
        yield delete(report, *found[index])


def drawn(name: str, kinds: dict[str, list[int]], sample: int | None) -> list[int]:
    """All indexes, or ``sample`` of them in turn from each kind: rare kinds are where things break, and an even draw would miss them."""
    if sample is None:
        return sorted(index for indexes in kinds.values() for index in indexes)
    choose = random.Random(name)
    piles = [choose.sample(indexes, len(indexes)) for _, indexes in sorted(kinds.items())]
    taken: list[int] = []
    while len(taken) < sample and any(piles):
        taken += [pile.pop() for pile in piles if pile]
    return sorted(taken[:sample])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutation", description="What one changed or blanked number does")
    parser.add_argument("--report", help="only reports whose file name holds this")
    parser.add_argument(
        "--sample", type=int, help="numbers (or regions) per report, the same ones each time, in turn from each kind; default all"
    )
    parser.add_argument("--deletions", action="store_true", help="blank tables, rows and cells instead of changing numbers")
    options = parser.parse_args()
    jobs = [(path, options.sample, options.deletions) for path in reports(options.report)]
    if not jobs:
        print("no such report", file=sys.stderr)
        return 2
    violations: list[Violation] = []
    tried = 0
    with get_context("spawn").Pool(min(_WORKERS, len(jobs))) as pool:
        for name, tally in pool.imap(try_report, jobs, chunksize=1):
            more = f", {tally.left_out} left out" if tally.left_out else ""
            print(f"{len(tally.violations):>5} of {tally.tried:>5} violate{more}  {name}", flush=True)
            violations += tally.violations
            tried += tally.tried
    print(f"{len(violations):>5} of {tried:>5} violate in all")
    for kind, count in Counter(violation.kind for violation in violations).most_common():
        print(f"\n== {kind}: {count}")
        for violation in violations:
            if violation.kind == kind:
                print(f"  {violation}")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
