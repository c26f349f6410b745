"""Regions in the names of bureaus."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.identity.regions import region_of

LAW = settings(deadline=None, max_examples=150)
with files("flows.identity").joinpath("regions.csv").open(encoding="utf8") as stream:
    NAMES = {row["code"]: row["name"] for row in csv.DictReader(stream)}
NAMESAKES = {name for name in NAMES.values() if list(NAMES.values()).count(name) > 1}
OWN_NAMESAKE = {"620200", "620201"}  # a prefecture that holds a county of its own name: see the test at the end


def above(code):
    """Province and prefecture of a region, as far as the list holds them."""
    return [NAMES[outer] for outer in dict.fromkeys((code[:2] + "0000", code[:4] + "00")) if outer in NAMES and outer != code]


def code_of(name, printed=None):
    region, rest = region_of(name, printed)
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
