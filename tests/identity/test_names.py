"""Names of bureaus as printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.identity.names import is_organisation, parse, reading

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


# Names in a report


@pytest.mark.parametrize(
    ("printed", "publisher", "identity", "step"),
    [
        ("县医保局", "洞口县医疗保障局", "430525|医疗保障局", "region_word"),
        ("市医保局", "洞口县医疗保障局", "430500|医疗保障局", "region_word"),
        ("省医保局", "洞口县医疗保障局", "430000|医疗保障局", "region_word"),
        ("市医保局", "万源市民政局", "511781|医疗保障局", "region_word"),
        ("市商务委", "上海市普陀区商务委员会", "310000|商务委员会", "region_word"),
        ("普陀区商务委", "上海市普陀区商务委员会", "310107|商务委员会", "near_region"),
        ("普陀区商务局", "舟山市财政局", "330903|商务局", "near_region"),
        ("示例中心", "杭州市示例局", "330100|示例中心", "report_region"),
        ("我局", "杭州市示例局", "330100|示例局", "self"),
        ("盘山县分中心", "盘锦市医疗保障局", "211100|盘山分中心", None),
        ("县示例局", "样本县民政局", "|样本县示例局", "region_word"),
        ("本部门", "样本县民政局", "|样本县民政局", "self"),
    ],
)
def test_a_name_means_what_its_report_makes_of_it(printed, publisher, identity, step):
    found = parse(printed, 2022, parse(publisher))
    assert found.identity == identity
    assert step is None or step in found.steps
    assert reading(found)[1] < 1


@pytest.mark.parametrize("printed", ["省财政厅、省医保局", "各市医疗保障局", "有关单位", "我院"])
def test_names_of_many_or_of_none_are_not_the_reports_own(printed):
    assert parse(printed, 2022, parse("广元市医疗保障局")).region is None


@pytest.mark.parametrize(
    ("printed", "core", "is_township", "sector"),
    [
        ("杭州市西湖区人民政府示例街道办事处", "示例街道办事处", True, "街道办事处"),
        ("岳阳县新开镇", "新开镇人民政府", True, "镇人民政府"),
        ("岳阳县示例乡政府", "示例乡人民政府", True, "乡人民政府"),
        ("大关县天星镇中心卫生院", "天星镇中心卫生院", True, "中心卫生院"),
        ("杭州市住房和城乡建设服务中心", "住房和城乡建设服务中心", False, "住房和城乡建设服务中心"),
        ("杭州市乡村振兴局", "乡村振兴局", False, "乡村振兴局"),
        ("杭州市城镇建设服务中心", "城镇建设服务中心", False, "城镇建设服务中心"),
        ("重庆渝中区", "", False, None),
        ("示例市医疗保障局", "医疗保障局", False, "医疗保障局"),
    ],
)
def test_towns_and_what_a_bureau_has_in_common_with_its_peers(printed, core, is_township, sector):
    bureau = parse(printed)
    assert (bureau.core, bureau.is_township, bureau.sector) == (core, is_township, sector)


def test_a_region_alone_is_no_bureau():
    assert parse("广元市").is_only_a_region
    assert not parse("广元市民政局").is_only_a_region


@pytest.mark.parametrize(
    "printed",
    ["251示例市样本局", "[251]示例市样本局", "【251】示例市样本局", "（251）示例市样本局", "251-示例市样本局", "251_示例市样本局"],
)
def test_a_code_before_a_name_is_told_however_it_is_set_apart(printed):
    name = parse(printed)
    assert (name.name, name.budget_code, name.identity) == ("示例市样本局", "251", parse("示例市样本局").identity)
