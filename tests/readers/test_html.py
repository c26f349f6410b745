"""Web pages: the article and its frame, exact tables, encodings, what hangs on a page, hostile pages."""

from collections import defaultdict
from pathlib import Path

import pytest

from flows.document import STRUCK, Paragraph, Table
from flows.ledger.printed import count_tokens
from flows.ledger.raw_count import digits_in_file
from flows.readers import format_of, read
from flows.readers.errors import Unreadable
from flows.typeset import Layout, read_samples, typeset
from flows.understand import understand

SAMPLES = read_samples()
_PLACED = {"source_ref", "source_text", "table_ref", "inferred"}


@pytest.fixture
def page(tmp_path: Path):
    path = tmp_path / "page.html"

    def read_it(content: str | bytes):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert format_of(path) == "html"
        found = read(path)
        assert digits_read(found) == digits_in_file(path, "html")
        return found

    return read_it


def digits_read(document) -> int:
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    texts += [cell.text for table in document.tables() for row in table.rows for cell in row if not cell.covered]
    return sum(char.isdecimal() for text in texts for char in text)


def grid(table: Table):
    return [[(cell.text, cell.col, cell.colspan, cell.rowspan, cell.covered) for cell in row] for row in table.rows]


def facts(report, layout: Layout, folder: Path):
    rows = defaultdict(list)
    for name, content in typeset(report, layout).items():
        path = folder / name
        path.write_bytes(content)
        document = read(path)
        assert digits_read(document) == digits_in_file(path, document.format)
        for table, found in understand(document, name).findings.rows.items():
            rows[table] += [{key: value for key, value in row.items() if key not in _PLACED} for row in found]
    return rows


@pytest.mark.parametrize("number", range(len(SAMPLES)))
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("dialect", ["html", "pipe"])
def test_a_report_says_the_same_as_page_and_as_markdown(number, encoding, dialect, tmp_path) -> None:
    """``pipe`` of the even seeds; what repeated cells cannot say is tested in test_text.py."""
    report = SAMPLES[number].report
    expected = facts(report, Layout("tab_separated"), tmp_path)
    found = facts(report, Layout(dialect, encoding=encoding, seed=2 * (number % 2)), tmp_path)
    assert set(found) == set(expected)
    for table in expected:
        assert found[table] == expected[table]


def test_the_frame_is_no_part_of_the_article_and_not_lost(page) -> None:
    found = page(
        "<html><head><title>示例市教育局2023年度部门决算_示例网</title></head><body><ul class='nav'><li><a href='/'>首页24</a></li></ul>"
        "<h1>示例市教育局2023年度部门决算</h1><p>发布时间：2024-08-22 10:30 来源：示例局 浏览次数：77</p><div id='x'>"
        + "<p>本部门2023年度收入总计746.24万元，支出总计746.24万元，与上年持平，没有变化。</p>" * 4
        + "</div><div class='foot'>ICP备1234号</div><script>var a = 99;</script></body></html>"
    )
    texts = [p.text for p in found.paragraphs()]
    assert texts[:2] == ["示例市教育局2023年度部门决算", "发布时间：2024-08-22"]
    assert len(texts) == 6
    assert {"首页24", "10:30 来源：示例局 浏览次数：77", "ICP备1234号"} <= {b.text for b in found.blocks if isinstance(b, Paragraph)}
    assert understand(found, "page.html").identity.published_on == "2024-08-22"


@pytest.mark.parametrize(
    "others",
    [
        "<div><ul><li><a href='1.html'>示例市下达补助资金3,500万元</a><span>2024-08-11</span></li></ul></div>",
        "<div><h3>相关信息</h3><p><a href='1.html'>示例市下达补助资金3,500万元</a></p></div>",
        "<div class='side'><p>示例市下达补助资金3,500万元</p></div>",
    ],
)
def test_links_to_other_articles_are_no_part_of_a_short_one(page, others) -> None:
    own = "<div><p>本部门2023年度“三公”经费支出决算8.42万元。</p></div>"
    found = page(f"<title>示例市教育局2023年度部门决算</title><body><div><h2>示例市教育局2023年度部门决算</h2>{own}{others}</div>")
    assert [p.text for p in found.paragraphs()] == ["示例市教育局2023年度部门决算", "本部门2023年度“三公”经费支出决算8.42万元。"]


def test_a_link_in_an_article_is_part_of_it(page) -> None:
    found = page("<body><p>收入见下表。</p><p><a href='2.html'>2023年度收入总计746.24万元</a></p><p>支出总计700万元。</p>")
    assert [p.text for p in found.paragraphs()] == ["收入见下表。", "2023年度收入总计746.24万元", "支出总计700万元。"]


def test_a_table_of_one_column_is_lines(page) -> None:
    found = page("<body><table><tr><td>一、收入情况<tr><td><p>收入总计746.24万元。</p><p>支出相同。</p></table>")
    assert [p.text for p in found.paragraphs()] == ["一、收入情况", "收入总计746.24万元。", "支出相同。"]
    assert not list(found.tables())


