"""Numbers that measure nothing: dates, list marks, document numbers, names … each with its reason.

``spans`` finds them in a text; what they cover is no measure. Order matters only for the reason that is given.
"""

import re
from dataclasses import dataclass

_N = r"\d[\d,，]*(?:\.\d+)?"
_INCLUDED = r"(?:[（(]不?含[^）)]{0,6}[）)])?"
_GRADE = r"(?:优秀?|良好?|中等?|较?差|较好|合格|不合格|一般)"
_MEASURED = r"[万亿元个台人件辆套次项家户场名份张条篇%％‰天年吨亩米]"  # what follows a measured number
BAND = "评分档次（定性指标的上下限）"  # 全部或基本达成预期指标100%-80%（含）: the band is the result, its bounds measure nothing
_D = r"[-—–~～至、和]"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "界限（界定类别或规则）",
        rf"单(?:价|笔)(?:在)?\s*{_N}\s*(?:万元|元)?{_INCLUDED}以[上下内]"
        rf"|(?<!达)(?<!达到)(?<!为)(?<![\d.])(?<!\d[,，]){_N}\s*(?:[分元人岁年天亩]|万元|周岁|平方米){_INCLUDED}[及或]?以[上下]的(?=[\u4e00-\u9fff])"
        rf"|(?<!达)(?<!达到)(?<!为)(?<![\d.])(?<!\d[,，]){_N}\s*[%％]{_INCLUDED}[及或]?以[上下]的(?=项目|指标)"
        rf"|{_N}\s*分?\s*[-—–~～至]\s*{_N}\s*分的(?=项目|指标|单位)"
        rf"|\d+\s*周?岁{_INCLUDED}[及或]?以[上下]|[（(]\s*{_N}\s*分{_INCLUDED}[及或]?以[上下]\s*[）)]"
        # 90（含）-100分为优, 60分以下为差: the bounds of grades
        rf"|{_N}\s*分?{_INCLUDED}\s*[-—–~～至]\s*{_N}\s*分?{_INCLUDED}\s*(?:的?为|[:：])?\s*“?{_GRADE}(?![\u4e00-\u9fff])"
        rf"|{_N}\s*分?{_INCLUDED}以[上下]{_INCLUDED}的?为?\s*“?{_GRADE}(?![\u4e00-\u9fff])",
    ),
    (BAND, r"(?:达成|完成|效果|预期)[^，。；\d]{0,14}\d+(?:\.\d+)?\s*[%％]\s*[-—–~～至]\s*\d+(?:\.\d+)?\s*[%％]"),
    ("公式", r"[×＊*xX]\s*100\s*[%％]"),
    ("网址", r"https?://[!-~]+|www\.[!-~]+"),
    ("文件名称", r"《[^《》]{0,120}》"),
    ("文号", r"[〔﹝\[【（(„“]\s*(?:19|20)\d{2}\s*[〕﹞\]】）)‟”]\s*第?\s*\d+\s*号|第?\s*\d+\s*号(?=[）)》，。、文令]|$)"),
    ("日期", r"(?:19|20)\d{2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}"),
    (
        "时间",
        r"\d{1,2}:\d{2}\s*[-—–~～至]\s*\d{1,2}:\d{2}(?!\d)|(?<![\u4e00-\u9fff\d.])\d{1,2}:\d{2}(?::\d{2})?(?!\d|[个项次家人件%])|(?<=[午晚日号时至\s\-—])\s*\d{1,2}[:：]\d{2}(?!\d)",
    ),
    ("比例", r"(?<![\d.:：])\d+(?:\.\d+)?\s*[:：]\s*\d+(?:\.\d+)?(?![\d.:：])(?=[的分承配]|$|[，。；、)）])"),
    ("年份", rf"(?:19|20)\d{{2}}\s*年?\s*{_D}\s*(?:19|20)\d{{2}}\s*年度?"),
    (
        "日期",
        rf"(?:(?:(?:19|20)\d{{2}}|(?<!\d)\d{{2}})\s*年\s*)?(?:(?<!\d)(?:1[0-2]|0?[1-9])\s*月?\s*{_D}\s*)*(?<![\d.个])\d{{1,2}}\s*月份?(?!数|均)(?:\s*(?:\d{{1,2}}\s*{_D}\s*)?\d{{1,2}}\s*[日号])?",
    ),
    ("年份", r"(?<!\d)(?:19|20)\d{2}\s*年"),
    ("年份", r"(?<!\d)[12]\d年(?=[因度底初末我全])"),
    ("年份", r"(?<!\d)(?:19|20)\d{2}(?=部门[预决]算|单位[预决]算|财政|预算|决算)"),
    ("年份", r"(?:^|(?<=年度)|(?<=年份)|(?<=[（(院局委会厅办府处]))\s*20[0-4]\d\s*[）)]?\s*$"),
    ("页码", r"第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页"),
    ("序次", r"第\s*\d+(?:\.\d+)?"),
    (
        "图表编号",
        r"公开\s*\d{1,2}\s*表|(?:(?:附件|附表|附图|专栏)\s*\d+(?:[.-]\d+)*|(?:(?<![\u4e00-\u9fff])|(?<=[见如（(、，。：:“]))(?:图|表|公开)\s*\d+(?:[.-]\d+)*)(?![.\d]*\s*(?:[人份张条件个次起期篇例项家户场套台名宗册批]|万|亿|元|%))",
    ),
    (
        "列表序号",
        r"(?:^|(?<=[。；;！\s])|(?<=[：:])(?=\s*[（(]?\s*1\s*[）)、．.]))\s*(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}(?:\s*[、．]|\.(?!\d)|\.(?=(?:19|20)\d{2}\s*年)|(?:[-.]\d{1,2}){1,3}\s*、)|(?:目标|任务|指标)\d{1,2}[:：])",
    ),
    ("列表序号", r"^\s*(?:\d{1,2}[-－]){1,3}\d{1,2}\s*、|^\s*(?:\d{1,2}[-－]){2,3}\d{1,2}(?!\d)"),
    ("热线名称", r"\d{5}(?=平台|热线|电话|便民)"),
    (
        "字母代号",
        rf"[A-Za-z][A-Za-z/]*\d+(?:\.\d+)?(?![\d.]|\s*(?:{_MEASURED}))"
        r"|\d+(?:\.\d+)?(?!(?:km|kg|kWh|kW|MW|cm|mm|ml|GB|TB|MB|ha|[tmLhgW])\d?(?![A-Za-z]))[A-Za-z]+",
    ),
    ("电话号码", r"(?:电话|手机号?码?|传真|联系方式)\s*[:：]\s*[(（]?\d{3,4}[)）]?\s*[-—－–]?\s*\d{7,8}(?!\d)"),
    ("目录页码", r"[.．·…]{4,}\s*\d{1,3}\s*$|^\s*(?:第[一二三四五六七八九十]+[部章节篇]|附[件表录])[^\t]*\t\s*\d{1,3}\s*$"),
    (
        "编码",
        rf"(?<![\d.,，])\d{{11,}}(?![\d.,，]|\s*(?:{_MEASURED}))|(?:编码|代码|编号|账号|证号|[-—_])\s*[:：]?\s*\d{{5,}}(?![\d.,，]|\s*(?:{_MEASURED}))",
    ),
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
_LINE_HEADER = re.compile(r"行次|栏次")


def _line_numbers(text: str) -> list[Span]:
    found: list[Span] = []
    if not _LINE_HEADER.search(text):
        return found
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
