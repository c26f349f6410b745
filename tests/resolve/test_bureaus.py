"""Names over many reports: slips, branches, renamings, and what is never taken for one."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.identity.names import parse
from flows.resolve.bureau_names import compare, is_branch_of, slip_of
from flows.resolve.bureaus import resolve

LAW = settings(deadline=None, max_examples=60)
OLD, NEW, NEWER, OTHER = "|示例市样本局", "|示例市新样局", "|示例市更新局", "|示例市他样局"


def name(report, identity, year=2022, is_publisher=True):
    return {"report_key": report, "bureau_identity": identity, "fiscal_year": year, "is_publisher": is_publisher}


def said(old, new, kind="renamed", year=2022, confidence="0.9", report="r"):
    return {
        "report_key": report,
        "succession_kind": kind,
        "from_name": old.strip("|"),
        "from_identity": old,
        "to_name": new.strip("|"),
        "to_identity": new,
        "changed_year": year,
        "confidence": Decimal(confidence),
        "source_ref": "L1",
        "source_text": "示例",
    }


def entities(names, stated=()):
    matches, _, _ = resolve(names, stated)
    return {row["bureau_identity"]: row["entity_identity"] for row in matches}


def kinds(names, stated):
    return {(row["from_identity"], row["to_identity"]): row["succession_kind"] for row in resolve(names, stated)[1]}


# Slips


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("医疗障局", "医疗保障局"),
        ("医疗疗保障局", "医疗保障局"),
        ("市场监督管里局", "市场监督管理局"),
        ("人力资源和社会保章局", "人力资源和社会保障局"),
        ("医疗保障事物服务中心", "医疗保障事务服务中心"),
    ],
)
def test_a_character_wrong_missing_or_doubled_is_a_slip(slip, right):
    assert slip_of(slip) == right


@pytest.mark.parametrize(
    "core",
    ["医疗保障局", "教育局", "体育局", "财玉局", "示例样本局", "医疗保章局", "医疗保障厅", "第二中学", "医疗局", "市场管理局", ""],
)
def test_standard_short_unknown_and_doubtful_names_are_no_slips(core):
    assert slip_of(core) is None


def test_a_slip_is_mended_where_the_right_name_is_there_and_never_surely():
    names = [name("a", "430525|医疗保障局"), name("b", "430525|医疗障局", 2023), name("c", "430524|医疗障局", 2023)]
    matches, _, looked_at = resolve(names)
    found = {row["bureau_identity"]: row for row in matches}
    assert found["430525|医疗障局"]["entity_identity"] == "430525|医疗保障局"
    assert (found["430525|医疗障局"]["matched_by"], Decimal(found["430525|医疗障局"]["confidence"]) < Decimal("0.95")) == ("slip", True)
    assert found["430524|医疗障局"]["entity_identity"] == "430524|医疗障局"  # another county's bureau is no reason
    assert [row["is_accepted"] for row in looked_at] == [True]


def test_a_slip_is_mended_in_a_region_that_no_list_holds():
    assert entities([name("a", "|示例市医疗保障局"), name("b", "|示例市医疗障局")])["|示例市医疗障局"] == "|示例市医疗保障局"


# Branches


def test_a_branch_called_by_its_place_is_the_one_of_its_report():
    whole, short = "211100|医疗保障事务服务中心盘山分中心", "211100|盘山分中心"
    assert is_branch_of("盘山分中心", "医疗保障事务服务中心盘山分中心")
    assert entities([name("a", whole), name("a", short)])[short] == whole
    assert entities([name("a", whole), name("b", short)])[short] == short  # another report's is not
    assert entities([name("a", whole), name("a", "211100|示例中心盘山分中心"), name("a", short)])[short] == short  # it may be either


# Renaming


def test_a_renamed_bureau_is_one_under_its_oldest_name():
    names = [name("a", OLD, 2021), name("b", NEW, 2022), name("c", NEWER, 2023)]
    assert entities(names, [said(OLD, NEW), said(NEW, NEWER, year=2023)]) == {OLD: OLD, NEW: OLD, NEWER: OLD}


def test_the_name_of_each_time_is_kept_beside_the_bureau():
    matches, _, _ = resolve([name("a", OLD, 2021), name("b", NEW, 2022)], [said(OLD, NEW)])
    assert {row["name_identity"] for row in matches} == {OLD, NEW}
    assert {row["matched_by"] for row in matches} == {"same", "renamed"}


def test_a_renaming_of_which_only_the_new_name_is_seen_is_one_all_the_same():
    assert entities([name("b", NEW)], [said(OLD, NEW)]) == {NEW: OLD}


def test_two_bureaus_that_both_go_on_reporting_were_not_renamed():
    names = [name("a", OLD, 2021), name("b", OLD, 2022), name("c", NEW, 2021), name("d", NEW, 2022)]
    assert entities(names, [said(OLD, NEW)]) == {OLD: OLD, NEW: NEW}
    (row,) = resolve(names, [said(OLD, NEW)])[2]
    assert (row["is_accepted"], bool(row["because"])) == (False, True)


def test_one_year_of_both_names_is_the_year_of_the_change():
    assert entities([name("a", OLD, 2021), name("b", NEW, 2021), name("c", NEW, 2022)], [said(OLD, NEW)])[NEW] == OLD


def test_what_others_say_is_not_enough():
    assert entities([name("a", OLD), name("b", NEW)], [said(OLD, NEW, confidence="0.75")]) == {OLD: OLD, NEW: NEW}


def test_names_that_became_each_other_end_somewhere():
    found = entities([name("a", OLD, 2020), name("b", NEW, 2022)], [said(OLD, NEW, year=2021), said(NEW, OLD, year=2023)])
    assert found == {OLD: OLD, NEW: OLD}


# Merging and dividing


def test_merged_and_divided_bureaus_stay_apart():
    names = [name("a", OLD, 2021), name("b", OTHER, 2021), name("c", NEW, 2022)]
    merger = [said(OLD, NEW, "merged"), said(OTHER, NEW, "merged")]
    assert entities(names, merger) == {OLD: OLD, OTHER: OTHER, NEW: NEW}
    assert set(kinds(names, merger).values()) == {"merged"}


def test_what_two_were_renamed_to_was_merged_and_what_one_was_renamed_to_twice_was_divided():
    names = [name("a", OLD, 2021), name("b", OTHER, 2021), name("c", NEW, 2022), name("d", NEWER, 2022)]
    assert set(kinds(names, [said(OLD, NEW), said(OTHER, NEW)]).values()) == {"merged"}
    assert set(kinds(names, [said(OLD, NEW), said(OLD, NEWER)]).values()) == {"split"}


def test_said_to_be_renamed_and_to_be_merged_is_merged():
    names = [name("a", OLD, 2021), name("c", NEW, 2022)]
    assert kinds(names, [said(OLD, NEW), said(OLD, NEW, "merged", report="s")]) == {(OLD, NEW): "merged"}


def test_the_bureaus_of_merged_districts_go_into_the_new_districts():
    names = [name("a", "320611|民政局", 2019), name("b", "320602|民政局", 2019), name("c", "320613|民政局", 2021)]
    assert kinds(names, []) == {("320611|民政局", "320613|民政局"): "merged", ("320602|民政局", "320613|民政局"): "merged"}
    assert len(set(entities(names).values())) == 3


def test_the_bureau_of_a_renamed_county_is_one():
    assert parse("海门市医疗保障局", 2019).identity == parse("南通市海门区医疗保障局", 2021).identity
    assert parse("海门市医疗保障局", 2019).region.code != parse("南通市海门区医疗保障局", 2021).region.code


# What people say


def ruled(one, other, verdict, line=2, because="人工判定：2022年机构改革（王一，2024-03-01）"):
    return {"file_line": line, "one": one.strip("|"), "other": other.strip("|"), "verdict": verdict, "because": because}


def test_people_say_that_two_names_are_one():
    names, used = [name("a", OLD, 2021), name("b", OTHER, 2022)], set()
    matches, _, looked_at = resolve(names, (), [ruled(OLD, OTHER, "same")], used)
    assert [(row["entity_identity"], row["name_identity"]) for row in matches] == [(OLD, OLD), (OLD, OLD)]
    assert [row["matched_by"] for row in matches] == ["same", "override"]
    assert (used, [row["matched_by"] for row in looked_at]) == ({2}, ["override"])


def test_people_say_that_a_slip_and_a_renaming_are_none():
    names = [name("a", "430525|医疗保障局"), name("b", "430525|医疗障局")]
    decided = [ruled("洞口县医疗保障局", "洞口县医疗障局", "different")]
    assert len({row["entity_identity"] for row in resolve(names, (), decided)[0]}) == 2
    names = [name("a", OLD, 2021), name("b", NEW, 2022)]
    assert len({row["entity_identity"] for row in resolve(names, [said(OLD, NEW)], [ruled(OLD, NEW, "different")])[0]}) == 2


def test_people_tell_of_renaming_merging_and_dividing():
    names = [name("a", OLD, 2021), name("b", NEW, 2022)]
    (row,) = resolve(names, (), [ruled(OLD, NEW, "renamed")])[1]
    assert (row["from_entity"], row["to_entity"], row["changed_year"], row["told_by"]) == (OLD, OLD, 2022, "override")
    for verdict in ("merged", "split"):
        (row,) = resolve(names, [said(OLD, NEW)], [ruled(OLD, NEW, verdict)])[1]
        assert (row["succession_kind"], row["from_entity"], row["to_entity"]) == (verdict, OLD, NEW)


def test_a_line_whose_names_no_report_uses_waits():
    used = set()
    resolve([name("a", OLD, 2021)], (), [ruled(NEW, OTHER, "same"), ruled(OLD, OTHER, "same", 3), ruled(OLD, OTHER, "renamed", 4)], used)
    assert used == {4}


# Laws

IDENTITIES = st.sampled_from([OLD, NEW, NEWER, OTHER, "430525|医疗保障局", "430525|医疗障局", "211100|盘山分中心", "211100|中心盘山分中心"])
NAMES = st.lists(st.builds(name, st.sampled_from("abcd"), IDENTITIES, st.integers(2019, 2023), st.booleans()), min_size=1, max_size=12)
SAID = st.lists(
    st.builds(
        said,
        IDENTITIES,
        IDENTITIES,
        st.sampled_from(["renamed", "merged", "split"]),
        st.one_of(st.none(), st.integers(2019, 2023)),
        st.sampled_from(["0.75", "0.85", "0.95"]),
        st.sampled_from("abcd"),
    ),
    max_size=8,
)


@LAW
@given(NAMES, SAID, st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(names, stated, chance):
    again, stated_again = list(names), list(stated)
    random.Random(chance.random()).shuffle(again)
    chance.shuffle(stated_again)
    assert resolve(again, stated_again) == resolve(names, stated)


@LAW
@given(NAMES, SAID)
def test_every_name_is_matched_once_and_to_what_is_matched_to_itself(names, stated):
    matches, successions, _ = resolve(names, stated)
    keys = [(row["report_key"], row["bureau_identity"]) for row in matches]
    assert sorted(set(keys)) == sorted(keys) == sorted({(row["report_key"], row["bureau_identity"]) for row in names})
    for row in successions:
        assert (row["from_entity"] == row["to_entity"]) == (row["succession_kind"] == "renamed")


PRINTED = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "142011", "中共"]),
        st.sampled_from(["", "浙江省", "杭州市", "浙江省杭州市", "杭州市西湖区", "南昌市西湖区", "西湖区", "示例市", "县", "市"]),
        st.sampled_from(["医疗保障局", "医保局", "医疗障局", "第一中学", "第1中学", "示例镇", "分中心", "委宣传部", "", "我局"]),
        st.sampled_from(["", "-", "-330100000"]),
    ),
).filter(bool)


@LAW
@given(PRINTED, PRINTED, st.sampled_from([None, "杭州市医疗保障局", "示例市医疗保障局"]))
def test_to_be_the_same_goes_both_ways_and_what_is_the_same_text_is_the_same(left, right, publisher):
    near = parse(publisher) if publisher else None
    one, other = parse(left, 2022, near), parse(right, 2022, near)
    there, back = compare(one, other), compare(other, one)
    assert (there.is_same, there.confidence, there.by) == (back.is_same, back.confidence, back.by)
    assert compare(one, one).is_same
