"""A page drawn again from its characters and lines, for fixed-layout formats that nothing here can render."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from flows.readers.page import PageContent

_PAPER, _INK, _UNKNOWN = (255, 255, 255), (0, 0, 0), (150, 150, 150)
_SMALLEST = 4  # pixels
_MOST_PIXELS = 10_000  # along a side
_PROOF = "国"
_MOST_TRIED = 200
_ENDINGS = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
)
# What the files of Chinese fonts have in their names; these are tried first.
_CHINESE = ("cjk", "wqy", "song", "simsun", "hei", "simhei", "pingfang", "msyh", "kai", "ming", "fallback", "hans")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def redrawn(page: PageContent, dpi: int) -> tuple[Image.Image, bool]:
    """The page at ``dpi``, and whether every character is drawn: without a Chinese font, others than ASCII are grey boxes."""
    scale = min(dpi / 72, _MOST_PIXELS / max(page.width, page.height, 1.0))
    picture = Image.new("RGB", (max(1, round(page.width * scale)), max(1, round(page.height * scale))), _PAPER)
    draw = ImageDraw.Draw(picture)
    for line in page.segments:
        ends = (line.start, line.at, line.end, line.at) if line.horizontal else (line.at, line.start, line.at, line.end)
        draw.line([round(edge * scale) for edge in ends], fill=_INK)
    file = chinese_font()
    complete = True
    for char in page.chars:
        if char.text == " ":
            continue
        if file is None and not char.text.isascii():
            complete = False
            box = [
                round(edge * scale)
                for edge in (char.x0 + 1, char.top + 1, max(char.x1 - 1, char.x0 + 1), max(char.bottom - 1, char.top + 1))
            ]
            draw.rectangle(box, outline=_UNKNOWN)
            continue
        size = max(_SMALLEST, round(char.size * scale))
        draw.text((round(char.x0 * scale), round(char.baseline * scale)), char.text, fill=_INK, font=_font(file, size), anchor="ls")
    return picture, complete


@cache
def chinese_font() -> Path | None:
    """A font file of this machine that has Chinese characters: what fontconfig names, else what lies in the usual folders."""
    return next((file for file in islice(_candidates(), _MOST_TRIED) if _has_chinese(file)), None)


def _candidates() -> Iterator[Path]:
    command = shutil.which("fc-list")
    if command:
        listed = subprocess.run([command, ":lang=zh", "file"], capture_output=True, text=True, timeout=30, check=False).stdout
        yield from _by_likeliness(Path(line.strip().rstrip(":")) for line in listed.splitlines() if line.strip())
    folders = [*_FOLDERS, *([f"{os.environ['WINDIR']}/Fonts"] if "WINDIR" in os.environ else [])]
    yield from _by_likeliness(file for folder in folders for file in Path(folder).expanduser().rglob("*"))


def _by_likeliness(files: Iterator[Path]) -> list[Path]:
    """Font files, those of Chinese names first, plain ones before bold."""

    def order(file: Path) -> tuple[bool, bool, str]:
        name = file.name.lower()
        return not any(part in name for part in _CHINESE), "bold" in name, str(file)

    return sorted((file for file in files if file.suffix.lower() in _ENDINGS), key=order)


def _has_chinese(file: Path) -> bool:
    """Does the font draw 国 as anything but the sign for a missing character?"""
    try:
        font = ImageFont.truetype(file, 24)
        proof, missing = font.getmask(_PROOF), font.getmask("\U0010ffff")
    except OSError:  # no font after all, or one that FreeType cannot read
        return False
    return bytes(proof) != bytes(missing) and proof.getbbox() is not None


@cache
def _font(file: Path | None, size: int) -> Font:
    return ImageFont.load_default(size) if file is None else ImageFont.truetype(file, size)
