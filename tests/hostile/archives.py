"""Archives that explode, overlap, climb out or lie."""

import bz2
import io
import struct
import zipfile
import zlib
from pathlib import Path

from tests.hostile.case import ARCHIVE, NO_REPORT, UNSUPPORTED, case

_TEXT = "咖啡烘焙手册\n含水率应在11%左右。\n"


def archive(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the members, by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as opened:
        for name, content in members.items():
            opened.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, method)
    return data.getvalue()


def raw_archive(entries: list[tuple[bytes, bytes, int, int]], flags: int = 0, method: int = 8, crc: int | None = None) -> bytes:
    """A zip written by hand: (name, content, size to be said, mode of the file)."""
    out, central = bytearray(), bytearray()
    for name, content, said, mode in entries:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush() if method == 8 else content
        check = zlib.crc32(content) if crc is None else crc
        common = struct.pack("<HHHHHLLLHH", 20, flags, method, 0, 33, check, len(packed), said, len(name), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + common + struct.pack("<HHHLL", 0, 0, 0, mode << 16, len(out)) + name
        out += b"PK\x03\x04" + common + name + packed
    end = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(central), len(out), 0)
    return bytes(out + central + b"PK\x05\x06" + end)


@case("解开后的总大小 \\d+ MB超过限额|成员已损坏")
def zip_flat_bomb(folder: Path) -> None:
    (folder / "a.zip").write_bytes(archive({f"{n}.txt": b"0" * 50_000_000 for n in range(6)}))


@case({"": ARCHIVE, "large.txt": "文件大小 \\d+ MB超过限额", "small.txt": NO_REPORT})
def zip_one_member_too_large(folder: Path) -> None:
    (folder / "a.zip").write_bytes(archive({"large.txt": b"0" * 80_000_000, "small.txt": _TEXT}))


@case("内容与目录所说的不符|没有可读的成员")
def zip_lies_about_sizes(folder: Path) -> None:
    (folder / "a.zip").write_bytes(raw_archive([(b"a.txt", b"0" * 30_000_000, 10, 0)]))
    (folder / "b.zip").write_bytes(raw_archive([(b"a.txt", b"0123456789", 50_000, 0)]))
    (folder / "c.zip").write_bytes(raw_archive([(b"a.txt", b"0123456789", 10, 0)], crc=1))


@case("解开后的总大小")
def zip_bomb_in_bombs(folder: Path) -> None:
    inner = archive({"0.txt": b"0" * 40_000_000})
    (folder / "a.zip").write_bytes(archive({f"{n}.zip": inner for n in range(8)}))


@case("只打开两层|没有可读的成员")
def zip_in_zip_in_zip(folder: Path) -> None:
    (folder / "a.zip").write_bytes(archive({"b.zip": archive({"c.zip": archive({"d.txt": _TEXT})})}))


@case({"": ARCHIVE, "成员.txt": NO_REPORT})
def zip_in_zip(folder: Path) -> None:
    (folder / "a.zip").write_bytes(archive({"b.zip": archive({"文件夹/成员.txt": _TEXT + "两层"})}))


@case("互相重叠")
def zip_overlapping_entries(folder: Path) -> None:
    whole = bytearray(raw_archive([(b"%d.txt" % n, b"0" * 1000, 1000, 0) for n in range(9)]))
    at = 0
    while (at := whole.find(b"PK\x01\x02", at)) >= 0:
        whole[at + 42 : at + 46] = b"\0\0\0\0"  # all name the first entry's bytes
        at += 4
    (folder / "a.zip").write_bytes(whole)


@case("路径指向包外|没有可读的成员")
def zip_climbing_out(folder: Path) -> None:
    names = ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:\\windows\\a.txt", "..\\..\\c.txt", "....//../d.txt"]
    (folder / "a.zip").write_bytes(archive(dict.fromkeys(names, _TEXT)))


@case("符号链接|不是普通文件|没有可读的成员")
def zip_links_and_devices(folder: Path) -> None:
    kinds = {b"link": 0o120777, b"pipe": 0o010666, b"device": 0o020666, b"socket": 0o140777}
    (folder / "a.zip").write_bytes(raw_archive([(name, b"/etc/passwd", 11, mode) for name, mode in kinds.items()]))


