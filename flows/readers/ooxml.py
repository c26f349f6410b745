"""A zip package of XML parts (Office Open XML), opened with distrust: sizes and depth bounded, no DOCTYPE, no entities, no network."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from flows.readers.errors import Unreadable

Element = Any  # lxml's elements have no useful type

# Bytes after inflating: reports of several hundred pages have parts of some 20 MiB.
MAX_PART_BYTES = 64 * 1024 * 1024
MAX_PARTS_BYTES = 192 * 1024 * 1024
MAX_MEMBERS = 20_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ENCRYPTED = 0x1
# The strict variant of the standard names the same elements by other addresses.
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: ``kind`` is the last word of the relation's type (header, footnotes …), ``target`` a member's name."""

    kind: str
    target: str


class Package:
    """The members of a package. Every method raises Unreadable for what is damaged, encrypted, too large or hostile."""

    def __init__(self, source: Path | bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("damaged_zip", "文件已损坏或不完整（压缩包打不开）：请重新下载或用 Office 另存一份") from error
        self._members = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        if len(self._members) > MAX_MEMBERS:
            raise Unreadable("too_large", f"压缩包里有 {len(self._members)} 个成员，超过上限 {MAX_MEMBERS}，不予读取")
        self._inflated = 0

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def data(self, name: str) -> bytes:
        """A member's bytes; at most ``MAX_PART_BYTES``, whatever its header declares."""
        info = self._members.get(name)
        if info is None:
            raise Unreadable("damaged_zip", f"文件不完整：缺少 {name}")
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("password", "文件有打开密码，无法读取：请提供未加密的版本")
        if info.file_size > MAX_PART_BYTES:
            raise _too_large(name)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise Unreadable("damaged_zip", f"文件已损坏（{name} 解不开）：请重新下载或用 Office 另存一份") from error
        self._inflated += len(data)
        if len(data) > MAX_PART_BYTES or self._inflated > MAX_PARTS_BYTES:
            raise _too_large(name)
        return data

    def xml(self, name: str) -> Element:
        """A member's root element, under the names of the transitional variant."""
        return parse_xml(self.data(name), name)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part (``""``: the package) refers to inside the package, by relation id. What lies outside is never followed."""
        folder, base = posixpath.split(name)
        member = posixpath.join(folder, "_rels", f"{base}.rels")
        if member not in self:
            return {}
        found = {}
        for relation in self.xml(member).iter(_RELATION):
            if relation.get("TargetMode") == "External":
                continue
            target = unquote(relation.get("Target") or "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id") or ""] = Relation((relation.get("Type") or "").rpartition("/")[2], inside)
        return found


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of XML bytes. Raises Unreadable; ``name`` is for the reason."""
    if b"<!DOCTYPE" in data:
        raise _doctype(name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise Unreadable("too_deep", f"{name} 里的内容套得太深，不予读取") from error
        raise Unreadable("damaged_xml", f"文件已损坏（{name} 不是完整的 XML）：请用 Office 另存一份") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding in which its bytes look otherwise
        raise _doctype(name)
    if isinstance(root.tag, str) and root.tag.startswith("{" + _STRICT):
        _to_transitional(root)
    return root


def _to_transitional(root: Element) -> None:
    for element in root.iter(etree.Element):
        element.tag = _renamed(element.tag)
        for name, value in element.attrib.items():
            if name.startswith("{" + _STRICT):
                del element.attrib[name]
                element.set(_renamed(name), value)


def _renamed(tag: str) -> str:
    space, brace, local = tag[1:].partition("}")
    return f"{{{_TRANSITIONAL.get(space, space)}}}{local}" if brace and tag.startswith("{") else tag


def _too_large(name: str) -> Unreadable:
    return Unreadable("too_large", f"{name} 解压后超过上限（{MAX_PART_BYTES // 1024 // 1024} MiB），不予读取")


def _doctype(name: str) -> Unreadable:
    return Unreadable("doctype", f"{name} 里有 DOCTYPE 声明，正常的 Office 文件没有，出于安全不予读取")
