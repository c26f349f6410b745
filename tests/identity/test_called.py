"""How a report calls its publisher in its text."""

import pytest

from flows.identity.called import called
from flows.identity.names import parse


def counted(publisher, *texts):
    return dict(called(parse(publisher), texts))


@pytest.mark.parametrize(
    ("publisher", "text", "found"),
    [
        ("杭州市西湖区医疗保障局", "我局完成示例工作，区医保局和区医疗保障局均已自评。", {"我局": 1, "区医保局": 1, "区医疗保障局": 1}),
        ("杭州市商务委员会", "本委牵头，本部门配合，市商务委落实。", {"本委": 1, "本部门": 1, "市商务委": 1}),
        ("浙江省高级人民法院", "省法院、省高院。", {"省法院": 1, "省高院": 1}),
        ("中共杭州市委宣传部", "市委宣传部负责。", {"市委宣传部": 1}),
        ("示例市医疗保障局", "市医保局牵头，示例市医保局另计。", {"市医保局": 1}),
    ],
)
def test_self_references_and_names_without_a_region(publisher, text, found):
    assert counted(publisher, text) == found


@pytest.mark.parametrize(
    ("publisher", "text"),
    [
        ("杭州市示例局", "全市示例局，各市示例局。"),  # those of all regions
        ("杭州市示例局", "杭州市示例局"),  # a whole name
        ("杭州市示例局", "宁波市示例局"),  # another city's
        ("杭州市示例局", "我院、本委、我校。"),  # it is no such thing
        ("杭州市样本中心", "成本中心核算。"),
        ("杭州市样本会", "本会计年度。"),
        ("杭州市", "我局。"),
    ],
)
def test_what_looks_like_it_and_is_not(publisher, text):
    assert counted(publisher, text) == {}
