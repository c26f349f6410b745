"""The archive of an OFD file (GB/T 33190): members by location, bounded in size, and their XML without anything that reaches outside."""

import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from lxml import etree
from lxml.etree import _Element as Element

from flows.readers.errors import Unreadable

MAX_ENTRIES = 100_000
MAX_XML_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024
MAX_DEPTH = 100
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


class BadPart(Exception):
    """A part of the file is missing or cannot be read; one line."""


class Package:
    """The members of an OFD archive. Locations are ``/Doc_0/Pages/…`` from the root, or relative to the part that names them.

    Raises Unreadable for what is no archive, is encrypted or holds no OFD.xml.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable("damaged_ofd", "OFD 文件已损坏或不完整，无法打开：请重新下载") from error
        self._read_so_far = 0
        self._seen: set[str] = set()
        self._trees: dict[str, Element] = {}
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            self._archive.close()
            raise Unreadable("too_large", f"OFD 文件内的成员过多（{len(entries)} 个，上限 {MAX_ENTRIES}）")
        self._members: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            # Some writers pack with backslashes; writers disagree with themselves on upper and lower case.
            self._members.setdefault(_key(entry.filename), entry)
        roots = sorted((name for name in self._members if name.rsplit("/", 1)[-1] == "ofd.xml"), key=lambda name: (name.count("/"), name))
        if not roots:
            self._archive.close()
            raise Unreadable("damaged_ofd", "OFD 文件里没有 OFD.xml：文件不完整，请重新下载")
        self._base = roots[0][: -len("ofd.xml")]
        self.entry = "OFD.xml"
        self.is_encrypted = _key(self._base + "Encryptions.xml") in self._members

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    def resolve(self, location: str, part: str) -> str:
        """The member that ``location`` names in ``part``. Relative locations begin at the part's own folder.

        Raises BadPart where it leads out of the archive or no such member is there.
        """
        clean = location.strip().replace("\\", "/")
        folder = posixpath.dirname(part)
        # Some writers give locations from the document's folder, or the root, where the standard has them relative to the part.
        folders = [""] if clean.startswith("/") else [folder, posixpath.dirname(folder), ""]
        for beginning in dict.fromkeys(folders):
            name = posixpath.normpath(posixpath.join(beginning, clean.lstrip("/")))
            if name == ".." or name.startswith("../"):
                continue
            if _key(self._base + name) in self._members:
                return name
        raise BadPart(f"缺少部件 {clean[:80]}")

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises BadPart for a damaged one, Unreadable where sizes go beyond the limits or it is encrypted."""
        entry = self._members.get(_key(self._base + name))
        if entry is None:
            raise BadPart(f"缺少部件 {name}")
        if entry.flag_bits & 0x1:
            raise Unreadable("password", "OFD 文件有密码，无法读取：请提供未加密的版本")
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(MAX_XML_BYTES + 1)  # what is really there, whatever size is declared
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise BadPart(f"部件 {name} 已损坏") from error
        self._read_so_far += 0 if name in self._seen else len(data)
        self._seen.add(name)
        if len(data) > MAX_XML_BYTES or self._read_so_far > MAX_TOTAL_BYTES:
            raise Unreadable("too_large", "OFD 文件展开后过大，超过上限：请确认文件来源")
        return data

    def shared_xml(self, name: str) -> Element:
        """As ``xml``, parsed once: for parts that many pages use."""
        if name not in self._trees:
            self._trees[name] = self.xml(name)
        return self._trees[name]

    def xml(self, name: str) -> Element:
        """The root of a member's XML. Raises BadPart for what is no XML, Unreadable for one that declares entities."""
        data = self.read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Unreadable("unsafe_ofd", f"OFD 部件 {name} 声明了 DOCTYPE 或实体，标准不允许，不予读取")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BadPart(f"部件 {name} 不是完整的 XML") from error
        if root.getroottree().docinfo.doctype:  # in another encoding the bytes above look different
            raise Unreadable("unsafe_ofd", f"OFD 部件 {name} 声明了 DOCTYPE 或实体，标准不允许，不予读取")
        return root


def _key(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").casefold()


def local(element: Element) -> str:
    """The name of an element without its namespace, whatever prefix the file gives it; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names, in order."""
    return (child for child in element if local(child) in names) if element is not None else iter(())


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first name, then its first child of the second …; None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text(element: Element | None) -> str:
    """What an element holds as text; empty where there is no element."""
    return "".join(element.itertext(with_tail=False)).strip() if element is not None else ""


def numbers(value: str | None) -> list[float]:
    """The finite numbers of an ST_Array, parted by blanks or commas."""
    found = (number(part) for part in re.split(r"[\s,]+", value or "") if part)
    return [part for part in found if part is not None]


def number(value: str | None) -> float | None:
    """A finite number; None for anything else."""
    if value is None or not _NUMBER.fullmatch(value.strip()):
        return None
    found = float(value)
    return found if math.isfinite(found) else None
