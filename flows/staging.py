"""A report's findings → validated Parquet files, one per staged table, replaced as a whole.

``<warehouse>/staged/<report_key>/`` holds ``<table>.parquet`` and ``outcome.json``; of an archive ``contents.json`` and ``outcome.json``. A
report can be staged again alone, and many in parallel: nothing is shared between reports.
"""

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flows.collect.archives import Contents, unpack
from flows.corrections.apply import Applied, apply
from flows.corrections.file import Correction
from flows.document import Document
from flows.findings import Row
from flows.identity.names import BureauName, parse, reading
from flows.ledger.raw_count import digits_in_file
from flows.ledger.rows import Ledger, ledger
from flows.limits import allowed
from flows.matching import account_name, indicator_match, project_match, table_match
from flows.readers import Unreadable, read
from flows.readers.errors import OverLimit
from flows.tables.definitions import tables
from flows.tables.validation import validate
from flows.understand import Understood, understand

_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report: status complete, partial or set_aside; rows per staged table; why, where it was set aside.

    An archive that opens has status archive and no rows. ``corrections``: by digest of each correction of the report its state, message and
    fact_id. ``limits``: the limits that set it aside, as they were: with others it is worth another try. ``is_passing``: the reason may be
    gone by the next run.
    """

    report_key: str
    reader_version: str
    status: str
    format: str
    rows: dict[str, int]
    bureau_name: str | None = None
    fiscal_year: int | None = None
    report_kind: str | None = None
    reason: str | None = None
    reasons: dict[str, int] | None = None
    numbers: dict[str, int] = field(default_factory=dict)
    corrections: dict[str, dict[str, str | None]] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    is_passing: bool = False


def digest(*parts: str) -> str:
    """A short stable key of its parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def _region_columns(name: BureauName) -> Row:
    region = name.region
    return {
        "region_code": region.code if region else None,
        "province": region.province.name if region else None,
        "prefecture": region.prefecture.name if region and region.prefecture else None,
        "county": region.name if region and region.level == "county" else None,
        "admin_level": "township" if name.is_township else region.level if region else None,
        "sector": name.sector,
    }


def _report_row(key: str, version: str, path_name: str, format_name: str, pages: int | None, status: str, seen: Understood | None) -> Row:
    row: Row = {
        "report_key": key,
        "file_name": path_name,
        "format": format_name,
        "pages": pages,
        "reader_version": version,
        "status": status,
    }
    if seen is None or seen.identity.kind is None:
        return row
    identity, bureau = seen.identity, seen.identity.bureau
    row |= {
        "title": identity.title,
        "report_kind": identity.kind,
        "fiscal_year": identity.fiscal_year,
        "money_unit": seen.money_unit,
        "published_on": date.fromisoformat(identity.published_on) if identity.published_on else None,
        "bureau_kind": "unit" if str(identity.kind).startswith("unit_") else "department",
    }
    if bureau is not None:
        row |= {"bureau_name": bureau.name, "bureau_identity": bureau.identity, "budget_code": bureau.budget_code}
        row |= _region_columns(bureau)
    return row


def _name_rows(key: str, seen: Understood, forms: list[Row]) -> list[Row]:
    identity = seen.identity
    counted: Counter[tuple[str, str]] = Counter()
    for alias, weight in identity.aliases:
        counted[(alias, "publisher")] += weight
    for alias, times in identity.called:
        counted[(alias, "prose")] += times
    for form in forms:
        for column, role in (("department_name", "form_department"), ("unit_name", "form_unit")):
            if form.get(column):
                counted[(form[column], role)] += 1
    rows = []
    for (alias, role), mentions in sorted(counted.items()):
        name = parse(alias, identity.fiscal_year, identity.bureau)
        read_by, confidence, because = reading(name)
        rows.append(
            {
                "report_key": key,
                "alias": alias,
                "alias_role": role,
                "bureau_name": name.name,
                "bureau_identity": name.identity,
                "budget_code": name.budget_code,
                "mentions": mentions,
                "fiscal_year": identity.fiscal_year,
                "read_by": read_by,
                "read_confidence": confidence,
                "read_because": because,
                **_region_columns(name),
            }
        )
    return rows


