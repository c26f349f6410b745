"""What a few words before (or after) a number say: what it counts, of what it is a share, which way it goes. Pure functions of text.

The words themselves are data: ``wording.toml``.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flows.values.numbers import find_numbers
from flows.values.units import unit_at

OPEN, CLOSE = "（(", "）)"
_CLAUSE_END = "，,：:"
_BLANKS = " \u3000，,：:、“”\"'"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TIME = re.compile(
    r"^(?:(?:截至|截止到?|自|到|在|于)(?=\s*(?:20\d{2}|\d{1,2}\s*月)))?\s*(?:20\d{2}\s*年(?:度|年?[底末初]|第?[一二三四]季度)?|本年度|上年度|全年|年中)?\s*(?:上半年|下半年|前三季度)?\s*(?:(?:\d{1,2}\s*[-—–~至、]\s*)?\d{1,2}\s*月份?[底末初]?)?\s*(?:\d{1,2}\s*日)?[，,]?"
)
_LIST_MARK = re.compile(
    r"^(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]{1,3}、|[\u2460-\u2473]|[一二三四五六七八九]是)\s*"
)
# A public body that a sentence begins with is who acts, not what is counted; its name begins with its place.
_BODY = re.compile(
    r"^(?:国家税务总局|中共|全)?[\u4e00-\u9fff]{1,8}?[省市县区乡镇州旗](?:人民)?[\u4e00-\u9fff]{0,14}"
    r"(?:局|厅|委员会|办公室|中心|学院|大学|医院|卫生院|博物馆|图书馆|档案馆|文化馆|法院|检察院|人民政府|街道办事处|联合会|联合社|协会|少年宫)"
    r"(?=[\u4e00-\u9fff“\d（(\s])(?!费|用|面积|人员|用房)"
)


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of ``wording.toml``, longest first."""
    data = tomllib.loads(files("flows.statements").joinpath("wording.toml").read_text(encoding="utf8"))
    return tuple(sorted(data[name], key=lambda word: (-len(word), word)))


# -- cutting -----------------------------------------------------------------------------------------------------------


def phrase_of(between: str) -> str:
    """The last phrase before a number: after the last comma or colon, after an enumeration comma only between figures, out of open brackets."""
    cut = 0
    depth = 0
    for index, char in enumerate(between):
        if char in OPEN:
            depth += 1
            if not any(close in between[index:] for close in CLOSE):
                cut = index + 1
        elif char in CLOSE:
            depth = max(0, depth - 1)
            if not any(mark in between[cut:index] for mark in OPEN):
                cut = index + 1
        elif depth == 0 and (char in _CLAUSE_END or (char == "、" and not between[cut:index].strip(" \u3000、，,"))):
            cut = index + 1
    return between[cut:].strip(" \u3000、，,：:")


def topic_of(paragraph: str) -> str | None:
    """What a paragraph with a list mark is about: the words between its mark and the first sign or number."""
    bare = _LIST_MARK.sub("", paragraph.strip())
    if bare == paragraph.strip():
        return None
    match = re.match(r"[^，,。；;：:（(\d]{2,24}(?:[（(][^）)\d]{1,12}[）)][^，,。；;：:（(\d]{0,8})?", bare)
    return match.group().strip(_BLANKS) if match else None


# -- which way ---------------------------------------------------------------------------------------------------------

_NAMED_RATE = re.compile(r"(?<!同比)(?<!环比)(?<!年均)(?<!上年)(?<!预算)[\u4e00-\u9fff]{2}(?:增长|提升|下降|上升)率(?:约?为|达到?|是)?$")


# 基本支出增加人员经费5万元: a part of the whole went up by so much.
_CHANGED_PART = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:支出|收入|预算|经费)(增加|减少)(?![到至值额的了])[\u4e00-\u9fff]{2,12}$")