def test_spans_give_an_exact_grid(page) -> None:
    (table,) = page("<body><table><tfoot><tr><td>合计<td>9<td>8</tfoot><tr><td rowspan=0>甲<td colspan=5>乙<tr><td>1<td>2</table>").tables()
    assert grid(table) == [
        [("甲", 0, 1, 2, False), ("乙", 1, 2, 1, False)],
        [("甲"[:0], 0, 1, 2, True), ("1", 1, 1, 1, False), ("2", 2, 1, 1, False)],
        [("合计", 0, 1, 1, False), ("9", 1, 1, 1, False), ("8", 2, 1, 1, False)],
    ]


def test_a_missing_cell_is_empty_and_figures_on_two_lines_stay_two(page) -> None:
    (table,) = page("<body><table><tr><td>项目<td>金额<td>备注<tr><td>支出<td>10<br>20</table>").tables()
    assert [[cell.text for cell in row] for row in table.rows] == [["项目", "金额", "备注"], ["支出", "10 | 20", ""]]
    assert table.rows[1][1].raw == "10\n20"


def test_a_table_around_the_page_is_no_table(page) -> None:
    found = page("<body><table><tr><td><h1>标题</h1><p>一段文字。</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></table>")
    assert [len(table.rows) for table in found.tables()] == [2]
    assert "一段文字。" in [p.text for p in found.paragraphs()]


def test_hidden_things_lists_and_raised_figures(page) -> None:
    found = page(
        "<body><p style='display: none'>隐藏7</p><ol><li>甲项<li>2.乙项</ol><p>10<sup>4</sup>万元&nbsp;<o:p></o:p></p><!--[if x]>9<![endif]-->"
    )
    assert [p.text for p in found.paragraphs()] == ["1.甲项", "2.乙项", "10^4万元"]
    assert [b.text for b in found.blocks if b.kind == "markup"] == ["隐藏7"]


def test_what_hangs_on_a_page_is_set_aside(page) -> None:
    found = page("<title>示例市教育局2023年度部门决算</title><body><p>正文一段。<p>附件：<a href='/f/P02.xlsx'>公开表</a><img src='a.png'>")
    said = understand(found, "p.html").findings.set_aside
    assert next((row["scope"], row["reason"]) for row in said) == ("attachment", "网页附件“公开表”（P02.xlsx）不在本文件内，请另行放入 raw")
    assert len(said) == 2


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("utf-16", "utf-16"), ("", "gb18030"), ("", "utf-16-le")]
)
def test_encodings(page, declared, encoding) -> None:
    found = page(f"<html><head><meta charset='{declared}'></head><body><p>镕基2023年</p></body></html>".encode(encoding))
    assert [p.text for p in found.paragraphs()] == ["镕基2023年"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<html><body><script>document.write('5')</script></body></html>", "empty_page"),
        ("<html><body>" + "<div>" * 100_000 + "深", "too_deep"),
        ("<html><body><table>" + "<tr>" + "<td colspan=1000 rowspan=60000>1" * 9 + "<tr>" * 2000 + "<td>1<td>2</table>", "too_large"),
    ],
)
def test_hostile_pages_are_refused(page, content, code) -> None:
    with pytest.raises(Unreadable) as refused:
        page(content)
    assert refused.value.code == code


def test_a_huge_attribute_does_no_harm(page) -> None:
    found = page("<html><body><p title='" + "x" * 5_000_000 + "'>5万元</p></body></html>")
    assert [count_tokens(p.text) for p in found.paragraphs()] == [1]


@pytest.mark.parametrize(
    "shown", ["<iframe src='/f/P02.pdf'></iframe>", "<embed src='v.html?file=/f/P02.pdf'>", "<object data='P02.pdf'></object>"]
)
def test_a_file_shown_in_a_page_is_set_aside(page, shown) -> None:
    found = page(f"<title>示例市教育局2023年度部门决算</title><body><p>发布时间：2024-08-22</p>{shown}")
    said = understand(found, "p.html").findings.set_aside
    assert [(row["scope"], row["source_text"]) for row in said] == [("attachment", "P02.pdf")]


def test_a_page_with_nothing_but_a_title_is_refused(page) -> None:
    with pytest.raises(Unreadable) as caught:
        page("<title>示例市教育局2023年度部门决算</title><body><iframe src='a.html'></iframe><script>load(1)</script>")
    assert caught.value.code == "empty_page"


@pytest.mark.parametrize(
    ("opened", "closed"), [("<del>", "</del>"), ("<s>", "</s>"), ("<span style='text-decoration: line-through'>", "</span>")]
)
def test_what_is_struck_through_is_taken_back_and_said_so(page, opened, closed) -> None:
    found = page(f"<title>示例市教育局2023年度部门决算</title><body><p>收入总计{opened}100{closed}<ins>120</ins>万元。</p>")
    assert "收入总计120万元。" in [p.text for p in found.paragraphs()]
    assert [(row["reason"], row["source_text"]) for row in understand(found, "p.html").findings.set_aside] == [(STRUCK, "100")]
