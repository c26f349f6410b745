"""The ledger as rows of the staged table ``numbers``, and summed up."""

from collections import Counter
from dataclasses import dataclass

from flows.document import Document
from flows.findings import Findings, Row
from flows.ledger.account import account
from flows.values.text import digits_of


@dataclass(frozen=True, slots=True)
class Ledger:
    """``rows`` for the staged table, how many of each disposition, and the digits they hold (bookmark marks included), but for those on
    pages that were recognised from pictures: nothing counts these a second time."""

    rows: list[Row]
    totals: dict[str, int]
    digits: int | None


def ledger(report_key: str, document: Document, findings: Findings, parts: dict, fact_ids: dict[int, str]) -> Ledger:
    """The ledger of a report. ``fact_ids``: fact by the id() of its row in ``findings``; a row without one was refused."""
    rows: list[Row] = []
    totals: Counter[str] = Counter()
    digits = 0
    staged = Findings(
        findings.rows,
        findings.set_aside,
        [claim for claim in findings.claims if id(claim.row) in fact_ids],
        findings.marks,
        findings.refusals,
    )
    for number, row, carriers in account(document, staged, parts):
        ids = list(dict.fromkeys(fact_ids[id(claim.row)] for claim in carriers))
        row |= {
            "report_key": report_key,
            "number_no": len(rows) + 1,
            "fact_id": ids[0] if ids else None,
            "other_fact_ids": " ".join(ids[1:]) or None,
        }
        rows.append(row)
        totals[row["disposition"]] += 1
        if number.is_digits and number.place.page not in document.ocr_pages:
            digits += digits_of(number.printed)
    return Ledger(rows, dict(totals), None if document.ocr_pages and len(document.ocr_pages) == document.pages else digits)
