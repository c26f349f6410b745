"""Text that a spreadsheet would run is made harmless, and can be had back as it was."""

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.spreadsheet import DANGEROUS, defused, undone

ODD = st.text(alphabet="'=+-@\t\r\n＝＋－＠ab1 ", max_size=8)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5.3%", "@SUM(A1)", "\tx", "\rx", "＝cmd", "'=1", "''-a", "=\n"])
def test_dangerous_text_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["", "=", "-", "≥90%", "'引用'", "普通文字", "1-2", "a=b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


@given(ODD)
def test_what_was_defused_can_be_had_back(text: str) -> None:
    assert undone(defused(text)) == text
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠].", defused(text), re.DOTALL)


@given(ODD)
def test_sql_and_python_defuse_alike(text: str) -> None:
    (found,) = duckdb.execute("select regexp_matches(?, ?)", [text, DANGEROUS]).fetchall()[0]
    assert found == (defused(text) != text)
