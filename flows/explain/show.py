"""Prints the explanation: report, place, printed text, how it was read, and what uses it."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
from rich.table import Table
from rich.text import Text

from flows.console import KINDS, console
from flows.document import parse_ref
from flows.explain import uses
from flows.explain.find import Record, Subject
from flows.explain.sheet import WORKBOOKS, cell_name, sheet_rows
from flows.explain.source import NoSource, lines_around, pieces_around, raw_file, recorded_paths
from flows.explain.words import FLOWING, box_in_words, place_in_words, printable, value_in_words
from flows.readers import Unreadable
from flows.tables.definitions import columns, tables

_DISPOSITIONS = {"fact": "已成为数据", "context": "不是计量", "unclaimed": "未读出"}
# Shown in the paragraphs above the table of columns.
_SAID_ABOVE = frozenset({"report_key", "source_ref", "source_text", "inferred"})
# What a reader calls ``amount`` becomes the column amount_yuan, ``target`` target_text and target_value.
_ENDINGS = ("", "_yuan", "_text", "_value", "_pct")
_LONG_LINE = 120


def show(connection: duckdb.DuckDBPyConnection, subject: Subject, raw: Path) -> None:
    """Prints everything that the warehouse, and a text file below ``raw``, tell about ``subject``."""
    _show_report(connection, subject)
    numbers = uses.numbers_of(connection, subject)
    beside = numbers or uses.numbers_beside(connection, subject)
    _show_print(subject)
    if subject.report["format"] in WORKBOOKS:
        _show_cells(connection, subject, raw)
    else:
        _show_lines(connection, subject, numbers, raw)
    _show_numbers(subject, beside, "印出的数字" if numbers else "同一格里印出的数字")
    if subject.is_number:
        _show_what_became(subject)
    else:
        _show_reading(subject, numbers)
    _show_facts("承载这个数字的数据" if subject.is_number else "同样印出的数字还进入的数据", uses.facts_beside(connection, subject, beside))
    form = uses.form_of(connection, subject)
    _show_form(connection, subject, form)
    if not subject.is_number:
        _show_uses(subject, "引用它的行", uses.uses(connection, subject))
        _show_uses(subject, "跨年表中由它参与的行（按键相连）", uses.histories(connection, subject, form))


def _show_report(connection: duckdb.DuckDBPyConnection, subject: Subject) -> None:
    report = subject.report
    _title("报告")
    kind = report["report_kind"]
    _facts(
        [
            ("文件", report["file_name"]),
            ("标题", report["title"]),
            ("部门", report["bureau_name"]),
            ("报告年度", report["fiscal_year"]),
            ("类别", KINDS.get(kind, kind)),
            ("报告键", report["report_key"]),
            ("路径", "、".join(recorded_paths(connection, report["report_key"])) or None),
        ]
    )


def _show_print(subject: Subject) -> None:
    place = subject.place
    _title("出处和原文")
    printed = subject.row["printed"] if subject.is_number else subject.row["source_text"]
    _facts(
        [
            ("位置", place_in_words(place, subject.report["format"])),
            ("页面坐标", box_in_words(place)),
            ("出处", subject.row["source_ref"]),
            ("原文", printed),
        ]
    )


def _show_numbers(subject: Subject, numbers: list[Record], title: str) -> None:
    if not numbers:
        _line("没有印出的数字由它承载。")
        return
    table = _grid(title, ["序号", "印出", "前后文字", "位置", "去向", "读入"])
    for number in numbers:
        table.add_row(
            *(
                Text(part)
                for part in (
                    str(number["number_no"]),
                    printable(number["printed"]),
                    printable(number["surroundings"] or ""),
                    place_in_words(parse_ref(number["source_ref"]), subject.report["format"]),
                    _disposition(number),
                    _read_into(number, subject),
                )
            )
        )
    console.print(table)


def _show_lines(connection: duckdb.DuckDBPyConnection, subject: Subject, numbers: list[Record], raw: Path) -> None:
    place = subject.place
    if place.line is None:
        return
    places = [parse_ref(number["source_ref"]) for number in numbers]
    read = {other.line for other in places if other.line is not None}
    try:
        file = raw_file(connection, raw, subject.report["report_key"])
        lines = pieces_around(file, place, places) if subject.report["format"] in FLOWING else lines_around(file, place.line, read)
    except (NoSource, Unreadable) as missing:
        _line(f"原文前后各行没有列出：{missing}")
        return
    if not lines:
        return
    width = len(str(lines[-1].number))
    before = lines[0].number - 1
    for line in lines:
        if line.number != before + 1:
            _line("  ⋮")
        before = line.number
        # A paragraph is one long line: the part around the place is shown.
        start = max(0, (place.offset or 0) - _LONG_LINE // 2) if line.is_place and place.col is None else 0
        part = printable(line.text[start : start + _LONG_LINE])
        text = f"{'…' if start else ''}{part}{'…' if len(line.text) > start + _LONG_LINE else ''}"
        sign = "▶" if line.is_place else "•" if line.is_read else " "
        _line(f"{sign} {line.number:>{width}} │ {text}", style="bold" if line.is_place else "")


def _show_cells(connection: duckdb.DuckDBPyConnection, subject: Subject, raw: Path) -> None:
    """The cell's sheet by name, and what the rows around it show."""
    try:
        name, rows = sheet_rows(raw_file(connection, raw, subject.report["report_key"]), subject.place)
    except (NoSource, Unreadable) as missing:
        _line(f"工作表的前后各行没有列出：{missing}")
        return
    _line(f"工作表“{printable(name)}” {cell_name(subject.place)}".rstrip(), style="bold")
    width = len(str(rows[-1].number)) if rows else 0
    for row in rows:
        text = " │ ".join(f"{column} {printable(shown)}" for column, shown in row.cells)
        cut = f"{text[: 2 * _LONG_LINE]}{'…' if len(text) > 2 * _LONG_LINE else ''}"
        _line(f"{'▶' if row.is_place else ' '} {row.number:>{width}} │ {cut}", style="bold" if row.is_place else "")


