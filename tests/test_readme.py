"""The READMEs: every question's SQL gives the answer printed under it, in both languages alike, and each README links to the other."""

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.conftest import ROOT
from tests.support.questions import Question, answer, questions

READMES = {"README.md": "README.zh.md", "README.zh.md": "README.md"}
QUESTIONS = range(6)


def text_of(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf8")


def asked(readme: str) -> list[Question]:
    found = questions(text_of(readme))
    assert all(question.rows for question in found), f"{readme}: a question without an answer"
    return found


@pytest.mark.parametrize("readme", READMES)
def test_every_question_has_its_answer(readme: str) -> None:
    assert len(asked(readme)) == text_of(readme).count("```sql") == len(QUESTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("number", QUESTIONS)
@pytest.mark.parametrize("readme", READMES)
def test_the_answer_is_what_the_warehouse_says(sample_warehouse: Settings, readme: str, number: int) -> None:
    question = asked(readme)[number]
    names, rows = answer(lambda sql: run_query(sample_warehouse.database, sql), question.sql)
    assert rows
    assert names == question.header
    assert rows == question.rows, "the samples say otherwise: look at it, then python -m tests.support.questions --write"


@pytest.mark.parametrize("number", QUESTIONS)
def test_both_languages_give_the_same_figures(number: int) -> None:
    english, chinese = (asked(readme)[number].figures for readme in READMES)
    assert english == chinese
    assert any(english)


@pytest.mark.parametrize(("readme", "other"), READMES.items())
def test_each_readme_links_to_the_other(readme: str, other: str) -> None:
    assert f"]({other})" in text_of(readme)