def direction_of(phrase: str, is_money: bool = True) -> str | None:
    """increase or decrease where the figure is itself a difference (减少0.6万元), not a level reached (提高到90%)."""
    if re.match(r"^(?:自然|年均|人口)", phrase) and _NAMED_RATE.search(phrase):
        return None
    bare = re.sub(r"(?:额|幅度|率|数)(?:约?为|达到?)?$|(?:了|约|近|各|均)+$", "", phrase)
    front = re.match(r"^(?:为[\u4e00-\u9fff]{2,6}?)?(减少|压减|减支|减轻|增加|增支|追加)(?=[\u4e00-\u9fff]{2})(?!到|至)", phrase)
    if front and is_money and not re.search(r"(?:减少|增加)$", bare):
        return "increase" if front.group(1) in ("增加", "增支", "追加") else "decrease"
    inside = _CHANGED_PART.match(bare) if is_money else None
    if inside:
        return "increase" if inside.group(1) == "增加" else "decrease"
    for direction in ("increase", "decrease"):
        for word in words(direction):
            if bare.endswith(word) and not bare.endswith(("新增" if word == "增" else "\0", "加快")):
                if word in ("增", "减") and len(bare) > 1 and bare[-2] in "新":
                    continue
                return direction
        for word in words(f"{direction}_than"):  # 低于年初目标14个百分点, 比计划少350人次: only where something is compared
            if bare.endswith(f"不{word}"):
                continue
            if re.search(rf"[比较与].{{0,12}}{word}$", bare) or (word.endswith("于") and re.match(rf"{word}.{{2,}}", bare)):
                return direction
    return None


_ALTERNATIVE = re.compile(r"([\u4e00-\u9fff]{2})\s*[（(]或?([\u4e00-\u9fff]{2})[）)](?=[\u4e00-\u9fff]{0,2}\s*$)")


def without_alternative(between: str) -> tuple[str, bool]:
    """减少（或下降） → 减少. Of words that go opposite ways, 增加（减少）, none is meant: without them, and True."""
    match = _ALTERNATIVE.search(between)
    ways = [direction_of(word) for word in match.groups()] if match else [None]
    if match is None or None in ways:
        return between, False
    same = ways[0] == ways[1]
    return between[: match.start()] + (match.group(1) if same else "") + between[match.end() :], not same


# -- shares and completion ---------------------------------------------------------------------------------------------

_SHARE = re.compile(
    r"^(?P<what>.*?)(?:所)?占(?!地|用|道|有|压)(?:比(?:例|重|率)?|(?P<whole>(?!比)[^由从]+?))?(?:的(?:比例|比重|份额)?)?(?:约?为|达到?|约|仅)?$"
)
_COMPLETED = re.compile(
    r"^(?P<what>.*?)(?:完成|达到|为|占)(?:了)?(?P<plan>(?:调整|年初|全年|年度|年|总|目标)*(?:预算|计划|任务|目标|指标)数?)的?(?:比例|比率|完成率)?(?:约?为|的)?$"
)


@dataclass(frozen=True, slots=True)
class Share:
    """占收入总计的: ``what`` is a share of ``whole``; either may be unsaid."""

    what: str
    whole: str | None


def share_of(phrase: str) -> Share | None:
    """The share that a phrase before a rate speaks of (占…的, 完成预算的), None where of none."""
    completed = _COMPLETED.match(phrase)
    if completed:
        return Share(completed.group("what"), None)
    if re.fullmatch(r"(?:所)?占比(?:约?为|达)?", phrase):
        return Share("", None)
    share = _SHARE.match(phrase)
    if share and share.group("what") and not (share.group("whole") and re.search(r"占.+的", phrase)):
        return None  # 药占比: the name of a rate
    if share and len(share.group("what")) <= 24:
        whole = share.group("whole")
        return Share(share.group("what"), whole.strip(_BLANKS) if whole and _HAN.search(whole) else None)
    return None


