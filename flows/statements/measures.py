"""Which numbers of a text measure something: those with a unit that no date, name or mark covers."""

import re
from dataclasses import dataclass

from flows.statements import context
from flows.statements.phrases import direction_of
from flows.values.numbers import NumberSpan, find_chinese_numerals, find_numbers, fold_digits
from flows.values.units import Unit, unit_at

RANGE = re.compile(r"\s*[-—–~～至]\s*$")
_RANGE_GOES_ON = re.compile(r"\s*[-—–~～至]+\s*\d")


# Words before a bare 万 or 亿 that make it money.
_MONEY_NAMED = re.compile(
    r"支出|收入|资金|费|金额|总额|资产|预算|决算|投资|补助|补贴|奖|款|税|价值|原值|净值|成本|余额|结余|基金|拨付|投入|到位|财政|债|利润|产值|收支|采购|合同"
)


@dataclass(slots=True)
class Measure:
    """A number with its unit; ``end`` is after the unit."""

    span: NumberSpan
    unit: Unit | None
    end: int
    inferred: str | None = None


def measures(text: str) -> list[Measure]:
    """The measured numbers of ``text`` (digits folded), in order."""
    covered = context.spans(text)
    found: list[Measure] = []
    pending: NumberSpan | None = None
    for span in sorted([*find_numbers(text), *find_chinese_numerals(text)], key=lambda number: number.start):
        if any(c.start <= span.start < c.end for c in covered):
            pending = None
            continue
        at = span.end
        while at < len(text) and text[at] in " \u3000\xa0":
            at += 1
        if at < len(text) and text[at] in "余多" and not text.startswith("多个", at):
            at += 1
        unit = unit_at(text, at)
        if unit is None or unit.printed in ("月",) or _is_name_unit(text, at, unit):
            pending = span if unit is None and _RANGE_GOES_ON.match(text[span.end :]) else None
            if unit is None and text[span.start] == "零":
                found.append(Measure(span, None, span.end, "数字写作“零”，没有印单位"))
            elif unit is None and direction_of(text[max(0, span.start - 6) : span.start]) and re.match(r"\s*[，。；,]", text[span.end :]):
                found.append(Measure(span, None, span.end, "数字后漏印单位"))
            continue
        if pending is not None and RANGE.fullmatch(text[pending.end : span.start]):
            found.append(Measure(pending, unit, pending.end, "区间的下限，单位印在上限之后"))
        if unit.printed in ("万", "亿") and not _MONEY_NAMED.search(text[max(0, span.start - 16) : span.start]):
            unit = Unit(unit.printed, "count", "", unit.factor)  # 受益人口12万: whatever is counted, it is no money
        pending = None
        found.append(Measure(span, unit, at + len(unit.printed)))
    return found


def unread_numbers(raw: str) -> list[NumberSpan]:
    """Numbers of a paragraph that are neither measured nor dates, marks, names: printed without a unit."""
    text = fold_digits(raw)
    covered = context.spans(text)
    measured = measures(text)
    return [
        span
        for span in find_numbers(text)
        if not any(c.start <= span.start < c.end for c in covered) and not any(m.span.start <= span.start < m.end for m in measured)
    ]


_AFTER_OUR = "年月期部单级局市县区院校馆站表"


def _is_name_unit(text: str, at: int, unit: Unit) -> bool:
    """A measure word that is part of a name: 2类人员 is counted, 5级 and 3款 in a law are not."""
    after = text[at + len(unit.printed) : at + len(unit.printed) + 1]
    if unit.printed == "本" and after in _AFTER_OUR and after:
        return True  # 2,872.11 本年支出合计: this year's, no books
    return unit.printed in ("级", "款", "类", "条", "本", "部", "度", "年", "股", "班", "面", "支") and after in ("第", "规", "之")
