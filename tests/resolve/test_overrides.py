"""The file of decisions about names: what is read, what is refused, and what a run makes of it."""

import shutil
from pathlib import Path

import pytest

from flows import job
from flows.handwritten import Unusable
from flows.query import run_query
from flows.resolve.overrides import read_overrides
from flows.settings import Settings
from tests.conftest import ROOT, run_job
from tests.support.matches import line, write


def refusals(path: Path) -> list[str | None]:
    return [entry.refusal for entry in read_overrides(path).lines]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"kind": "account"}, "bureau、project、indicator"),
        ({"verdict": "yes"}, "same"),
        ({"verdict": "renamed"}, "same"),  # what only a bureau can be
        ({"kind": "bureau", "verdict": "yes"}, "renamed"),
        ({"one": "示例 补助", "other": "示例补助"}, "同一个名称"),
        ({"reason": ""}, "reason"),
        ({"on": "昨天"}, "2024-03-01"),
        ({"on": "2024-02-30"}, "2024-03-01"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_with_what_to_do(tmp_path: Path, said: dict[str, str], told: str) -> None:
    (first, second) = refusals(write(tmp_path / "m.csv", line(**said), line(one="甲项目", other="乙项目")))
    assert first is not None and told in first
    assert second is None


def test_two_lines_about_one_pair_are_both_refused(tmp_path: Path) -> None:
    found = refusals(
        write(tmp_path / "m.csv", line(), line(one="样本补助", other="示例补助", verdict="different"), line(bureau="示例市教育局"))
    )
    assert [bool(refusal) for refusal in found] == [True, True, False]


@pytest.mark.parametrize("content", [b"kind,bureau\n", b'kind,bureau,one,other,verdict,reason,by,on\n"', "种类".encode("gbk")])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(content)
    with pytest.raises(Unusable, match=r"m\.csv"):
        read_overrides(path)


def test_a_file_that_is_not_there_says_so_and_none_is_like_an_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unusable, match="--matches"):
        read_overrides(tmp_path / "none.csv")
    monkeypatch.chdir(tmp_path)
    without = read_overrides(None).version
    write(tmp_path / "matches.csv")
    assert read_overrides(None).version == without
    write(tmp_path / "matches.csv", line())
    assert read_overrides(None).version != without


def rows(where: Settings, sql: str) -> list[tuple]:
    return run_query(where.database, sql)[1]


@pytest.mark.slow
def test_people_overrule_the_rules_and_take_it_back_without_reading_again(small_raw: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "matches.csv")
    where = run_job(small_raw, tmp_path / "warehouse", matches=file)
    projects = "select project_name, project_key from dim_project where project_name like '医保%' order by 1"
    indicators = "select indicator_name, indicator_key from dim_indicator order by 1"
    before = rows(where, projects), rows(where, indicators)
    assert rows(where, "select * from ops.match_overrides") == []
    assert len(before[0]) == 3

    write(
        file,
        line(bureau="示例市医疗保障局", one="医保经办大厅运行", other="医保信息系统迁移"),
        line(kind="indicator", one="窗口服务满意度", other="经办人员满意度"),
        line(bureau="没有这个局", one="医保经办大厅运行", other="医保基金监督检查"),
        line(on="昨天"),
    )
    run_job(small_raw, where.warehouse, matches=file)
    assert [row[0] for row in rows(where, "select files_read from ops.runs order by run_id")] == [2, 0]
    assert len(rows(where, projects)) == 2
    (told,) = rows(where, "select matched_by, confidence, because from dim_project_alias where matched_by = 'override'")
    assert (told[0], told[1]) == ("override", 1)
    assert "王一" in told[2]
    assert len(rows(where, indicators)) == len(before[1]) - 1
    assert rows(where, "select count(*) from dim_indicator_alias where matched_by = 'override'") == [(1,)]
    states = rows(where, "select file_line, state from ops.match_overrides order by 1")
    assert states == [(2, "applied"), (3, "applied"), (4, "names_absent"), (5, "refused")]
    assert [row[0][:5] for row in rows(where, "select reason from ops.set_aside where scope = 'match' order by reason")] == [
        "第 4 行",
        "第 5 行",
    ]
    summary = job.published(where)["summary"]["matches"]  # type: ignore[index]
    assert [number for number, _ in summary["refused"]] == [5]
    assert [number for number, _ in summary["absent"]] == [4]

    write(file)
    run_job(small_raw, where.warehouse, matches=file)
    assert (rows(where, projects), rows(where, indicators)) == before


@pytest.mark.slow
def test_names_that_the_rules_join_can_be_kept_apart(small_raw: Path, tmp_path: Path) -> None:
    (small_raw / "示例市医疗保障局_2021_部门决算.txt").unlink()
    where = run_job(small_raw, tmp_path / "warehouse")
    wording = "select count(distinct indicator_key) from fct_indicator where level3 in ('参训教师满意度', '学校满意度')"
    assert rows(where, wording) == [(2,)]
    file = write(tmp_path / "m.csv", line(kind="indicator", one="参训教师满意度", other="学校满意度"))
    run_job(small_raw, where.warehouse, matches=file)
    assert rows(where, wording) == [(1,)]


def test_of_a_bureau_it_can_be_said_what_became_of_it(tmp_path: Path) -> None:
    verdicts = ("same", "different", "renamed", "merged", "split")
    said = [line(kind="bureau", one=f"示例市{number}局", verdict=verdict) for number, verdict in enumerate(verdicts)]
    assert refusals(write(tmp_path / "m.csv", *said)) == [None] * len(verdicts)


@pytest.mark.slow
def test_people_tell_what_became_of_bureaus(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("演示区文化局_2021_部门决算.txt", "演示区旅游局_2021_部门决算.txt", "演示区文化和旅游局_2022_部门决算.xlsx"):
        shutil.copy(ROOT / "raw" / name, raw / name)
    file = write(tmp_path / "matches.csv")
    where = run_job(raw, tmp_path / "warehouse", matches=file)
    assert rows(where, "select count(distinct bureau_key), count(*) from dim_bureau") == [(3, 3)]
    write(
        file,
        line(kind="bureau", one="演示区文化局", other="演示区文化和旅游局", verdict="renamed", reason="2022年更名"),
        line(kind="bureau", one="演示区宣传局", other="演示区出版局", verdict="merged"),
    )
    run_job(raw, where.warehouse, matches=file)
    assert rows(where, "select count(distinct bureau_key), count(*) from dim_bureau") == [(2, 3)]
    told = "select from_name, succession_kind, changed_year, told_by from dim_bureau_succession order by 1"
    assert rows(where, told) == [("演示区文化局", "renamed", 2022, "override"), ("演示区旅游局", "merged", 2022, "report")]
    assert rows(where, "select file_line, state from ops.match_overrides order by 1") == [(2, "applied"), (3, "names_absent")]
