"""What stands above a money table: number, title, unit, bureau, whether in paragraphs, rows of its own or a small table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.document import LOOSE_CELLS, Block, Paragraph, Table
from flows.money import words
from flows.values.text import clean, squash
from flows.values.units import money_unit_in

_BUREAU = re.compile(r"(?:编制|填报|公开)?(?:部门|单位)(?:名称)?[:：]\s*([^\s:：]{3,40}?)(?=\s|(?:金额)?单位[:：]|20\d\d年|$)")
# A unit that a title's brackets declare is no part of the title.
_UNIT_AFTER = re.compile(r"\s*[（(](?:金额)?单位[:：][^（()）]*[)）]$")
# Above a table more blocks than this are not its caption.
_LOOK_BACK = 5


@dataclass(slots=True)
class Caption:
    """Of one table; None where nothing is printed."""

    number: str | None = None
    title: str | None = None
    unit: str | None = None
    bureaus: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def read(self, text: str) -> bool:
        """Takes in one printed line; False where it is no part of a caption."""
        folded = squash(text)
        if not folded:
            return True
        number = words.table_number(text)
        bare, listed = words.without_number(clean(text))
        unit = money_unit_in(text) or (folded if folded in ("元", "千元", "万元", "亿元") else None)  # 万元 alone at a caption's end
        bureau = _BUREAU.search(text.replace("\u3000", " "))
        name = bureau.group(1) if bureau and not money_unit_in("单位：" + bureau.group(1)) else None
        if number:
            self.number = self.number or number
        elif words.is_title(bare) or words.is_title_end(bare):
            if self.title is None:
                self.title = _UNIT_AFTER.sub("", bare)
                self.number = self.number or (listed if "表" in text[:6] else None)
        elif not (unit or name or re.fullmatch(r"\(?20\d\d年度?\)?", folded)):
            return False
        if unit and self.unit is None:
            self.unit = unit
        if name:
            self.bureaus.append(name)
        self.lines.append(text)
        return True

    def inherit(self, before: "Caption") -> None:
        """Takes over what this caption does not say from that of the table it goes on from."""
        self.number = self.number or before.number
        self.title = self.title or before.title
        self.unit = self.unit or before.unit

    def goes_on_from(self, text: str) -> bool:
        """Takes in the line above a title's second line: 收入支出 above 决算总表, which names no table by itself."""
        if self.title is None or not words.is_title_end(self.title) or not words.begins_title(text):
            return False
        bare, listed = words.without_number(clean(text))
        self.title = bare + self.title
        self.number = self.number or listed
        self.lines.append(text)
        return True


def caption_above(blocks: list[Block], index: int) -> Caption:
    """The caption of the table at ``blocks[index]``, from the blocks before it (nearest first)."""
    caption = Caption()
    passed = False
    for block in reversed(blocks[max(0, index - _LOOK_BACK) : index]):
        if isinstance(block, Paragraph):
            if block.kind == LOOSE_CELLS:
                break  # what stands above them is theirs
            if block.kind != "text":
                continue
            if caption.goes_on_from(block.text):
                continue
            if not caption.read(block.text):
                # one short line that says something else (填报日期 …) may stand between a table and its title
                if passed or caption.title or len(squash(block.text)) > 20:
                    break
                passed = True
        elif not _read_small_table(caption, block):
            break
        if caption.title and caption.unit and caption.number and not words.is_title_end(caption.title):
            break
    return caption


def is_caption_table(table: Table) -> bool:
    """A table that only holds caption lines (公开01表, 部门：… 单位：万元)."""
    texts = [cell.text for row in table.rows for cell in row if cell.text]
    return len(table.rows) <= 4 and 0 < len(texts) <= 8 and all(Caption().read(text) for text in texts)


def _read_small_table(caption: Caption, table: Table) -> bool:
    if not is_caption_table(table):
        return False
    for text in _texts(table):
        caption.read(text)
    return True


def _texts(table: Table) -> Iterable[str]:
    return (cell.text for row in table.rows for cell in row if cell.text)


def caption_rows(table: Table) -> tuple[Caption, int]:
    """The caption inside a table's first rows, and how many rows it takes."""
    caption = Caption()
    taken = 0
    for row in table.rows[:4]:
        cells = [cell for cell in row if cell.text]
        lines = [line for cell in cells for line in cell.raw.split("\n")]
        if len(cells) > 3 or not cells or not all(Caption().read(line) for line in lines):
            break
        # A first row such as 收入 | 支出 is a header, not a caption: a caption says a unit, a number or a title.
        probe = Caption()
        for line in lines:
            probe.read(line)
        if not (probe.unit or probe.number or probe.title or probe.bureaus):
            break
        for line in lines:
            caption.read(line)
        taken += 1
    return caption, taken
