"""A zip archive of reports → its members as files under names of our own, each known by its sha256.

Nothing in an archive is believed: names are only shown, never used as paths; sizes are counted while unpacking; entries that overlap, climb
out, are links or need a password are refused with the reason. An archive inside an archive is opened, one inside that is refused.
"""

import hashlib
import json
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.collect.files import is_of_the_system, shown
from flows.limits import MB, allowed, megabytes
from flows.readers import format_of
from flows.readers.errors import OverLimit, Unreadable

CONTENTS = "contents.json"
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_DEPTH = 1
_CHUNK = 1 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075
_LOCAL_HEADER = 30
_DRIVE = re.compile(r"[A-Za-z]:")
_SHOWN_REASONS = 3
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError, struct.error, IndexError)


@dataclass(frozen=True, slots=True)
class Member:
    """What lies in an archive. ``path``: below the archive, as shown; ``key``: its sha256, or where its bytes cannot be had a key of its place.

    ``file``: name below the folder of unpacked members; ``members``: how many an archive inside the archive has; ``refusal``: why it cannot
    be read. One of the three is given.
    """

    path: str
    key: str
    size: int
    file: str | None = None
    members: int | None = None
    refusal: str | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """All members of an archive in its order. ``refusal``: why the archive is set aside though it opens: nothing in it can be read."""

    members: tuple[Member, ...]
    refusal: str | None = None

    def save(self, folder: Path) -> None:
        """Writes ``contents.json`` into the folder."""
        (folder / CONTENTS).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf8")


def load_contents(folder: Path) -> Contents | None:
    """What ``Contents.save`` wrote; None where the folder holds none."""
    path = folder / CONTENTS
    if not path.is_file():
        return None
    saved = json.loads(path.read_text(encoding="utf8"))
    return Contents(tuple(Member(**member) for member in saved["members"]), saved["refusal"])


def is_archive(path: Path) -> bool:
    """A zip of files, not a document that is packed as one. Raises Unreadable for what ``format_of`` refuses."""
    with path.open("rb") as stream:
        if stream.read(4) not in _SIGNATURES:
            return False
    return format_of(path) == "zip"


class _Unpacking:
    """One archive at work: what it was allowed and has used, and the names given out."""

    def __init__(self, key: str, target: Path) -> None:
        self.key = key
        self.target = target
        self.bytes = 0
        self.members = 0
        self.files = 0
        self.names: Counter[str] = Counter()

    def count(self, more: int) -> None:
        self.members += more
        if self.members > allowed("members"):
            raise OverLimit("members", self.members)

    def take(self, size: int) -> None:
        self.bytes += size
        if self.bytes > allowed("unpacked_mb") * MB:
            raise OverLimit("unpacked_mb")

    def path_of_its_own(self, name: str) -> str:
        self.names[name] += 1
        return name if self.names[name] == 1 else self.path_of_its_own(f"{name}#{self.names[name]}")

    def key_of_place(self, path: str) -> str:
        return hashlib.sha256(f"{self.key}\0{path}".encode()).hexdigest()


def unpack(archive: Path, key: str, target: Path) -> Contents:
    """Unpacks the members below ``target`` and tells what there is.

    Raises Unreadable for an archive that is damaged, overlaps itself or is empty, OverLimit for one with too many or too large members.
    """
    target.mkdir(parents=True, exist_ok=True)
    members = tuple(_members(archive, _Unpacking(key, target), "", 0))
    if not members:
        raise Unreadable("empty_archive", "压缩包里没有文件")
    if not any(member.file for member in members):
        reasons = [f"{member.path}（{member.refusal}）" for member in members if member.refusal]
        more = f" 等 {len(reasons)} 个" if len(reasons) > _SHOWN_REASONS else ""
        return Contents(members, f"压缩包里没有可读的成员：{'；'.join(reasons[:_SHOWN_REASONS])}{more}")
    return Contents(members)


