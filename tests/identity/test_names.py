"""Names of bureaus as printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.identity.names import is_organisation, parse

LAW = settings(deadline=None, max_examples=80)
REGIONS = {"浙江省": "330000", "杭州市": "330100", "浙江省杭州市": "330100", "杭州市西湖区": "330106", "北京市": "110000"}
CORES = ["示例局", "样本委员会", "示例事务中心", "医疗保障局", "示例街道办事处"]
MANNERS = ["{}", "142011{}", "001{}", "{}-", "{}－", "{}—", "142011{}-", " {}：", "{}（盖章）", "{}(公章)", "\u3000{}\n"]


@LAW
@given(region=st.sampled_from(sorted(REGIONS)), core=st.sampled_from(CORES), manner=st.sampled_from(MANNERS))
def test_codes_dashes_and_seals_do_not_change_who_it_is(region, core, manner):
    bureau = parse(manner.format(region + core))
    assert bureau.name == region + core
    assert (bureau.region.code, bureau.core) == (REGIONS[region], core)
    assert bureau.identity == parse(region + core).identity


@LAW
@given(core=st.sampled_from(CORES), manner=st.sampled_from(MANNERS))
def test_a_name_without_known_region_is_known_by_its_whole_name(core, manner):
    bureau = parse(manner.format("示例市" + core))
    assert (bureau.name, bureau.region) == ("示例市" + core, None)
    assert bureau.identity == parse("示例市" + core).identity
    assert bureau.identity != parse("样本市" + core).identity


@pytest.mark.parametrize(
    ("printed", "name", "code", "region"),
    [
        ("142011杭州市示例局-330100000", "杭州市示例局", "142011", "330100"),
        ("142011示例市样本局-330100000", "示例市样本局", "142011", "330100"),
        ("杭州市示例局- 330100", "杭州市示例局", None, "330100"),
        ("001杭州市示例局", "杭州市示例局", "001", "330100"),
        ("杭州市示例局", "杭州市示例局", None, "330100"),
        ("杭州市第1示例学校", "杭州市第1示例学校", None, "330100"),
        ("杭州市示例-样本局", "杭州市示例-样本局", None, "330100"),
        ("杭州市\n示例局", "杭州市示例局", None, "330100"),
        ("142011", "142011", None, None),
        ("-", "-", None, None),
    ],
)
def test_name_budget_code_and_region(printed, name, code, region):
    bureau = parse(printed)
    assert (bureau.name, bureau.budget_code) == (name, code)
    assert (bureau.region.code if bureau.region else None) == region


@pytest.mark.parametrize("left", ["杭州市医保局", "浙江省杭州市医保局", "142011杭州市医疗保障局-330100000", "杭州市 医疗保障局"])
def test_abbreviation_and_whole_name_are_one_bureau(left):
    assert parse(left).identity == parse("杭州市医疗保障局").identity


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("卫健委", "卫生健康委员会"),
        ("发改委", "发展和改革委员会"),
        ("人社局", "人力资源和社会保障局"),
        ("住建局", "住房和城乡建设局"),
    ],
)
def test_abbreviations_are_compared_in_full(short, full):
    assert parse("杭州市" + short).core == full
    assert parse("杭州市" + short).name == "杭州市" + short


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("杭州市示例局", "宁波市示例局"),
        ("杭州市示例局", "浙江省示例局"),
        ("杭州市示例局", "杭州市样本局"),
        ("中共杭州市委员会办公室", "杭州市委员会办公室"),
        ("杭州市西湖区示例局", "南昌市西湖区示例局"),
    ],
)
def test_different_bureaus_stay_apart(left, right):
    assert parse(left).identity != parse(right).identity


def test_a_county_is_one_however_much_stands_above_it():
    printed = ["浙江省杭州市西湖区示例局", "杭州市西湖区示例局", "浙江省西湖区示例局"]
    assert len({parse(name).identity for name in printed}) == 1


@pytest.mark.parametrize("text", ["示例市样本局", "示例县样本服务中心", "示 例 市样本局", "示例市样本学校"])
def test_what_is_called_like_an_organisation(text):
    assert is_organisation(text)


@pytest.mark.parametrize("text", ["", "局", "样本局", "示例市样本局的", "示例项目支出", "示" * 40 + "局"])
def test_what_is_not_called_like_an_organisation(text):
    assert not is_organisation(text)


@LAW
@given(st.text(alphabet="示例市杭州局-—（盖章）1420113301 :：\n", max_size=25))
def test_any_text_has_a_name_and_an_identity(text):
    bureau = parse(text)
    assert "\n" not in bureau.name
    assert bureau.identity.startswith(bureau.region.code if bureau.region else "|")


@pytest.mark.parametrize("dash", ["--", "——"])
def test_a_double_dash_is_taken_off(dash):
    assert parse("杭州市示例局" + dash).name == "杭州市示例局"


def test_a_long_code_is_not_cut():
    assert not parse("1420110011杭州市示例局").name[0].isdigit()


def test_a_printed_code_makes_one_bureau_of_both_names():
    assert parse("西湖区示例局-330106000").identity == parse("杭州市西湖区示例局").identity
