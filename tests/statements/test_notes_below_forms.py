"""Notes that say how a form is scored measure nothing; all else below a form is text."""

import pytest

from flows.document import Cell, Document, Paragraph, Place, Table
from flows.understand import understand

ROWS = [
    ["项目名称", "示例项目", "", "", "", ""],
    ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "得分"],
    ["产出指标", "数量指标", "检查次数", "≥3次", "4次", "10"],
]
SCORING = "注：1.得分不超过该指标分值上限。2.定性指标分为三档，分别按照100%-80%（含）、80%-60%（含）、60%-0%合理确定分值。"


def statements(*below):
    rows = tuple(tuple(Cell(t, t, Place(line=2, table=1, row=r, col=c + 1), c) for c, t in enumerate(row)) for r, row in enumerate(ROWS, 1))
    title = Paragraph("杭州市示例局2022年度项目支出绩效自评表", Place(line=1))
    notes = (Paragraph(text, Place(line=n)) for n, text in enumerate(below, 3))
    document = Document("text", (title, Table(rows, Place(line=2, table=1), exact=True, width=6), *notes))
    found = understand(document, "示例.txt").findings
    return [str(row["value"]) for row in found.rows.get("statements", []) if row["form_no"] is None], found


@pytest.mark.parametrize("notes", [(SCORING,), ("注：1.得分不超过分值上限。", "2.定性指标按照100%-80%（含）、80%-60%（含）合理确定分值。")])
def test_how_a_form_is_scored_is_no_measure(notes):
    values, found = statements(*notes)
    assert values == []
    assert [found.marks.get(Place(line=3 + n)) for n in range(len(notes))] == ["表注"] * len(notes)


@pytest.mark.parametrize("text", ["注：本项目年中追加资金20万元。", "1.评分情况：本项目支出20万元，分值已按规定确定。"])
def test_what_else_stands_below_a_form_is_text(text):
    assert statements(text)[0] == ["20"]
