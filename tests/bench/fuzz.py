"""Reads broken files made of real and typeset ones, through the readers' pool; counts what became of them.

    python -m tests.bench.fuzz [--count N] [--first N] [--seed S] [--workers N] [--seconds N] [--keep FOLDER] [--dialects a,b]

Every file must get a verdict: read, or set aside with a reason. An error of the program's own (读取时出错) and an end of the worker (读取中止)
are listed, and with ``--keep`` the files that caused them kept. Exit 1 where there was an error of the program's own or a file had no verdict.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from flows.reading import ABORTED, FAILED
from flows.settings import settings
from tests.support.fuzz import broken, read_broken, seeds_of, typeset_seeds

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "reports"
_DIALECTS = "docx,xlsx,xls,ofd,html,pdf,tab_led,tab_separated"
_BATCH = 200
_FIGURES = re.compile(r"\d+")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzz", description="What becomes of broken files")
    parser.add_argument("--count", type=int, default=1000, help="how many files (default: 1000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first file: the series goes on where another run ended")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other files (default: 1)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=30, help="time limit per file (default: 30)")
    parser.add_argument("--keep", type=Path, help="folder for the files that caused an error or an end")
    parser.add_argument("--dialects", default=_DIALECTS, help=f"typeset files to break (default: {_DIALECTS})")
    parser.add_argument("--only", default="", help="only files whose name ends so")
    parser.add_argument("--most-bytes", type=int, default=400_000, help="larger good files are not broken (default: 400,000)")
    options = parser.parse_args()
    os.environ["JIXIAO_FILE_SECONDS"] = str(options.seconds)
    # A PDF whose fonts are broken has no text, and every page of it would be recognised: a few seconds each.
    os.environ.setdefault("JIXIAO_OCR_PAGES", "1")
    seeds = [
        seed
        for seed in [*seeds_of(ROOT / "raw", SHARED, most_bytes=options.most_bytes), *typeset_seeds(options.dialects.split(","))]
        if seed.name.endswith(options.only)
    ]
    print(f"{len(seeds)} good files: {dict(Counter(seed.name.rpartition('.')[2] for seed in seeds))}", flush=True)
    statuses: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    bad = expected = 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jixiao-fuzz-") as folder:
        where = settings(Path(folder) / "raw", Path(folder) / "warehouse", options.workers)
        for first in range(options.first, options.first + options.count, _BATCH):
            last = min(first + _BATCH, options.first + options.count)
            files = [broken(seeds, number, options.seed) for number in range(first, last)]
            expected += len({file.data for file in files})
            for file, outcome in read_broken(files, where):
                statuses[outcome.status] += 1
                reason = outcome.reason or ""
                reasons[_FIGURES.sub("n", reason)[:90]] += 1
                if reason.startswith((FAILED, ABORTED)):
                    bad += reason.startswith(FAILED)
                    print(f"  {file.number} {file.name} {file.how}: {reason}", flush=True)
                    if options.keep:
                        options.keep.mkdir(parents=True, exist_ok=True)
                        (options.keep / f"{file.number}_{file.name}").write_bytes(file.data)
            print(f"{sum(statuses.values())} read, {time.monotonic() - begun:.0f} s, {dict(statuses)}", flush=True)
    for reason, count in reasons.most_common():
        print(f"{count:>6} {reason or '(read)'}")
    missing = expected - sum(statuses.values())
    print(f"{bad} errors of the program's own, {missing} without a verdict, of {expected} different files")
    return 1 if bad or missing else 0


if __name__ == "__main__":
    sys.exit(main())
