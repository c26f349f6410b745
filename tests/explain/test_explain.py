"""``jixiao explain``: facts of every table and source, printed numbers, uses, ids that name nothing, files that are gone."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from PIL import Image

from flows.document import parse_ref
from flows.explain import uses
from flows.explain.find import NotFound, fact_tables, find
from flows.explain.picture import FRAME, in_pixels
from flows.explain.source import NoSource, raw_file
from flows.explain.words import place_in_words, value_in_words
from flows.query import connect, records
from flows.settings import Settings
from tests.conftest import ROOT, SHARED, run_job

pytestmark = pytest.mark.slow
RAW = ROOT / "raw"
TABLES = ["account", "account_table", "advice", "evaluation", "funding", "goal", "indicator", "statement", "task"]


def jixiao(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "flows.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def explained(where: Settings, identifier: str, *more: str, raw: Path = RAW) -> str:
    done = jixiao("explain", identifier, "--warehouse", str(where.warehouse), "--raw", str(raw), *more)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    return done.stdout


def failed(where: Settings, identifier: str, *more: str, code: int = 1) -> str:
    done = jixiao("explain", identifier, "--warehouse", str(where.warehouse), *more)
    assert done.returncode == code
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def ask(where: Settings, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    with connect(where.database) as connection:
        return records(connection, sql, parameters)


def a_fact(where: Settings, table: str, format_name: str, condition: str = "true") -> dict[str, Any] | None:
    sql = f"""
        select facts.* from marts.fct_{table} as facts join dim_report as report using (report_key)
        where report.format = ? and {condition} order by fact_id limit 1
    """
    found = ask(where, sql, format_name)
    return found[0] if found else None


def test_every_fact_table_is_known(sample_warehouse: Settings) -> None:
    with connect(sample_warehouse.database) as connection:
        assert fact_tables(connection) == [f"fct_{table}" for table in TABLES]


@pytest.mark.parametrize("format_name", ["pdf", "text"])
@pytest.mark.parametrize("table", TABLES)
def test_a_fact_says_where_it_stands_and_what_it_holds(sample_warehouse: Settings, table: str, format_name: str) -> None:
    fact = a_fact(sample_warehouse, table, format_name)
    if fact is None:
        assert (table, format_name) == ("advice", "pdf")  # no sample PDF prints advice
        return
    shown = explained(sample_warehouse, fact["fact_id"])
    report = ask(sample_warehouse, "select * from dim_report where report_key = ?", fact["report_key"])[0]
    place = parse_ref(fact["source_ref"])
    for part in (report["file_name"], report["bureau_name"], report["report_key"], fact["source_ref"], place_in_words(place)):
        assert part in shown
    assert f"marts.fct_{table}" in shown
    assert ("第" in place_in_words(place)) and (("页面坐标" in shown) == (format_name == "pdf"))
    own = [name for name in fact if name not in ("report_key", "source_ref", "source_text", "inferred") and fact[name] is not None]
    rows = [line.split() for line in shown.splitlines() if line.startswith("│ ")]
    assert set(own) <= {row[1] for row in rows}
    short = [value for name in own if len(value := value_in_words(fact[name])) < 20]
    assert short
    assert all(value in shown for value in short)
    numbers = ask(sample_warehouse, "select * from ops.numbers where fact_id = ?", fact["fact_id"])
    if table in ("account", "funding", "indicator", "statement", "task"):
        assert numbers
    for number in numbers:
        assert f"│ {number['number_no']} " in shown
        assert number["column_read"] in shown
    if format_name == "text":
        cells = (RAW / report["file_name"]).read_text(encoding="utf8").split("\n")[place.line - 1].split("\t")
        marked = [text for text in shown.splitlines() if text.startswith("▶")]
        assert len(marked) == 1
        assert f" {place.line} │" in marked[0]
        assert any(cells)
        assert all(cell[:10] in marked[0] for cell in cells)


def test_a_form_shows_what_hangs_under_it_and_they_show_the_form(sample_warehouse: Settings) -> None:
    form = a_fact(sample_warehouse, "evaluation", "pdf", "form_kind = 'project_self_evaluation'")
    assert form is not None
    count = ask(sample_warehouse, "select count(*) as n, min(fact_id) as fact_id from fct_indicator where form_key = ?", form["form_key"])[
        0
    ]
    assert f"fct_indicator {count['n']} 行" in explained(sample_warehouse, form["fact_id"])
    shown = explained(sample_warehouse, count["fact_id"])
    assert f"编号：{form['fact_id']}（fct_evaluation）" in shown
    assert form["project_name"] in shown


def test_the_histories_that_a_fact_enters(sample_warehouse: Settings) -> None:
    of_project = "project_key is not null and form_key in (select form_key from fct_evaluation where form_kind = 'project_self_evaluation')"
    fact = a_fact(sample_warehouse, "indicator", "pdf", of_project)
    assert fact is not None
    with connect(sample_warehouse.database) as connection:
        subject = find(connection, fact["fact_id"])
        found = {use.table: use for use in uses.histories(connection, subject, uses.form_of(connection, subject))}
    assert set(found) == {"project_history", "indicator_history"}
    (row,) = found["indicator_history"].rows
    assert (row["indicator_key"], row["fiscal_year"]) == (fact["indicator_key"], fact["fiscal_year"])
    (row,) = found["project_history"].rows
    assert (row["project_key"], row["fiscal_year"]) == (fact["project_key"], fact["fiscal_year"])
    shown = explained(sample_warehouse, fact["fact_id"])
    assert "marts.project_history" in shown
    assert f"cumulative_executed_yuan={value_in_words(row['cumulative_executed_yuan'])}" in shown


def test_the_target_form_of_a_budget_does_not_enter_the_histories(sample_warehouse: Settings) -> None:
    fact = a_fact(
        sample_warehouse, "indicator", "pdf", "form_key in (select form_key from fct_evaluation where form_kind = 'project_target')"
    )
    assert fact is not None
    with connect(sample_warehouse.database) as connection:
        subject = find(connection, fact["fact_id"])
        assert uses.histories(connection, subject, uses.form_of(connection, subject)) == []


def test_a_money_cell_shows_its_history_and_its_unit(sample_warehouse: Settings) -> None:
    in_history = "amount_unit = '万元' and fact_id in (select fact_id from account_history)"
    fact = a_fact(sample_warehouse, "account", "pdf", in_history)
    assert fact is not None
    shown = explained(sample_warehouse, fact["fact_id"])
    assert "marts.account_history" in shown
    assert "单位：万元（金额已折算为元）" in shown
    assert value_in_words(fact["amount_yuan"]) in shown
    assert fact["source_text"] in shown


@pytest.fixture(scope="module")
def contradicting(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A total that only the conclusion states, which is the form's score and a statement of the text; a total printed below as another."""
    folder = tmp_path_factory.mktemp("contradicting")
    (folder / "raw").mkdir()
    heading = "项目支出绩效自评表\n（2023年度）\n"
    names = "项目名称\t{}\t \n主管部门\t示例市测试局\t \n"
    rows = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t示例活动\t≥5场\t6场\t100\t97.5\n"
    stated = heading + names.format("示例项目") + rows + "自评结论\t项目按计划完成，综合自评得分为97.5分。\n\n"
    below = heading + names.format("样本项目") + "自评得分\t97.5\t \n" + rows + "总分\t \t \t \t \t100\t95.7\n"
    name = "示例市测试局_2023_部门决算.txt"
    (folder / "raw" / name).write_text("示例市测试局2023年度部门决算\n\n" + stated + below, encoding="utf8")
    return run_job(folder / "raw", folder / "warehouse")