def measured_against(phrase: str) -> str | None:
    """完成年初预算22万元, 占年度计划3.2亿元: what an amount inside a share is."""
    match = re.match(r"^(?:完成|占|为)((?:调整|年初|全年|年度|总)*(?:预算|计划|任务)数?)$", phrase)
    return match.group(1) if match else None


# -- levelled names ----------------------------------------------------------------------------------------------------

_LEVEL_MARK = re.compile(r"[（(](?:类|款)(?:[，,][^）)]{1,16})?[）)]")
_ITEM_MARK = re.compile(r"\s*[（(]项(?:[，,][^）)]{1,24})?[）)]")


@dataclass(frozen=True, slots=True)
class Levelled:
    """卫生健康（类）行政事业单位医疗（款）行政单位医疗（项）: ``upper`` as printed, ``item`` the deepest name, ``rest`` what follows it."""

    upper: str
    item: str
    rest: str


def levelled(text: str) -> Levelled | None:
    """The last levelled name in ``text``, None where it has none."""
    marks = list(_LEVEL_MARK.finditer(text))
    item_mark = None
    for found in _ITEM_MARK.finditer(text):
        item_mark = found
    if not marks and not item_mark:
        return None
    upper_end = max((mark.end() for mark in marks if item_mark is None or mark.end() <= item_mark.start()), default=0)
    first = next((mark for mark in marks), None)
    begin = max((text.rfind(sign, 0, first.start() if first else len(text)) for sign in "。；;，,：:、.．) ）"), default=-1) + 1
    upper = text[begin:upper_end].strip(_BLANKS)
    if item_mark is not None and item_mark.start() >= upper_end:
        item = text[upper_end : item_mark.start()]
        return Levelled(upper, re.split(r"[，,：:。；;]", item)[-1].strip(_BLANKS), text[item_mark.end() :])
    rest = text[upper_end:]
    return Levelled(upper, "", rest)


# -- what is counted ---------------------------------------------------------------------------------------------------

_COMPARISON = re.compile(
    r"^(?:与|比|较|同|相比|相较于?).{0,24}?(?:相比|预算执行数|年初预算数?|预算数?|决算数?|年度?|上年(?:度|[末底])?|去年|计划|常年)(?:相比)?(?=增|减|下|上|降|提|持|各|偏|缩|压|少|多|高|低|$)"
)
_REPORTED = re.compile(r"^.{0,24}?(?:了解到|显示|可知|得知|统计(?=[\d，]))\s*[，,]?")
# 本年总收入, 12345热线受理…, 将…, 按照…要求…, 从…中确定…, 为群众减轻…: what stands before the thing itself
_LEADS_IN = re.compile(
    r"^本年(?=总|“)|^年[末底](?=实有|共|累计)|^(?:主要)?原因(?:是|为)(?=[\u4e00-\u9fff]{2})|^实有(?=[\u4e00-\u9fff]{4})|^\d{5}(?:平台|热线)|^将(?=[\u4e00-\u9fff]{4})|^(?:按照|根据|依据)[^，,]{2,12}?(?:要求|规定)(?=[\u4e00-\u9fff]{2})"
    r"|^从[^，,]{2,24}?中[\u4e00-\u9fff]{0,4}?(?:确定|选取|抽取|评选)[了出]?(?=[\u4e00-\u9fff]{2})|^为[\u4e00-\u9fff]{2,6}?(?=减轻|节约|节省|挽回)"
)
_FROM_LEVEL = re.compile(r"(?:由|从)(?:20\d{2}\s*年(?:度|[底末初])?|上年|去年|原来|法定|原)?的?(?:每[\u4e00-\u9fff]{1,2}){0,2}$")
_PER = re.compile(r"(?:约?为)?(?:每[\u4e00-\u9fff]{1,2}){1,2}$")
_ALL_TOLD = re.compile(r"^.{2,}?(?:共计|总共|累计共|共有|共)(?=[\u4e00-\u9fff“]{2})(?<!公共)(?<!一共)")


