"""Typesets a document as an article's page of a plausible site: navigation, related links and a footer of its own around it. All fictional."""

from collections.abc import Iterator, Sequence
from html import escape

from flows.typeset.document import Block, Cover, Heading, Paragraph, PartTitle, Table
from flows.typeset.grid import Grid
from flows.typeset.layouts import Layout

# Names under which sites know an article's holder; the last says nothing.
_HOLDERS = ('class="TRS_Editor"', 'id="zoom"', 'class="pages_content"', 'class="w1 fl"')
_CHARSETS = {"utf-8": "utf-8", "gb18030": "gb2312", "utf-16": "utf-16"}
_STYLE = "<style>td{border:1px solid #000;font-size:12px}.w1200{width:1200px}</style>"
_NAVIGATION = ("首页", "政务公开", "办事服务", "互动交流", "数据开放")
_RELATED = ("示例市2020年度政府信息公开工作年度报告", "关于开展2024年度样本培训的通知", "示例市12345热线办理情况（第36期）")


def html(blocks: Sequence[Block], title: str, layout: Layout) -> bytes:
    """A page as sites publish it. Merged cells are merged; ``layout.seed`` chooses how the site names its parts."""
    day = next((line.split("：", 1)[1] for block in blocks if isinstance(block, Cover) for line in block.lines[1:] if "日期：" in line), "")
    body = "\n".join(line for block in blocks for line in _block(block))
    links = "".join(f'<li><a href="/col/{number}/index.html">{name}</a></li>' for number, name in enumerate(_NAVIGATION, 101))
    related = "".join(
        f'<li><a href="./t{number}.html">{name}</a><span>2024-0{number}-15</span></li>' for number, name in enumerate(_RELATED, 1)
    )
    page = f"""<!DOCTYPE html>
<html>
<head>
<meta charset="{_CHARSETS[layout.encoding]}">
<title>{escape(title)}_示例市人民政府门户网站</title>
<meta name="ArticleTitle" content="{escape(title)}">
{_STYLE}
<script>var visits = 20240815; document.write("<p>31415926</p>");</script>
</head>
<body>
<div class="site"><div class="topbar"><p>今天是示例日 气温26度</p></div>
<ul class="mainNav">{links}</ul>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 财政资金</div>
<div class="w1200"><div class="main">
<h1>{escape(title)}</h1>
<div class="info"><span>发布时间：{day}</span>&nbsp;&nbsp;<span>来源：示例市财政信息网</span>&nbsp;<span>浏览次数：1024</span></div>
<div {_HOLDERS[layout.seed % len(_HOLDERS)]}>
{body}
</div>
<div class="fx"><span>分享到：</span><a href="javascript:void(0)">微信</a></div>
</div>
<div class="list2"><h3>相关阅读</h3><ul>{related}</ul></div>
</div>
<div class="btm"><p>主办：示例市人民政府办公室 电话：0000-1234567</p><p>示ICP备12345678号-1 网站标识码：0000000001</p></div>
</div>
</body>
</html>
"""
    return page.encode(layout.encoding)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Cover(lines):
            yield from (f'<p style="text-align:center">{escape(line)}</p>' for line in lines)
        case PartTitle(text):
            yield f"<h2>{escape(text)}</h2>"
        case Heading(text):
            yield f"<p>&emsp;&emsp;<strong>{escape(text)}</strong></p>"
        case Paragraph(text):
            yield f"<p>\u3000\u3000{escape(text)}</p>"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    caption = table.caption
    yield from (f'<p style="text-align:center">{escape(line)}</p>' for line in caption.title)
    if caption.number:
        yield f'<p style="text-align:right">{escape(caption.number)}</p>'
    if caption.subject:
        yield f"<p>{'&nbsp;&nbsp;'.join(escape(part) for part in caption.subject)}</p>"
    yield from _grid(table.grid)
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)


def _grid(grid: Grid) -> Iterator[str]:
    yield '<table border="1" cellspacing="0">'
    yield "<thead>" if grid.header_rows else "<tbody>"
    for number, row in enumerate(grid.rows):
        if grid.header_rows and number == grid.header_rows:
            yield "</thead><tbody>"
        yield (
            "<tr>"
            + "".join(f"<td{_span('colspan', cell.columns)}{_span('rowspan', cell.rows)}>{_lines(cell.text)}</td>" for cell in row)
            + "</tr>"
        )
    yield "</thead></table>" if grid.header_rows >= len(grid.rows) else "</tbody></table>"


def _span(name: str, size: int) -> str:
    return f' {name}="{size}"' if size > 1 else ""


def _lines(text: str) -> str:
    """A cell's text; an empty cell is no empty element, as editors write it."""
    return escape(text).replace("\n", "<br>") or "&nbsp;"
