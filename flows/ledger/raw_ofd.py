"""Digits of an OFD's TextCodes, counted over the XML as text: no parser, no geometry.

Only the archive (which member a location names) is shared with the reader.
"""

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flows.readers.ofd_package import BadPart, Package
from flows.values.text import digits_of

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.ASCII)
_HIDDEN = re.compile(
    r"<((?:[\w.-]+:)?(?:TextObject|Layer|PageBlock|CompositeObject|Annot))\b[^>]*?\bVisible\s*=\s*[\"'](?:false|0)[\"'][^>]*?>.*?</\1\s*>",
    re.DOTALL,
)
_CODE = re.compile(r"<(?:[\w.-]+:)?TextCode\b[^>]*?(?<!/)>([^<]*)</")
_VERBATIM = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# Escapes of characters that XML does not allow hold digits of no text.
_ESCAPE = re.compile(r"\\(?:00[01]|[Dd][89A-Fa-f][0-9A-Fa-f])[0-9A-Fa-f]")
_MOST_LEVELS = 50


def digits_in_ofd(path: Path) -> int:
    """Decimal digits printed in an OFD: those of templates as often as pages stand on them, those of composites as often as drawn."""
    with Package(path) as package:
        entry = _source(package, package.entry)
        roots = dict.fromkeys(package.resolve(location, package.entry) for location in _texts(entry, "DocRoot"))
        return sum(_Counter(package, root).total() for root in roots)


class _Counter:
    """The digits of one document of the file."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._source = _source(package, part)
        self._templates = {tag.get("ID", ""): tag.get("BaseLoc", "") for tag in _tags(self._source, "TemplatePage")}
        self._units = self._composites(part, self._source, ("PublicRes", "DocumentRes"))
        self._known: dict[tuple[str, str], int] = {}

    def total(self) -> int:
        annotated = self._annotated()
        pages = "".join(_texts(self._source, "Pages"))
        return sum(self._page(tag.get("BaseLoc", ""), annotated.get(tag.get("ID", ""), [])) for tag in _tags(pages, "Page"))

    def _page(self, location: str, annotations: list[str]) -> int:
        try:
            part = self._package.resolve(location, self._part)
            total = self._sheet(part, 0)
        except BadPart:  # the reader says so
            return 0
        for name in annotations:
            try:
                total += self._drawn(_source(self._package, name), self._units, 0)
            except BadPart:
                continue
        return total

    def _sheet(self, part: str, level: int) -> int:
        source = _source(self._package, part)
        total = self._drawn(source, self._units | self._composites(part, source, ("PageRes",)), 0)
        for use in _tags(source, "Template") if level < _MOST_LEVELS else ():
            total += self._template(use.get("TemplateID", ""), level + 1)
        return total

    def _template(self, name: str, level: int) -> int:
        key = ("template", name)
        if key not in self._known:
            self._known[key] = 0  # within itself it is not drawn again
            with suppress(BadPart):  # the reader says so
                self._known[key] = self._sheet(self._package.resolve(self._templates.get(name, ""), self._part), level)
        return self._known[key]

    def _drawn(self, source: str, units: dict[str, str], level: int) -> int:
        total = sum(_digits(code) for code in _CODE.findall(source))
        for use in _tags(source, "CompositeObject") if level < _MOST_LEVELS else ():
            name = use.get("ResourceID", "")
            key = ("composite", units.get(name, ""))
            if key not in self._known:
                self._known[key] = 0
                self._known[key] = self._drawn(units.get(name, ""), units, level + 1)
            total += self._known[key]
        return total

    def _composites(self, part: str, source: str, names: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for location in (location for name in names for location in _texts(source, name)):
            try:
                resources = _source(self._package, self._package.resolve(location, part))
            except BadPart:
                continue
            for unit in re.finditer(r"<((?:[\w.-]+:)?CompositeGraphicUnit)\b([^>]*)>(.*?)</\1\s*>", resources, re.DOTALL):
                found[_attributes(unit[2]).get("ID", "")] = unit[3]
        return found

    def _annotated(self) -> dict[str, list[str]]:
        """The parts of annotations by the number of their page."""
        found: dict[str, list[str]] = {}
        try:
            for location in _texts(self._source, "Annotations"):
                listing = self._package.resolve(location, self._part)
                for page in re.finditer(r"<((?:[\w.-]+:)?Page)\b([^>]*)>(.*?)</\1\s*>", _source(self._package, listing), re.DOTALL):
                    parts = [self._package.resolve(file, listing) for file in _texts(page[3], "FileLoc")]
                    found.setdefault(_attributes(page[2]).get("PageID", ""), []).extend(parts)
        except BadPart:
            return found
        return found


def _source(package: Package, name: str) -> str:
    """A member as text, without comments and without what is not shown. Raises BadPart for what is no XML: the reader says so."""
    package.xml(name)  # tags that are never closed would be searched for from every one of them to the end
    data = package.read(name)
    declared = _ENCODING.search(data[:200])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        source = data.decode(
            {"gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8-sig"}.get(encoding.lower(), encoding), errors="replace"
        )
    except LookupError as error:
        raise BadPart(f"部件 {name} 的编码 {encoding} 不认识") from error
    plain = _VERBATIM.sub(lambda found: html.escape(found[1]), _COMMENT.sub("", source))
    return _HIDDEN.sub("", plain)


def _tags(source: str, name: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of this name."""
    return (_attributes(found[1]) for found in re.finditer(rf"<(?:[\w.-]+:)?{name}\b([^>]*)>", source))


def _attributes(written: str) -> dict[str, str]:
    return {key: html.unescape(a or b) for key, a, b in re.findall(r"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", written)}


def _texts(source: str, name: str) -> list[str]:
    """What stands inside every element of this name."""
    return [found[2].strip() for found in re.finditer(rf"<((?:[\w.-]+:)?{name})\b[^>]*?(?<!/)>(.*?)</\1\s*>", source, re.DOTALL)]


def _digits(code: str) -> int:
    return digits_of(_ESCAPE.sub("", html.unescape(code)))
