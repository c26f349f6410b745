"""Misprints that a sample plans, so that an audit has something to find."""

from dataclasses import replace
from decimal import Decimal

from flows.typeset.facts import AccountBlock, AccountLine, AccountTable
from flows.typeset.source import Facts


def with_slips(tables: tuple[AccountTable, ...], facts: Facts, year: int) -> tuple[AccountTable, ...]:
    """The tables as printed: one cell of one table is wrong for each slip of the year."""
    for slip in facts.get("slip", ()):
        if slip["year"] == year:
            tables = tuple(_misprinted(table, slip) if table.number == slip["table"] else table for table in tables)
    return tables


def _misprinted(table: AccountTable, slip: Facts) -> AccountTable:
    def line_of(block: AccountBlock, line: AccountLine) -> AccountLine:
        if line.code != str(slip["code"]):
            return line
        position = [path[-1] for path in block.columns].index(slip["column"])
        amounts = list(line.amounts)
        amounts[position] = Decimal(slip["printed"])
        return replace(line, amounts=tuple(amounts))

    blocks = (replace(block, lines=tuple(line_of(block, line) for line in block.lines)) for block in table.blocks)
    return replace(table, blocks=tuple(blocks))
