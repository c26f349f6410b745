"""Typesets a document as an old Word file: LibreOffice saves the docx as doc."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from flows.typeset.document import Block
from flows.typeset.docx import docx
from flows.typeset.layouts import Layout

_TIME_LIMIT = 120.0  # seconds


class NoLibreOffice(RuntimeError):
    """LibreOffice is not installed, or did not give a file; one line."""


def doc(blocks: Iterable[Block], title: str, layout: Layout) -> bytes:
    """The blocks as an old Word file. Unlike all other writers' its bytes are not the same every time: LibreOffice writes the time of
    saving into them; what the file prints is the same. Raises NoLibreOffice."""
    return converted(docx(blocks, title, layout), "doc")


def converted(content: bytes, ending: str) -> bytes:
    """A docx file's bytes in another of LibreOffice's formats. Raises NoLibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoLibreOffice(f"写 {ending} 文件需要 LibreOffice：请安装 libreoffice-writer")
    with tempfile.TemporaryDirectory(prefix="jixiao-typeset-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "report.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--norestore", "--convert-to", ending, "--outdir", str(home), str(home / "report.docx")]
        subprocess.run(command, cwd=home, capture_output=True, timeout=_TIME_LIMIT, check=False)
        made = home / f"report.{ending}"
        if not made.is_file():
            raise NoLibreOffice(f"LibreOffice 没有写出 {ending} 文件")
        return made.read_bytes()
