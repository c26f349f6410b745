"""Money tables whose cells do not say where they belong: what can be told is read, what cannot is set aside."""

import openpyxl

from flows.readers import read
from flows.understand import understand

_HEAD = "示例市样本局2023年度部门决算\n“三公”经费支出决算表\n单位：万元\n"


def of_text(tmp_path, text):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf8")
    return understand(read(path), path.name).findings


def of_sheet(tmp_path, rows):
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, start=1):
        for col, value in enumerate(row, start=1):
            book.active.cell(number, col).value = value
    book.save(tmp_path / "report.xlsx")
    return understand(read(tmp_path / "report.xlsx"), "report.xlsx").findings


def amounts(found):
    return [(row["line_name"], row["column_name"], str(row["amount_printed"])) for row in found.rows.get("accounts", ())]


def test_a_header_whose_merged_cells_are_lost_is_put_together_by_its_words(tmp_path):
    found = of_text(
        tmp_path, _HEAD + "合计\t公务用车购置及运行费\t公务接待费\n小计\t公务用车购置费\t公务用车运行费\n5.5\t3.5\t1.0\t2.5\t2.0\n"
    )
    assert amounts(found)[-2:] == [(None, "公务用车购置及运行费/公务用车运行费", "2.5"), (None, "公务接待费", "2.0")]


def test_a_header_that_fits_in_several_ways_is_set_aside(tmp_path):
    found = of_text(tmp_path, _HEAD + "合计\t甲项费用\t乙项费用\n小计\t其一\t其二\n5.5\t3.5\t1.0\t2.5\t2.0\n")
    assert not amounts(found)
    assert [row["reason"] for row in found.set_aside if row["scope"] == "table"] == ["表头的格数少于数据，栏目不能确定"]


def test_figures_below_an_empty_row_go_on_with_the_table_above(tmp_path):
    rows = [
        ["示例市样本局2023年度收入支出决算总表"],
        ["", "", "", "单位：元"],
        ["收入", "决算数", "支出", "决算数"],
        ["一、财政拨款收入", 5.5, "一、教育支出", 5.5],
        ["二、其他收入", "-"],
        [],
        ["收入总计", 5.5, "支出总计", 5.5],
    ]
    assert [line for line, _, _ in amounts(of_sheet(tmp_path, rows))] == ["一、财政拨款收入", "一、教育支出", "收入总计", "支出总计"]


def test_the_code_of_a_unit_is_no_part_of_its_name(tmp_path):
    rows = [
        ["示例市样本局2023年部门收入总表"],
        ["", "", "", "单位：元"],
        ["部门（单位）代码", "部门（单位）名称", "合计", "财政拨款"],
        ["205001", "示例市样本局本级", 5.5, 5.5],
        ["205002", "示例市样本中心", 6.5, 6.5],
    ]
    found = of_sheet(tmp_path, rows)
    assert [line for line, _, _ in amounts(found)] == ["示例市样本局本级"] * 2 + ["示例市样本中心"] * 2
    assert {row["code"] for row in found.rows["accounts"]} == {None}


def test_amounts_in_brackets_are_negative_and_say_so(tmp_path):
    rows = [
        ["示例市样本局2023年度收入支出决算总表"],
        ["", "单位：元"],
        ["项目", "决算数"],
        ["年初结转和结余", "(15,230.60)"],
        ["收入总计", "（5.50）"],
    ]
    found = of_sheet(tmp_path, rows)
    assert [(str(row["amount_yuan"]), row["inferred"]) for row in found.rows["accounts"]] == [
        ("-15230.60", "括号里的金额按负数读"),
        ("-5.50", "括号里的金额按负数读"),
    ]


def test_a_code_and_a_name_in_one_cell(tmp_path):
    def read_under(header):
        rows = [["示例市样本局2023年度支出决算表"], ["", "", "", "单位：元"], [header, "合计", "基本支出", "项目支出"]]
        lines = [["208 示例支出", 5.5, 3, 2.5], ["[2080201]示例运行", 5.5, 3, 2.5], ["2080202-样本运行", 5.5, 3, 2.5]]
        found = of_sheet(tmp_path, rows + lines)
        return list(dict.fromkeys((row["code"], row["line_name"]) for row in found.rows["accounts"]))

    assert read_under("功能分类科目") == [("208", "示例支出"), ("2080201", "示例运行"), ("2080202", "样本运行")]
    assert read_under("项目")[0] == (None, "208 示例支出")  # a number before a name may be anything
