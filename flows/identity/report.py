"""Whose, which year, which kind: votes of what a document says of itself, strongest places first. The file name is only a hint."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.document import Document, Paragraph
from flows.forms.words import is_form_title
from flows.identity.called import called
from flows.identity.names import BureauName, body_before, is_organisation, organisation_pattern, parse
from flows.identity.regions import Region, named, region_of
from flows.identity.successions import Succession, successions
from flows.identity.wording import report_data
from flows.money import words
from flows.statements.years import mentions
from flows.values.text import clean, fold_chinese_year, squash
from flows.values.units import money_unit_in

_TITLE_DECIDES = 1_000_000
_NO_TITLE = re.compile(
    r"^(?:目录|第[一二三四五六七八九十]+部分|[一二三四]、|[（(]?20\d{2}年\d|附件\d*[:：]?$|(?:您|你)?(?:当前|现在)?的?(?:所在)?位置[:：])"
)
_TITLE_EXTRAS = re.compile(
    r"^(?:关于(?:公布|公开|印发)?|附件\d*[:：]?)|(?:关于|的|部门|单位|预算|年度|市级|县级|区级|省级|本级|汇总|项目支出|整体支出|项目)+$"
)
_YEAR_IN_TITLE = re.compile(r"(20\d{2})\s*年度?")
_TITLE_LINES = 8  # the first short lines of a report hold its title
_FIRST = 30  # paragraphs among which titles stand
_SHORT = 60
_IN_TITLE = 6
_OFTEN = 3  # a name that only comes up once or twice in the text may be anybody's
_YEAR_OF = re.compile(r"(20\d{2})\s*年(?:度)?(?=[\u4e00-\u9fff“”（）()、]{0,22}?(?:预算|决算|绩效|整体支出|项目支出|自评|收支))")
_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|[章篇])")
_ANNEX = re.compile(r"^(?:第[一二三四五六七八九十]+部分)?附件\d*[:：]?$")
_OWN_YEAR = re.compile(r"^[（(]?(20\d{2})\s*年度?[）)]?$")
_LABELLED = re.compile(r"(?:预算主管部门|编制部门|编制单位|填报单位|部门名称|单位名称|部门（单位）名称)[:：]\s*([^\s:：，。]{3,40})")
_DAY = r"(20\d{2})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})(?:(?!\d)|(?=\d\d:\d\d))\s*日?"  # the hour may follow without a blank
_DATE_LINE = re.compile(r"^(?:(?:报告|填报|编制|成文|落款)(?:日期|时间)|日期|时间)?[:：]?\s*" + _DAY + "$")
# Beside the day of publication a page may print the hour, its source, how often it was read.
_PUBLISHED = re.compile(r"(?:发布|公开|公布|发文|信息生成|更新)(?:日期|时间)[:：]\s*" + _DAY)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report is. ``kind`` is None where the document is no report of this field."""

    kind: str | None
    bureau: BureauName | None
    fiscal_year: int | None
    title: str | None
    published_on: str | None
    aliases: tuple[tuple[str, int], ...]  # names with their region, and how much speaks for each
    called: tuple[tuple[str, int], ...] = ()  # 我局, 县医保局 …: how often
    successions: tuple[Succession, ...] = ()


def identify(
    document: Document,
    caption_bureaus: Sequence[str],
    caption_texts: Sequence[str],
    form_bureaus: Sequence[str],
    form_years: Sequence[int],
    form_titles: Sequence[str],
    file_name: str,
    form_units: Sequence[str] = (),
) -> Identity:
    """Reads a document's identity from its captions, forms, titles, headings and text."""
    paragraphs = [replace(p, text=fold_chinese_year(p.text)) for p in document.paragraphs() if squash(p.text)]
    caption_texts = [fold_chinese_year(text) for text in caption_texts]
    titles = [p.text for p in paragraphs[:_FIRST] if len(squash(p.text)) <= _SHORT][:_TITLE_LINES]
    headings = [p.text for p in paragraphs if len(squash(p.text)) <= _SHORT and not re.search(r"[。；]$", p.text)]
    title = _report_title(titles)
    kind = _kind_of_title(title, titles) or _kind(titles, headings, caption_texts, form_titles, paragraphs)
    votes = _bureau_votes(titles, paragraphs, caption_bureaus, form_bureaus, form_units, file_name)
    named = _name_in_title(title)
    if named:
        votes[named] += _TITLE_DECIDES
    stated = _YEAR_IN_TITLE.search(title) if title else None
    year = int(stated.group(1)) if stated else _year(titles, headings, paragraphs, caption_texts, form_years, file_name)
    bureau, aliases = _elect(votes, _reader(votes, paragraphs, file_name, year))
    if bureau is None:
        bureau, aliases = _region_in_name(file_name, year)
    aliases = tuple(sorted(((alias, weight % _TITLE_DECIDES or 1) for alias, weight in aliases), key=lambda item: (-item[1], item[0])))
    texts = [squash(p.text) for p in paragraphs] if bureau is not None else []
    return Identity(
        kind,
        bureau,
        year,
        title,
        _published(paragraphs, kind, year),
        aliases,
        called(bureau, texts) if bureau is not None else (),
        successions(paragraphs, bureau, year) if bureau is not None else (),
    )