def strip_front(phrase: str, bureaus: tuple[str, ...]) -> str:
    """Without list mark, time, who speaks and words that only lead in."""
    phrase = _LIST_MARK.sub("", phrase)
    before = None
    while phrase and phrase != before:
        before = phrase
        match = _TIME.match(phrase)
        if match and match.end():
            phrase = phrase[match.end() :]
        phrase = phrase.lstrip(_BLANKS) if phrase[:1] != "“" else phrase
        for word in (*bureaus, *_regions(bureaus), *words("self"), *words("lead")):
            if phrase.startswith(word) and (len(phrase) > len(word) or word in words("lead")):
                phrase = phrase[len(word) :]
                break
        phrase = _LEADS_IN.sub("", phrase)
        body = _BODY.match(phrase)
        if body and len(_HAN.findall(phrase[body.end() :])) >= 2:
            phrase = phrase[body.end() :]
    return phrase


@cache
def _regions(bureaus: tuple[str, ...]) -> tuple[str, ...]:
    """The places that the bureaus' names begin with: 示例市 of 示例市教育局."""
    found = {match.group() for name in bureaus if (match := re.match(r"[\u4e00-\u9fff]{2,7}?[省市县区](?=[\u4e00-\u9fff]{2})", name))}
    return tuple(sorted(found, key=lambda region: (-len(region), region)))


def strip_back(phrase: str, direction: str | None) -> str:
    """Without the words between what is counted and the number (为, 达到, 增加)."""
    before = None
    while phrase and phrase != before:
        before = phrase
        phrase = phrase.rstrip(" \u3000，,：:、")
        phrase = re.sub(r"(?:相?比|较|与|同)(?:上年度?|去年|年初预算数?|预算数?|20\d{2}\s*年度?)[^，]{0,8}$", "", phrase) or phrase
        phrase = _FROM_LEVEL.sub("", phrase) or phrase
        if len(phrase) > 5:
            phrase = _PER.sub("", phrase) or phrase
        if direction and not re.search(r"[加少长降低减升](?:率|额|幅度?)(?:为|达)?$", phrase):
            for word in (*words("increase"), *words("decrease")):
                if phrase.endswith(word) and len(word) > 1:
                    phrase = phrase[: -len(word)]
        phrase = re.sub(r"(?<![理自])[由从]$", "", phrase)
        for word in words("trail"):
            if phrase.endswith(word) and not phrase.endswith(words("whole_word")):
                phrase = phrase[: -len(word)]
                break
    return phrase


def subject_of(phrase: str, bureaus: tuple[str, ...], direction: str | None) -> str | None:
    """What a phrase counts, None where it names nothing."""
    phrase = _COMPARISON.sub("", phrase)
    if re.fullmatch(r"(?:比|较|与)(?:20\d{2}\s*年度?|上年|去年)(?:同期)?的?", phrase) or (direction and re.match(r"[高低多少]于", phrase)):
        return None
    phrase = _REPORTED.sub("", phrase)
    if direction:
        phrase = re.sub(r"^(?:减少|压减|减支|减轻|增加|增支|追加)(?=[\u4e00-\u9fff]{2})", "", _LEADS_IN.sub("", phrase))
        if changed := _CHANGED_PART.match(phrase):
            phrase = phrase[changed.end(1) :]
    if re.fullmatch(r"(?:年末|年底)?(?:实有|在岗|在编|现有)(?:人数|人员)?", phrase):
        return phrase  # 编制35名，实有30人: another figure than the one before
    if re.fullmatch(r"(?:提高|增加|增长|上升|提升|降低|下降|减少|压缩|调整|升|降)?[到至](?:20\d{2}\s*年(?:度|[底末])?)?的?", phrase):
        return None
    told = None if _ACTED.match(strip_back(strip_front(phrase, bureaus), direction)) else _ALL_TOLD.match(phrase)
    if told and not re.search(r"公共$|共同$|共享$", told.group()):
        phrase = phrase[told.end() :]
    phrase = strip_back(strip_front(phrase, bureaus), direction)
    phrase = _ITEM_MARK.sub("", phrase).strip(" \u3000，,：:、\"'")
    if re.fullmatch(r"“[^“”]*”", phrase):
        phrase = phrase[1:-1]
    if phrase in (*words("no_subject"), *words("increase_than"), *words("decrease_than")) or phrase in (
        *words("increase"),
        *words("decrease"),
    ):
        return None
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.replace("“", "").replace("”", "")
    tail = phrase.rsplit("的", 1)[-1]
    if len(phrase) > 14 and 4 <= len(tail) < len(phrase):
        phrase = tail  # 使用财政拨款开支运行维护费的公务用车保有量: the shortest phrase that says what is counted
    if phrase[:1] in "对向给为由" and (len(phrase) <= 6 or re.search(r"\d\s*年度?\s*$", phrase)):
        return None  # 对全县172家…, 对本单位2019年度2个…: the thing counted follows
    return phrase if _HAN.search(phrase) else None


