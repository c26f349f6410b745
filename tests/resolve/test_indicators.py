"""What a wording of an indicator means: laws that hold for any wording."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve import indicators
from flows.resolve.indicators import Wording, compare, concept
from flows.resolve.overrides import Overrides

LAW = settings(deadline=None, max_examples=100)
WORDS = st.sampled_from(
    [
        "参保群众",
        "示例",
        "样本设备",
        "及时",
        "按时",
        "验收",
        "拨付",
        "完成",
        "经费",
        "资金",
        "培训",
        "人次",
        "率",
        "满意度",
        "数量",
        "对",
        "的",
        "开展",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map("".join)
UNITS = st.sampled_from([None, "%", "人次", "元", "元/人", "天", "个", "次", "公里"])
OPERATORS = st.sampled_from([None, "≥", "≤", "="])


@LAW
@given(name=NAMES, unit=UNITS, operator=OPERATORS)
def test_a_wording_means_itself_and_what_it_means_means_itself(name: str, unit: str | None, operator: str | None) -> None:
    assert compare(Wording(name, unit, operator), Wording(name, unit, operator)).is_same
    meant = concept(Wording(name, unit, operator))
    assert meant.name
    assert 0 < meant.confidence <= 1


@LAW
@given(name=NAMES, unit=UNITS, operator=OPERATORS, mark=st.sampled_from(["1.{}", "（一）{}", "{}：", " {} ", "2022年{}"]))
def test_a_mark_or_a_year_changes_nothing(name: str, unit: str | None, operator: str | None, mark: str) -> None:
    assert compare(Wording(name, unit, operator), Wording(mark.format(name), unit, operator)).is_same


@LAW
@given(left=NAMES, right=NAMES, unit=UNITS, operator=OPERATORS)
def test_two_wordings_are_compared_alike_from_either_side(left: str, right: str, unit: str | None, operator: str | None) -> None:
    one, other = Wording(left, unit, operator), Wording(right, unit, operator)
    assert compare(one, other) == compare(other, one)


@LAW
@given(name=NAMES)
def test_at_least_and_at_most_and_units_of_two_kinds_are_never_one(name: str) -> None:
    assert not compare(Wording(name, "%", "≥"), Wording(name, "%", "≤")).is_same
    assert not compare(Wording(name, "%", "≥"), Wording(name, "人次", "≥")).is_same
    assert not compare(Wording(name, "元", "≤"), Wording(name, "天", "≤")).is_same


def test_the_same_words_in_another_order_mean_the_same_unless_the_order_may_matter() -> None:
    assert compare(Wording("房屋修缮面积", "平方米", "≥"), Wording("修缮房屋面积", "平方米", "≥")).by == "word_order"
    assert not compare(Wording("教师对学生满意度", "%", "≥"), Wording("学生对教师满意度", "%", "≥")).is_same


def row(level3: str, unit: str | None = "%", operator: str | None = "≥") -> dict[str, str | None]:
    return {"level3": level3, "unit": unit, "operator": operator, "target_shape": None}


@LAW
@given(names=st.lists(NAMES, min_size=2, max_size=8, unique=True), other=NAMES)
def test_what_a_wording_means_does_not_depend_on_the_others(names: list[str], other: str) -> None:
    alone = {r["level3"]: r["indicator_concept"] for r in indicators.resolve(map(row, names), Overrides())[0]}
    among = {r["level3"]: r["indicator_concept"] for r in indicators.resolve(map(row, [other, *reversed(names)]), Overrides())[0]}
    assert alone.items() <= among.items()


def test_rejected_candidates_are_kept_with_their_reason() -> None:
    _, candidates = indicators.resolve(
        [row("示例参保率"), row("示例参保率", "万人"), row("示例参保率", "%", "≤"), row("示例群众满意率")], Overrides()
    )
    because = {(r["is_accepted"], r["matched_by"]) for r in candidates}
    assert because == {(False, "unit"), (False, "direction"), (True, "synonym")}
    assert all(Decimal(r["confidence"]) >= Decimal("0.3") and r["because"] for r in candidates)
