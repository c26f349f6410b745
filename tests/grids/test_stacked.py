"""Lists in blocks side by side, from tables built by hand."""

import pytest

from flows.document import Cell, Document, Paragraph, Place, Table
from flows.grids.stacked import stacked
from flows.understand import understand

HEAD = ["序号", "项目名称", "全年预算数", "全年执行数", "自评得分"]


def table(*rows):
    lines = [tuple(Cell(text, text, Place(table=1, row=r, col=c + 1), c) for c, text in enumerate(row)) for r, row in enumerate(rows, 1)]
    return Table(tuple(lines), Place(table=1), exact=True, width=max(len(row) for row in rows))


def texts(found):
    return [[cell.text for cell in row] for row in found.rows]


@pytest.mark.parametrize("count", [2, 3])
def test_blocks_come_one_below_the_other_and_keep_their_places(count):
    lines = [[str(n), f"样本{n}", "5", "4", "90"] for n in range(1, 2 * count + 1)]
    side_by_side = table(HEAD * count, *([text for line in lines[odd::2] for text in line] for odd in (0, 1)))
    found = stacked(side_by_side)
    assert [row for row in texts(found) if row != HEAD] == [line for n in range(count) for line in lines[2 * n : 2 * n + 2]]
    assert {cell.col for row in found.rows for cell in row} == set(range(len(HEAD)))
    assert sorted(cell.place.ref for row in found.rows for cell in row) == sorted(c.place.ref for row in side_by_side.rows for c in row)


@pytest.mark.parametrize(
    "head", [HEAD, [*HEAD, "备注"], ["项目", "金额", "项目", "金额"], [*HEAD, "序号", "项目名称", "全年预算数", "全年执行数", "备注"]]
)
def test_a_header_that_does_not_come_again_is_left(head):
    one = table(head, ["1"] * len(head))
    assert stacked(one) is one


def test_no_projects_score_is_read_from_the_block_beside_it():
    rows = [
        HEAD * 2,
        ["1", "样本甲", "10.00", "9.00", "95", "2", "样本乙", "20.00", "19.00", "98"],
        ["", "", "", "", "", "3", "样本丙", "7.00", "6.00", "91"],
    ]
    lines = ["杭州市示例局2022年度项目绩效自评得分情况表", "单位：万元"]
    document = Document("text", (*(Paragraph(line, Place(line=n)) for n, line in enumerate(lines, 1)), table(*rows)))
    tasks = understand(document, "示例.pdf").findings.rows["tasks"]
    read = [(task["task_name"], int(task["budget_yuan"]), int(task["executed_yuan"]), int(task["score"])) for task in tasks]
    assert read == [("样本甲", 100000, 90000, 95), ("样本乙", 200000, 190000, 98), ("样本丙", 70000, 60000, 91)]