def test_a_number_read_twice_shows_both_facts(contradicting: Settings) -> None:
    number = ask(contradicting, "select * from ops.numbers where other_fact_ids is not null")[0]
    other = number["other_fact_ids"].split()[0]
    assert f" {other} " in explained(contradicting, number["fact_id"])
    of_other = explained(contradicting, other)
    assert f" {number['fact_id']} " in of_other
    assert f"{number['column_read']}（{number['fact_id']}）" in of_other


@pytest.mark.parametrize("disposition", ["fact", "context", "unclaimed"])
def test_a_printed_number_says_what_became_of_it(contradicting: Settings, disposition: str) -> None:
    number = ask(contradicting, "select * from ops.numbers where disposition = ? order by all limit 1", disposition)[0]
    shown = explained(contradicting, f"{number['report_key'][:12]}:{number['number_no']}")
    assert f"（{disposition}）" in shown
    assert f"原文：{number['printed']}" in shown
    assert number["surroundings"] in shown
    assert place_in_words(parse_ref(number["source_ref"])) in shown
    if disposition == "fact":
        assert f" {number['fact_id']} " in shown
    else:
        assert f"理由：{number['reason']}" in shown


def test_the_beginning_of_an_id_is_enough(sample_warehouse: Settings) -> None:
    fact = a_fact(sample_warehouse, "goal", "text")
    assert fact is not None
    assert explained(sample_warehouse, fact["fact_id"][:10].upper()) == explained(sample_warehouse, fact["fact_id"])


