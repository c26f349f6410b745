"""What reports say of bureaus that became others."""

import pytest

from flows.document import Paragraph, Place
from flows.identity.names import parse
from flows.identity.successions import successions


def said(publisher, text, year=2022):
    found = successions([Paragraph(text, Place(line=7))], parse(publisher), year)
    return {(s.kind, s.old.identity.split("|")[1], s.new.identity.split("|")[1], s.year) for s in found}


OLD, NEW, OTHER = "示例市样本局", "示例市新样局", "示例市他样局"


@pytest.mark.parametrize(
    "text",
    [
        f"2022年机构改革，{NEW}由原{OLD}更名而来。",
        f"2022年，原{OLD}更名为{NEW}，职责不变。",
        f"根据方案，2022年将{OLD}更名为{NEW}。",
        "2022年，我局由原示例市样本局更名。",
        "我局前身是示例市样本局，2022年前已有。",
        f"{NEW}（原{OLD}）",
    ],
)
def test_renamed(text):
    (found,) = said(NEW, text)
    assert found[:3] == ("renamed", OLD, NEW)


@pytest.mark.parametrize(
    "text",
    [
        f"2022年，由原{OLD}、{OTHER}合并组建{NEW}。",
        f"2022年，原{OLD}和原{OTHER}合并成立{NEW}。",
        f"2022年，将{OLD}、{OTHER}的职责整合，组建{NEW}。",
        f"2022年，我局由原{OLD}和{OTHER}合并组建。",
    ],
)
def test_merged(text):
    assert said(NEW, text) == {("merged", OLD, NEW, 2022), ("merged", OTHER, NEW, 2022)}


def test_taken_over():
    assert said(NEW, f"2022年，原{OLD}整体并入我局。") == {("merged", OLD, NEW, 2022)}


@pytest.mark.parametrize(
    "text",
    [f"2022年，原{OLD}分设为{NEW}和{OTHER}。", f"2022年，{OLD}拆分为{NEW}、{OTHER}。"],
)
def test_divided(text):
    assert said(NEW, text) == {("split", OLD, NEW, 2022), ("split", OLD, OTHER, 2022)}


def test_taken_out():
    assert said(NEW, f"{NEW}从原{OLD}分设。") == {("split", OLD, NEW, None)}


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("原县卫生和计划生育局更名为县卫生健康局。", "卫生和计划生育局", "卫生健康局"),
        ("县卫健局由县卫计局更名而来。", "卫生和计划生育局", "卫生健康局"),
    ],
)
def test_names_without_a_region_are_the_reports_own(text, old, new):
    found = successions([Paragraph(text, Place(line=1))], parse("洞口县卫生健康局"), 2019)
    assert [(s.old.identity, s.new.identity) for s in found] == [(f"430525|{old}", f"430525|{new}")]


def test_a_name_that_holds_and_is_one():
    text = "由原示例市人力资源和社会保障局与示例市民政局合并组建示例市民生局。"
    assert {old for _, old, _, _ in said("示例市民生局", text)} == {"示例市人力资源和社会保障局", "示例市民政局"}


@pytest.mark.parametrize(
    "text",
    [
        "将老龄工作职责划入示例市新样局。",
        "示例项目更名为二期工程。",
        "深化机构改革，优化职能。",
        "与原计划相比增加。",
        "统一整合资源，合并报表。",
        f"{NEW}由原{NEW}更名。",
        "各县医疗保障局并入各县新局。",
    ],
)
def test_what_is_no_succession_of_bureaus(text):
    assert said(NEW, text) == set()


def test_of_others_it_is_said_less_surely():
    own = successions([Paragraph(f"原{OLD}更名为{NEW}。", Place(line=1))], parse(NEW), 2022)
    others = successions([Paragraph(f"原{OLD}更名为{NEW}。", Place(line=1))], parse(OTHER), 2022)
    assert own[0].confidence > others[0].confidence


def test_the_sentence_is_kept_as_printed():
    (found,) = successions([Paragraph(f"前文。 原{OLD} 更名为{NEW}，如此。后文。", Place(line=7))], parse(NEW), 2022)
    assert (found.source_ref, found.source_text) == ("L7", f"原{OLD} 更名为{NEW}，如此。")
