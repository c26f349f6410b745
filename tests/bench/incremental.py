"""What it costs to add one report to a large warehouse, beside building the whole of it.

    python -m tests.bench.incremental [--reports 5000] [--folder DIR] [--workers 2]

Typesets the reports of fictional bureaus, publishes all but the last one, adds that one, and builds everything anew from the same staged files.
Each step is the whole job in a process of its own; CPU seconds are those of all its processes. Exit 1 where adding costs 10 % or more of
building, or gives other tables than the fresh build.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from flows import job
from flows.settings import Settings, be_quiet, settings
from tests.support.contents import compare_in_place
from tests.support.many import write_reports

_MOST = 0.1


def run_job(where: Settings) -> None:
    """The main job's steps, as ``jixiao run`` takes them."""
    started = job.now()
    with job.exclusive(where):
        plan = job.look(where)
        plan = job.read(where, plan)
        job.publish(where, plan, job.build(where, plan, started))


def measured(step: Callable[[], None]) -> tuple[float, float]:
    """CPU seconds and wall seconds of the step, in a process of its own, with all the processes it starts. Raises RuntimeError where it fails."""
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            step()
        except BaseException as error:
            print(f"{type(error).__name__}: {error}\n{getattr(error, 'details', '')[-2000:]}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError("a step failed")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.incremental", description="The cost of adding a report to a large warehouse"
    )
    parser.add_argument("--reports", type=int, default=5000, help="how many reports (default: 5000)")
    parser.add_argument("--folder", type=Path, help="where to keep reports and warehouse, so that the next time goes on from there")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    be_quiet()
    with tempfile.TemporaryDirectory(prefix="jixiao-many-") as temporary:
        folder = options.folder or Path(temporary)
        paths = write_reports(folder / "raw", options.reports)
        last, aside = paths[-1], folder / paths[-1].name
        where = settings(folder / "raw", folder / "warehouse", options.workers)
        last.rename(aside)
        read = measured(lambda: run_job(where))
        print(f"read and build {len(paths) - 1:>6} files {read[0]:>8.1f} CPU s {read[1]:>8.1f} s", flush=True)
        aside.rename(last)
        added = measured(lambda: run_job(where))
        print(f"add one               {added[0]:>14.1f} CPU s {added[1]:>8.1f} s", flush=True)
        grown = folder / "grown.duckdb"
        grown.unlink(missing_ok=True)
        os.link(where.database.resolve(), grown)
        built = measured(lambda: run_job(replace(where, fresh=True)))
        print(f"build all, nothing read {built[0]:>12.1f} CPU s {built[1]:>8.1f} s", flush=True)
        with duckdb.connect(str(where.database.resolve()), read_only=True) as connection:
            size = connection.execute("select count(*), (select count(*) from ops.numbers) from marts.dim_report").fetchone()
        print(f"{size[0]} reports, {size[1]} numbers, {where.database.stat().st_size / 1e6:.0f} MB" if size else "")
        different = compare_in_place(grown, where.database)
        for name, rows in different.items():
            print(f"  {name}: {rows} rows differ")
    of_all, of_build = added[0] / (read[0] + added[0]), added[0] / built[0]
    print(f"adding one costs {of_all:.1%} of reading and building all, {of_build:.1%} of building all from what is staged")
    return 1 if different or of_all >= _MOST else 0


if __name__ == "__main__":
    sys.exit(main())
