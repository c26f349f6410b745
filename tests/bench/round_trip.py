"""Typesets random reports, reads them back and compares every fact; tells what did not agree, and the seed that shows it again.

    python -m tests.bench.round_trip [--count N] [--first SEED] [--dialect NAME …] [--set FIELD=VALUE …]
        [--any-ruling] [--seed N] [--show N]

Exit 1 where fewer than 99.9 % of the facts agree.
"""

import argparse
import ast
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flows.typeset import DIALECTS, Layout, typeset, writable
from flows.typeset.random import SeededChoices, random_report, with_any_ruling
from tests.support.compare import Miss, compare, read_back

_WORKERS = 2
_WANTED = 99.9
# What is drawn anew for each report and tells nothing of a miss.
_NOT_A_CAUSE = frozenset({"seed", "wording"})


@dataclass(frozen=True)
class Outcome:
    """What came of one report."""

    seed: int
    layout: Layout
    facts: Counter[str]
    misses: list[Miss]


def usable(names: list[str]) -> list[str]:
    """The dialects to draw from. Scans are measured apart: what is recognised is no text."""
    return [name for name in writable() if not names or name in names]


@dataclass(frozen=True)
class Space:
    """Where layouts are drawn from: these dialects; ``any_ruling``: pages ruled in any way; ``fixed``: fields that are the same in all."""

    dialects: list[str]
    any_ruling: bool
    fixed: dict[str, Any]


def try_seed(job: tuple[int, Space]) -> Outcome:
    """The report of a seed, typeset, read and compared; what raises is a miss of everything."""
    seed, space = job
    report, layout = random_report(SeededChoices(seed), space.dialects)
    if space.any_ruling:
        layout = with_any_ruling(layout, SeededChoices(seed))
    layout = replace(layout, **space.fixed)
    try:
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, content in typeset(report, layout).items():
                paths.append(Path(folder) / name)
                paths[-1].write_bytes(content)
            tally = compare(read_back(paths), report, layout)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        miss = Miss("crash", f"{Path(place.filename).name}:{place.lineno}", None, repr(error)[:200])
        return Outcome(seed, layout, Counter({"crash": 1}), [miss])
    return Outcome(seed, layout, tally.facts, tally.misses)


def _table(title: str, facts: Counter[str], misses: Counter[str]) -> Iterator[str]:
    yield f"\n{title:<34}{'facts':>10}{'exact':>10}{'missed':>8}{'exact %':>10}"
    for name, count in sorted(facts.items()):
        missed = min(misses[name], count)
        share = f"{100 * (count - missed) / count:.3f}" if count else "-"  # a value of a field that only empty reports have
        yield f"{name:<34}{count:>10}{count - missed:>10}{misses[name]:>8}{share:>10}"


def _show(outcomes: list[Outcome], shown: int) -> float:
    dialect_facts: Counter[str] = Counter()
    dialect_misses: Counter[str] = Counter()
    part_facts: Counter[str] = Counter()
    part_misses: Counter[str] = Counter()
    field_facts: Counter[str] = Counter()
    field_misses: Counter[str] = Counter()
    for outcome in outcomes:
        count = outcome.facts.total()
        values = [f"{f.name}={getattr(outcome.layout, f.name)!r}" for f in fields(Layout) if f.name not in _NOT_A_CAUSE]
        field_facts.update(dict.fromkeys(values, count))
        field_misses.update(dict.fromkeys(values, len(outcome.misses)))
        dialect_facts[outcome.layout.dialect] += count
        dialect_misses[outcome.layout.dialect] += len(outcome.misses)
        part_facts.update(outcome.facts)
        part_misses.update(miss.part.split(".")[0] for miss in outcome.misses)
    for lines in (
        _table("layout field", field_facts, field_misses),
        _table("part", part_facts, part_misses),
        _table("dialect", dialect_facts, dialect_misses),
    ):
        print("\n".join(lines))
    missed = [outcome for outcome in outcomes if outcome.misses]
    for outcome in missed[:shown]:
        print(f"\n--seed {outcome.seed} {outcome.layout.dialect}: {len(outcome.misses)} of {outcome.facts.total()}")
        for miss in outcome.misses[:6]:
            print(f"  {miss}")
    facts, misses = part_facts.total(), part_misses.total()
    exact = 100 * (facts - misses) / facts if facts else 0.0
    print(f"\n{len(outcomes)} reports, {len(outcomes) - len(missed)} without a miss; {facts} facts, {misses} missed, {exact:.4f} % exact")
    return exact


def _field(said: str) -> tuple[str, Any]:
    """``merged_levels=False`` → ("merged_levels", False); a value that is no literal is a word."""
    name, _, value = said.partition("=")
    if name not in Layout.__dataclass_fields__:
        raise SystemExit(f"no such field of a layout: {name}; there are {', '.join(Layout.__dataclass_fields__)}")
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.round_trip", description="Random reports, typeset and read back")
    parser.add_argument("--count", type=int, default=200, help="how many reports (default 200)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first; the others follow")
    parser.add_argument("--seed", type=int, help="only this seed, with its layout and every miss")
    parser.add_argument("--dialect", action="append", default=[], help="only this dialect; may be given more than once")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="fix a field of the layout: ruling=none")
    parser.add_argument("--any-ruling", action="store_true", help="pages also with few lines or none, dashed, stamped")
    parser.add_argument("--show", type=int, default=30, help="how many reports with misses are shown")
    options = parser.parse_args()
    names = usable(options.dialect)
    space = Space(names, options.any_ruling, dict(_field(said) for said in options.set))
    if not names:
        print(f"no such dialect; there are {'、'.join(DIALECTS)}", file=sys.stderr)
        return 2
    if options.seed is not None:
        outcome = try_seed((options.seed, space))
        print(outcome.layout)
        print("\n".join(map(str, outcome.misses)) or "no miss")
        return int(bool(outcome.misses))
    jobs = [(seed, space) for seed in range(options.first, options.first + options.count)]
    with get_context("spawn").Pool(_WORKERS) as pool:
        outcomes = list(pool.imap(try_seed, jobs, chunksize=4))
    return int(_show(outcomes, options.show) < _WANTED)


if __name__ == "__main__":
    sys.exit(main())
