"""Reads the TOML files of the samples and takes out the facts of one year."""

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

Facts = dict[str, Any]

# Lists under these names are collections; any other list holds one value for each year.
_COLLECTIONS = frozenset(
    {
        "basic_results",
        "blocks",
        "department_options",
        "duties",
        "funds",
        "indicators",
        "project",
        "project_options",
        "review_options",
        "slip",
        "transfer",
        "units",
    }
)


def read_toml(name: str) -> Facts:
    """A file of the samples folder; its fractions are exact."""
    text = files(__package__).joinpath("samples").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def sample_files() -> list[str]:
    """The files that describe a bureau, in a fixed order."""
    names = (entry.name for entry in files(__package__).joinpath("samples").iterdir())
    return sorted(name for name in names if name.endswith(".toml") and name != "classification.toml")


def small_files() -> list[str]:
    """The files of small reports, in a fixed order."""
    names = (entry.name for entry in files(__package__).joinpath("samples").joinpath("small").iterdir())
    return sorted(f"small/{name}" for name in names if name.endswith(".toml"))


def facts_of_year(book: Facts, year: int) -> Facts:
    """A bureau's book with each list of yearly values replaced by the value of the year."""
    return {key: _pick(key, value, year, book["years"]) for key, value in book.items() if key != "years"}


def _of_year(table: Facts, year: int, years: list[int]) -> Facts | None:
    """The same for a table, which may have years of its own; None if the year is not among them."""
    years = table.get("years", years)
    if year not in years:
        return None
    return {key: _pick(key, value, year, years) for key, value in table.items() if key != "years"}


def _pick(key: str, value: Any, year: int, years: list[int]) -> Any:
    if isinstance(value, dict):
        return _of_year(value, year, years)
    if not isinstance(value, list):
        return value
    if key in _COLLECTIONS:
        picked = [_of_year(entry, year, years) if isinstance(entry, dict) else entry for entry in value]
        return [entry for entry in picked if entry is not None]
    if len(value) != len(years):
        raise ValueError(f"{key}: {len(value)} values for {len(years)} years")
    return value[years.index(year)]
