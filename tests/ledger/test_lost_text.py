"""A reader that loses or repeats text shows: the digits of the file and those read are not the same."""

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from flows import staging
from flows.collect.landing import Source
from flows.document import Document, Paragraph
from flows.ledger.printed import printed_numbers
from flows.ledger.raw_count import digits_in_file
from flows.query import run_query
from flows.readers import read
from flows.settings import Settings
from tests.conftest import ROOT, run_job
from tests.readers.test_pdf import Sheets

REASON = "读取时可能丢失或重复了文字"
SAMPLES = ["演示区教育局_2021_部门决算.txt", "样本县民政局_2022_部门决算.pdf"]


def digits(text: str) -> int:
    return sum(char.isdecimal() for char in text)


def longest_paragraph(document: Document) -> int:
    """Which block it is: the paragraph that holds the most digits, a title left alone."""
    candidates = [at for at, block in enumerate(document.blocks) if at > 5 and isinstance(block, Paragraph) and block.kind == "text"]
    return max(candidates, key=lambda at: digits(document.blocks[at].text))


def staged(folder: Path, name: str) -> tuple[staging.Outcome, dict, list[dict]]:
    """Outcome, row of reports, rows of set_aside of a sample report."""
    outcome = staging.stage(ROOT / "raw" / name, "key", "version", folder, name)
    tables = {table: pl.read_parquet(folder / "key" / f"{table}.parquet").to_dicts() for table in ("reports", "set_aside")}
    return outcome, tables["reports"][0], tables["set_aside"]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_reader_loses_nothing(name: str, tmp_path: Path) -> None:
    outcome, report, aside = staged(tmp_path, name)
    assert report["digits_in_file"] == report["digits_read"] > 0
    assert REASON not in (outcome.reasons or {}) and REASON not in [row["reason"] for row in aside]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("fault", ["dropped", "repeated"])
def test_text_dropped_or_repeated_is_set_aside(name: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed: list[int] = []

    def faulty(path: Path) -> Document:
        document = read(path)
        at = longest_paragraph(document)
        changed.append(digits(document.blocks[at].text))
        kept = {"dropped": (), "repeated": (document.blocks[at],) * 2}[fault]
        return replace(document, blocks=document.blocks[:at] + kept + document.blocks[at + 1 :])

    monkeypatch.setattr(staging, "read", faulty)
    outcome, report, aside = staged(tmp_path, name)
    assert changed[0] > 0
    off = changed[0] if fault == "repeated" else -changed[0]
    assert report["digits_read"] - report["digits_in_file"] == off
    assert outcome.status == report["status"] == "partial"
    [row] = [row for row in aside if row["reason"] == REASON]
    assert row["scope"] == "file"
    assert str(report["digits_in_file"]) in row["source_text"] and str(report["digits_read"]) in row["source_text"]


@pytest.mark.slow
def test_lost_text_shows_in_the_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    shutil.copy(ROOT / "raw" / SAMPLES[0], raw)

    def faulty(path: Path) -> Document:
        document = read(path)
        at = longest_paragraph(document)
        return replace(document, blocks=document.blocks[:at] + document.blocks[at + 1 :])

    monkeypatch.setattr(staging, "read", faulty)
    monkeypatch.setattr("flows.reading.read_reports", in_this_process)
    where = run_job(raw, tmp_path / "warehouse")
    assert run_query(where.database, "select part from ops.coverage where digits_read < digits_in_file")[1] == [("all",)]
    assert run_query(where.database, f"select scope from ops.set_aside where reason = '{REASON}'")[1] == [("file",)]


def test_a_header_printed_again_on_the_next_page_is_not_lost(tmp_path: Path) -> None:
    header = ["项目", "2022年决算数", "2023年决算数"]
    sheets = Sheets()
    sheets.table(500, [header] + [[f"甲{mark}", "1.00", "2.00"] for mark in "一二三四五"])
    sheets.turn()
    sheets.table(72, [header] + [[f"乙{mark}", "3.00", "4.00"] for mark in "一二三"])
    path = tmp_path / "示例.pdf"
    path.write_bytes(sheets.bytes())
    held = sum(digits(number.printed) for number in printed_numbers(read(path)))
    assert held == digits_in_file(path, "pdf") == 4 * 4 + 8 * 2 * 3


def in_this_process(jobs: dict[str, Source], version: str, where: Settings, corrections=None):  # type: ignore[no-untyped-def]
    """The readers' pool starts new processes, in which no reader is faulty."""
    where.staged.mkdir(parents=True, exist_ok=True)
    return [staging.stage(source.path, key, version, where.staged, source.name) for key, source in jobs.items()]
