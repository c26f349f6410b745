"""Names that break out of strings, and things in a folder that are no files."""

import os
import socket
from pathlib import Path

from tests.hostile.case import NO_REPORT, case

_TEXT = "咖啡烘焙手册\n含水率应在11%左右。\n"


@case(NO_REPORT)
def odd_names(folder: Path) -> None:
    names = [
        "'; drop table staged.reports; --.txt",
        'quote".txt',
        "new\nline.txt",
        "-rf.txt",
        "--help",
        "tab\there;semi.txt",
        "\x1b[31mred\x07.txt",
        "$(id) `id` %s {{ x }}.txt",
        "emoji🙂.txt",
        "\u202etxt.fdp",
        "back\\slash.txt",
        "长" * 80 + ".txt",
        " 空格 .txt ",
        "[bold]x[red].txt",
        "con.txt",
        "*?.txt",
        "e\u0301.txt",
        "\u00e9.txt",
    ]
    for number, name in enumerate(names):
        (folder / name).write_text(f"{_TEXT}{number}乙", encoding="utf8")
    with open(os.fsencode(folder) + b"/\xff\xfe bytes.txt", "wb") as out:  # noqa: PTH123 - no Path holds such a name as bytes
        out.write(f"{_TEXT}字节".encode())


@case("命名管道|套接字|符号链接|设备文件")
def no_files_at_all(folder: Path) -> None:
    os.mkfifo(folder / "pipe.pdf")
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.pdf")
    finally:
        os.chdir(here)
    (folder / "itself.pdf").symlink_to("itself.pdf")
    (folder / "left.pdf").symlink_to("right.pdf")
    (folder / "right.pdf").symlink_to("left.pdf")
    (folder / "nowhere.pdf").symlink_to("/nowhere/at/all")
    (folder / "up").symlink_to("..")
    (folder / "device.pdf").symlink_to("/dev/zero")


@case(NO_REPORT)
def folder_named_like_a_file(folder: Path) -> None:
    (folder / "x.pdf").mkdir()
    (folder / "x.pdf" / "a.txt").write_text(f"{_TEXT}丙", encoding="utf8")
    (folder / "empty.zip").mkdir()


@case({"": NO_REPORT, ".txt": "已损坏"})
def wrong_endings(folder: Path) -> None:
    (folder / "a.pdf").write_text(f"{_TEXT}丁", encoding="utf8")
    (folder / "a.zip").write_text(f"{_TEXT}戊", encoding="utf8")
    (folder / "pdf.txt").write_bytes(b"%PDF-1.4\n1 0 obj")


@case("文件大小 \\d+ MB超过限额")
def too_large(folder: Path) -> None:
    with (folder / "a.pdf").open("wb") as out:
        out.truncate(300_000_000)