@pytest.mark.parametrize(
    "identifier", ["", "12345", "ghijkl", "00000000000000000", "' or 1=1 --", "%%%%%%", "ffffffffff:1", "12345:1", "abcdef:x"]
)
def test_an_id_that_names_nothing_gives_one_line(sample_warehouse: Settings, identifier: str) -> None:
    assert failed(sample_warehouse, identifier).startswith("错误：")


def test_a_number_beyond_the_last_gives_one_line(sample_warehouse: Settings) -> None:
    number = ask(sample_warehouse, "select report_key, max(number_no) as last from ops.numbers group by all order by all limit 1")[0]
    assert f"共 {number['last']} 个" in failed(sample_warehouse, f"{number['report_key'][:12]}:{number['last'] + 1}")


@pytest.fixture
def made_up() -> duckdb.DuckDBPyConnection:
    """A small warehouse in memory, with tables that the project does not have yet."""
    connection = duckdb.connect(":memory:")
    connection.execute("""
        create schema marts; create schema ops; create schema audit; create schema staged;
        create table marts.dim_report as select 'aaaaaa1' as report_key, '甲.pdf' as file_name union all select 'aaaaaa2', '乙.pdf';
        create table marts.fct_goal as
            select 'abcdef0000000001' as fact_id, 'aaaaaa1' as report_key, 'p1' as source_ref
            union all select 'abcdef0000000002', 'aaaaaa2', 'p1';
        create table ops.numbers as
            select 'aaaaaa1' as report_key, 1 as number_no, 'p1' as source_ref, null as fact_id, null as other_fact_ids;
        create table marts.bureau_measure as select 'abcdef0000000001' as fact_id, 7 as amount union all select 'abcdef0000000002', 8;
        create table audit.findings as
            select 1 as finding_id, 'abcdef0000000002 abcdef0000000001' as fact_ids
            union all select 2, 'abcdef0000000002' union all select 3, 'xabcdef0000000001' union all select 4, null;
        create view ops.corrections as select 'abcdef0000000001' as corrected_fact_id, '改正' as note;
        create table audit.lists as select ['abcdef0000000001', 'zz'] as fact_ids;
        create table staged.goals as select 'abcdef0000000001' as fact_id;
    """)
    return connection


def test_tables_added_later_are_found(made_up: duckdb.DuckDBPyConnection) -> None:
    found = {(use.schema, use.table): use for use in uses.uses(made_up, find(made_up, "abcdef0000000001"))}
    assert set(found) == {("marts", "bureau_measure"), ("audit", "findings"), ("audit", "lists"), ("ops", "corrections")}
    assert [row["finding_id"] for row in found["audit", "findings"].rows] == [1]
    assert found["audit", "findings"].why == ("fact_ids",)
    assert [row["amount"] for row in found["marts", "bureau_measure"].rows] == [7]
    assert found["ops", "corrections"].why == ("corrected_fact_id",)


@pytest.mark.parametrize("identifier", ["abcdef", "abcdef00000000", "aaaaaa:1"])
def test_an_ambiguous_id_names_what_it_could_be(made_up: duckdb.DuckDBPyConnection, identifier: str) -> None:
    with pytest.raises(NotFound, match="不唯一，有 2") as failure:
        find(made_up, identifier)
    assert "\n" not in str(failure.value)


def test_a_warehouse_from_before_the_ledger_says_what_to_do(made_up: duckdb.DuckDBPyConnection) -> None:
    made_up.execute("drop table ops.numbers")
    with pytest.raises(NotFound, match="jixiao run"):
        find(made_up, "abcdef0000000001")