def _succession_rows(key: str, seen: Understood) -> list[Row]:
    return [
        {
            "report_key": key,
            "succession_kind": found.kind,
            "from_name": found.old.name,
            "from_identity": found.old.identity,
            "to_name": found.new.name,
            "to_identity": found.new.identity,
            "changed_year": found.year,
            "confidence": found.confidence,
            "source_ref": found.source_ref,
            "source_text": found.source_text,
        }
        for found in seen.identity.successions
    ]


def _finish_facts(
    key: str, read: dict[str, list[Row]], corrected: dict[str, list[Row]], bureau: BureauName | None
) -> tuple[dict[str, list[Row]], dict[int, str]]:
    """Adds keys and match names to the corrected facts; fact ids depend on the report, the table and the place alone.

    Also gives the fact id by the id() of the row as read, which the ledger asks for. ``corrected`` holds the rows of ``read`` in their order.
    """
    fact_ids: dict[int, str] = {}
    form_keys = {row["form_no"]: digest(key, "form", row["source_ref"]) for row in corrected.get("evaluations", [])}
    finished: dict[str, list[Row]] = {}
    for table, rows in corrected.items():
        seen: Counter[str] = Counter()
        lines: Counter[tuple[Any, ...]] = Counter()
        cells: Counter[str] = Counter()
        finished[table] = []
        for as_read, row in zip(read[table], rows, strict=True):
            seen[row["source_ref"]] += 1
            fact_id = digest(key, table, row["source_ref"], str(seen[row["source_ref"]]))
            fact_ids[id(as_read)] = fact_id
            row = {**row, "report_key": key, "fact_id": fact_id, "form_key": form_keys.get(row.get("form_no", 0))}
            if table == "evaluations":
                row |= _evaluation_matches(row, bureau)
            elif table == "indicators":
                row["indicator_match"] = indicator_match(row["level3"])
            elif table == "accounts":
                row["account_name"] = account_name(row["line_name"]) if row["line_name"] else None
                line = tuple(row[name] for name in ("table_ref", "side", "code", "line_name", "column_name"))
                lines[line] += 1
                row["occurrence"] = lines[line]
                cells[row["table_ref"]] += 1
                row["cell_no"] = cells[row["table_ref"]]
                row["table_match"] = table_match(row["table_title"], bureau.name if bureau else None) if row["table_title"] else None
            finished[table].append(row)
    return finished, fact_ids


def _evaluation_matches(row: Row, publisher: BureauName | None) -> Row:
    unit = row["unit_name"] if row["form_kind"] != "department_self_evaluation" else row["department_name"]
    named = parse(unit, row.get("fiscal_year"), publisher) if unit else None
    if named is not None and named.is_only_a_region:
        named = None  # a region is no budget unit
    return {
        "project_match": project_match(row["project_name"]) if row["project_name"] else None,
        "unit_identity": named.identity if named else None,
        "unit_display_name": named.name if named else None,
        "unit_budget_code": named.budget_code if named else None,
    }


def _settled(
    corrections: Sequence[Correction], applied: Applied, fact_ids: dict[int, str], lost: dict[str, str], set_aside: str | None
) -> dict[str, dict[str, str | None]]:
    """What became of each correction, by its digest. ``lost``: fact id → rule, of rows that broke their schema; ``set_aside``: the report."""
    settled: dict[str, dict[str, str | None]] = {}
    for correction in corrections:
        row = applied.carried.get(correction)
        fact_id = fact_ids[id(row)] if row is not None else None
        message = applied.refused.get(correction)
        if set_aside:
            message = f"这份报告整份被搁置（{set_aside}），没有可更正的数据"
        elif fact_id in lost:
            message = f"所在的行不符合规则 {lost[fact_id]}，没有进入仓库；请一并更正那一栏"
        settled[correction.digest] = {
            "state": "refused" if message else "applied",
            "message": message,
            "fact_id": None if message else fact_id,
        }
    return settled