# 样本药店退回资金, 局机关行政编制: who did it or whose it is, and what is counted.
_ACTED = re.compile(
    r"^([\u4e00-\u9fff]{1,16}?(?:机关|中心|药店|机构|学校|服务站))(?:自查自纠)?(?:共|累计)?"
    r"((?:退回|拒付|追回|收回|上缴|退缴)[\u4e00-\u9fff]{2,12}|行政编制|事业编制)$"
)


def quoted_owner(subject: str) -> tuple[str | None, str]:
    """“示例项目”预算批复资金 → (示例项目, 预算批复资金): whose figure it is, where the rest only says which figure."""
    if acted := _ACTED.match(subject):
        return acted.group(1), acted.group(2)
    if len(subject.rsplit("”", 1)[-1]) < 3:
        return None, subject  # “示例工程”支出 names one thing
    match = re.match(r"^.{0,16}?“(?:20\d{2}\s*年度?\s*)?([^“”]{2,40})”(.{2,12})$", subject)
    match = match or re.match(r"^([\u4e00-\u9fff]{3,24}?(?:项目|工程|专项经费|专项资金))([\u4e00-\u9fff]{3,8})$", subject)
    if match and (is_attribute(match.group(2)) or is_of_the_line(match.group(2))):
        return match.group(1), match.group(2)
    return None, subject


def is_attribute(subject: str) -> bool:
    """价值, 执行数, 得分: says which figure of the thing named before it, not which thing."""
    return subject in words("attribute")


def is_of_the_line(subject: str) -> bool:
    """支出决算, 年初预算: which figure of a levelled line."""
    return subject in words("line_figure")


def stem(subject: str) -> str:
    """The thing itself: 固定资产 of 固定资产数量."""
    return re.sub(r"(?<=[\u4e00-\u9fff]{2})(?:数量|总数|数|面积|安排资金|资金)$", "", subject) or subject


def ends_with_verb(phrase: str) -> bool:
    """Does the thing counted follow the number (发放2800余册宣传手册)?"""
    return any(phrase.endswith(word) for word in words("verb"))


def ends_open(phrase: str) -> bool:
    """医保、卫健等13家…, 主要原因是3个…: the phrase before names no thing; the one after does."""
    return (
        phrase.endswith("等")
        or bool(re.search(r"原因(?:是|为|：)?$", phrase))
        or ("、" in phrase and not re.search(r"[^、]{2,}(?:共|计|数|量|费|支出|资金)$", phrase))
    )


_LONG_NOUN = 14
_PLACES = "村镇乡县区市校院馆站厂店湖库"


