"""The file of corrections: what it may say, which lines are refused, and which report each line is about."""

from pathlib import Path

import pytest

from flows.corrections.file import HEADER, Corrections, assign, read_corrections
from flows.handwritten import Unusable
from tests.support.corrections import line, write

KEY, OTHER = "ab12cd34" + "0" * 56, "ab12cd99" + "1" * 56


def refusals(path: Path) -> dict[int, str]:
    return {found.line: found.refusal for found in read_corrections(path).lines if found.refusal}


def test_no_file_is_no_corrections_unless_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_corrections(None) == Corrections()
    write(tmp_path / "corrections.csv", line())
    assert len(read_corrections(None).lines) == 1
    with pytest.raises(Unusable, match="--corrections"):
        read_corrections(tmp_path / "other.csv")


def test_a_line_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    header = ",".join(reversed(HEADER))
    path.write_text(
        f'\ufeff{header}\r\n\r\n2024-03-01,王一,两数颠倒,2571900,"2,751.9",amount_yuan,"p4/t3@1,2,3,4",fct_account,a.pdf\r\n', "utf8"
    )
    (found,) = read_corrections(path).lines
    assert (found.line, found.table, found.place, found.printed, found.right) == (3, "accounts", "p4/t3@1,2,3,4", "2,751.9", "2571900")
    assert found.refusal is None


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("a.txt,accounts,L1,amount_yuan,1,2,错,王一", "有 8 栏，应有 9 栏"),
        ("a.pdf,accounts,p1@1,2,3,4,amount_yuan,1,2,错,王一,2024-03-01", "引号"),
        (line(reason=" "), "没有填 reason"),
        (line(who=""), "没有填 who"),
        (line(when=""), "没有填 when"),
        (line(table="budgets"), "没有 budgets 这张表"),
        (line(table="numbers"), "没有 numbers 这张表"),
        (line(field="amount"), "accounts 没有 amount 这一栏"),
        (line(table="fct_indicator", field="project_key"), "indicators 没有 project_key 这一栏"),
        (line(table="indicators", field="attained"), "由其他栏得出"),
        (line(field="fact_id"), "由其他栏得出"),
        (line(when="2024-02-30"), "不是日期"),
        (line(when="20240301"), "不是日期"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_and_the_others_go_on(tmp_path: Path, bad: str, says: str) -> None:
    path = write(tmp_path / "c.csv", line(place="L7"), bad, line(place="L9"))
    assert list(refusals(path)) == [3]
    assert says in refusals(path)[3]
    assert "\n" not in refusals(path)[3]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"report,table,place\n", "表头"),
        (",".join(HEADER).encode() + "\n更正".encode("gb18030"), "UTF-8"),
        (",".join(HEADER).encode() + b'\na.txt,accounts,"L1,amount_yuan,1,2\n', "引号不成对"),
    ],
)
def test_a_file_that_cannot_be_read_raises(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(content)
    with pytest.raises(Unusable, match=says):
        read_corrections(path)


def test_the_report_of_a_line(tmp_path: Path) -> None:
    files = [(KEY, "甲/a.txt"), (KEY, "copy.txt"), (OTHER, "乙/a.txt"), (OTHER, "b.txt")]
    named = ["copy.txt", KEY, "AB12CD34", "b.txt", "甲/a.txt", "a.txt", "ab12cd", "ab12cd35"]
    path = write(tmp_path / "c.csv", *(line(report=name, place=f"L{n}") for n, name in enumerate(named)))
    found = assign(read_corrections(path), files).lines
    assert [entry.report_key for entry in found] == [KEY, KEY, KEY, OTHER, KEY, None, None, None]
    assert [entry.line for entry in found if entry.refusal] == [7]
    assert "不止是一份报告" in str(found[5].refusal)


def test_a_prefix_of_two_reports_is_refused(tmp_path: Path) -> None:
    twins = [("ab12cd34" + "0" * 56, "a.txt"), ("ab12cd34" + "1" * 56, "b.txt")]
    (found,) = assign(read_corrections(write(tmp_path / "c.csv", line(report="ab12cd34"))), twins).lines
    assert "不止是一份报告" in str(found.refusal)


def test_two_corrections_of_one_column_are_both_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path / "c.csv",
        line(report="a.txt", right="5"),
        line(report=KEY[:8], right="6", table="fct_account"),
        line(report="a.txt", field="line_name"),
    )
    corrections = assign(read_corrections(path), [(KEY, "a.txt")])
    assert [entry.refusal for entry in corrections.lines] == [
        "与第 3 行更正的是同一处；请只留一行",
        "与第 2 行更正的是同一处；请只留一行",
        None,
    ]
    assert [entry.field for entry in corrections.by_report()[KEY]] == ["line_name"]


def test_what_is_applied_does_not_depend_on_the_order_or_the_name_of_the_report(tmp_path: Path) -> None:
    lines = [line(report="a.txt", place=place) for place in ("L2", "L1", "L3")]
    one = assign(read_corrections(write(tmp_path / "1.csv", *lines)), [(KEY, "a.txt")])
    two = assign(
        read_corrections(write(tmp_path / "2.csv", "", *reversed([text.replace("a.txt", KEY) for text in lines]))), [(KEY, "a.txt")]
    )
    assert [c.digest for c in one.by_report()[KEY]] == [c.digest for c in two.by_report()[KEY]]
    assert one.version != two.version
