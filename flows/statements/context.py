"""Numbers that measure nothing: dates, list marks, document numbers, names … each with its reason.

``spans`` finds them in a text; what they cover is no measure. Order matters only for the reason that is given.
"""

import re
from dataclasses import dataclass

BAND = "评分档次（定性指标的上下限）"  # 全部或基本达成预期指标100%-80%（含）: the band is the result, its bounds measure nothing
_D = r"[-—–~～至、和]"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "界限（界定类别或规则）",
        r"单价(?:在)?\s*\d+(?:\.\d+)?\s*(?:万元|元)?(?:[（(]含[）)])?(?:以上|以下)?"
        r"|(?<!达)(?<!达到)(?<!为)\d+(?:\.\d+)?\s*(?:[%％分元]|万元|个百分点)?(?:\s*[-—–~～至]\s*\d+(?:\.\d+)?\s*(?:[%％分元]|万元)?)?(?:[（(]含[）)])?(?:[及或]?以[上下内](?:[（(][^）)]{1,8}[）)])?)?的(?:项目|资金|设备|车辆|指标|单位|企业|部分|事项)"
        r"|(?<!达)(?<!达到)(?<!为)(?<![\d.,，])\d[\d,，]*(?:\.\d+)?\s*(?:[%％分元人岁年]|万元|周岁|平方米)?(?:[（(]含[）)])?[及或]?以[上下]的(?=[\u4e00-\u9fff])"
        r"|\d+\s*周?岁(?:[（(]含[）)])?[及或]?以[上下]|[（(]\s*\d+(?:\.\d+)?\s*分(?:[（(]含[）)])?[及或]?以[上下]\s*[）)]"
        # 90（含）-100分为优, 60分以下为差: the bounds of grades
        r"|\d+(?:\.\d+)?\s*分?(?:[（(]不?含[）)])?\s*[-—–~～至]\s*\d+(?:\.\d+)?\s*分?(?:[（(]不?含[）)])?\s*(?:的?为|[:：])?\s*(?:“?[优良中差]|较差|较好|合格|不合格|一般)"
        r"|\d+(?:\.\d+)?\s*分?(?:[（(]不?含[）)])?以[上下](?:[（(]不?含[）)])?的?为?\s*(?:“?[优良中差]|较差|较好|合格|不合格|一般)",
    ),
    (BAND, r"(?:达成|完成|效果|预期)[^，。；\d]{0,14}\d+(?:\.\d+)?\s*[%％]\s*[-—–~～至]\s*\d+(?:\.\d+)?\s*[%％]"),
    ("网址", r"https?://\S+|www\.\S+"),
    ("文件名称", r"《[^《》]{0,120}》"),
    ("文号", r"[〔﹝\[【（(„“]\s*(?:19|20)\d{2}\s*[〕﹞\]】）)‟”]\s*第?\s*\d+\s*号|第?\s*\d+\s*号(?=[）)》，。、文令]|$)"),
    ("日期", r"(?:19|20)\d{2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}"),
    ("比例", r"(?<![\d.:：])\d+(?:\.\d+)?\s*[:：]\s*\d+(?:\.\d+)?(?![\d.:：])(?=[的分承配]|$|[，。；、)）])"),
    ("时间", r"(?<![\u4e00-\u9fff\d.])\d{1,2}:\d{2}(?::\d{2})?(?!\d|[个项次家人件%])|(?<=[午晚日号时])\s*\d{1,2}[:：]\d{2}(?!\d)"),
    ("年份", rf"(?:19|20)\d{{2}}\s*年?\s*{_D}\s*(?:19|20)\d{{2}}\s*年度?"),
    (
        "日期",
        rf"(?:(?:(?:19|20)\d{{2}}|(?<!\d)\d{{2}})\s*年\s*)?(?:\d{{1,2}}\s*月?\s*{_D}\s*)*(?<![\d.个])\d{{1,2}}\s*月份?(?!数|均)(?:\s*(?:\d{{1,2}}\s*{_D}\s*)?\d{{1,2}}\s*[日号])?",
    ),
    ("年份", r"(?<!\d)(?:19|20)\d{2}\s*年"),
    ("年份", r"(?<!\d)[12]\d年(?=[因度底初末我全，])"),
    ("年份", r"(?<!\d)(?:19|20)\d{2}(?=部门|单位|财政|预算|决算)"),
    ("年份", r"(?<!\d)20[0-4]\d\s*$"),
    ("序次", r"第\s*\d+(?:\.\d+)?"),
    (
        "图表编号",
        r"公开\s*\d{1,2}\s*表|(?:(?:附件|附表|附图|专栏)\s*\d+(?:[.-]\d+)*|(?:(?<![\u4e00-\u9fff])|(?<=[见如（(、，。：:“]))(?:图|表|公开)\s*\d+(?:[.-]\d+)*)(?![.\d]*\s*(?:人|份|张|条|件|个|次))",
    ),
    (
        "列表序号",
        r"(?:^|(?<=[。；;：:！\s]))\s*(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}(?:\s*[、．]|\.(?!\d)|\.(?=(?:19|20)\d{2}\s*年)|(?:[-.]\d{1,2}){1,3}\s*、)|(?:目标|任务|指标)\d{1,2}[:：]|目标\d{1,2}[:：]|任务\d{1,2}[:：])",
    ),
    ("列表序号", r"^\s*(?:\d{1,2}[-－]){1,3}\d{1,2}\s*、|^\s*(?:\d{1,2}[-－]){2,3}\d{1,2}(?!\d)"),
    ("热线名称", r"\d{5}(?=平台|热线|电话|便民)"),
    ("字母代号", r"[A-Za-z][A-Za-z/]*\d+(?:\.\d+)?|\d+(?:\.\d+)?[A-Za-z]+"),
    ("目录页码", r"[.．·…]{4,}\s*\d{1,3}\s*$"),
    ("编码", r"(?<![\d.,，])\d{8,}(?![\d.,，]|\s*[元万亿%％人])"),
)
_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` measures nothing, for ``reason``."""

    start: int
    end: int
    reason: str


# A table run together on one line keeps its line numbers: they count up one by one, among whatever stands between.
_LINE_NUMBER = re.compile(r"(?<![\d.,，])\d{1,3}(?=[ \t\u3000]|$)(?!\s*(?:元|万元|%|％|人|个|项|家|件|次))")
_RUN = 6


def _line_numbers(text: str) -> list[Span]:
    found: list[Span] = []
    run: list[re.Match[str]] = []
    for match in _LINE_NUMBER.finditer(text):
        if run and int(match.group()) != int(run[-1].group()) + 1:
            found += [Span(m.start(), m.end(), "行次") for m in run if len(run) >= _RUN]
            run = []
        run.append(match)
    return found + [Span(m.start(), m.end(), "行次") for m in run if len(run) >= _RUN]


def spans(text: str) -> list[Span]:
    """The spans of ``text`` (digits folded) whose numbers measure nothing, in order."""
    found = [Span(m.start(), m.end(), reason) for reason, pattern in _COMPILED for m in pattern.finditer(text) if m.group().strip()]
    found += _line_numbers(text)
    return sorted(found, key=lambda span: (span.start, -span.end))