def stage(
    path: Path, report_key: str, reader_version: str, staged_dir: Path, file_name: str, corrections: Sequence[Correction] = ()
) -> Outcome:
    """Reads the report at ``path``, applies its corrections and writes its staged tables under ``staged_dir/report_key``.

    Returns what became of it.

    A report that cannot be read is staged too: one row in ``reports`` with status set_aside and its reason in ``set_aside``.
    """
    refused: list[Row] = []
    seen: Understood | None = None
    numbers: Ledger | None = None
    format_name, pages, reason = "unknown", None, None
    document: Document | None = None
    fact_ids: dict[int, str] = {}
    limits: dict[str, int] = {}
    try:
        document = read(path)
        format_name, pages = document.format, document.pages
        seen = understand(document, file_name)
        if seen.identity.kind is None:
            reason = "不是预算单位的预算、决算或绩效报告（没有找到这类报告的标题、章节、表格）"
        elif seen.identity.bureau is None:
            reason = "报告里找不到公布部门的名称，不能归到任何部门"
    except Unreadable as error:
        reason = error.reason
        limits = _limits_of(error)
    rows: dict[str, list[Row]] = {}
    applied = Applied({})
    if seen is not None and reason is None:
        applied = apply(seen.findings.rows, corrections)
        bureau = seen.identity.bureau
        rows, fact_ids = _finish_facts(report_key, seen.findings.rows, applied.rows, bureau)
        rows["bureau_names"] = _name_rows(report_key, seen, applied.rows.get("evaluations", []))
        rows["successions"] = _succession_rows(report_key, seen)
        refused += seen.findings.set_aside
    if reason is not None:
        refused.append({"scope": "file", "reason": reason, "source_ref": None, "source_text": file_name})
    frames = {}
    lost: dict[str, str] = {}
    for table in tables("staged"):
        if table in ("reports", "set_aside", "numbers"):
            continue
        frames[table], broken = validate(table, rows.get(table, []))
        lost |= {row["fact_id"]: rule for row, rule in broken if "fact_id" in row}
        refused += [
            {"scope": "row", "reason": f"{table}.{rule}", "source_ref": row.get("source_ref"), "source_text": row.get("source_text")}
            for row, rule in broken
        ]
    digits = None
    if document is not None and seen is not None and reason is None:
        carried = {row: fact_id for row, fact_id in fact_ids.items() if fact_id not in lost}
        numbers = ledger(report_key, document, seen.findings, seen.parts, carried)
        digits = digits_in_file(path, format_name, document.ocr_pages)
        if digits is not None and digits != numbers.digits:
            text = f"文件原始字符中有 {digits} 个数字字符，读出的有 {numbers.digits} 个"
            refused.append({"scope": "file", "reason": "读取时可能丢失或重复了文字", "source_ref": None, "source_text": text})
    frames["numbers"], broken = validate("numbers", numbers.rows if numbers else [])
    refused += [
        {"scope": "row", "reason": f"numbers.{rule}", "source_ref": row.get("source_ref"), "source_text": row.get("printed")}
        for row, rule in broken
    ]
    status = "set_aside" if reason else "partial" if refused else "complete"
    report = _report_row(report_key, reader_version, file_name, format_name, pages, status, seen)
    report |= {
        "digits_in_file": digits,
        "digits_read": numbers.digits if numbers else None,
        "ocr_pages": len(document.ocr_pages) if document is not None else None,
    }
    frames["reports"], bad_report = validate("reports", [report])
    if bad_report:
        plain = {name: report[name] for name in ("report_key", "file_name", "format", "pages", "reader_version")} | {"status": "set_aside"}
        frames["reports"], _ = validate("reports", [plain])
        refused += [{"scope": "file", "reason": rule, "source_ref": None, "source_text": file_name} for _, rule in bad_report]
    frames["set_aside"], _ = validate("set_aside", [{**row, "report_key": report_key} for row in refused])
    outcome = Outcome(
        report_key,
        reader_version,
        status,
        format_name,
        {name: frame.height for name, frame in frames.items()},
        report.get("bureau_name"),
        report.get("fiscal_year"),
        report.get("report_kind"),
        reason,
        dict(Counter(row["reason"] for row in refused)),
        numbers.totals if numbers else {},
        _settled(corrections, applied, fact_ids, lost, reason),
        limits,
    )
    _write(staged_dir / report_key, frames, outcome)
    return outcome


