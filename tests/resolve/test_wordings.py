"""Words of the field: each is known once, is brought to one word, and what is hard by stays apart."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from flows.resolve import indicators, projects
from flows.resolve.indicators import Wording
from flows.resolve.projects import Project
from flows.resolve.wordings import in_field_words

SYNONYMS = tomllib.loads(files("flows.resolve").joinpath("wordings.toml").read_text(encoding="utf8"))["synonym"]


def test_every_word_is_listed_once_and_means_what_its_entry_says() -> None:
    words = Counter(word for entry in SYNONYMS for word in entry["words"])
    assert [word for word, times in words.items() if times > 1] == []
    assert not {entry["to"] for entry in SYNONYMS} & {*words}
    for entry in SYNONYMS:
        for word in entry["words"]:
            assert in_field_words(word)[0] == in_field_words(entry["to"])[0], word


@pytest.mark.parametrize("text", sorted({entry["to"] for entry in SYNONYMS}))
def test_a_name_in_words_of_the_field_stays_so(text: str) -> None:
    once = in_field_words(text)[0]
    assert in_field_words(once)[0] == once


@pytest.mark.parametrize(
    ("left", "right", "units"),
    [
        ("每亩补助标准", "每头补助标准", ("元/亩", "元/头")),
        ("示例案件数", "示例企业数", ("件", "家")),
        ("参训教师人数", "参训教师人次", ("人", "人次")),
        ("受理案件数", "办理案件数", ("件", "件")),
        ("改善示例环境", "改善样本环境", (None, None)),
    ],
)
def test_what_is_counted_keeps_indicators_apart(left: str, right: str, units: tuple[str | None, str | None]) -> None:
    assert not indicators.compare(Wording(left, units[0]), Wording(right, units[1])).is_same


@pytest.mark.parametrize(
    ("left", "right", "unit"),
    [
        ("示例案件数", "示例案件数量", "件"),
        ("示例专家数", "示例专家数量", "人"),
        ("召开示例会议次数", "示例会议召开次数", "次"),
        ("提高示例意识", "示例意识增强", None),
        ("示例管网长度", "示例管网里程", "公里"),
        ("示例及样本满意度", "样本、示例满意度", "%"),
    ],
)
def test_how_it_is_counted_changes_nothing(left: str, right: str, unit: str | None) -> None:
    assert indicators.compare(Wording(left, unit), Wording(right, unit)).is_same


def test_the_work_in_the_bracket_of_a_transfer_payment_is_the_project_and_its_source_still_counts() -> None:
    payment = "{}示例发展资金（样本设施维修养护）"
    assert projects.compare(Project(payment.format("")), Project("样本设施维修养护资金")).is_same
    assert not projects.compare(Project(payment.format("中央")), Project(payment.format("省级"))).is_same
