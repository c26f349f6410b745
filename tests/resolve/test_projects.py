"""Which names of a bureau come together as one project: rules that need more than two names, and laws that hold for any."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve import projects
from flows.resolve.match import Match, clusters
from flows.resolve.overrides import Overrides, read_overrides
from flows.resolve.projects import Project, compare
from tests.support.matches import line, write

LAW = settings(deadline=None, max_examples=100)
WORDS = st.sampled_from(
    ["示例", "样本", "医保", "救助", "补助", "工作", "经费", "资金", "维修", "新建", "一期", "二期", "及", "培训", "宣传", "系统", "市级"]
)
NAMES = st.lists(WORDS, min_size=2, max_size=6).map("".join)


def named(name: str, year: int = 2022, report: str = "r", listed_in: str = "form", budget: int | None = None) -> dict[str, Any]:
    return {
        "report_key": f"{report}{year}",
        "fact_id": f"{report}{year}{listed_in}{name}",
        "entity_identity": "000000|示例局",
        "project_name": name,
        "fiscal_year": year,
        "listed_in": listed_in,
        "place": listed_in,
        "budget_yuan": Decimal(budget) if budget else None,
    }


def resolved(*rows: dict[str, Any], overrides: Overrides | None = None) -> dict[str, str]:
    """Printed name → the name that stands for its project."""
    matches, listings, _ = projects.resolve(rows, overrides or Overrides(), {"000000|示例局": ["示例市示例局"]})
    return {row["project_name"]: row["project_id"] for row in [*matches, *listings]}


@LAW
@given(names=st.lists(NAMES, min_size=2, max_size=8, unique=True), order=st.randoms(use_true_random=False))
def test_what_comes_together_does_not_depend_on_the_order_of_names(names: list[str], order: Any) -> None:
    rows = [named(name, 2020 + at % 3) for at, name in enumerate(names)]
    turned = list(rows)
    order.shuffle(turned)
    first, second = projects.resolve(rows, Overrides(), {}), projects.resolve(turned, Overrides(), {})
    for one, other in zip(first, second, strict=True):
        assert sorted(one, key=str) == sorted(other, key=str)


@LAW
@given(
    name=NAMES,
    year=st.integers(2010, 2030),
    manner=st.sampled_from(["{y}年{n}", "{y}年度{n}项目", "{n}（{y}年）", "提前下达{y}年{n}", "3.{n}"]),
)
def test_a_name_always_meets_itself_with_a_year(name: str, year: int, manner: str) -> None:
    match = compare(Project(name), Project(manner.format(n=name, y=year)))
    assert match.is_same, (name, match)
    assert match.confidence >= Decimal("0.95")


@LAW
@given(left=NAMES, right=NAMES)
def test_two_names_are_compared_alike_from_either_side(left: str, right: str) -> None:
    assert compare(Project(left), Project(right)) == compare(Project(right), Project(left))


@LAW
@given(names=st.lists(st.integers(0, 40), min_size=2, max_size=9, unique=True))
def test_no_chain_joins_what_is_plainly_different(names: list[int]) -> None:
    def near(one: str, other: str) -> Match:
        return Match(abs(int(one) - int(other)) <= 5, Decimal(1) - Decimal(abs(int(one) - int(other))) / 100, "", "near")

    texts = [f"{number:02}" for number in names]
    pairs = [(one, other) for one in texts for other in texts if one < other]
    groups, _ = clusters(texts, pairs, near)
    assert sorted(name for group in groups for name in group) == sorted(texts)
    assert all(int(group[-1]) - int(group[0]) <= 5 for group in groups)


def test_a_task_without_a_form_is_a_listed_project_and_people_and_running_are_none() -> None:
    rows = [named("示例系统运行费"), named("示例系统运行经费", listed_in="task"), named("样本设备购置", listed_in="task", budget=5)]
    rows += [named("人员经费", listed_in="task", budget=9), named("积极推进各项改革任务", listed_in="task")]
    assert resolved(*rows) == {
        "示例系统运行费": "示例系统运行费",
        "示例系统运行经费": "示例系统运行费",
        "样本设备购置": "样本设备购置",
    }


def test_items_that_a_form_merges_are_listed_under_the_form() -> None:
    rows = [
        named("示例政策宣传及样本业务培训经费"),
        named("示例政策宣传经费", listed_in="task"),
        named("样本业务培训", listed_in="task", budget=3),
    ]
    assert set(resolved(*rows).values()) == {"示例政策宣传及样本业务培训经费"}


def test_two_projects_are_not_joined_by_the_year_that_merges_them() -> None:
    rows = [named("示例政策宣传", 2021), named("样本业务培训", 2021), named("示例政策宣传及样本业务培训", 2022)]
    assert len(set(resolved(*rows).values())) == 3
    rows.pop(1)
    assert len(set(resolved(*rows).values())) == 1


def test_batches_of_a_transfer_payment_are_one_project_and_say_which_batch() -> None:
    names = ["提前下达2022年示例救助补助资金", "下达2022年示例救助补助资金（第二批）", "2023年示例救助补助资金第一批"]
    matches, _, _ = projects.resolve([named(name) for name in names], Overrides(), {})
    assert len({row["project_id"] for row in matches}) == 1
    assert {row["project_name"]: row["batch"] for row in matches} == dict(zip(names, [None, "第二批", "第一批"], strict=True))


def test_two_forms_of_one_report_are_two_projects_though_their_names_are_alike() -> None:
    names = ["示例保障业务费", "示例保障工作业务经费"]
    assert len(set(resolved(*map(named, names)).values())) == 2
    assert len(set(resolved(named(names[0], 2021), named(names[1], 2022)).values())) == 1


def test_a_longer_name_goes_on_where_years_and_money_meet() -> None:
    def keys(second: int, money: int) -> int:
        return len(set(resolved(named("示例点位更新", 2021, budget=100), named("城区示例点位更新", second, budget=money)).values()))

    assert keys(2022, 120) == 1
    assert keys(2022, 300) == 2
    assert keys(2021, 120) == 2


def test_a_project_of_the_text_is_found_by_its_heading_and_known_names_by_their_figures() -> None:
    rows = [named("示例困难家庭补助经费"), named("三、各项目情况/2. 样本购置经费/（一）执行", listed_in="heading")]
    rows += [named("示例困难家庭补助资金", listed_in="text"), named("项目支出", listed_in="text"), named("本年收入", listed_in="text")]
    found = resolved(*rows)
    known = "示例困难家庭补助经费"
    assert found == {known: known, "样本购置经费": "样本购置经费", "示例困难家庭补助资金": known}


def test_a_line_of_a_table_of_projects_gives_the_project_among_its_cells() -> None:
    rows = [named("特定目标类/示例河道治理/示例市示例局", listed_in="table", budget=5), named("示例防汛工作经费", listed_in="table")]
    rows += [named("一般公共服务支出", listed_in="table", budget=5), named("合计", listed_in="table", budget=9)]
    assert set(resolved(*rows)) == {"示例河道治理", "示例防汛工作经费"}


def test_an_abbreviation_is_the_word_it_stands_for() -> None:
    assert compare(Project("示例城管执法"), Project("示例城市管理执法")).by == "abbreviation"
    assert not compare(Project("示例城管执法"), Project("示例城市建设执法")).is_same


def test_the_bureaus_own_region_in_front_of_a_name_says_nothing() -> None:
    assert len(set(resolved(named("示例市城乡困难家庭补助资金", 2021), named("城乡困难家庭补助资金", 2022)).values())) == 1
    assert len(set(resolved(named("样本市城乡困难家庭补助资金", 2021), named("城乡困难家庭补助资金", 2022)).values())) == 2
    assert len(set(resolved(named("示例市级储备粮库建设", 2021), named("储备粮库建设", 2022)).values())) == 2


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_people_have_the_last_word(tmp_path: Path, verdict: str) -> None:
    one, other = ("示例补助", "样本设备购置") if verdict == "same" else ("2021年示例补助", "2022年示例补助")
    file = write(tmp_path / "m.csv", line(bureau="示例市示例局", one=one, other=other, verdict=verdict))
    overrides = read_overrides(file)
    assert len(set(resolved(named(one), named(other), overrides=overrides).values())) == (1 if verdict == "same" else 2)
    assert overrides.used == {2}
