"""Multi-row headers become columns with the path of their labels."""

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.document import Cell, Place
from flows.grids.columns import Column, exact_columns, ragged_columns

LAW = settings(deadline=None, max_examples=60)
STUBS = {"项目", "编码", "名称", "科目编码", "科目名称", "行次"}


def cell(text, col=0, colspan=1, covered=False):
    return Cell(text, text, Place(), col, colspan, covered=covered)


def row(*texts):
    """A row of which only the order of cells is known, or of single grid cells."""
    return tuple(cell(text, col) for col, text in enumerate(texts))


def names(columns):
    return [column.name for column in columns]


def ragged(*rows):
    return names(ragged_columns([row(*texts) for texts in rows], STUBS.__contains__))


def test_a_column_has_its_path_its_label_and_its_name():
    column = Column(("收入", "金额"), 2, 3)
    assert (column.name, column.label) == ("收入/金额", "金额")
    assert (Column((), 0, 1).name, Column((), 0, 1).label) == ("", "")


# The grid is known


def test_labels_over_a_column_make_its_path():
    header = [
        (cell("项目", 0, 2), cell("合计", 2), cell("其中", 3, 2)),
        (cell("编码", 0), cell("名称", 1), cell("合计", 2, covered=True), cell("基本支出", 3), cell("项目支出", 4)),
    ]
    columns = exact_columns(header, [])
    assert names(columns) == ["项目/编码", "项目/名称", "合计", "其中/基本支出", "其中/项目支出"]
    assert [(column.left, column.right) for column in columns] == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]


def test_three_rows_of_header():
    header = [
        (cell("本年支出", 0, 3),),
        (cell("合计", 0), cell("财政拨款", 1, 2)),
        (cell("合计", 0, covered=True), cell("一般公共预算", 1), cell("政府性基金", 2)),
    ]
    assert names(exact_columns(header, [])) == ["本年支出/合计", "本年支出/财政拨款/一般公共预算", "本年支出/财政拨款/政府性基金"]


def test_the_body_says_how_fine_the_columns_are():
    columns = exact_columns([(cell("科目编码", 0, 3), cell("金额", 3))], [row("208", "05", "01", "5.00")])
    assert names(columns) == ["科目编码", "科目编码", "科目编码", "金额"]


def test_a_merged_row_of_the_body_does_not_coarsen_the_columns():
    body = [(cell("合计", 0, 2), cell("5", 2)), row("208", "示例支出", "5")]
    assert len(exact_columns([(cell("项目", 0, 2), cell("金额", 2))], body)) == 3


def test_a_label_printed_again_below_is_not_repeated_and_blanks_inside_go():
    assert names(exact_columns([row("金 额"), row("金\u3000额")], [])) == ["金额"]


def test_columns_without_any_label_stay():
    assert names(exact_columns([row("项目", "")], [row("示例", "5")])) == ["项目", ""]


def test_no_header_no_columns():
    assert exact_columns([], []) == []
    assert ragged_columns([], STUBS.__contains__) == []


@LAW
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_exact_columns_tile_the_grid(widths):
    top, below, left = [], [], 0
    for number, width in enumerate(widths):
        top.append(cell(f"组{number}", left, width))
        below += [cell(f"列{left + i}", left + i) for i in range(width)]
        left += width
    columns = exact_columns([tuple(top), tuple(below)], [])
    assert [column.left for column in columns] == list(range(left))
    assert all(column.right == column.left + 1 for column in columns)
    assert names(columns) == [f"组{number}/列{at}" for at, number in enumerate(n for n, width in enumerate(widths) for _ in range(width))]


# Only the order of cells is known


@LAW
@given(st.lists(st.sampled_from(["项目", "金额", "行次", "合计"]), min_size=1, max_size=12))
def test_one_row_of_header_is_its_own_columns(labels):
    assert ragged(labels) == labels


def test_an_empty_cell_means_the_cell_above_goes_on():
    assert ragged(("项目", "合计", "其中"), ("", "", "基本支出", "项目支出")) == ["项目", "合计", "其中/基本支出", "其中/项目支出"]