def _limits_of(error: Unreadable) -> dict[str, int]:
    return {error.limit: allowed(error.limit)} if isinstance(error, OverLimit) else {}


def stage_archive(
    path: Path, key: str, reader_version: str, staged_dir: Path, target: Path, file_name: str, corrections: Sequence[Correction] = ()
) -> Outcome:
    """Unpacks an archive into ``target`` and stages what it holds; one in which nothing can be read is set aside like a report."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        contents = unpack(path, key, target)
    except Unreadable as error:
        shutil.rmtree(target, ignore_errors=True)
        return stage_refused(key, reader_version, staged_dir, file_name, error.reason, corrections, "zip", limits=_limits_of(error))
    over = sorted({member.limit for member in contents.members if member.limit})
    limits = {name: allowed(name) for name in over}
    if contents.refusal is not None:
        return stage_refused(
            key, reader_version, staged_dir, file_name, contents.refusal, corrections, "zip", contents=contents, limits=limits
        )
    outcome = Outcome(key, reader_version, "archive", "zip", {}, limits=limits)
    _write(staged_dir / key, {}, outcome, contents)
    return outcome


def _write(target: Path, frames: dict[str, Any], outcome: Outcome, contents: Contents | None = None) -> None:
    """Writes beside and swaps in, so that a reader of the folder never finds half a report."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, frame in frames.items():
        frame.write_parquet(beside / f"{name}.parquet", compression="zstd", statistics=False)
    if contents is not None:
        contents.save(beside)
    (beside / "outcome.json").write_text(json.dumps(asdict(outcome), ensure_ascii=False, sort_keys=True, indent=1), encoding="utf8")
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)


def forget_half_written(staged_dir: Path, report_key: str) -> None:
    """Removes what a process that died while writing the report left behind."""
    for beside in staged_dir.glob(f".{report_key}.*"):
        shutil.rmtree(beside, ignore_errors=True)


def stage_refused(
    report_key: str,
    reader_version: str,
    staged_dir: Path,
    file_name: str,
    reason: str,
    corrections: Sequence[Correction] = (),
    format_name: str = "unknown",
    contents: Contents | None = None,
    limits: dict[str, int] | None = None,
    is_passing: bool = False,
) -> Outcome:
    """Stages a report that cannot be read - or whose reading failed in a way nobody foresaw - with the reason."""
    refused = [{"report_key": report_key, "scope": "file", "reason": reason, "source_ref": None, "source_text": file_name}]
    frames = {table: validate(table, [])[0] for table in tables("staged")}
    frames["reports"], _ = validate("reports", [_report_row(report_key, reader_version, file_name, format_name, None, "set_aside", None)])
    frames["set_aside"], _ = validate("set_aside", refused)
    outcome = Outcome(
        report_key,
        reader_version,
        "set_aside",
        format_name,
        {name: frame.height for name, frame in frames.items()},
        reason=reason,
        reasons={reason: 1},
        corrections=_settled(corrections, Applied({}), {}, {}, reason),
        limits=limits or {},
        is_passing=is_passing,
    )
    _write(staged_dir / report_key, frames, outcome, contents)
    return outcome
