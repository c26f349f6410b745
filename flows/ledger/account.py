"""What became of each printed number: carried by a fact, context with its reason, or unclaimed.

A number counts as carried only where the fact's value proves it: the column read from its cell holds this very number, or prints the cell
as it is. Names print numbers that measure nothing of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from flows.document import Document, Place
from flows.findings import Claim, Findings, Row
from flows.ledger.printed import Printed, printed_numbers
from flows.statements import context
from flows.values.numbers import fold_digits

_NAMES = frozenset(
    [
        "level1",
        "level2",
        "level3",
        "task_name",
        "project_name",
        "unit_name",
        "department_name",
        "central_department_name",
        "funding_source",
        "unit",
        "operator",
    ]
)
# Columns that say how points are given: their numbers are bounds and rules.
_CRITERIA = frozenset(["criterion", "explanation"])
# Columns that keep a short cell as printed: what it says is carried whole.
_AS_PRINTED = frozenset(["target", "actual", "completion", "evaluated_on", "grade"])
_PARAGRAPHS = {"page_number": "页码", "repeated": "页眉页脚或续页重印", "markup": "文件标记（书签），不是印出的内容"}
_LOOKS = frozenset(["年份", "编码", "列表序号", "字母代号", "界限（界定类别或规则）"])
_SHORT = 12  # characters of a cell that is kept as it is
_AROUND = 14


def account(document: Document, findings: Findings, parts: dict[Place, str]) -> Iterator[tuple[Printed, Row, list[Claim]]]:
    """Each printed number with its row for the staged table (without keys) and the claims that carry it, values first.

    ``parts``: form kind or kind of table by cell.
    """
    claims: dict[Place, list[Claim]] = defaultdict(list)
    for claim in findings.claims:
        claims[claim.place].append(claim)
    spans: dict[Place, list[context.Span]] = {}
    for number in printed_numbers(document):
        if number.holder not in spans:
            spans[number.holder] = context.spans(fold_digits(number.text))
        carriers = [] if _covering(number, spans[number.holder]) == context.BAND else _carriers(number, claims[number.holder])
        reason = None if carriers else _context(number, spans[number.holder], claims[number.holder], findings.marks)
        if carriers:
            disposition = "fact"
        elif reason:
            disposition = "context"
        else:
            disposition = "unclaimed"
            reason = findings.refusals.get(number.holder) or "没有读出"
        row = {
            "source_ref": number.place.ref,
            "printed": number.printed,
            "surroundings": _surroundings(number),
            "part": parts.get(number.holder, "table" if number.block == "table" else "text"),
            "disposition": disposition,
            "reason": reason,
            "column_read": carriers[0].column if carriers else None,
        }
        yield number, row, carriers


def _carriers(number: Printed, claims: Iterable[Claim]) -> list[Claim]:
    if number.block in _PARAGRAPHS:
        return []  # it may stand on the line of a fact, and is none
    found = []
    for claim in claims:
        if claim.start is not None and claim.end is not None:
            if claim.start < number.end and number.start < claim.end and abs(number.value) == abs(claim.row[claim.column]):
                found.append(claim)
        elif _holds(claim, number) or (claim.column in _AS_PRINTED and len(number.text) <= _SHORT):
            found.append(claim)
    return found


def _holds(claim: Claim, number: Printed) -> bool:
    """Is this number what the claim's own column holds? Its sign may be printed apart from it (△916.5)."""
    held = [claim.row.get(name) for name in (claim.column, f"{claim.column}_printed", f"{claim.column}_value")]
    return number.value in held or -number.value in held


def _context(number: Printed, spans: list[context.Span], claims: list[Claim], marks: dict[Place, str]) -> str | None:
    if number.block in _PARAGRAPHS:
        return _PARAGRAPHS[number.block]
    covering = _covering(number, spans)
    if covering and not _is_whole_cell(number, covering):
        return covering
    if number.holder in marks:
        return marks[number.holder]
    if any(claim.column in _NAMES for claim in claims):
        return "名称中的数字"
    if any(claim.column in _CRITERIA for claim in claims):
        return "评分标准"
    return None


def _is_whole_cell(number: Printed, reason: str) -> bool:
    """A cell that prints nothing but a figure is no year, code or list mark for its looks alone: its header would have to say so."""
    return (
        number.block == "table"
        and reason in _LOOKS
        and number.text[: number.start].strip(" （(") == ""
        and number.text[number.end :].strip(" ）)") == ""
    )


def _covering(number: Printed, spans: list[context.Span]) -> str | None:
    return next((span.reason for span in spans if span.start <= number.start < span.end), None)


def _surroundings(number: Printed) -> str:
    return number.text[max(0, number.start - _AROUND) : number.end + _AROUND]
