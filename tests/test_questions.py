"""The gallery of questions: 25 of them, one statement each, in both languages alike, with the answers that the samples give."""

import re

import pytest

from flows.query import run_query
from flows.settings import Settings
from tests.support.questions import ANALYSES, GALLERY, PAGES, Question, analyses, answer, gallery, in_chinese, questions

NUMBERS = range(25)
LONGITUDINAL = {"bureau_year", "project_history", "indicator_history", "account_history", "bureau_comparison"}
AGAIN = "python -m tests.support.questions --write"


def asked(language: str) -> list[Question]:
    return questions((GALLERY / PAGES[language]).read_text(encoding="utf8"))


def test_both_pages_have_every_question_with_its_answer() -> None:
    told = gallery()
    assert len(told["question"]) == len(NUMBERS)
    for language in PAGES:
        text = (GALLERY / PAGES[language]).read_text(encoding="utf8")
        titles = re.findall(r"^## \d+\. (.+)$", text, re.MULTILINE)
        assert titles == [question["title"][language] for question in told["question"]], AGAIN
        assert all(question.rows for question in asked(language))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_question_is_one_statement_and_the_pages_have_it_as_it_is_defined(number: int) -> None:
    told = gallery()
    question = told["question"][number]
    sql = question["sql"].strip()
    assert ";" not in sql
    assert asked("en")[number].sql == sql, AGAIN
    assert asked("zh")[number].sql == in_chinese(sql, told["words"] | question.get("words", {})), AGAIN


@pytest.mark.parametrize("number", NUMBERS)
def test_the_chinese_page_is_in_chinese(number: int) -> None:
    question = asked("zh")[number]
    assert not [name for name in question.header if name.isascii()], "a name of the SQL's own has no Chinese word in questions.toml"
    assert "cn." in question.sql
    assert not re.search(r"\b(marts|ops|audit)\.", question.sql)


@pytest.mark.slow
@pytest.mark.parametrize("number", NUMBERS)
def test_both_forms_give_the_printed_answer(sample_warehouse: Settings, number: int) -> None:
    (english, chinese) = (asked(language)[number] for language in PAGES)
    for question in (english, chinese):
        names, rows = answer(lambda sql: run_query(sample_warehouse.database, sql), question.sql)
        assert names == question.header
        assert rows == question.rows, f"the samples say otherwise: look at it, then {AGAIN}"
    assert english.rows == chinese.rows


def test_the_questions_use_every_kind_of_table() -> None:
    used = set(re.findall(r"(?:from|join) (?:\w+\.)?(\w+)", "\n".join(question["sql"] for question in gallery()["question"])))
    assert used >= LONGITUDINAL
    assert {name.split("_")[0] for name in used} >= {"dim", "fct"}
    assert {"numbers", "findings", "match_candidates"} <= used


def test_dbt_knows_the_questions_as_analyses() -> None:
    assert {path.name: path.read_text(encoding="utf8") for path in ANALYSES.glob("question_*.sql")} == analyses(), AGAIN
