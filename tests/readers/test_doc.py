"""Old Word files by way of LibreOffice: the samples' facts, encrypted and damaged files, a converter that hangs or is not there."""

import io
import shutil
import stat
import time
from pathlib import Path

import pytest
import xlwt

from flows.ledger.printed import printed_numbers
from flows.ledger.raw_count import digits_in_file
from flows.readers import doc, format_of, office, read
from flows.readers.errors import Unreadable
from flows.typeset import Layout, read_samples, typeset
from flows.typeset.doc import NoLibreOffice, converted
from tests.support.same_facts import facts_of
from tests.support.word import p, tbl, tc, tr, word

SAMPLES = read_samples()
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: old Word files")


@pytest.fixture(autouse=True)
def nothing_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "_last", None)


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(("index", "seed"), [(4, 1), (8, 2)])
def test_an_old_word_file_says_what_the_same_report_says_as_pdf_and_as_text(tmp_path: Path, index: int, seed: int) -> None:
    as_pdf, as_text = (facts_of(SAMPLES[index], tmp_path, dialect=dialect) for dialect in ("pdf", "tab_led"))
    assert facts_of(SAMPLES[index], tmp_path, dialect="doc", seed=seed) == as_text | {"accounts": as_pdf["accounts"]}


@needs_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_spans_text_and_digits_of_a_small_file(tmp_path: Path, ending: str) -> None:
    table = tbl(tr(tc("金额", '<w:gridSpan w:val="2"/>')), tr("甲", "12.5"), widths=(2000, 2000))
    path = tmp_path / f"a.{ending}"
    path.write_bytes(converted(word(p("收入700万元") + table + p("完")), ending))
    assert format_of(path) == ending
    found = read(path)
    assert found.format == ending
    assert [(cell.text, cell.col, cell.colspan) for row in next(found.tables()).rows for cell in row] == [
        ("金额", 0, 2),
        ("甲", 0, 1),
        ("12.5", 1, 1),
    ]
    held = sum(sum(char.isdecimal() for char in number.printed) for number in printed_numbers(found) if number.is_digits)
    assert held == digits_in_file(path, ending) == 6


@needs_libreoffice
@pytest.mark.slow
def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    content = bytearray(converted(word(p("密")), "doc"))
    block = content.index(b"\xec\xa5")  # the information block that begins the stream WordDocument
    content[block + 0x0B] |= 0x01
    path.write_bytes(bytes(content))
    assert _refused(path) == "password"


@needs_libreoffice
@pytest.mark.slow
def test_a_truncated_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    content = next(iter(typeset(SAMPLES[8].report, Layout("doc")).values()))
    path.write_bytes(content[: len(content) // 3])
    with pytest.raises(Unreadable) as refused:
        doc.read_doc(path)
    assert refused.value.code in ("damaged_doc", "conversion_failed")


def _a_doc(folder: Path) -> Path:
    """A compound file that holds little more than a name that ends as that of the stream WordDocument."""
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("a")
    book.save(buffer)
    path = folder / "a.doc"
    renamed = buffer.getvalue().replace("Workbook\0".encode("utf-16-le"), "Document\0".encode("utf-16-le"))
    path.write_bytes(renamed + "WordDocument\0".encode("utf-16-le"))
    assert format_of(path) == "doc"
    return path


def test_without_libreoffice_the_file_is_set_aside_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _refused(_a_doc(tmp_path)) == "needs_libreoffice"
    with pytest.raises(NoLibreOffice, match="libreoffice-writer"):
        typeset(SAMPLES[0].report, Layout("doc"))


def test_a_converter_that_hangs_is_stopped_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_soffice(tmp_path, monkeypatch, f"/bin/sleep 60 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(office, "TIME_LIMIT", 0.5)
    started = time.monotonic()
    assert _refused(_a_doc(tmp_path)) == "conversion_timeout"
    assert time.monotonic() - started < 10
    child = int((tmp_path / "child").read_text())
    assert _is_gone(child)


def test_a_converter_that_gives_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_soffice(tmp_path, monkeypatch, f"echo $HOME > {tmp_path}/home; ls $HOME/profile/user > {tmp_path}/profile")
    assert _refused(_a_doc(tmp_path)) == "conversion_failed"
    assert "registrymodifications.xcu" in (tmp_path / "profile").read_text()
    assert not Path((tmp_path / "home").read_text().strip()).exists()  # nothing of the conversion is left behind


def _fake_soffice(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def _is_gone(process: int) -> bool:
    """Ended, or ended and not yet collected by its parent."""
    status = Path(f"/proc/{process}/status")
    for _ in range(50):
        if not status.exists() or "\nState:\tZ" in status.read_text():
            return True
        time.sleep(0.1)
    return False


def _refused(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.reason
    return refused.value.code
