"""Regions in the names of bureaus."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.identity.regions import coded, lasting, region_of, successors_of

LAW = settings(deadline=None, max_examples=150)
with files("flows.identity").joinpath("regions.csv").open(encoding="utf8") as stream:
    LIST = list(csv.DictReader(stream))
NAMES = {row["code"]: row["name"] for row in LIST if not row["valid_to_year"]}  # as they are today
NAMESAKES = {name for name in NAMES.values() if list(NAMES.values()).count(name) > 1}
OWN_NAMESAKE = {"620200", "620201"}  # a prefecture that holds a county of its own name: see the test at the end


def above(code):
    """Province and prefecture of a region, as far as the list holds them."""
    return [NAMES[outer] for outer in dict.fromkeys((code[:2] + "0000", code[:4] + "00")) if outer in NAMES and outer != code]


def code_of(name, printed=None, year=None, near=None):
    region, rest = region_of(name, printed, year, near)
    return (region.code if region else None, rest)


@LAW
@given(st.sampled_from(sorted(set(NAMES) - OWN_NAMESAKE)))
def test_a_region_with_all_above_it_is_found_and_the_rest_is_left(code):
    assert code_of("".join(above(code)) + NAMES[code] + "示例局") == (code, "示例局")


@LAW
@given(st.sampled_from(sorted(code for code, name in NAMES.items() if name not in NAMESAKES)))
def test_a_name_that_is_unique_needs_nothing_above_it(code):
    assert code_of(NAMES[code] + "示例局") == (code, "示例局")


@LAW
@given(st.sampled_from(sorted(NAMESAKES - {name for code, name in NAMES.items() if code.endswith("00")})))
def test_a_county_name_of_several_regions_stays_unknown_alone(name):
    assert code_of(name + "示例局") == (None, name + "示例局")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("浙江省示例局", "330000"),
        ("浙江省杭州市示例局", "330100"),
        ("杭州市西湖区示例局", "330106"),
        ("浙江省西湖区示例局", "330106"),
        ("江西省西湖区示例局", "360103"),
        ("北京市朝阳区示例局", "110105"),
        ("长春市朝阳区示例局", "220104"),
        ("吉林省示例局", "220000"),
        ("吉林市示例局", "220200"),
        ("吉林省吉林市示例局", "220200"),
        ("浙 江 省\n杭州市示例局", "330100"),
    ],
)
def test_nested_names_are_narrowed(name, code):
    assert code_of(name) == (code, "示例局")


@pytest.mark.parametrize(
    ("name", "code", "rest"),
    [
        ("杭州市朝阳区示例局", "330100", "朝阳区示例局"),
        ("北京市杭州市示例局", "110000", "杭州市示例局"),
        ("河北省西湖区示例局", "130000", "西湖区示例局"),
    ],
)
def test_a_region_that_does_not_lie_in_the_one_before_is_left_in_the_name(name, code, rest):
    assert code_of(name) == (code, rest)


@pytest.mark.parametrize("name", ["", "示例局", "示例市样本局", "样本县示例镇人民政府", "关于浙江省的示例"])
def test_names_without_a_known_region(name):
    assert code_of(name) == (None, name)


def test_a_printed_code_tells_what_the_name_does_not():
    assert code_of("示例市样本局", "330100000") == ("330100", "示例市样本局")
    assert code_of("西湖区示例局", "330106")[0] == "330106"


def test_the_name_comes_before_a_printed_code():
    assert code_of("杭州市示例局", "110000")[0] == "330100"


@pytest.mark.parametrize("printed", ["999999", "", "12", None])
def test_an_unknown_printed_code_tells_nothing(printed):
    assert code_of("示例市样本局", printed)[0] is None


@pytest.mark.parametrize(
    ("name", "level", "province", "prefecture"),
    [
        ("浙江省", "province", "浙江省", None),
        ("浙江省杭州市", "prefecture", "浙江省", "杭州市"),
        ("浙江省杭州市西湖区", "county", "浙江省", "杭州市"),
        ("北京市朝阳区", "county", "北京市", None),
    ],
)
def test_a_region_knows_its_level_and_what_it_lies_in(name, level, province, prefecture):
    region, _ = region_of(name)
    assert region.level == level
    assert region.province.name == province
    assert (region.prefecture.name if region.prefecture else None) == prefecture


@pytest.mark.parametrize("name", ["嘉峪关市示例局", "甘肃省嘉峪关市示例局"])
def test_a_prefecture_with_a_county_of_its_own_name(name):
    assert code_of(name) == ("620200", "示例局")


def test_a_printed_code_also_takes_the_regions_name_off():
    assert code_of("西湖区示例局", "330106000") == code_of("杭州市西湖区示例局")


# The code of the year


def test_every_line_of_the_list_is_whole():
    for row in LIST:
        start, end = row["valid_from_year"], row["valid_to_year"]
        assert not (start and end) or int(start) <= int(end), row
        assert bool(row["successor_codes"]) == bool(end), row
        for code in row["successor_codes"].split():
            after = coded(code, int(end) + 1)
            assert after is not None and after.held_in(int(end) + 1), row


def test_no_code_has_two_names_in_one_year():
    for year in range(2010, 2026):
        held = [row["code"] for row in LIST if int(row["valid_from_year"] or 0) <= year <= int(row["valid_to_year"] or 9999)]
        assert len(held) == len(set(held))


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("海门市示例局", 2019, "320684"),
        ("海门区示例局", 2021, "320614"),
        ("海门区示例局", 2019, "320614"),  # a report of 2019 published under the new name
        ("崇川区示例局", 2019, "320602"),
        ("崇川区示例局", 2020, "320613"),
        ("邢台县示例局", 2019, "130521"),
        ("邢台县示例局", None, "130521"),
        ("邢台市桥西区示例局", 2018, "130503"),
        ("邢台市信都区示例局", 2022, "130503"),
        ("徐水县示例局", 2014, "130625"),
        ("保定市徐水区示例局", 2015, "130609"),
        ("莱芜市示例局", 2018, "371200"),
        ("济南市莱芜区示例局", 2020, "370116"),
    ],
)
def test_a_region_has_the_code_of_the_year(name, year, code):
    assert code_of(name, year=year)[0] == code


@pytest.mark.parametrize(("name", "year"), [("桥西区示例局", 2018), ("鼓楼区示例局", 2012)])
def test_what_several_regions_were_called_in_the_year_stays_unknown(name, year):
    assert code_of(name, year=year)[0] is None


@pytest.mark.parametrize(
    ("before", "year", "after"),
    [("320684", 2019, "320614"), ("130625", 2014, "130609"), ("130503", 2019, "130503"), ("511521", 2017, "511504")],
)
def test_a_region_that_was_only_renamed_or_coded_anew_stays_one(before, year, after):
    assert lasting(coded(before, year)) == coded(after)


@pytest.mark.parametrize(("code", "year", "after"), [("320611", 2019, ["320613"]), ("330104", 2020, ["330102", "330114"])])
def test_a_region_that_was_merged_or_divided_is_not_its_successor(code, year, after):
    region = coded(code, year)
    assert lasting(region) == region
    assert [successor.code for successor in successors_of(region)] == after


# Regions told by the report


@pytest.mark.parametrize(
    ("near", "code"), [("310107", "310107"), ("310000", "310107"), ("330900", "330903"), ("510000", None), (None, None)]
)
def test_of_two_regions_of_a_name_the_one_near_the_report_is_meant(near, code):
    assert code_of("普陀区示例局", near=coded(near) if near else None)[0] == code


@pytest.mark.parametrize(
    ("name", "code"), [("凉山州示例局", "513400"), ("长阳县示例局", "420528"), ("新疆示例局", "650000"), ("玉龙县示例局", "530721")]
)
def test_autonomous_regions_are_known_by_their_short_names(name, code):
    assert code_of(name)[0] == code