def _kind_words() -> list[tuple[str, str]]:
    return [(word, rule["kind"]) for rule in report_data()["kind"] for word in rule["words"]]


def _report_title(titles: Sequence[str]) -> str | None:
    """The first line, or the first few together where the title is broken over lines, that say what the report is."""
    for start in range(min(4, len(titles))):
        joined = ""
        for text in titles[start : start + 3]:
            if _NO_TITLE.match(squash(text)) or words.table_number(text) or _is_table_title(text) or _is_caption(text):
                break
            joined += re.sub(r"^[#\s]*(?:title|标题)[:：]\s*", "", text).strip()
            if len(squash(joined)) <= 70 and any(word in squash(joined) for word, _ in _kind_words()):
                return joined
    return None


def _is_caption(text: str) -> bool:
    return money_unit_in(text) is not None


def _is_table_title(text: str) -> bool:
    return squash(text).endswith("表") and words.is_title(words.without_number(text)[0])


def _kind_of_title(title: str | None, titles: Sequence[str]) -> str | None:
    """The kind that the title's last kind word names (部门预算项目支出绩效自评报告 is an evaluation)."""
    if not title:
        return None
    bare = re.sub(r"\([^()]*\)", "", squash(title)) or squash(title)
    found = [(bare.rfind(word), len(word), kind) for word, kind in _kind_words() if word in bare]
    return _with_scope(max(found)[2], [squash(text) for text in titles] + [squash(title)]) if found else None


def _name_in_title(title: str | None) -> str | None:
    """The bureau a title names: what stands before year and kind word, or between them."""
    if not title:
        return None
    folded = squash(title)
    ends = [at for word, _ in _kind_words() if (at := folded.find(word)) >= 0]
    head = folded[: min(ends)] if ends else folded
    year = _YEAR_IN_TITLE.search(head)
    before, after = (head[: year.start()], head[year.end() :]) if year else (head, "")
    for piece in (before, after):
        name = _TITLE_EXTRAS.sub("", piece.split(":")[-1]).strip("-—_·、,。《》()")
        if not 4 <= len(name) <= 40 or not re.fullmatch(r"[\u4e00-\u9fff()·]+", name) or _is_region(name):
            continue
        if is_organisation(name) or (piece is before and _names_a_place(name)):
            return name
    return None


def _names_a_place(name: str) -> bool:
    """Does it begin with a region's name, as only names of bureaus do? 项目支出 and 部门(单位) are what a form's title says of the form."""
    rest = body_before(name)[1]
    return region_of(rest)[0] is not None or _LOOKS_LIKE_REGION.match(rest) is not None


def _is_region(name: str) -> bool:
    region, rest = region_of(name)
    return region is not None and rest in ("", "部门", "级", "区级", "市级", "县级")


