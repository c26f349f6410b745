"""A random report: facts, of which some are left out, and the layout it is printed in."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TypeVar

from flows.typeset.assemble import budget_report, final_accounts_report
from flows.typeset.facts import Bureau, Measure, Report
from flows.typeset.layouts import Dialect, Layout
from flows.typeset.ledger import keep_ledger
from flows.typeset.random.book import printed_figures, random_facts
from flows.typeset.random.choices import Choices
from flows.typeset.random.layout import random_layout
from flows.typeset.source import Facts, read_toml

_T = TypeVar("_T")
_FIRST_YEAR, _LAST_YEAR = 2019, 2025


@cache
def _data(name: str) -> Facts:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"), parse_float=Decimal)


def random_report(
    choices: Choices, dialects: Sequence[Dialect], place: str | None = None, year: int | None = None
) -> tuple[Report, Layout]:
    """A report of a fictional bureau with all, some or none of its tables and forms, and a layout of one of ``dialects``.

    ``place`` (two or more characters) and ``year`` are drawn where they are not given; one place has one bureau of each sector and level.
    """
    pools = _data("pools.toml")
    sector = choices.pick(pools["sector"])
    bureau = _bureau(choices, pools, sector, place)
    year = choices.integer(_FIRST_YEAR, _LAST_YEAR) if year is None else year
    facts = random_facts(choices, pools, sector, year, bureau.name)
    sentences, measures = _sentences(choices, sector, year)
    facts["overview"]["achievements"] = sentences
    classification = read_toml("classification.toml")
    ledger = keep_ledger(facts, year, Decimal(choices.integer(0, 300) * 1000), classification["function"])
    if choices.integer(0, 3) == 3:
        before = keep_ledger(facts, year - 1, Decimal(0), classification["function"])
        report = budget_report(facts, bureau, ledger, before, classification)
        measures = ()  # a budget tells of no achievements
    else:
        report = final_accounts_report(facts, bureau, ledger, facts["previous"], classification)
    report = replace(report, tables=_some(choices, report.tables), forms=_some(choices, report.forms), measures=measures)
    return report, random_layout(choices, dialects)


def _some(choices: Choices, items: tuple[_T, ...]) -> tuple[_T, ...]:
    """Each of them or not, each by a choice of its own."""
    return tuple(item for item in items if choices.flag())


def _bureau(choices: Choices, pools: Facts, sector: Facts, place: str | None) -> Bureau:
    prefix = choices.pick(pools["prefixes"]) if place is None else place
    level, admin_level = choices.pick((("市", "prefecture"), ("县", "county"), ("区", "county")))
    name = f"{prefix}{level}{sector['office']}"
    county = None if level == "市" else f"{prefix}{level}"
    prefecture = f"{prefix}市" if level == "市" else f"{pools['prefixes'][0]}市"
    return Bureau(name, pools["provinces"][0], prefecture, county, admin_level, sector["name"], (name, f"{name}服务中心"))


def _sentences(choices: Choices, sector: Facts, year: int) -> tuple[list[str], tuple[Measure, ...]]:
    """Sentences and the figures they state; no two begin alike, so that each is told by its words."""
    sentences: list[str] = []
    measures: list[Measure] = []
    for _ in range(choices.integer(0, 5)):
        template = choices.pick(_data("sentences.toml")["sentence"])
        words = {"year": year, "before": year - 1, "subject": choices.pick(sector["subjects"]), **printed_figures(choices)}
        sentence = template["text"].format(**words)
        sentences.append(sentence)
        measures += [Measure(sentence, Decimal(str(words[name])), unit, int(str(words[at]))) for name, unit, at in template["figures"]]
    return sentences, tuple(measures)
