"""Numbers as a workbook's cells display them: a table of values and formats, and LibreOffice as a second opinion."""

import csv
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from flows.readers.number_format import as_stored, built_in, display, display_text, general

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
# value, format, as displayed; what LibreOffice shows alike
AGREED = [
    ("0.985", "0.00%", "98.50%"),
    ("1", "0%", "100%"),
    ("0.12345", "0.0%", "12.3%"),
    ("1234.5", "#,##0.00", "1,234.50"),
    ("1234567.891", "#,##0.00_ ", "1,234,567.89"),
    ("-1234567.891", "#,##0.00", "-1,234,567.89"),
    ("12345.678", "0.00", "12345.68"),
    ("0.30000000000000004", "General", "0.3"),
    ("2010301", "General", "2010301"),
    ("-1.5", "General", "-1.5"),
    ("5", "0000", "0005"),
    ("0.5", "#.##", ".5"),
    ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    ("1234.5", "#,##0.00_);(#,##0.00)", "1,234.50"),
    ("1234.5", '0.00"万元"', "1234.50万元"),
    ("-3.456", "0.00;[Red]-0.00", "-3.46"),
    ("-3.456", "[Red]0.00", "-3.46"),
    ("0", ACCOUNTING, "-"),
    ("1234.5", ACCOUNTING, "1,234.50"),
    ("-1234.5", ACCOUNTING, "-1,234.50"),
    ("1.005", "0.00", "1.01"),
    ("2.675", "0.00", "2.68"),
    ("0.125", "0.00", "0.13"),
    ("1234567", "#,##0,", "1,235"),
    ("12345678", '0.00,,"百万"', "12.35百万"),
    ("100", "[>=100]0.0;0.00", "100.0"),
    ("3", "[>=100]0.0;0.00", "3.00"),
    ("1234", "[$￥-804]#,##0.00", "￥1,234.00"),
    ("12345", "0.00E+00", "1.23E+04"),
    ("5", ";;;", ""),
    ("0", "0.00;-0.00;", ""),
    ("20221231", "0000-00-00", "2022-12-31"),
    ("44926", 'yyyy"年"m"月"d"日"', "2022年12月31日"),
    ("44926", "yyyy-mm-dd", "2022-12-31"),
    ("44926.5", "yyyy/m/d h:mm", "2022/12/31 12:00"),
    ("0.75", "h:mm AM/PM", "6:00 PM"),
    ("1.5", "[h]:mm:ss", "36:00:00"),
]
# What LibreOffice shows in its own way, or does not know.
OWN = [
    ("44926.999", "hh:mm:ss", "23:58:34"),
    ("1.25", "# ??/??", "1 1/4"),
    ("3", "0.##", "3."),
    ("12345678901", "General", "12345678901"),
    ("123456789012", "General", "1.23457E+11"),
    ("1234567890.12", "General", "1234567890"),
    ("12345.67891234", "General", "12345.67891"),
    ("0.333333333333", "General", "0.333333333"),
    ("1e-9", "General", "1E-09"),
    ("0.0001", "General", "0.0001"),
    ("0.00001234567", "General", "1.23457E-05"),
    ("99999999999.9", "General", "1E+11"),
    ("1.5", 'G/通用格式"分"', "1.5分"),
    ("-3.456", "0.00;[红色]-0.00", "-3.46"),
    ("12345678", "0!.0000", "1234.5678"),
    ("12345678", '0!.0,"万"', "1234.6万"),
    ("-0.001", "0.00", "-0.00"),
    ("12", "@", "12"),
    ("44926", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二二年十二月三十一日"),
    ("44926", "aaaa", "星期六"),
    ("44926", built_in(14), "2022/12/31"),
    ("44926", built_in(57), "2022年12月"),
    ("-5", "yyyy-mm-dd", "-5"),
    ("0", "# ?/?", "0"),
    ("60", "yyyy-mm-dd", "1900-02-29"),
    ("1", "yyyy-mm-dd", "1900-01-01"),
    ("1e300", "0", "1" + "0" * 300),
]


@pytest.mark.parametrize(("value", "code", "shown"), AGREED + OWN)
def test_a_number_is_displayed_by_its_format(value: str, code: str, shown: str) -> None:
    assert display(Decimal(value), code) == shown


def test_the_calendar_of_1904() -> None:
    assert display(Decimal(43464), "yyyy-mm-dd", from_1904=True) == "2022-12-31"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [("基本支出", "General", "基本支出"), ("2010301", "@", "2010301"), ("甲", '0;-0;0;"第"@"类"', "第甲类"), ("甲", ACCOUNTING, " 甲 ")],
)
def test_text_is_displayed_as_it_is_or_inside_its_format(text: str, code: str, shown: str) -> None:
    assert display_text(text, code) == shown


@pytest.mark.parametrize("number", [10**power for power in range(11)])
def test_whole_numbers_without_a_format_keep_every_digit(number: int) -> None:
    for value in (number, number - 1, -number):
        assert general(Decimal(value)) == str(value)
        assert display(as_stored(Decimal(value)), "General") == str(value)


def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    """A second renderer, written by others, over the same cells."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: the second opinion on number formats is left out")
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row, (value, code, _) in enumerate(AGREED, start=1):
        cell = page.cell(row, 1, float(value))
        cell.number_format = code
    book.save(tmp_path / "formats.xlsx")
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2052,false,true"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", as_shown, "--outdir", str(tmp_path), str(tmp_path / "formats.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    with (tmp_path / "formats.csv").open(encoding="utf8", newline="") as stream:
        shown = [(row[0] if row else "").strip() for row in csv.reader(stream)]
    shown += [""] * (len(AGREED) - len(shown))
    assert shown == [expected for *_, expected in AGREED]