def _kind(
    titles: Iterable[str], headings: Sequence[str], captions: Iterable[str], form_titles: Sequence[str], paragraphs: Sequence[Paragraph]
) -> str | None:
    votes: Counter[str] = Counter()
    annex = next((i for i, text in enumerate(headings) if i > len(headings) // 12 and _ANNEX.match(squash(text))), len(headings))
    plain = [text for text in headings[:annex] if not is_form_title(text)]
    parts = [text for text in plain if _PART.match(squash(text))]
    for weight, texts in ((6, titles), (6, parts), (1, plain), (1, captions)):
        for text in texts:
            folded = squash(text)
            for rule in report_data()["kind"]:
                if any(word in folded for word in rule["words"]):
                    votes[rule["kind"]] += weight
    if form_titles and not votes:
        votes["evaluation"] += 1
    if not votes:
        body = "".join(squash(p.text) for p in paragraphs)
        hits = sum(body.count(word) for word in report_data()["kind"][2]["words"])
        if hits < 3:
            return None
        votes["evaluation"] += 1
    order = [rule["kind"] for rule in report_data()["kind"]]
    best = max(votes, key=lambda kind: (votes[kind], -order.index(kind)))
    said = [squash(text) for text in [*titles, *headings, *captions]]
    if best == "evaluation" and not any(word in text for text in said for words in report_data()["scope"].values() for word in words):
        said = [squash(text) for text in form_titles]  # nothing but forms: what most of them are
    return _with_scope(best, said)


def _with_scope(kind: str, said: list[str]) -> str:
    scope = report_data()["scope"]

    def count(name: str) -> int:
        return sum(1 for text in said for word in scope[name] if word in text)

    if kind in ("budget", "final_accounts"):
        return f"{'unit' if count('unit') > count('department') else 'department'}_{kind}"
    last = Counter(max(found)[1] for text in said if (found := [(text.rfind(w), n) for n in scope for w in scope[n] if w in text]))
    for name, result in (("project", "project_self_evaluation"), ("transfer", "transfer_payment_self_evaluation")):
        if last[name] > last["department"]:  # 部门预算项目支出绩效目标表 is of projects
            return result
    return "department_self_evaluation"


def _bureau_votes(
    titles: list[str], paragraphs: list[Paragraph], captions: Sequence[str], forms: Sequence[str], units: Sequence[str], file_name: str
) -> Counter[str]:
    """Votes of the places where a report says whose it is; where none does, of the file name and of names that come up again and again."""
    votes: Counter[str] = Counter()
    passing: Counter[str] = Counter()
    for name in captions:
        if is_organisation(parse(name).name):
            votes[parse(name).name] += 5
    for name in forms:
        if is_organisation(parse(name).name):
            votes[parse(name).name] += 3
    titled = [position for position, paragraph in enumerate(paragraphs[:_FIRST]) if len(squash(paragraph.text)) <= _SHORT][:_TITLE_LINES]
    for position, paragraph in enumerate(paragraphs):
        folded = squash(paragraph.text)
        for match in _LABELLED.finditer(paragraph.text):
            if is_organisation(match.group(1)):
                votes[clean(match.group(1))] += 8
        counted, weight = (
            (votes, _IN_TITLE) if position in titled and not re.search(r"[。；]$", folded) else (passing, 2 if position < 40 else 1)
        )
        for name in _names_in(folded):
            counted[name] += weight
    named = _names_in(squash(file_name))
    for name in named:  # a file that names the unit of its forms, not the department above, is the unit's own
        votes[name] += 3 * sum(parse(unit).identity == parse(name).identity for unit in units)
    votes = +votes
    if votes:
        return votes + passing + Counter(named)
    groups: Counter[str] = Counter()
    for name, weight in passing.items():
        groups[parse(name).identity] += weight
    often = Counter({name: weight for name, weight in passing.items() if groups[parse(name).identity] >= _OFTEN})
    return often + Counter(dict.fromkeys(named, _IN_TITLE))


def _names_in(text: str) -> list[str]:
    """Names of organisations in running text: from a region's name to the organisation word; not of those something is done by, to or under."""
    found = []
    for match in organisation_pattern().finditer(text):
        end = match.end()
        if end < len(text) and text[end] in "字发":
            continue
        starts = [start for start in range(max(0, end - 30), end - 4) if _may_be_a_name(text[start:end])]
        known = (start for start in starts if _region_known(text[start:end]))
        first = next(known, next((start for start in starts if _LOOKS_LIKE_REGION.match(text[start:end])), None))
        if first is not None and not (first and text[first - 1] in _BEFORE_OTHERS):
            found.append(text[first:end])
    return found


_BEFORE_OTHERS = "由向经报据照按与受从给"
_LOOKS_LIKE_REGION = re.compile(r"^[\u4e00-\u9fff]{2}(?:市|县|区|旗|镇|乡|州)[\u4e00-\u9fff]{2,14}$")


def _may_be_a_name(piece: str) -> bool:
    whole = piece[0] not in _BEFORE_OTHERS and re.fullmatch(r"[\u4e00-\u9fff]+", piece) is not None
    return whole and not any(word in piece for word in ("关于", "根据", "按照", "的")) and not _joins_two(piece)


def _region_known(piece: str) -> bool:
    region, rest = region_of(body_before(piece)[1])
    return region is not None and 2 <= len(rest) <= 18


def _joins_two(piece: str) -> bool:
    """Two organisations joined (某某局和某某局), not one whose name holds 和 (人力资源和社会保障局)."""
    return any(is_organisation(part) for mark in "和及与经" for part in piece.split(mark)[:-1] if mark in piece)


def _reader(votes: Counter[str], paragraphs: list[Paragraph], file_name: str, year: int | None) -> Callable[[str], BureauName]:
    """Reads a name as one of this report: a county of a name that several have (普陀区) is the one whose city or province it names too."""
    homes: dict[str, Region] = {}
    text: str | None = None
    for place in sorted({parse(name, year).place for name in votes} - {""}):
        candidates = named(place, year)
        if len(candidates) < 2:
            continue
        if text is None:
            text = squash(file_name) + "".join(squash(p.text) for p in paragraphs)
        told = [region for region in candidates if any(outer.name in text for outer in region.chain[1:])]
        if len(told) == 1:
            homes[place] = told[0]

    def read(name: str) -> BureauName:
        bureau = parse(name, year)
        home = homes.get(bureau.place)
        return parse(name, year, BureauName(home.name, None, home, "")) if home is not None else bureau

    return read


def _elect(votes: Counter[str], read: Callable[[str], BureauName]) -> tuple[BureauName | None, tuple[tuple[str, int], ...]]:
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for name, weight in votes.items():
        groups[read(name).identity][name] += weight
    if not groups:
        return None, ()
    best = max(groups, key=lambda key: (sum(groups[key].values()), key))
    group = groups[best]
    core = best.split("|", 1)[1]

    def rank(name: str) -> tuple[bool, int, int, str]:
        whole = squash(name).endswith(core.removeprefix("中共"))
        return (whole, group[name], len(name), name)

    chosen = max(group, key=rank)
    aliases = tuple(sorted(group.items(), key=lambda item: (-item[1], item[0])))
    return read(chosen), aliases


def _region_in_name(file_name: str, year: int | None) -> tuple[BureauName | None, tuple[tuple[str, int], ...]]:
    """Where a report names no organisation, the region its file name tells, as a hint: 全区 figures of that region."""
    text = re.sub(r"^[\d_\-. ]+", "", squash(file_name))
    region, rest = region_of(text, None, year)
    if region is None:
        return None, ()
    name = text[: len(text) - len(rest)]
    return parse(name, year), ((name, 1),)


def _year(
    titles: list[str], headings: list[str], paragraphs: list[Paragraph], captions: Sequence[str], form_years: Sequence[int], file_name: str
) -> int | None:
    votes: Counter[int] = Counter()
    for weight, texts in ((10, titles), (4, headings), (1, [p.text for p in paragraphs])):
        for text in texts:
            compared = {m.start for m in mentions(text) if m.compared}
            for match in _YEAR_OF.finditer(text):
                if match.start() not in compared:
                    votes[int(match.group(1))] += weight
    for text in captions:
        for match in re.finditer(r"(20\d{2})\s*年", text):
            votes[int(match.group(1))] += 3
    for text in [*captions, *titles]:
        if own := _OWN_YEAR.match(squash(text)):
            votes[int(own.group(1))] += 3
    for year in form_years:
        votes[year] += 3
    if not votes:
        named = re.findall(r"(?<!\d)(20\d{2})(?!\d)", file_name)
        return int(named[0]) if len(set(named)) == 1 else None
    return max(votes, key=lambda year: (votes[year], year))


def _published(paragraphs: list[Paragraph], kind: str | None, year: int | None) -> str | None:
    """The date a report bears: what it calls its day of publication, else a line of its own at the beginning or, more often, under the last section.

    Accounts and evaluations of a year are published after it, budgets not long before it: another date is about something else.
    """
    earliest = None if year is None else date(year - 1, 11, 1) if (kind or "").endswith("budget") else date(year + 1, 1, 1)
    lines = [squash(p.text) for p in paragraphs]
    labelled = [match for text in lines if len(text) <= _SHORT and (match := _PUBLISHED.search(text))]
    alone = [match for text in [*lines[:15], *reversed(lines[15:])] if (match := _DATE_LINE.match(text))]
    for match in [*labelled, *alone]:
        try:
            day = date(*(int(part) for part in match.groups()))
        except ValueError:
            continue  # 2023-02-30 is no day
        if earliest is None or day >= earliest:
            return day.isoformat()
    return None