def _show_reading(subject: Subject, numbers: list[Record]) -> None:
    _title(f"怎样读的：{subject.schema}.{subject.table}（{_grain(subject.schema, subject.table)}）")
    table = _grid(None, ["列", "值", "含义", "印出"])
    read_from: dict[str, list[str]] = {}
    for number in numbers:
        if number["fact_id"] == subject.fact_id and number["column_read"]:
            read_from.setdefault(number["column_read"], []).append(number["printed"])
    used = set()
    for name, value in subject.row.items():
        if name not in _SAID_ABOVE and value is not None:
            column = columns().get(name)
            source = next((read for read in read_from if name in {read + ending for ending in _ENDINGS}), None)
            used.add(source)
            cells = (name, value_in_words(value), column.zh if column else "", "、".join(read_from[source]) if source else "")
            table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)
    for name in [read for read in read_from if read not in used]:
        _line(f"另读入 {name}：印出 {printable('、'.join(read_from[name]))}")
    unit = subject.row.get("amount_unit") or subject.row.get("unit")
    _line(
        f"单位：{printable(unit)}" + ("（金额已折算为元）" if subject.row.get("amount_unit") else "") if unit else "单位：没有印出或不适用"
    )
    _line(f"推断：{printable(subject.row['inferred'])}" if subject.row.get("inferred") else "推断：无")


def _show_what_became(subject: Subject) -> None:
    row = subject.row
    _title("去向")
    _facts(
        [
            ("序号", row["number_no"]),
            ("所在部分", KINDS.get(row["part"], row["part"])),
            ("去向", f"{_DISPOSITIONS[row['disposition']]}（{row['disposition']}）"),
            ("理由", row["reason"]),
            ("读入", row["column_read"]),
        ]
    )


def _show_facts(title: str, facts: list[tuple[str, Record]]) -> None:
    if not facts:
        return
    _title(title)
    for table, row in facts:
        _row(f"marts.{table} {row['fact_id']}", row, leave_out=frozenset({"fact_id", "report_key"}))


def _show_form(connection: duckdb.DuckDBPyConnection, subject: Subject, form: Record | None) -> None:
    if form is None:
        return
    hanging = uses.under_the_form(connection, form["form_key"])
    is_itself = subject.table == "fct_evaluation"
    _title("表单下的数据" if is_itself else "所在表单")
    if not is_itself:
        _facts(
            [
                ("表单", form["form_title"]),
                ("类别", KINDS.get(form["form_kind"], form["form_kind"])),
                ("项目", form["project_name"]),
                ("单位", form["unit_name"] or form["department_name"]),
                ("总分", form["total_score"]),
                ("编号", f"{form['fact_id']}（fct_evaluation）"),
            ]
        )
    _line("，".join(f"{table} {count} 行" for table, count in hanging.items()) or "没有下属的行。")


def _show_uses(subject: Subject, title: str, found: list[uses.Use]) -> None:
    _title(title)
    if not found:
        _line("没有。")
    for use in found:
        grain = _grain(use.schema, use.table)
        _line(f"{use.schema}.{use.table}{f'（{grain}）' if grain else ''}：{len(use.rows)} 行，按 {'、'.join(use.why)}", style="bold")
        for row in use.rows:
            own = row.get("report_key") == subject.report["report_key"]
            _row("·", row, leave_out=frozenset({"report_key", "fact_id"} if own else {"fact_id"}))


def _row(head: str, row: Record, leave_out: frozenset[str]) -> None:
    shown = [f"{name}={value_in_words(value)}" for name, value in row.items() if value is not None and name not in leave_out]
    _line(f"{head} {' · '.join(shown)}")


def _read_into(number: Record, subject: Subject) -> str:
    """The column that the number was read into. The ledger keeps that of the first fact alone."""
    column, first = number["column_read"], number["fact_id"]
    if column is None:
        return ""
    return column if subject.is_number or first == subject.fact_id else f"{column}（{first}）"


def _disposition(number: Record) -> str:
    said = _DISPOSITIONS[number["disposition"]]
    return f"{said}：{printable(number['reason'])}" if number["reason"] else said


def _grain(schema: str, name: str) -> str:
    try:
        return tables(schema)[name].grain_zh
    except KeyError:  # a table that is not defined in tables.toml has no described grain
        return ""


def _title(text: str) -> None:
    console.print()
    console.print(Text(text, style="bold cyan"))


def _line(text: str, style: str = "") -> None:
    console.print(Text(text, style=style), soft_wrap=True)


def _facts(pairs: Iterable[tuple[str, object]]) -> None:
    for name, value in pairs:
        if value is not None:
            _line(f"{name}：{value_in_words(value)}")


def _grid(title: str | None, headers: list[str]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    return table
