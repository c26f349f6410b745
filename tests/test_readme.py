"""The READMEs: every question's SQL gives the answer printed under it, in both languages alike, and each README links to the other."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.conftest import ROOT

READMES = {"README.md": "README.zh.md", "README.zh.md": "README.md"}
QUESTIONS = range(6)
_BLOCK = re.compile(r"```sql\n(?P<sql>.+?)\n```\n\n?(?P<answer>(?:\|[^\n]*\|\n)*)", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A statement and the table printed under it: its header and its rows."""

    sql: str
    header: list[str]
    rows: list[list[str]]


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf8")


def questions(readme: str) -> list[Question]:
    found = []
    for block in _BLOCK.finditer(text_of(readme)):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block["answer"].splitlines()]
        assert len(lines) > 2, f"{readme}: no answer under\n{block['sql']}"
        found.append(Question(block["sql"], lines[0], lines[2:]))
    return found


def shown(value: Any) -> str:
    """A value as the READMEs print it: numbers without zeros behind the point, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        text = f"{Decimal(str(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def figures(question: Question) -> list[list[str]]:
    return [[cell for cell in row if re.fullmatch(r"-?\d+(?:\.\d+)?", cell)] for row in question.rows]


@pytest.mark.parametrize("readme", READMES)
def test_every_question_has_its_answer(readme: str) -> None:
    assert len(questions(readme)) == text_of(readme).count("```sql") == len(QUESTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("number", QUESTIONS)
@pytest.mark.parametrize("readme", READMES)
def test_the_answer_is_what_the_warehouse_says(sample_warehouse: Settings, readme: str, number: int) -> None:
    question = questions(readme)[number]
    names, rows = run_query(sample_warehouse.database, question.sql)
    assert rows
    assert names == question.header
    assert [[shown(value) for value in row] for row in rows] == question.rows


@pytest.mark.parametrize("number", QUESTIONS)
def test_both_languages_give_the_same_figures(number: int) -> None:
    english, chinese = (figures(questions(readme)[number]) for readme in READMES)
    assert english == chinese
    assert any(english)


@pytest.mark.parametrize(("readme", "other"), READMES.items())
def test_each_readme_links_to_the_other(readme: str, other: str) -> None:
    assert f"]({other})" in text_of(readme)
