"""Corrections applied at staging: the column, what follows from it, what is refused, and the ledger that stays whole."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.corrections.apply import apply
from flows.corrections.file import Correction, Corrections, assign, read_corrections
from flows.corrections.follow import follow
from flows.readers import read
from flows.staging import Outcome, stage
from flows.understand import understand
from tests.conftest import ROOT
from tests.support.corrections import line, write

KEY = "5" * 64
SAMPLE = ROOT / "raw" / "示例市医疗保障局_2021_部门决算.txt"
Rows = list[dict[str, Any]]


class Staged:
    """A report staged with some corrections: its tables, what became of the corrections, in their order."""

    def __init__(self, folder: Path, outcome: Outcome, order: list[str]) -> None:
        self.folder = folder
        self.outcome = outcome
        self.states = [outcome.corrections[digest]["state"] for digest in order]
        self.messages = [outcome.corrections[digest]["message"] for digest in order]
        self.fact_ids = [outcome.corrections[digest]["fact_id"] for digest in order]

    def rows(self, table: str) -> Rows:
        return pl.read_parquet(self.folder / f"{table}.parquet").to_dicts()

    def row(self, table: str, place: str) -> dict[str, Any]:
        (found,) = [row for row in self.rows(table) if row["source_ref"] == place]
        return found


@pytest.fixture
def staged(tmp_path: Path) -> Callable[..., Staged]:
    """Stages the sample report with corrections, each a dict of what its line says."""

    def run(*said: dict[str, str], path: Path = SAMPLE) -> Staged:
        file = write(tmp_path / "c.csv", *(line(report=path.name, **each) for each in said))
        corrections = assign(read_corrections(file), [(KEY, path.name)])
        assert [entry.refusal for entry in corrections.lines] == [None] * len(said)
        target = tmp_path / f"staged{len(list(tmp_path.iterdir()))}"
        outcome = stage(path, KEY, "v", target, path.name, corrections.by_report().get(KEY, ()))
        assert json.loads((target / KEY / "outcome.json").read_text(encoding="utf8"))["corrections"] == outcome.corrections
        return Staged(target / KEY, outcome, [entry.digest for entry in corrections.lines])

    return run


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """The sample report staged without corrections."""
    target = tmp_path_factory.mktemp("plain")
    return Staged(target / KEY, stage(SAMPLE, KEY, "v", target, SAMPLE.name), [])


def first(rows: Rows, **wanted: Any) -> dict[str, Any]:
    return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))


@pytest.mark.parametrize("printed", ["746.24", "7462400", "7,462,400.00"])
def test_an_amount_by_what_is_printed_or_in_yuan(plain: Staged, staged: Callable[..., Staged], printed: str) -> None:
    before = first(plain.rows("accounts"), line_name="一、一般公共预算财政拨款收入")
    assert before["amount_yuan"] == 7462400
    after = staged(
        {"table": "fct_account", "place": before["source_ref"], "field": "amount_yuan", "printed": printed, "right": "7,426,400.5"}
    )
    assert after.states == ["applied"]
    row = after.row("accounts", before["source_ref"])
    assert row == before | {
        "amount_yuan": Decimal("7426400.5"),
        "correction": f"更正 amount_yuan：{printed} → 7,426,400.5（两数颠倒；王一，2024-03-01）",
    }
    assert after.fact_ids == [before["fact_id"]]


def test_only_the_corrected_row_tells_a_correction(plain: Staged, staged: Callable[..., Staged]) -> None:
    before = first(plain.rows("accounts"), line_name="一、一般公共预算财政拨款收入")
    after = staged({"table": "accounts", "place": before["source_ref"], "printed": "746.24", "right": "1"})
    for table in ("accounts", "indicators", "statements", "fundings", "evaluations", "tasks", "goals"):
        assert all(row["correction"] is None for row in plain.rows(table))
        changed = [row["fact_id"] for row in after.rows(table) if row not in plain.rows(table)]
        assert changed == ([before["fact_id"]] if table == "accounts" else [])


def test_a_unit_of_money_takes_its_amounts_along(plain: Staged, staged: Callable[..., Staged]) -> None:
    before = first(plain.rows("fundings"), executed_yuan=Decimal(447300))
    after = staged({"table": "fundings", "place": before["source_ref"], "field": "amount_unit", "printed": "万元", "right": "元"})
    row = after.row("fundings", before["source_ref"])
    assert (row["executed_yuan"], row["amount_unit"]) == (Decimal("44.73"), "元")
    assert row["execution_rate_pct"] == before["execution_rate_pct"]


def test_a_target_decides_anew_what_is_attained(plain: Staged, staged: Callable[..., Staged]) -> None:
    before = first(plain.rows("indicators"), level3="预算执行率")
    assert (before["operator"], before["target_value"], before["actual_value"], before["attained"]) == ("≥", 95, Decimal("98.68"), True)
    place = before["source_ref"]
    target = {"table": "indicators", "place": place, "field": "target_value", "printed": "95", "right": "99"}
    row = staged(target).row("indicators", place)
    assert (row["target_value"], row["attained"]) == (99, False)
    operator = {"table": "indicators", "place": place, "field": "operator", "printed": "≥", "right": "≤"}
    both = staged(target, operator)
    row = both.row("indicators", place)
    assert both.states == ["applied", "applied"]
    assert (row["target_value"], row["operator"], row["attained"]) == (99, "≤", True)
    assert row["correction"].count("更正 ") == 2
    assert row["fact_id"] == before["fact_id"]


def test_a_corrected_text_says_its_number_anew(plain: Staged, staged: Callable[..., Staged]) -> None:
    place = first(plain.rows("indicators"), level3="预算执行率")["source_ref"]
    actual = {"table": "indicators", "place": place, "field": "actual_text", "printed": "98.68%", "right": "89.68%"}
    row = staged(actual).row("indicators", place)
    assert (row["actual_text"], row["actual_value"], row["attained"]) == ("89.68%", Decimal("89.68"), False)
    target = {"table": "indicators", "place": place, "field": "target_text", "printed": "95", "right": "99"}
    row = staged(target).row("indicators", place)
    assert (row["target_value"], row["operator"], row["unit"], row["attained"]) == (99, "≥", "%", False)
    row = staged(actual | {"right": ""}).row("indicators", place)
    assert (row["actual_text"], row["actual_value"], row["attained"]) == (None, None, None)


def test_a_statement_takes_its_base_along(plain: Staged, staged: Callable[..., Staged]) -> None:
    before = first(plain.rows("statements"), value=Decimal("84.95"), unit="万人")
    place = before["source_ref"]
    value = {"table": "statements", "place": place, "field": "value", "printed": "84.95", "right": "84.59"}
    row = staged(value).row("statements", place)
    assert (row["value"], row["value_base"], row["base_unit"], row["kind"]) == (Decimal("84.59"), 845900, "人", "count")
    unit = {"table": "statements", "place": place, "field": "unit", "printed": "万人", "right": "亿元"}
    row = staged(value, unit).row("statements", place)
    assert (row["value"], row["value_base"], row["base_unit"], row["kind"]) == (Decimal("84.59"), 8459000000, "元", "amount")
    direction = {"table": "statements", "place": place, "field": "direction", "printed": "", "right": "increase"}
    assert staged(direction).row("statements", place)["kind"] == "change"


def test_a_text_takes_the_names_for_matching_along(plain: Staged, staged: Callable[..., Staged]) -> None:
    before = first(plain.rows("evaluations"), project_name="医保基金监督检查")
    said = {"table": "evaluations", "place": before["source_ref"], "field": "project_name", "printed": "医保基金监督检查"}
    after = staged(said | {"right": "2021年医保基金监管"})
    row = after.row("evaluations", before["source_ref"])
    assert (row["project_name"], row["project_match"]) == ("2021年医保基金监管", "医保基金监管")
    assert (row["fact_id"], row["form_key"]) == (before["fact_id"], before["form_key"])
    assert {r["form_key"] for r in after.rows("indicators")} == {r["form_key"] for r in plain.rows("indicators")}


def test_a_name_of_a_bureau_is_corrected_also_where_names_are_gathered(plain: Staged, staged: Callable[..., Staged]) -> None:
    before = next(row for row in plain.rows("evaluations") if row["unit_name"])
    right = "示例市医疗保险服务站"
    after = staged(
        {"table": "evaluations", "place": before["source_ref"], "field": "unit_name", "printed": before["unit_name"], "right": right}
    )
    assert right in {row["alias"] for row in after.rows("bureau_names") if row["alias_role"] == "form_unit"}
    assert after.row("evaluations", before["source_ref"])["unit_display_name"] == right


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"place": "L999999"}, "没有出处为 L999999 的数据"),
        ({"printed": "746.25"}, "amount_yuan 现在是 7462400（印作 746.24），不是 746.25"),
        ({"printed": ""}, "不是 空"),
        ({"printed": "约746.24"}, "不是 约746.24"),
        ({"field": "line_name", "printed": "一、一般公共预算"}, "line_name 现在是 一、一般公共预算财政拨款收入"),
        ({"field": "code", "printed": "201", "right": "202"}, "code 现在是 空，不是 201"),
        ({"right": "约7"}, "不是金额（元）"),
        ({"right": "7462400"}, "right 就是现在的值"),
        ({"right": "1.23456"}, "小数"),
        ({"field": "code", "printed": "", "right": "二〇一"}, "code：不符合规则"),
        ({"field": "side", "printed": "income", "right": "收入"}, "side：不符合规则"),
        ({"field": "fiscal_year", "printed": "2021", "right": "3021"}, "fiscal_year：不符合规则"),
        ({"field": "fiscal_year", "printed": "2021", "right": "2020.5"}, "不是整数"),
        ({"field": "amount_unit", "printed": "万元", "right": "美元"}, "amount_unit：不符合规则"),
    ],
)
def test_what_does_not_match_or_breaks_the_schema_is_refused(
    plain: Staged, staged: Callable[..., Staged], said: dict[str, str], says: str
) -> None:
    place = first(plain.rows("accounts"), line_name="一、一般公共预算财政拨款收入")["source_ref"]
    after = staged({"table": "accounts", "place": place, "printed": "746.24"} | said)
    assert after.states == ["refused"]
    assert says in str(after.messages[0])
    assert "\n" not in str(after.messages[0])
    assert after.fact_ids == [None]
    assert after.rows("accounts") == plain.rows("accounts")


def test_a_required_column_cannot_be_emptied_and_a_unit_must_be_known(plain: Staged, staged: Callable[..., Staged]) -> None:
    place = first(plain.rows("statements"), value=Decimal("84.95"))["source_ref"]
    said = {"table": "statements", "place": place}
    emptied = staged(said | {"field": "value", "printed": "84.95", "right": ""})
    assert emptied.states == ["refused"]
    assert "value：不符合规则 not_nullable" in str(emptied.messages[0])
    strange = staged(
        said | {"field": "unit", "printed": "万人", "right": "万斛"}, said | {"field": "value", "printed": "84.95", "right": "1"}
    )
    assert strange.states == ["refused", "refused"]  # one row: half of what was meant is not applied
    assert "不认识单位“万斛”" in str(strange.messages[0])
    wide = staged(said | {"field": "value", "printed": "84.95", "right": "99999999999999999.5"})
    assert "value_base" in str(wide.messages[0])


def test_two_rows_of_one_place_are_told_apart_by_what_they_print() -> None:
    rows = {"accounts": [{"source_ref": "L1", "line_name": name, "code": None, "amount_yuan": Decimal(5)} for name in ("甲", "乙")]}

    def corrected(**said: str) -> Any:
        wanted = {"report": "a", "table": "accounts", "place": "L1", "reason": "错", "who": "王一", "when": "2024-03-01"} | said
        return apply(rows, [Correction(2, **wanted)])

    by_name = corrected(field="line_name", printed="乙", right="丙")
    assert [row["line_name"] for row in by_name.rows["accounts"]] == ["甲", "丙"]
    ambiguous = corrected(field="amount_yuan", printed="5", right="6")
    assert ambiguous.rows == rows
    assert "分不清是哪一行" in next(iter(ambiguous.refused.values()))
    assert [row["line_name"] for row in rows["accounts"]] == ["甲", "乙"]


def test_a_correction_can_save_a_row_that_breaks_its_schema(tmp_path: Path, staged: Callable[..., Staged]) -> None:
    report = tmp_path / "示例市档案局.txt"
    report.write_text(SAMPLE.read_text(encoding="utf8").replace("重点工作办结率", "重点工作办结率" * 60, 1), encoding="utf8")
    plain = staged(path=report)
    (lost,) = [row for row in plain.rows("set_aside") if row["reason"].startswith("indicators.level3")]
    said = {"table": "indicators", "place": lost["source_ref"]}
    name = {"field": "level3", "printed": "重点工作办结率" * 60, "right": "重点工作办结率"}
    saved = staged(said | name, path=report)
    assert saved.states == ["applied"]
    assert saved.row("indicators", lost["source_ref"])["level3"] == "重点工作办结率"
    still_lost = staged(said | {"field": "target_value", "printed": "100", "right": "90"}, path=report)
    assert still_lost.states == ["refused"]
    assert "level3" in str(still_lost.messages[0])


def test_the_ledger_is_the_same_with_corrections_as_without(plain: Staged, staged: Callable[..., Staged]) -> None:
    amount = first(plain.rows("accounts"), line_name="一、一般公共预算财政拨款收入")
    indicator = first(plain.rows("indicators"), level3="预算执行率")
    statement = first(plain.rows("statements"), value=Decimal("84.95"))
    after = staged(
        {"table": "accounts", "place": amount["source_ref"], "printed": "746.24", "right": "7426400"},
        {"table": "indicators", "place": indicator["source_ref"], "field": "target_value", "printed": "95", "right": "99"},
        {"table": "statements", "place": statement["source_ref"], "field": "value", "printed": "84.95", "right": "1"},
    )
    assert after.states == ["applied"] * 3
    assert after.rows("numbers") == plain.rows("numbers")
    assert after.outcome.numbers == plain.outcome.numbers
    assert after.outcome.status == plain.outcome.status
    for row, printed in ((amount, "746.24"), (indicator, "95"), (statement, "84.95")):
        carried = [number for number in after.rows("numbers") if number["fact_id"] == row["fact_id"]]
        assert printed in {number["printed"] for number in carried}
        assert {number["disposition"] for number in carried} == {"fact"}


def test_corrections_of_a_report_that_is_set_aside_are_refused(tmp_path: Path, staged: Callable[..., Staged]) -> None:
    other = tmp_path / "别的.txt"
    other.write_text("咖啡烘焙手册\n一、生豆\n含水率应在11%左右，烘焙12分钟。\n", encoding="utf8")
    after = staged({"place": "L3"}, path=other)
    assert after.states == ["refused"]
    assert "整份被搁置" in str(after.messages[0])


def test_what_follows_from_an_unchanged_row_is_the_row_itself() -> None:
    """The functions that correct agree with those that read, on every row of the samples."""
    followed = 0
    for path in sorted((ROOT / "raw").glob("*")):
        for table, rows in understand(read(path), path.name).findings.rows.items():
            for row in rows:
                for right in ({"value"}, {"unit", "direction"}, {"target_text", "actual_text"}, {"target_value"}, {"amount_unit"}):
                    if right <= set(row):
                        following = follow(table, row, row, frozenset(right))
                        followed += len(following)
                        assert {name: row[name] for name in following} == following
    assert followed > 5000


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_example_of_the_readme_applies(tmp_path: Path, readme: str) -> None:
    (example,) = re.findall(r"```csv\n(report,.+?)```", (ROOT / readme).read_text(encoding="utf8"), re.DOTALL)
    (tmp_path / "c.csv").write_text(example, encoding="utf8")
    (entry,) = read_corrections(tmp_path / "c.csv").lines
    (found,) = assign(Corrections((entry,)), [(KEY, entry.report)]).by_report()[KEY]
    outcome = stage(ROOT / "raw" / entry.report, KEY, "v", tmp_path, entry.report, [found])
    assert outcome.corrections[found.digest]["state"] == "applied"
