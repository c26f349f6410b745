"""A web page's nodes → its lines of text, as a browser breaks them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.readers.markup import Node
from flows.values.text import clean, join_lines

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "legend",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "marquee",
    ]
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60"
# A line break of the source between two Chinese characters is no blank: editors break lines anywhere.
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n\f]\s*(?=[{_WIDE}])")
_LISTED = re.compile(r"\s*[（(]?[\d一二三四五六七八九十]+[)）、.．]")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z -]+)", re.IGNORECASE)
_PARTED = " | "


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: text, its first node, how many of its characters are links, whether it is hidden."""

    text: str
    node: int
    linked: int
    hidden: bool


def number_lists(nodes: Sequence[Node]) -> None:
    """Writes the numbers of numbered lists before their items' texts, as pages print them; not where the text begins with one itself."""
    counters: dict[int, int] = {}
    marks: list[tuple[int, int]] = []
    for index, node in enumerate(nodes):
        if node.tag == "li" and nodes[node.parent].tag == "ol" and is_decimal(nodes[node.parent].attributes):
            begin = whole(nodes[node.parent].attributes.get("start"), 1)
            number = whole(node.attributes.get("value"), counters.get(node.parent, begin - 1) + 1)
            counters[node.parent] = number
            marks.append((index, number))
    for index, number in reversed(marks):
        for inside in range(index + 1, nodes[index].end):
            if nodes[inside].tag == "#text" and nodes[inside].text.strip():
                if not is_listed(nodes[inside].text):
                    nodes[inside].text = f"{number}.{nodes[inside].text.lstrip()}"
                break


def is_decimal(attributes: dict[str, str]) -> bool:
    """Does a list of these attributes print plain numbers?"""
    style = _LIST_STYLE.search(attributes.get("style", ""))
    return (style.group(1).strip().lower() == "decimal") if style else attributes.get("type", "1").strip() in ("1", "")


def whole(text: str | None, otherwise: int) -> int:
    """A list's start or value."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else otherwise


def is_listed(text: str) -> bool:
    """Does a text begin with a list mark of its own?"""
    return _LISTED.match(text) is not None


def lines(nodes: Sequence[Node], start: int, end: int, skip: frozenset[int] | set[int] = frozenset()) -> Iterator[Line]:
    """The lines between two nodes; ``skip``: nodes that are read otherwise (tables); a line ends before and after them.

    What is hidden inside a line does not part it, and follows it as a line of its own.
    """
    parts: list[str] = []
    linked = 0
    first: int | None = None
    unseen: list[tuple[int, list[str]]] = []  # first node and texts of each hidden stretch of the line
    goes_on = False
    blocks: list[int] = []
    links: list[int] = []
    raised: list[tuple[int, str]] = []

    def flush() -> Iterator[Line]:
        nonlocal linked, first, goes_on
        text = _collapse("".join(parts))
        if first is not None and text:
            yield Line(text, first, min(linked, len(text)), False)
        yield from (Line(text, at, 0, True) for at, texts in unseen if (text := _collapse("".join(texts))))
        parts.clear()
        unseen.clear()
        linked, first, goes_on = 0, None, False

    index = start
    while index < end:
        while blocks and index >= blocks[-1]:
            blocks.pop()
            yield from flush()
        while links and index >= links[-1]:
            links.pop()
        while raised and index >= raised[-1][0]:
            raised.pop()
        node = nodes[index]
        if index in skip:
            yield from flush()
            index = node.end
            continue
        if node.tag == "#text" and node.hidden:
            if not goes_on:
                unseen.append((index, []))
            unseen[-1][1].append(node.text)
            goes_on = True
        elif node.tag == "#text":
            goes_on = goes_on and not node.text.strip()
            pieces = node.text.replace("\r\n", "\n").split("\n") if _is_preformatted(nodes, node) else [node.text]
            for number, piece in enumerate(pieces):
                if number:
                    yield from flush()
                if raised and parts and parts[-1][-1:].isdecimal() and piece[:1].isdecimal():
                    parts.append(raised[-1][1])  # 10<sup>4</sup> is not 104
                if piece:
                    parts.append(piece)
                if piece.strip(" \t\n\r\f"):
                    first = index if first is None else first
                    linked += len(piece.strip()) if links else 0
        elif node.tag in ("br", "hr"):
            yield from flush()
        elif node.tag in _BLOCKS:
            yield from flush()
            blocks.append(node.end)
        elif node.tag == "a" and node.attributes.get("href", "").strip()[:1] not in ("", "#"):
            links.append(node.end)
        elif node.tag in ("sup", "sub"):
            raised.append((node.end, "^" if node.tag == "sup" else "_"))
        index += 1
    yield from flush()


def cell_text(nodes: Sequence[Node], index: int) -> tuple[str, str]:
    """A cell's text, its lines joined, and as printed with its line breaks. Two figures on two lines stay two."""
    found = [line for line in lines(nodes, index + 1, nodes[index].end) if not line.hidden]
    inner = [i for i in range(index + 1, nodes[index].end) if nodes[i].tag in ("td", "th")]
    parts, at = [""], 0
    for line in found:
        parted = at < len(inner) and inner[at] <= line.node
        while at < len(inner) and inner[at] <= line.node:
            at += 1
        if parted and parts[-1]:
            parts.append(line.text)
        else:
            parts[-1] = join_lines([parts[-1], line.text])
    text = _PARTED.join(parts)
    return clean(text), "\n".join(line.text for line in found)


def _collapse(text: str) -> str:
    return clean(_SPACES.sub(" ", _SOURCE_BREAK.sub("", text)))


def _is_preformatted(nodes: Sequence[Node], node: Node) -> bool:
    return nodes[node.parent].tag in ("pre", "textarea", "listing", "xmp")