@case("有密码|没有可读的成员")
def zip_with_a_password(folder: Path) -> None:
    (folder / "a.zip").write_bytes(raw_archive([(b"a.pdf", b"x" * 100, 100, 0)], flags=1))


@case("压缩方法不支持|没有可读的成员|有密码")
def zip_unknown_methods(folder: Path) -> None:
    for method in (9, 93, 99):
        (folder / f"{method}.zip").write_bytes(raw_archive([(b"a.pdf", b"x" * 100, 100, 0)], method=method))


@case("成员数 \\d+ 个超过限额")
def zip_of_too_many(folder: Path) -> None:
    (folder / "a.zip").write_bytes(archive({f"{n}.txt": str(n) for n in range(5000)}, zipfile.ZIP_STORED))


@case("压缩包里没有文件")
def zip_of_nothing(folder: Path) -> None:
    (folder / "a.zip").write_bytes(archive({}))
    (folder / "b.zip").write_bytes(archive({"__MACOSX/._a": "x", ".DS_Store": "x", "文件夹/": "", "~$锁.docx": "x", "Thumbs.db": "x"}))


@case("已损坏或不完整|没有可读的成员|没有文件|互相重叠")
def zip_broken_off(folder: Path) -> None:
    whole = archive({f"{n}.txt": _TEXT * n for n in range(1, 9)})
    for part in (1, 3, 5, 9):
        (folder / f"{part}.zip").write_bytes(whole[: len(whole) * part // 10])
    (folder / "head.zip").write_bytes(b"PK\x03\x04")
    (folder / "directory.zip").write_bytes(whole.replace(b"PK\x01\x02", b"PK\x07\x07"))
    (folder / "utf8.zip").write_bytes(raw_archive([(b"\xff\xfe\xfd", b"x", 1, 0)], flags=0x800))


@case({"": ARCHIVE, "a.txt": NO_REPORT, "a.txt#2": NO_REPORT, "a.txt#3": NO_REPORT})
def zip_with_one_name_three_times(folder: Path) -> None:
    entries = [(b"a.txt", f"{_TEXT}{n}".encode(), len(f"{_TEXT}{n}".encode()), 0) for n in range(3)]
    (folder / "a.zip").write_bytes(raw_archive(entries))


@case({"": ARCHIVE, ".txt": NO_REPORT, "\\x0a换行.txt": NO_REPORT, "预算.txt": NO_REPORT, "x'; drop table files; --": NO_REPORT})
def zip_with_odd_names(folder: Path) -> None:
    names = ["决算.txt".encode("gb18030"), "预算.txt".encode(), b"new\nline.txt", b"\x1b[31mred.txt", b"x'; drop table files; --"]
    names += ["第一行\n换行.txt".encode(), b"n" * 3000 + b".txt", "\u202efdp.txt".encode()]
    texts = [f"{_TEXT}{number}甲".encode() for number in range(len(names))]
    (folder / "a.zip").write_bytes(raw_archive([(name, text, len(text), 0) for name, text in zip(names, texts, strict=True)]))


@case({"": ARCHIVE, "bad.zip": "已损坏", "good.txt": NO_REPORT, "cut.pdf": "已损坏", "empty.txt": "空文件", "page.rar": UNSUPPORTED})
def zip_of_good_and_bad(folder: Path) -> None:
    members = {"bad.zip": b"PK\x03\x04xxxx", "good.txt": _TEXT + "好", "cut.pdf": b"%PDF-1.7\n1 0 obj", "empty.txt": b""}
    (folder / "a.zip").write_bytes(archive({**members, "page.rar": b"Rar!\x1a\x07\0" + b"x" * 50}))


@case("成员已损坏|超过限额|没有可读的成员|读取进程意外终止")
def zip_bzip2_bomb(folder: Path) -> None:
    content = bz2.compress(b"\0" * 400_000_000)
    (folder / "a.zip").write_bytes(raw_archive([(b"a.txt", content, 1000, 0)], method=12))


@case(UNSUPPORTED)
def other_archives(folder: Path) -> None:
    (folder / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + b"x" * 99)
    (folder / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"x" * 99)