def noun_after(rest: str) -> str | None:
    """The thing counted where it follows number and measure word: 宣传手册 in 2800余册宣传手册."""
    place = re.match(rf"[{_PLACES}](?=[、，,。；;\d]|全部|和|及|$)", rest)
    if place:
        return place.group()  # 12个村
    match = re.match(r"(?:的)?([\u4e00-\u9fff“”A-Za-z]{2,24})", rest)
    if not match:
        return None
    noun = match.group(1)
    cut = min((at for word in words("stop") if (at := noun.find(word)) >= 0), default=len(noun))
    noun = noun[:cut].strip("“”")
    if len(noun) > _LONG_NOUN and (named := re.search(r"(?<=[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{2}[省市县区]", noun)):
        noun = noun[: named.start()]  # 二级机构示例市样本中心: what it is called follows what it is
    if noun.count("“") != noun.count("”"):
        noun = noun.replace("“", "").replace("”", "")
    return noun if 2 <= len(noun) <= _LONG_NOUN else None


def before_bracket(text: str, bureaus: tuple[str, ...]) -> str | None:
    """What stands before the bracket that is still open at the end of ``text``: 脱贫人口 in 脱贫人口（六类人员."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] in CLOSE:
            depth += 1
        elif text[index] in OPEN:
            if depth == 0:
                before = text[max(text.rfind(mark, 0, index) for mark in "。；;！？") + 1 : index]
                named = subject_of(phrase_of(before), bureaus, None)
                return re.sub(r"^(?:降低|提高|减少|增加)(?=[\u4e00-\u9fff]{3})", "", named) if named else None
            depth -= 1
    return None


def activity(clause: str) -> str | None:
    """What a clause says was done: 单位评价 in 对17个项目开展了单位评价."""
    match = re.search(r"开展了?([^，。；、\d]{2,16}?)(?:工作)?[，,]?$", clause)
    return match.group(1) if match else None


def from_colon(before: str, bureaus: tuple[str, ...]) -> str | None:
    """Where a number follows a colon with nothing between (数量：12个), what stands before the colon."""
    parts = re.split(r"[，：:]|,(?!\d)", before)
    for part in reversed(parts):
        named = subject_of(part, bureaus, None)
        if named and not any(unit_at(named, number.end) for number in find_numbers(named)):
            return named
    return None


def names_shared_out(phrase: str, bureaus: tuple[str, ...]) -> list[str]:
    """货物、工程、服务支出分别为 → the names in order."""
    names = strip_front(phrase.split("分别")[0], bureaus)
    return [name for name in re.split(r"[、和及与]", names) if name]


# -- what is divided ---------------------------------------------------------------------------------------------------

_DIVIDES = re.compile(r"其中|主要是(?=[^，。；\d]{2,14}$)|(?<!不)包括|(?<!不)包含|用于以下")
_OF_WHICH = re.compile(r"(?P<whole>[^，,。；;：:（(]{2,24}?(?:支出|收入|决算|预算|经费|资金|总额|合计|总计))中[，,：:]?")
_OPENS = re.compile(r"(?:其中|包括|包含|用于以下方面)\s*[：:]?\s*$")


def divides(between: str) -> bool:
    """Does the text say that what follows are parts (其中, 包括)?"""
    return bool(_DIVIDES.search(between))


def whole_named(between: str, bureaus: tuple[str, ...]) -> str | None:
    """The whole that is divided where no number stands before it: 预算支出按功能分类包含：, 支出预算中，."""
    last = None
    for match in _OF_WHICH.finditer(between):
        last = match
    if last:
        return subject_of(last.group("whole"), bureaus, None)
    named = re.search(
        r"(?P<whole>[^，,。；;：:]{2,24}?)(?:按[^，,。：:]{2,10}?(?:分类|划分)[^，,。：:]{0,4})?(?:，)?(?:包括|包含)[：:]?[^，,。；;]*$",
        between,
    )
    return subject_of(named.group("whole"), bureaus, None) if named else None


def opens_list(rest: str) -> bool:
    """Does a paragraph that ends so divide what it named into the paragraphs below?"""
    return bool(_OPENS.search(rest))
