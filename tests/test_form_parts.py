"""Parts of forms as bureaus lay them out in spreadsheets: small tables with known spans, read whole."""

from flows.document import Cell, Document, Paragraph, Place, Table
from flows.understand import understand

_TITLE = "项目支出绩效自评表"


def table(*rows):
    """A ruled table of rows of texts; (text, columns) or (text, columns, rows) are spans; None: the cell above goes on."""
    built, width, held = [], 0, {}
    for r, row in enumerate(rows, start=1):
        cells, col = [], 0
        for item in row:
            if item is None:
                text, (across, down) = "", held[col]
            else:
                text, across, down = (*item, 1)[:3] if isinstance(item, tuple) else (item, 1, 1)
                held[col] = (across, down)
            place = Place(page=1, table=1, row=r, col=col + 1)
            cells.append(Cell(text, text, place, col, across, down, item is None))
            col += across
        width = max(width, col)
        built.append(tuple(cells))
    return Table(tuple(built), Place(page=1, table=1), exact=True, width=width)


def read(*rows, title=_TITLE):
    lines = [Paragraph("示例市样本局2022年度绩效自评", Place(page=1, line=1)), Paragraph(title, Place(page=1, line=2))]
    found = understand(Document("xlsx", (*lines, table(*rows)), 1), "report.xlsx").findings
    return {
        name: [{**row} for row in found.rows.get(name, ())]
        for name in ("tasks", "goals", "fundings", "indicators", "evaluations", "set_aside")
    }


_INDICATORS = (
    ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "示例数量", "≥5个", "6个", "10", "10"),
)


def test_what_stands_below_the_label_of_the_tasks_is_no_task():
    found = read(
        ("部门名称", ("示例市样本局", 3)),
        (("年度任务", 1, 2), "任务名称", "主要内容", "全年预算数（元）"),
        (None, "示例任务", "示例内容", "5"),
        (("某某安排", 1, 2), "某某甲", ("某某乙", 2)),
        (None, "第一段。", ("第二段。", 2)),
        title="部门整体支出绩效自评表",
    )
    assert [row["task_name"] for row in found["tasks"]] == ["示例任务"]


def _wide(row):
    """The indicator's name over two columns, and a column at the right that nobody sees."""
    return (*row[:2], (row[2], 2), *row[3:], "")


def test_a_line_across_all_columns_is_no_indicator():
    found = read(("项目名称", ("示例项目", 7), "内部编码"), *map(_wide, _INDICATORS), (("填表人：某某", 9),))
    assert [row["level3"] for row in found["indicators"]] == ["示例数量"]


def test_a_note_may_leave_columns_empty_beside_it():
    found = read(("项目名称", ("示例项目", 7), "内部编码"), *map(_wide, _INDICATORS), (("备注：示例3条。", 8), ""))
    assert [row["level3"] for row in found["indicators"]] == ["示例数量"]
    assert not found["set_aside"]


def test_labels_of_goals_over_their_texts():
    found = read(("项目名称", ("示例项目", 6)), (("总体目标", 1, 2), ("年度目标", 6)), (None, ("完成示例任务。", 6)), *_INDICATORS)
    assert [row["goal_text"] for row in found["goals"]] == ["完成示例任务。"]


def test_goal_and_result_beside_their_labels():
    found = read(("项目名称", ("示例项目", 6)), ("年度目标", ("完成示例任务。", 2), "完成情况", ("已经完成。", 3)), *_INDICATORS)
    assert [(row["goal_text"], row["result_text"]) for row in found["goals"]] == [("完成示例任务。", "已经完成。")]


def test_a_list_of_targets_has_each_project_s_budget_and_goal():
    found = read(
        (("部门：示例市样本局", 6), ("金额单位：万元", 2)),
        ("项目名称", "预算数", "年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "权重"),
        ("示例项目", "3.50", "完成示例任务。", "产出指标", "数量指标", "示例数量", "≥5个", "10"),
        ("样本项目", "4.50", "完成样本任务。", "产出指标", "数量指标", "样本数量", "≥6个", "10"),
        title="项目支出绩效目标表",
    )
    assert [row["initial_budget_yuan"] for row in found["fundings"]] == [35000, 45000]
    assert [row["goal_text"] for row in found["goals"]] == ["完成示例任务。", "完成样本任务。"]
    assert not found["set_aside"]


def test_a_money_unit_in_a_cell_of_its_own_at_the_right():
    header = ("资金来源", "年初预算", "全年预算", "全年执行", "")
    found = read(
        ("项目名称", ("示例项目", 4)),
        header,
        ("年度资金总额", "3.50", "3.60", "3.40", "万元"),
        ("其中：财政拨款", "3.50", "3.60", "3.40", ""),
    )
    assert [row["executed_yuan"] for row in found["fundings"]] == [34000, 34000]


def test_a_list_with_the_initial_budget_and_the_year_s():
    found = read(
        ("项目名称", "年初预算", "预算调整", "全年预算", "全年执行"),
        ("合计", "5", "1", "6", "4"),
        ("示例项目", "5", "1", "6", "4"),
        (("填报日期：2023年1月5日", 5),),
        title="绩效自评情况汇总表（单位：元）",
    )
    (task,) = found["tasks"]
    assert [task[f"{name}_yuan"] for name in ("budget", "adjustment", "budget_total", "executed")] == [5, 1, 6, 4]
    assert [(row["funding_source"], row["initial_budget_yuan"], row["adjusted_budget_yuan"]) for row in found["fundings"]] == [
        ("合计", 5, 6)
    ]
    assert found["evaluations"][0]["form_kind"] == "task_list"


def test_lines_between_a_form_s_title_and_its_table_are_its_head():
    place = [Place(page=1, line=number) for number in range(1, 6)]
    lines = ["示例市样本局2022年度绩效自评", _TITLE, "项目名称：示例项目", "主管部门：示例市样本局", "本表由示例科填写。"]
    blocks = (*(Paragraph(text, at) for text, at in zip(lines, place, strict=True)), table(*_INDICATORS))
    (form,) = understand(Document("xlsx", blocks, 1), "report.xlsx").findings.rows["evaluations"]
    assert (form["form_title"], form["project_name"], form["department_name"]) == (_TITLE, "示例项目", "示例市样本局")


def test_the_budget_of_a_target_is_the_initial_one():
    indicators = [(*row[:4], *row[5:6]) for row in _INDICATORS]
    found = read(("项目名称", ("示例项目", 4)), ("预算金额（元）", ("5.50", 4)), *indicators, title="项目支出绩效目标表")
    (funds,) = found["fundings"]
    assert (str(funds["initial_budget_yuan"]), funds.get("adjusted_budget_yuan")) == ("5.50", None)


def test_goals_of_the_term_and_of_the_year_stand_below_their_names():
    head = ("项目名称", ("示例项目", 3))
    names = (("总体目标", 1, 2), ("实施期目标", 2), "年度目标")
    found = read(head, names, (None, ("三年完成示例任务。", 2), "2022年完成5项。"), *_INDICATORS, title="项目支出绩效目标表")
    assert [row["goal_text"] for row in found["goals"]] == ["三年完成示例任务。", "2022年完成5项。"]
    assert found["set_aside"] == []


def test_a_name_with_its_goal_beside_it_is_no_header_over_goals():
    found = read(("项目名称", ("示例项目", 3)), ("年度目标", ("完成示例任务。", 3)), *_INDICATORS, title="项目支出绩效目标表")
    assert [row["goal_text"] for row in found["goals"]] == ["完成示例任务。"]
