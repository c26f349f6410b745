"""Saved web pages: the article as text and tables; what frames it - navigation, related links, footer - stands at the end as ``repeated``.

Scripts never run, addresses are never fetched. Files that hang on the page and pictures in it are noted: their content is not in this file.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flows.document import STRUCK, Block, Document, Note, Paragraph, Place, Table
from flows.readers import article as articles
from flows.readers import html_table
from flows.readers.errors import Unreadable
from flows.readers.flow import Line, cell_text, lines, number_lists
from flows.readers.markup import MOST_BYTES, Node, decode_page, is_struck, parse_page
from flows.values.text import clean, squash

_DATE = re.compile(
    r"(?:(?P<label>发布|公开|公布|发文|发稿|成文|生成|更新|印发|信息)(?:日期|时间)|日期|时间)?\s*[:：]?\s*[\[【]?\s*"
    r"(?P<day>20\d{2}\s*[年/-]\s*\d{1,2}\s*[月/-]\s*\d{1,2}(?!\d)\s*日?)"
)
_UNDERSTOOD_LABELS = frozenset(["发布", "公开", "公布", None])
_SITE_NAME = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+")
_SHORT_LINE = 120
_NEAR = 12  # lines above the article among which its day stands
_ICON = 120  # pixels: smaller pictures hold no table
_DATA_PICTURE = 8000  # characters of a picture that stands in the page itself
_LAYOUT_CELLS, _LAYOUT_LINES, _LAYOUT_TEXT = 6, 3, 200
_HIDDEN_NOTED = 200
_LINK_RUN = 3
_EMBEDDING = ("iframe", "embed", "object")  # elements that show another file inside the page


@dataclass(slots=True)
class _Piece:
    """A line or a table of the page, in the order of the file; ``number`` counts them from 1."""

    number: int
    node: int
    text: str
    linked: int
    hidden: bool
    table: list[list[html_table.Placed]] | None = None
    width: int = 0
    kind: str = "text"


def read_html(path: Path) -> Document:
    """Reads a saved web page. ``Place.line`` is the number of the line or table from the beginning of the page. Raises Unreadable."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("too_large", f"网页超过 {MOST_BYTES // 1024 // 1024} MB，没有读取；请把其中的正文另存为较小的文件")
    nodes = parse_page(decode_page(path.read_bytes()))
    number_lists(nodes)
    frame = articles.framed(nodes)
    pieces = _pieces(nodes, frame)
    if not any(piece.text and not _is_in(nodes, piece.node, "title") for piece in pieces):
        raise Unreadable(
            "empty_page", "网页里没有文字（可能是框架页、要运行脚本才显示的页面或只有图片）；请在浏览器中打开后另存为 PDF 再放入"
        )
    extents = [(piece.node, len(piece.text), piece.linked) for piece in pieces if not piece.hidden]
    article = articles.find_article(nodes, extents, frame)
    _sort_out(nodes, pieces, frame, article)
    head = _title(nodes, pieces, article) + _day(nodes, pieces, frame, article)
    blocks = _blocks(nodes, [*head, *(piece for piece in pieces if piece not in head)])
    return Document("html", blocks, notes=tuple(_notes(nodes, pieces, frame, article)))


# -- pieces ----------------------------------------------------------------------------------------------------------------


def _pieces(nodes: Sequence[Node], frame: Sequence[bool]) -> list[_Piece]:
    pieces: list[_Piece] = []

    def add(line: Line) -> None:
        pieces.append(_Piece(len(pieces) + 1, line.node, line.text, line.linked, line.hidden, kind="markup" if line.hidden else "text"))

    tables = _data_tables(nodes, frame)
    start = 0
    for table in [*tables, None]:
        for line in lines(nodes, start, table if table is not None else len(nodes)):
            add(line)
        if table is None:
            break
        caption = next((i for i in range(table + 1, nodes[table].end) if nodes[i].tag == "caption"), None)
        rows, width = html_table.place(nodes, html_table.rows_of(nodes, table))
        shown = {cell.node for row in rows for cell in row if cell.node is not None}
        if caption is not None:
            for line in lines(nodes, caption, nodes[caption].end):
                add(line)
        text = "".join(nodes[i].text for node in shown for i in range(node, nodes[node].end) if nodes[i].tag == "#text")
        if text.strip():
            linked = sum(line.linked for node in shown for line in lines(nodes, node, nodes[node].end))
            pieces.append(_Piece(len(pieces) + 1, table, " ".join(text.split()), linked, nodes[table].hidden, rows, width))
        # What stands in the table and in none of its cells, hidden rows and hidden parts of cells, is not lost.
        left = {*shown} | ({caption} if caption is not None else set())
        for line in lines(nodes, table + 1, nodes[table].end, left):
            add(line)
        for node in sorted(shown):
            for line in lines(nodes, node + 1, nodes[node].end):
                if line.hidden:
                    add(line)
        start = nodes[table].end
    return pieces


def _data_tables(nodes: Sequence[Node], frame: Sequence[bool]) -> list[int]:
    """The outermost tables that hold data; those that only lay out the page, and the frame's, are read line by line."""
    found = []
    index = 0
    while index < len(nodes):
        if nodes[index].tag == "table" and not nodes[index].hidden and not frame[index] and not _is_layout(nodes, index):
            found.append(index)
            index = nodes[index].end
        else:
            index += 1
    return found


def _is_layout(nodes: Sequence[Node], table: int) -> bool:
    """Does a table only lay out the page: around other tables, headings or prose, or around one thing?"""
    if nodes[table].attributes.get("role", "") in ("presentation", "none"):
        return True
    rows = [row for group in html_table.rows_of(nodes, table) for row in group]
    cells = [cell for row in rows for cell in row]
    inner, at = [], table + 1
    while at < nodes[table].end:
        if nodes[at].tag == "table":
            inner.append(at)
            at = nodes[at].end
        else:
            at += 1
    sizes = {cell: _size(nodes, cell) for cell in cells}
    filled = [cell for cell in cells if sizes[cell]]
    if len(filled) <= 1 or all(len(row) <= 1 for row in rows):  # cells that stand below one another only are lines
        return True
    nested = sum(_size(nodes, at) for at in inner)
    if nested and (nested >= sum(sizes.values()) / 3 or len(filled) <= 2 * _LAYOUT_CELLS):
        return True
    if len(filled) > _LAYOUT_CELLS:
        return False
    for cell in filled:
        if any(nodes[i].tag in ("h1", "h2", "h3") for i in range(cell, nodes[cell].end)):
            return True
        if sizes[cell] >= _LAYOUT_TEXT and sum(1 for _ in lines(nodes, cell + 1, nodes[cell].end)) >= _LAYOUT_LINES:
            return True
    return False


def _size(nodes: Sequence[Node], index: int) -> int:
    return sum(len(nodes[i].text.strip()) for i in range(index, nodes[index].end) if nodes[i].tag == "#text" and not nodes[i].hidden)


# -- what is the article's ---------------------------------------------------------------------------------------------------


def _sort_out(nodes: Sequence[Node], pieces: list[_Piece], frame: Sequence[bool], article: int) -> None:
    """Marks what is no part of the article as ``repeated``: its frame, runs of links, and links to other articles - with the day of
    each beside it, or under a heading such as 相关链接 - even where only one or two stand there."""
    extents = [(piece.node, len(piece.text), piece.linked) for piece in pieces]
    own = articles.beside(nodes, extents, frame, article, [piece.text for piece in pieces])
    own |= {number for number, piece in enumerate(pieces) if article <= piece.node < nodes[article].end}
    run: list[_Piece] = []
    below_heading = False
    for number, piece in enumerate(pieces):
        if piece.kind != "text":
            continue
        is_link = _is_link(piece) and not _hangs(nodes, piece.node)
        is_entry = is_link and (below_heading or _DATE.search(piece.text) is not None)
        below_heading = (is_entry and below_heading) or (piece.table is None and articles.is_frame_heading(piece.text))
        is_frame = frame[piece.node] and not frame[article]
        if number not in own or is_frame or is_entry or (piece.table is None and articles.is_frame_line(piece.text)):
            piece.kind = "repeated"
        run = [*run, piece] if is_link else []
        if len(run) >= _LINK_RUN:
            for linked in run:
                linked.kind = "repeated"


def _is_link(piece: _Piece) -> bool:
    """Is a line a link, but for a day beside it?"""
    return piece.table is None and piece.linked > 0 and piece.linked >= 0.8 * len(_DATE.sub("", piece.text).strip())


def _hangs(nodes: Sequence[Node], index: int) -> bool:
    """Does a text stand in a link to a file?"""
    while index >= 0:
        if nodes[index].tag == "a":
            return _file_of(nodes[index]) is not None
        index = nodes[index].parent
    return False


def _title(nodes: Sequence[Node], pieces: list[_Piece], article: int) -> list[_Piece]:
    """The article's title as the page prints it above the article, else as the page's own title or meta says; these lines come first."""
    names = _metas(nodes, "title_metas")
    page = [piece for piece in pieces if _is_in(nodes, piece.node, "title")]
    for piece in page:
        piece.kind = "markup"
    said = [squash(text) for text in [*(text for _, text in names), *(piece.text for piece in page)]]
    shown = [piece for piece in pieces if piece.kind != "markup" and piece.table is None]
    headed = [p for p in shown if _is_in(nodes, p.node, "h1") and (p.kind == "text" or not p.linked)]
    matching = [p for p in headed if _agrees(p.text, said)] or [p for p in shown if not p.linked and _agrees(p.text, said)][:1]
    title = matching or ([p for p in headed if p.node < nodes[article].end] if not said else [])
    meta_pieces = [_meta_piece(pieces, node, text) for node, text in names]
    if title:
        first = title[0]
        if any(piece.kind == "text" and piece.number < first.number and piece.table is None for piece in pieces[: first.number - 1]):
            title = [piece for piece in title if piece.kind == "repeated"]
        for piece in title:
            piece.kind = "text"
        return title
    if meta_pieces:
        meta_pieces[0].kind = "text"
        return meta_pieces[:1]
    if page:
        return _cut_title(pieces, page[0])
    return []


def _agrees(text: str, said: Sequence[str]) -> bool:
    """Is a line what the page's own title says, or its beginning (the name of the site follows)?"""
    folded = squash(text)
    return len(folded) >= 6 and any(name.startswith(folded) for name in said)


def _cut_title(pieces: list[_Piece], page: _Piece) -> list[_Piece]:
    """The page's title without the site's name behind it, which stays as markup."""
    cut = _SITE_NAME.search(page.text)
    page.kind = "text"
    if cut and cut.start() >= 6:
        _split(pieces, page, cut.start(), "markup")
    return [page]


def _day(nodes: Sequence[Node], pieces: list[_Piece], frame: Sequence[bool], article: int) -> list[_Piece]:
    """The line that says when the article was published, cut out of what stands beside it, so that it can be understood."""
    metas = [_meta_piece(pieces, node, text) for node, text in _metas(nodes, "date_metas")]
    above = [p for p in pieces if p.node < article and p.kind == "repeated" and not frame[p.node]][-_NEAR:]
    inside = [p for p in pieces if p.kind in ("text", "repeated") and article <= p.node < nodes[article].end][:3]
    for piece in [*above, *inside]:
        if piece.table is not None or len(piece.text) > _SHORT_LINE or _is_link(piece):
            continue  # the day beside a link is the other article's
        found = _DATE.search(piece.text)
        if found and (found["label"] or piece.kind == "repeated") and not re.search(r"[，。；]", piece.text):
            return [_cut_day(pieces, piece, found)]
    for piece in metas:
        found = _DATE.search(piece.text)
        if found:
            return [_cut_day(pieces, piece, found)]
    return []


def _cut_day(pieces: list[_Piece], piece: _Piece, found: re.Match[str]) -> _Piece:
    rest = "markup" if piece.kind == "markup" else "repeated"
    begin = found.start() if found["label"] in _UNDERSTOOD_LABELS else found.start("day")
    if "[" in piece.text[begin : found.start("day")] or "【" in piece.text[begin : found.start("day")]:
        begin = found.start("day")
    if found.end("day") < len(piece.text):
        _split(pieces, piece, found.end("day"), rest)
    if begin:
        day = _split(pieces, piece, begin, "text")
        piece.kind = rest
        return day
    piece.kind = "text"
    return piece


def _split(pieces: list[_Piece], piece: _Piece, at: int, kind: str) -> _Piece:
    """Cuts the end off a line, as a line of its own with the page's next number."""
    rest = _Piece(len(pieces) + 1, piece.node, clean(piece.text[at:]), 0, piece.hidden, kind=kind)
    piece.text = clean(piece.text[:at])
    pieces.append(rest)
    return rest


def _metas(nodes: Sequence[Node], which: str) -> list[tuple[int, str]]:
    """Metas of these names with something in them: node and content."""
    names = set(articles.hints()[which])
    found = []
    for index, node in enumerate(nodes):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        if node.tag == "meta" and name.lower() in names and (content := clean(node.attributes.get("content", ""))):
            found.append((index, content))
    return found


def _meta_piece(pieces: list[_Piece], node: int, text: str) -> _Piece:
    piece = _Piece(len(pieces) + 1, node, text, 0, False, kind="markup")
    pieces.append(piece)
    return piece


def _is_in(nodes: Sequence[Node], index: int, tag: str) -> bool:
    return _is_within(nodes, index, lambda node: node.tag == tag)


def _is_within(nodes: Sequence[Node], index: int, is_meant: Callable[[Node], bool]) -> bool:
    """Is the node or one above it such as is meant?"""
    while index >= 0 and not is_meant(nodes[index]):
        index = nodes[index].parent
    return index >= 0


# -- blocks and notes --------------------------------------------------------------------------------------------------------


def _blocks(nodes: Sequence[Node], pieces: list[_Piece]) -> tuple[Block, ...]:
    """The article in order, then what frames it, then what the page does not show."""
    blocks: list[Block] = []
    tables = 0
    for kind in ("text", "repeated", "markup"):
        for piece in pieces:
            if piece.kind != kind or not piece.text:
                continue
            if piece.table is None:
                blocks.append(Paragraph(piece.text, Place(line=piece.number), kind=kind))
                continue
            texts = {cell.node: cell_text(nodes, cell.node) for row in piece.table for cell in row if cell.node is not None}
            table = html_table.build(piece.table, piece.width, texts, piece.number, tables + 1)
            if kind == "text":
                tables += 1
                blocks.append(table)
            else:
                blocks += _as_lines(table, kind)
    return tuple(blocks)


def _as_lines(table: Table, kind: str) -> list[Block]:
    cells = (cell for row in table.rows for cell in row if cell.text)
    return [Paragraph(cell.text, Place(line=table.place.line, row=cell.place.row, col=cell.place.col), kind=kind) for cell in cells]


def _notes(nodes: Sequence[Node], pieces: list[_Piece], frame: Sequence[bool], article: int) -> list[Note]:
    shown = sorted((piece.node, piece.number) for piece in pieces)
    notes: list[Note] = []
    seen: set[str] = set()
    for index, node in enumerate(nodes):
        shows_file = node.tag in _EMBEDDING  # what stands inside its tags is for browsers that cannot show it
        if (nodes[node.parent].hidden if shows_file else node.hidden) or (frame[index] and not frame[article]):
            continue
        placed = shows_file or node.tag in ("a", "img")
        place = Place(line=next((number for at, number in reversed(shown) if at <= index), 1)) if placed else Place()
        if node.tag == "a" and (file := _file_of(node)) and node.attributes["href"] not in seen:
            seen.add(node.attributes["href"])
            printed = clean("".join(nodes[i].text for i in range(index, node.end) if nodes[i].tag == "#text"))
            name = printed or node.attributes.get("title") or file
            notes.append(Note(f"网页附件“{name[:80]}”（{file[:80]}）不在本文件内，请另行放入 raw", place, name, "attachment"))
        elif shows_file and (file := _file_of(node)) and file not in seen:
            seen.add(file)
            notes.append(Note(f"网页里显示的文件（{file[:80]}）不在本文件内，请另行放入 raw", place, file, "attachment"))
        elif node.tag == "img" and article <= index < nodes[article].end and _may_hold_a_table(node):
            source = node.attributes.get("src", "")
            file = "内嵌图片" if source.startswith("data:") else _last_part(source)[:80]
            label = f"“{node.attributes['alt'][:80]}”" if node.attributes.get("alt") else ""
            notes.append(Note(f"网页图片{label}（{file}）里的文字没有读入；若印有表格，请另存该图片放入 raw", place, file, "attachment"))
    struck = [p for p in pieces if p.hidden and _is_within(nodes, p.node, is_struck) and re.search(r"\d", p.text)]
    notes += [Note(STRUCK, Place(line=piece.number), piece.text) for piece in struck]
    hidden = [piece for piece in pieces if piece.hidden and piece not in struck]
    if sum(len(piece.text) for piece in hidden) >= _HIDDEN_NOTED:
        notes.append(Note("网页里有浏览器不显示的隐藏文字，没有作为报告内容读入", Place(line=hidden[0].number), hidden[0].text))
    return notes


def _file_of(node: Node) -> str | None:
    """The name of the file that a link leads to or an element shows, None where there is none. The address is only looked at."""
    address = next((node.attributes[name] for name in ("href", "src", "data") if node.attributes.get(name)), "")
    shown = [_last_part(address), node.attributes.get("download", "")]
    shown += re.findall(r"[^=&/?]+\.[A-Za-z0-9]{2,4}(?=&|$)", unquote(address))
    endings = articles.hints()["attachments"]
    return next((text for text in shown if "." in text and text.rsplit(".", 1)[1].lower() in endings), None)


def _last_part(address: str) -> str:
    try:
        return unquote(urlsplit(address.strip()).path.rsplit("/", 1)[-1])
    except ValueError:  # an address that is none names no file
        return ""


def _may_hold_a_table(node: Node) -> bool:
    source = node.attributes.get("src", "")
    if source.startswith("data:"):
        return len(source) >= _DATA_PICTURE
    sizes = [re.match(r"\d+", node.attributes.get(name, "")) for name in ("width", "height")]
    return bool(source) and not any(size and int(size.group()) < _ICON for size in sizes)