def _members(archive: Path, work: _Unpacking, prefix: str, depth: int) -> Iterator[Member]:
    try:
        opened = zipfile.ZipFile(archive)
    except (*_BROKEN, NotImplementedError) as error:
        raise Unreadable("damaged_zip", "压缩包已损坏或不完整，无法打开") from error
    with opened:
        entries = [info for info in opened.infolist() if not _is_left_out(info)]
        _refuse_overlaps(opened)
        work.count(len(entries))
        if sum(info.file_size for info in entries) + work.bytes > allowed("unpacked_mb") * MB:
            raise OverLimit("unpacked_mb", megabytes(sum(info.file_size for info in entries) + work.bytes))
        for info in entries:
            yield from _member(opened, info, work, prefix, depth)


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo, work: _Unpacking, prefix: str, depth: int) -> Iterator[Member]:
    path = work.path_of_its_own(prefix + _shown_path(name_of(info)))

    def refused(reason: str, limit: str | None = None) -> Member:
        return Member(path, work.key_of_place(path), info.file_size, refusal=reason, limit=limit)

    if reason := _refusal(info):
        yield refused(reason)
        return
    work.files += 1
    file = work.target / f"{work.files:05d}"
    try:
        key, size = _extract(opened, info, file, work)
    except Unreadable as error:
        file.unlink(missing_ok=True)
        if isinstance(error, OverLimit) and error.limit != "file_mb":
            raise
        yield refused(error.reason, error.limit if isinstance(error, OverLimit) else None)
        return
    if not _is_zip(file):
        yield Member(path, key, size, file=file.name)
        return
    if depth >= _DEPTH:
        file.unlink()
        yield refused("压缩包里的压缩包里还有压缩包，只打开两层；请解开后放入")
        return
    try:
        inside = list(_members(file, work, f"{path}/", depth + 1))
    except OverLimit:
        raise
    except Unreadable as error:
        yield refused(error.reason)
        return
    finally:
        file.unlink()
    if any(member.file for member in inside):
        yield Member(path, key, size, members=len(inside))
    else:
        yield refused("压缩包里没有可读的成员")
    yield from inside


def _is_zip(file: Path) -> bool:
    try:
        return is_archive(file)
    except Unreadable:
        return False  # its own reading tells what is wrong with it


def _is_left_out(info: zipfile.ZipInfo) -> bool:
    """Folders, and files of the system's own: no row is made of them."""
    name = name_of(info).replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return name.endswith("/") or any(is_of_the_system(part) for part in parts)


def name_of(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: UTF-8 where the entry says so or it is UTF-8, else GB18030, which Chinese Windows writes."""
    if info.flag_bits & _UTF8_NAME:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for name in (_unicode_path(info, raw), _decoded(raw, "utf-8"), _decoded(raw, "gb18030")):
        if name is not None:
            return name
    return info.orig_filename


def _unicode_path(info: zipfile.ZipInfo, raw: bytes) -> str | None:
    """The name in Info-ZIP's extra field, valid only while it belongs to the plain name."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack("<L", field[1:5])[0] == zlib.crc32(raw):
            return _decoded(field[5:], "utf-8")
    return None


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _shown_path(name: str) -> str:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    return "/".join("（上级）" if part == ".." else shown(part) for part in parts) or "（无名）"


def _refusal(info: zipfile.ZipInfo) -> str | None:
    name = name_of(info).replace("\\", "/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if ".." in name.split("/") or name.startswith("/") or _DRIVE.match(name):
        return "压缩包成员的路径指向包外（../ 或绝对路径），不读取"
    if kind == stat.S_IFLNK:
        return "压缩包成员是符号链接，不读取；请放入文件本身"
    if kind not in (0, stat.S_IFREG):
        return "压缩包成员不是普通文件，不读取"
    if info.flag_bits & _ENCRYPTED:
        return "压缩包成员有密码，无法读取；请解开后放入"
    return None


def _refuse_overlaps(opened: zipfile.ZipFile) -> None:
    """Entries that share bytes are how a small file unpacks without end. Raises Unreadable."""
    end = 0
    for info in sorted(opened.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise Unreadable("overlapping_entries", "压缩包的成员互相重叠（压缩炸弹），不解开")
        # Names may be longer in the local header, never shorter than nothing: the least the entry must take.
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    if end > opened.start_dir:
        raise Unreadable("overlapping_entries", "压缩包的成员互相重叠（压缩炸弹），不解开")


def _extract(opened: zipfile.ZipFile, info: zipfile.ZipInfo, file: Path, work: _Unpacking) -> tuple[str, int]:
    """Writes the member to ``file``; its sha256 and size. Raises Unreadable, OverLimit."""
    most = allowed("file_mb") * MB
    digest, size = hashlib.sha256(), 0
    try:
        with opened.open(info) as stream, file.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise OverLimit("file_mb", megabytes(max(size, info.file_size)))
                work.take(len(chunk))
                digest.update(chunk)
                out.write(chunk)
    except NotImplementedError as error:
        raise Unreadable("unsupported_zip", "压缩包成员的压缩方法不支持；请解开后放入") from error
    except RuntimeError as error:
        raise Unreadable("password", "压缩包成员有密码，无法读取；请解开后放入") from error
    except _BROKEN as error:
        raise Unreadable("damaged_zip", "压缩包成员已损坏（内容与目录所说的不符）") from error
    if size != info.file_size:
        raise Unreadable("damaged_zip", "压缩包成员已损坏（内容与目录所说的不符）")
    return digest.hexdigest(), size
