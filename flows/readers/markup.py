"""A web page as a flat list of its elements and texts in the order of the file: no walk over it needs to call itself.

Scripts never run and nothing is fetched: what they would write or load is not there.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from flows.readers.encoding import decode, utf16_without_mark
from flows.readers.errors import Unreadable

MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 2000  # elements inside each other; pages have some dozens
_MOST_WORK = 400_000_000  # depth × tags: what the parser may build of formatting that is never closed
_META = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "hz-gb-2312", "gb2312-80", "euc-cn"})
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_NOT_MARKUP = re.compile(r"<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
# Elements that hold nothing, or that the next of their kind closes.
_NO_DEPTH = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "html",
        "head",
        "body",
    ]
)
# What no page shows: programs, styles, stand-ins, other pages.
UNSEEN = frozenset(["script", "style", "template", "iframe", "noembed", "noframes"])
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE)
_STRUCK_TAGS = frozenset(["del", "s", "strike"])
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN_TAGS = frozenset(["xml", "datalist"])  # Word's own data, lists of suggestions


@dataclass(slots=True)
class Node:
    """An element, or a text (tag ``#text``). Nodes stand in one list: ``parent`` is an index, ``end`` the index after the last one inside."""

    tag: str
    parent: int
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    end: int = 0
    hidden: bool = False


def decode_page(data: bytes) -> str:
    """A page's text: by byte order mark, by what the page says of itself (gb2312 means gb18030), else as any text. Raises Unreadable."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(data):
        return decode(data)
    said = _XML.search(data[:_HEAD]) or _META.search(data[:_HEAD])
    name = said.group(1).decode("ascii").lower() if said else ""
    if name.startswith("utf-16"):
        name = "utf-8"  # its own words could be read, so it is not
    for encoding in dict.fromkeys(["gb18030" if name in _CHINESE else name, "utf-8", "gb18030"]):
        try:
            text = data.decode(encoding) if encoding else None
        except (UnicodeDecodeError, LookupError):
            continue
        if text is not None:
            return text
    if name in {"utf-8", "utf8", *_CHINESE}:
        # One damaged character shall not lose a page: it is shown as what it is.
        return data.decode("gb18030" if name in _CHINESE else "utf-8", errors="replace")
    raise Unreadable("unknown_encoding", "网页编码无法识别（不是 UTF-8、UTF-16 或 GB18030），请另存为 UTF-8 再放入")


def parse_page(text: str) -> list[Node]:
    """The page's nodes in order; the first is the root. Raises Unreadable for pages nested or sized beyond all use."""
    _check_depth(text)
    nodes = [Node("#root", -1)]
    parser = LexborHTMLParser(text.replace("\x00", ""))
    current = parser.root
    open_at: list[int] = [0]
    while current is not None:
        tag = current.tag or ""
        skip = tag in UNSEEN or (tag.startswith(("-", "!")) and tag != "-text")
        index = len(nodes)
        if tag == "-text":
            nodes.append(Node("#text", open_at[-1], current.text_content or "", hidden=nodes[open_at[-1]].hidden))
        elif not skip or tag == "iframe":  # of another page shown here only the address is kept
            attributes = {name: value or "" for name, value in current.attributes.items()}
            node = Node(tag, open_at[-1], "", attributes)
            node.hidden = nodes[open_at[-1]].hidden or _is_hidden(node)
            nodes.append(node)
        child = None if skip else current.child
        if child is not None:
            open_at.append(index)
            current = child
            continue
        while current is not None and current.next is None:
            current = current.parent
            if current is None or current.tag == "-document" or len(open_at) == 1:
                current = None
            else:
                open_at.pop()
        current = current.next if current is not None else None
    _set_ends(nodes)
    return nodes


def _set_ends(nodes: list[Node]) -> None:
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        node.end = max(node.end, index + 1)
        if node.parent >= 0:
            nodes[node.parent].end = max(nodes[node.parent].end, node.end)


def is_struck(node: Node) -> bool:
    """Is an element struck through: is its text taken back?"""
    return node.tag in _STRUCK_TAGS or _STRUCK_STYLE.search(node.attributes.get("style", "")) is not None


def _is_hidden(node: Node) -> bool:
    tag, attributes = node.tag, node.attributes
    return "hidden" in attributes or tag in _HIDDEN_TAGS or is_struck(node) or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None


def _check_depth(text: str) -> None:
    """Told before parsing: the parser's time grows with the square of the depth."""
    depth = deepest = tags = 0
    for match in _TAG.finditer(_NOT_MARKUP.sub("", text)):
        tags += 1
        name = match.group(2).lower()
        if name not in _NO_DEPTH:
            depth = max(0, depth - 1) if match.group(1) else depth + 1
            deepest = max(deepest, depth)
    if deepest > MOST_DEPTH or deepest * tags > _MOST_WORK:
        raise Unreadable("too_deep", f"网页的标签层层嵌套（{deepest} 层，共 {tags} 个），超出正常网页，没有读取；请另存为文本或 PDF 再放入")