def test_the_picture_of_a_sample_is_marked(sample_warehouse: Settings, tmp_path: Path) -> None:
    fact = a_fact(sample_warehouse, "account", "pdf")
    assert fact is not None
    image = tmp_path / "cell.png"
    assert str(image) in explained(sample_warehouse, fact["fact_id"], "--image", str(image))
    box = parse_ref(fact["source_ref"]).box
    assert box is not None
    x0, top, x1, bottom = in_pixels(box)
    with Image.open(image) as picture:
        assert picture.format == "PNG"
        middle = ((x0 + x1) // 2, (top + bottom) // 2)
        assert all(picture.getpixel(at) == FRAME for at in [(x0, middle[1]), (x1, middle[1]), (middle[0], top), (middle[0], bottom)])


def test_a_format_without_pages_gives_no_picture(sample_warehouse: Settings, tmp_path: Path) -> None:
    fact = a_fact(sample_warehouse, "account", "text")
    assert fact is not None
    assert "没有页面" in failed(sample_warehouse, fact["fact_id"], "--image", str(tmp_path / "x.png"), code=2)
    assert not (tmp_path / "x.png").exists()


def test_the_picture_is_never_written_over_a_report(sample_warehouse: Settings, tmp_path: Path) -> None:
    fact = a_fact(sample_warehouse, "account", "pdf")
    assert fact is not None
    kept = tmp_path / "报告.pdf"
    kept.write_bytes(b"report")
    assert ".png" in failed(sample_warehouse, fact["fact_id"], "--image", str(kept), code=2)
    assert kept.read_bytes() == b"report"
    assert "写不了" in failed(sample_warehouse, fact["fact_id"], "--image", str(tmp_path / "no" / "x.png"))


def test_a_file_that_is_gone_changed_or_moved(sample_warehouse: Settings, tmp_path: Path) -> None:
    fact = a_fact(sample_warehouse, "account", "pdf")
    assert fact is not None
    key, image = fact["report_key"], ["--image", str(tmp_path / "x.png")]
    name = ask(sample_warehouse, "select path from ops.report_files where report_key = ?", key)[0]["path"]
    raw = tmp_path / "raw"
    assert "找不到原始文件" in failed(sample_warehouse, fact["fact_id"], "--raw", str(raw), *image)
    raw.mkdir()
    (raw / name).write_bytes((RAW / name).read_bytes() + b" ")
    assert "已经改变" in failed(sample_warehouse, fact["fact_id"], "--raw", str(raw), *image)
    (raw / "moved").mkdir()
    shutil.copy(RAW / name, raw / "moved" / "改了名.pdf")
    with connect(sample_warehouse.database) as connection:
        assert raw_file(connection, raw, key) == raw / "moved" / "改了名.pdf"
        with pytest.raises(NoSource):
            raw_file(connection, tmp_path / "nowhere", key)
    explained(sample_warehouse, fact["fact_id"], *image, raw=raw)


def test_without_its_file_a_text_fact_is_explained_but_for_its_lines(sample_warehouse: Settings, tmp_path: Path) -> None:
    fact = a_fact(sample_warehouse, "account", "text")
    assert fact is not None
    shown = explained(sample_warehouse, fact["fact_id"], raw=tmp_path)
    assert "找不到原始文件" in shown
    assert "▶" not in shown
    assert value_in_words(fact["amount_yuan"]) in shown


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_what_the_readme_explains_is_there(sample_warehouse: Settings, readme: str) -> None:
    named = set(re.findall(r"^jixiao explain (\S+)", (ROOT / readme).read_text(encoding="utf8"), re.MULTILINE))
    assert len(named) == 2
    shown = [explained(sample_warehouse, identifier) for identifier in sorted(named)]
    assert "原文：275.19" in shown[0]
    assert "序号：6" in shown[1]


@pytest.mark.real
def test_a_real_pdf(real_warehouse: Settings, tmp_path: Path) -> None:
    fact = a_fact(real_warehouse, "account", "pdf", "amount_yuan > 0")
    assert fact is not None
    shown = explained(real_warehouse, fact["fact_id"], "--image", str(tmp_path / "cell.png"), raw=SHARED)
    assert fact["source_text"] in shown
    box = parse_ref(fact["source_ref"]).box
    assert box is not None
    x0, top, x1, bottom = in_pixels(box)
    with Image.open(tmp_path / "cell.png") as picture:
        assert picture.getpixel((x0, (top + bottom) // 2)) == picture.getpixel(((x0 + x1) // 2, bottom)) == FRAME
        inside = picture.crop((x0 + 1, top + 1, x1, bottom))
        assert any(max(colour) < 120 for _, colour in inside.getcolors(inside.width * inside.height)), (
            "nothing is printed in the marked cell"
        )


@pytest.mark.real
def test_a_real_text(real_warehouse: Settings) -> None:
    fact = a_fact(real_warehouse, "statement", "text", "unit = '万元'")
    assert fact is not None
    shown = explained(real_warehouse, fact["fact_id"], raw=SHARED)
    marked = [line for line in shown.splitlines() if line.startswith("▶")]
    assert len(marked) == 1
    assert fact["source_text"] in marked[0]