def test_cells_with_text_part_the_cell_above():
    assert ragged(("项目", "合计", "其中"), ("编码", "名称", "", "基本支出", "项目支出")) == [
        "项目/编码",
        "项目/名称",
        "合计",
        "其中/基本支出",
        "其中/项目支出",
    ]


def test_two_sides_of_like_columns():
    assert ragged(("收入", "支出"), ("项目", "金额", "项目", "金额")) == ["收入/项目", "收入/金额", "支出/项目", "支出/金额"]


def test_two_sides_of_unlike_width_are_parted_where_the_labels_begin_again():
    below = ("项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算", "政府性基金")
    assert ragged(("收入", "支出"), below) == [*(f"收入/{label}" for label in below[:3]), *(f"支出/{label}" for label in below[3:])]


def test_a_stub_heads_stubs_only():
    assert ragged(("项目", "收入", "支出"), ("编码", "名称", "财政拨款", "其他", "基本", "项目支出")) == [
        "项目/编码",
        "项目/名称",
        "收入/财政拨款",
        "收入/其他",
        "支出/基本",
        "支出/项目支出",
    ]


def test_three_levels_of_like_columns_on_two_sides():
    middle = ("合计", "出国（境）费", "用车费", "接待费")
    below = ("", "", "小计", "购置费", "运行费", "")
    side = ["合计", "出国（境）费", "用车费/小计", "用车费/购置费", "用车费/运行费", "接待费"]
    assert ragged(("预算数", "决算数"), middle * 2, below * 2) == [
        *(f"预算数/{name}" for name in side),
        *(f"决算数/{name}" for name in side),
    ]


def test_a_row_of_as_many_cells_lies_under_the_row_above():
    assert ragged(("项目", "金额"), ("编码", "万元")) == ["项目/编码", "金额/万元"]


def test_an_empty_row_and_a_shorter_row_add_nothing():
    assert ragged(("项目", "合计", "支出"), ("", "", "")) == ["项目", "合计", "支出"]
    assert ragged(("项目", "合计", "支出"), ("编码", "名称")) == ["项目", "合计", "支出"]


@LAW
@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_every_cell_of_the_last_row_is_one_column(children):
    """0: the label above goes on (an empty cell); single filled groups between empty ones can be told with certainty."""
    top, below, expected = [], [], []
    for number, count in enumerate(children):
        for label, amount in ((f"组{number}", count), (f"空{number}", 0)):  # an empty cell after each group parts it from the next
            top.append(label)
            below += [f"列{number}{i}" for i in range(amount)] or [""]
            expected += [f"{label}/列{number}{i}" for i in range(amount)] or [label]
    assert ragged(top, below) == expected


@LAW
@given(
    top=st.lists(st.sampled_from(["项目", "收入", "支出", "合计"]), min_size=1, max_size=4, unique=True),
    below=st.lists(st.sampled_from(["", "项目", "金额", "行次", "小计"]), min_size=1, max_size=9),
)
def test_no_label_of_the_first_row_is_lost_or_moved(top, below):
    found = ragged_columns([row(*top), row(*below)], STUBS.__contains__)
    assert len(found) in (len(top), len(below))
    assert list(dict.fromkeys(column.path[0] for column in found)) == top
    assert [(column.left, column.right) for column in found] == [(at, at + 1) for at in range(len(found))]


def test_where_merged_cells_left_nothing_behind_words_and_width_tell_the_one_label_that_is_parted():
    def six_wide(*children):
        return names(ragged_columns([row("合计", "出国费", "用车购置及运行费", "接待费"), row(*children)], STUBS.__contains__, 6))

    parted = [f"用车购置及运行费/{child}" for child in ("小计", "用车购置费", "用车运行费")]
    assert six_wide("小计", "用车购置费", "用车运行费") == ["合计", "出国费", *parted, "接待费"]
    assert six_wide("小计", "甲费", "乙费") == ["合计", "出国费", "用车购置及运行费", "接待费"]  # whose they are is a guess
    stubs = ragged_columns([row("项目", "合计", "支出"), row("编码", "名称")], {"项目", "编码", "名称"}.__contains__, 4)
    assert names(stubs) == ["项目/编码", "项目/名称", "合计", "支出"]
