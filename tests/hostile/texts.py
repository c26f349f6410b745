"""Text that is long, broken or meant for somebody else."""

from pathlib import Path

from tests.conftest import ROOT
from tests.hostile.case import DIED, NO_REPORT, READ, case

_SAMPLE = ROOT / "raw" / "演示区教育局_2021_部门决算.txt"
_DAMAGED = "编码无法识别|二进制|断开|不完整|没有文字|损坏"


@case(f"{NO_REPORT}|{DIED}")
def text_of_one_long_line(folder: Path) -> None:
    (folder / "a.txt").write_text("预算支出12.5万元，" * 15_000, encoding="utf8")
    (folder / "b.txt").write_text("x" * 50_000_000, encoding="utf8")


@case(f"{NO_REPORT}|{DIED}|没有文字")
def text_of_tabs(folder: Path) -> None:
    (folder / "only.txt").write_text("\t" * 3_000_000, encoding="utf8")
    (folder / "lines.txt").write_text("\t\n" * 300_000, encoding="utf8")
    (folder / "columns.txt").write_text("\t".join(["1"] * 50_000) + "\n", encoding="utf8")
    (folder / "empty.txt").write_text("\n" * 3_000_000, encoding="utf8")


@case(_DAMAGED)
def text_that_is_none(folder: Path) -> None:
    (folder / "nul.txt").write_bytes(b"\0" * 5000)
    (folder / "nul_later.txt").write_bytes("部门决算\n".encode() * 1000 + b"\0\1\2")
    (folder / "utf8.txt").write_bytes("部门决算公开".encode()[:-1])
    (folder / "utf16.txt").write_bytes(b"\xff\xfe" + "部门决算".encode("utf-16-le")[:-1])
    (folder / "lone.txt").write_bytes(b"\xff\xfe\x00\xd8\x00\xd8")
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbf")
    (folder / "random.txt").write_bytes(bytes((n * 7919 + n // 251) % 255 + 1 for n in range(20_000)))


@case(f"空文件|{NO_REPORT}|{_DAMAGED}")
def text_of_hardly_anything(folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "one.docx").write_bytes(b"1")
    (folder / "blank.txt").write_bytes(b" \n \n")
    (folder / "mark.txt").write_bytes(b"BM")


@case(f"{NO_REPORT}|{_DAMAGED}")
def text_of_two_encodings(folder: Path) -> None:
    (folder / "a.txt").write_bytes("第一部分 部门概况\n".encode("gb18030") + "第二部分 决算表\n".encode())


@case(f"{NO_REPORT}|{DIED}")
def text_of_mad_numbers(folder: Path) -> None:
    (folder / "digits.txt").write_text("收入" + "9" * 300_000 + "万元。\n" + "1," * 100_000 + "\n" + "0." * 100_000, encoding="utf8")
    (folder / "powers.txt").write_text("支出1e999999999元，比上年增长1E+99999999%，" * 500, encoding="utf8")
    (folder / "years.txt").write_text("9999999年预算，0000年，-5年，2023" * 5000, encoding="utf8")
    (folder / "brackets.txt").write_text("（" * 50_000 + "其中：" * 50_000 + "）" * 15_000, encoding="utf8")
    (folder / "headings.txt").write_text("第一部分\n一、\n（一）\n1." * 20_000, encoding="utf8")


@case(READ)
def text_of_formulas_and_sql(folder: Path) -> None:
    """A report whose cells are commands for a spreadsheet, a shell, a database and a template: words, like any others."""
    text = _SAMPLE.read_text(encoding="utf8")
    words = [
        "=cmd|'/c calc'!A1",
        "'); drop table staged.reports; --",
        "{{ ref('x') }}{% raw %}",
        "$(rm -rf /)`id`",
        "\"'\\",
        "🙂\u202e\u0000"[:2],
    ]
    (folder / "a.txt").write_text(text.replace("中小学教师培训", "".join(words)) + "\n" + "\n".join(words), encoding="utf8")
