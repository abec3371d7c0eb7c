"""What the heading of a column says: which indicator, year or group its values are, and in what unit."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.columns.heading_words import (
    counts_reports,
    heads_notes,
    is_share_or_comparison,
    names_a_derived_value,
)
from measures.importing.columns.market_headings import is_of_whole_market, without_breakdowns
from measures.importing.columns.plan import Heading
from measures.importing.layout.grid import (
    FACTORS,
    NOT_KEPT,
    OF_LAST_YEAR,
    ROLE_OF_WORD,
    UNIT_OF_WORD,
    UNITS,
    is_year,
    role_of,
    shown,
)
from measures.importing.text import factors
from measures.importing.text.folding import PARTICIPLES, fold, split_marks, tidy, without_participle
from measures.importing.text.occupations.listed import coded_occupation, may_be_called
from measures.importing.text.periods import DAY, PART, SEASON, SPAN, YEAR, Period, periods_in, season_ending
from measures.importing.text.quality import quality_in
from measures.importing.text.synonyms import SUM_WORDS_AFTER_NAMES
from measures.importing.text.terms.concepts import concepts_of, together
from measures.importing.text.terms.indicator_names import TOPICS
from measures.importing.text.wording import FACTOR, TARGET_GROUP, open_parts, parts_of, words_known
from measures.importing.text.years import Year, parse_year
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex
    from measures.importing.text.terms.concepts import Concepts

_FACTOR = re.compile(rf"[\s(]in ({factors.FACTOR})(?:\s{factors.COUNTED})?\)?$", re.IGNORECASE)
_SEPARATORS = re.compile(
    r"\s*(?:[,;:|()]|\s[–—-]\s|\s(?=(?:darunter|davon|nachrichtlich|of which)\b)"
    rf"|\s(?=(?:{'|'.join(SUM_WORDS_AFTER_NAMES)})$)|__)\s*",
    re.IGNORECASE,
)
_TRAINING_YEAR = re.compile(r"\d (?:lj|lehrjahr|ausbildungsjahr|ausb jahr|ausbj|jahr)")
_DESTATIS_CODE = re.compile(r"[A-Z]{3}\d{3}")
_GLUED_CODE = re.compile(r"^X?(\d+)[ .]*(?=\D)")
_ANY_YEAR = 2016
_LEADING_ON = frozenset(("", "fuer", "mit", "von", "bei", "an"))
"""What may stand alone behind ``darunter`` over the names of groups."""
_CALLED_PLACING = frozenset(("aktion", "vermittlungsaktion", "aktionsjahr"))
_BETWEEN_WORDS = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_NUMBER_BEFORE = re.compile(r"(?:\d{1,2}[.)]|\(?[a-z]\)|[IVX]{1,4}\.)\s+")
_STATES_SOMETHING = re.compile(r"[^\W_]|[%€]")
_NUMBER_ALONE = re.compile(r"[^\w%€]*\d[^a-zA-Z%€]*")
_YEAR_BEHIND = re.compile(r"\s+\(?(?:19|20)\d{2}\)?$")
_MONEY = frozenset(("€", "eur", "euro"))
_PARTS_NAMED = {"target_group", "region", "organisation", "occupation"}
"""What a heading may name as the part of a whole."""


class TitleHint(NamedTuple):
    """What the titles are about: the words of an indicator's name, and what its headings leave out."""

    words: str = ""
    subject: Concepts = frozenset()
    topic: str = ""


def read_heading(path: list[Any], names: NameIndex, hint: TitleHint | None = None) -> Heading:
    heading = Heading(text=" ".join(tidy(shown(part)) for part in path))
    path = without_breakdowns(path)
    if is_of_whole_market(" ".join(tidy(shown(part)) for part in path)):
        heading.not_kept = True
        return heading
    for part in path:
        has_year, was_of_last_year = "year" in heading.meaning, heading.of_last_year
        _read_part(part, heading, names, hint or TitleHint())
        if has_year and heading.of_last_year > was_of_last_year and not periods_in(str(part)):
            del heading.meaning["year"]  # "Vorjahr" below "2016" is the year before that of the table
    subject = hint.subject if hint else frozenset()
    if "indicator" not in heading.meaning or _is_named_last(path, heading, names, subject):
        heading = _read_together(path, heading, names, hint or TitleHint())
    if heading.role == "year" and heading.meaning.keys() & {"indicator", "year"}:
        heading.role = ""  # "Neuverträge (Stichtag: 30.09.)", "Stichtag 2016": no column of years
    is_set_aside = heading.derived or heading.not_kept or heading.role not in ("", "value")
    if heading.leads_on and not is_set_aside and not heading.meaning.keys() & _PARTS_NAMED:
        heading.unread.append(heading.leads_on)
    return heading


def _is_named_last(path: list[Any], heading: Heading, names: NameIndex, subject: Concepts) -> bool:
    """Whether the lowest words name the indicator, and some above them are a topic or not understood."""
    texts = [_YEAR_BEHIND.sub("", tidy(part)) for part in path if isinstance(part, str) and not is_year(part)]
    is_named = bool(heading.unread) and bool(names.statements.indicator(texts[-1], subject))
    return len(texts) > 1 and (is_named or bool(_of_topic(texts, names)))


def _read_together(path: list[Any], heading: Heading, names: NameIndex, hint: TitleHint) -> Heading:
    """``Unversorgte Jugendliche`` over ``eingeladen``: the headings name an indicator only all together."""
    texts = [tidy(part) for part in path if isinstance(part, str) and not is_year(part)]
    others = [part for part in path if not isinstance(part, str) or is_year(part)]
    if heading.derived or heading.not_kept or not (len(texts) > 1 or hint.subject or hint.topic):
        return heading
    whole = Heading(text=heading.text)
    code = _of_topic([hint.topic, *texts] if len(texts) == 1 else texts, names) or names.statements.indicator(
        " ".join(texts), hint.subject
    )
    if not code:  # "Berufsausbildungsstellen" over "unbesetzt am 30.09.2017"
        texts = [_take_periods(text, whole, names) for text in texts]
        code = _of_topic(texts, names) or names.statements.indicator(" ".join(texts), hint.subject)
    if not code:
        return heading
    whole.meaning["indicator"] = code
    for part in others:
        _read_part(part, whole, names, hint)
    return whole


def _of_topic(texts: list[str], names: NameIndex) -> str:
    """``Beratung`` over ``Betriebe``: the topic, and by its unit what is counted of it."""
    topics = TOPICS.get(fold(texts[0]), {}) if len(texts) == 2 else {}  # noqa: PLR2004  topic and unit
    code = topics.get(UNIT_OF_WORD.get(fold(texts[1]), ""), "") if topics else ""
    if topics and not code:  # "Beratung" over "Beratene Betriebe", which says itself what is counted
        code = names.exact("indicator", texts[1]) or ""
        measures = {names.indicators[each].measure for each in topics.values() if each in names.indicators}
        code = code if code in names.indicators and names.indicators[code].measure in measures else ""
    return code if code in names.indicators else ""


def _read_part(part: Any, heading: Heading, names: NameIndex, hint: TitleHint) -> None:
    if isinstance(part, str):
        part = part.rstrip(" :")
    year = parse_year(part, serial=names.first_day)
    if year is not None and (is_year(part) or not isinstance(part, str)):
        _set_year(heading, year)
        return
    text, marks = split_marks(tidy(shown(part)))
    heading.marks.extend(marks)
    text = names.statements.without_base_year(_take_factor(text, heading))
    if names.exact("indicator", spaced := _BETWEEN_WORDS.sub(" ", text)):
        text = spaced  # "BerateneBetriebe", as databases name columns
    if (numbered := _NUMBER_BEFORE.match(text)) and names.exact("indicator", text[numbered.end() :]):
        text = text[numbered.end() :]
    if _read_with_subject(text, heading, names, hint.subject):
        return
    if any(read(text, heading, names) for read in (_read_exact, _read_technical, _read_with_year)):
        return
    # A heading that says several things at once: "EQ-Plätze 2016 (Anzahl)", "2016: Frauen".
    text = _take_periods(text, heading, names)
    heading.quality = heading.quality or quality_in(text)
    if not text or _read_exact(text.strip(" ,;:()–-"), heading, names):
        return
    for piece in filter(None, _SEPARATORS.split(text)):
        bare, more = split_marks(piece)
        heading.marks.extend(more)
        if not (
            _read_with_subject(bare, heading, names, hint.subject)
            or _read_exact(bare, heading, names)
            or _is_of_indicator(bare, hint.words)
            or _is_of_placing(bare, hint.subject)
            or _read_words(bare, heading, names, hint)
        ):
            heading.unread.append(bare)


def _read_with_year(text: str, heading: Heading, names: NameIndex) -> bool:
    """``Lehrverträge 2016 (30.9.)``, ``Verträge 30.9.2016``: an indicator with its own day, and a year."""
    stated = [period for period in periods_in(text) if period.form in (YEAR, DAY) and period.year is not None]
    if len(stated) != 1:
        return False
    (period,) = stated
    day = f"{period.last.day}.{period.last.month}." if period.form == DAY and period.last else ""
    code = names.exact("indicator", tidy(f"{text[: period.start]} {day} {text[period.end :]}"))
    if code is None or heading.meaning.get("indicator", code) != code:
        return False
    _set_period(heading, period)
    heading.meaning["indicator"] = code
    return True


def _take_periods(text: str, heading: Heading, names: NameIndex) -> str:
    """Take years and other periods out of a heading; what is left says the rest."""
    parts = [part for part in parts_of(text, names) if part.period is not None]
    years = {part.period.year for part in parts if part.period and part.period.form == YEAR}
    for part in reversed(parts):
        _set_period(heading, part.period)
        text = f"{text[: part.start]} {text[part.end :]}".strip()
    known = sorted(year for year in years if year)
    if len(known) > 1:  # "2015 und 2016" is neither of them
        heading.period = Period(SPAN, "", 0, 0, dt.date(known[0], 1, 1), dt.date(known[-1], 12, 31))
    forms = {part.period.form for part in parts if part.period}
    if PART in forms and forms & {DAY, SEASON, SPAN}:  # "31.12.2017 (1. Halbjahr)", "2016/17 (1. Halbjahr)"
        heading.unread.append(heading.text)
    if parts and _NUMBER_ALONE.fullmatch(text):  # "2016-1", "2016 [1000]": what of the year, a person knows
        heading.unread.append(text)
        return ""
    return text


def _set_period(heading: Heading, period: Period | None) -> None:
    if period is None:
        return
    if period.form == YEAR:
        heading.meaning.setdefault("year", str(period.year))
        return
    heading.period = period
    if period.year is not None:
        heading.meaning.setdefault("year", str(period.year))


def _read_with_subject(text: str, heading: Heading, names: NameIndex, subject: Concepts) -> bool:
    """``Eingeladene Jugendliche`` below ``Nachvermittlung 2016``: the title says to what."""
    concepts = concepts_of(text)
    codes = names.indicators_with(together(concepts, subject)) if concepts and subject else set()
    if len(codes) != 1:
        return False
    heading.meaning.setdefault("indicator", codes.pop())
    return True


def _read_words(text: str, heading: Heading, names: NameIndex, hint: TitleHint) -> bool:
    """Read several words of which each is known: ``Anzahl der EQ-Plätze``. False: some are not."""
    if counts_reports(text):
        return False
    parts = parts_of(text, names, words_known([hint.words]))
    groups = [part for part in parts if part.kind == TARGET_GROUP]
    left = [part for part in open_parts(parts) if not (groups and fold(part.text) in PARTICIPLES)]
    if left or any(len(part.codes) > 1 or part.kind == FACTOR for part in parts):
        return False
    taken = Heading(meaning=dict(heading.meaning))
    for part in parts:
        if part.kind == TARGET_GROUP:
            _take_group(part.codes[0], taken)
        elif part.codes and taken.meaning.setdefault(part.kind, part.codes[0]) != part.codes[0]:
            return False
    heading.meaning = taken.meaning
    heading.not_kept = heading.not_kept or taken.not_kept
    if any(part.text.strip().casefold() in _MONEY for part in parts):
        heading.unit = heading.unit or "EUR"
    return True


def _read_technical(text: str, heading: Heading, names: NameIndex) -> bool:
    """A statistician's name for a column: ``X08 Bayern.NAA_w_2022`` is place, variable, group and year."""
    first, *others = text.split("_")
    place, _, variable = first.rpartition(".")
    if not others or "" in others or names.exact("indicator", variable) is None:
        return False
    place = _GLUED_CODE.sub(r"\1 ", place.replace(".", " ")).strip()
    if place and not _read_place(place, heading, names):
        heading.unread.append(place)
    for word in (variable, *others):
        if is_year(word):
            heading.meaning["year"] = word
        elif word.lower().endswith(("anteil", "quote")):
            heading.derived = True
        elif not _read_exact(word, heading, names):
            heading.unread.append(word)
    return True


def _take_factor(text: str, heading: Heading) -> str:
    """``EQ-Plätze in Tsd.`` names the unit in the same cell."""
    found = _FACTOR.search(text)
    if not found or not text[: found.start()].strip():
        return text
    heading.factor = factors.factor_named(found[1])
    heading.unit = heading.unit or _unit_multiplied(found[0].casefold().rstrip(" )"))
    return text[: found.start()].rstrip(" ,;:–-")


def _unit_multiplied(key: str) -> str:
    """``TEUR`` multiplies money, ``Tsd.`` whatever is counted."""
    return "EUR" if key.endswith(("eur", "euro", "€")) else ""


def _set_year(heading: Heading, year: Year) -> None:
    heading.meaning["year"] = str(year.year)
    heading.marks.extend(year.marks)
    heading.quality = year.quality or heading.quality
    if year.day is not None:
        heading.period = Period(DAY, "", 0, 0, year.day, year.day)
    elif year.is_season:
        heading.period = season_ending(year.year)


def _read_exact(text: str, heading: Heading, names: NameIndex) -> bool:
    """Read a heading, or a piece of one, that says one known thing. False: it says something else."""
    key = fold(text) or text
    if names_a_derived_value(text):
        heading.derived = True
    elif _DESTATIS_CODE.fullmatch(text) or not (_STATES_SOMETHING.search(text) or key in ROLE_OF_WORD):
        return True
    elif key in FACTORS:
        heading.factor = FACTORS[key]
        heading.unit = heading.unit or _unit_multiplied(key)
    elif key in NOT_KEPT or _TRAINING_YEAR.fullmatch(key):
        heading.not_kept = True
    elif key in OF_LAST_YEAR:
        heading.of_last_year = True
    elif indicator := names.exact("indicator", text):
        return heading.meaning.setdefault("indicator", indicator) == indicator  # else they contradict
    elif months := _months_alone(text):
        heading.period = Period(PART, text, 0, 0, months=months)
    elif is_share_or_comparison(text):
        heading.derived = True
    elif role := "note" if heads_notes(text) else role_of(text):
        heading.role = heading.role or role
    else:
        heading.unit = heading.unit or ("EUR" if key in _MONEY else UNIT_OF_WORD.get(key, ""))
        return (
            key in _MONEY
            or _read_group(text, heading, names)
            or key in UNITS
            or _read_place(text, heading, names)
        )
    return True


def _months_alone(text: str) -> tuple[int, int] | None:
    """``Mrz`` alone, as it heads one of twelve columns."""
    word = text.rstrip(".")
    if not word.isalpha():
        return None
    found = periods_in(f"{word} {_ANY_YEAR}")
    is_month = len(found) == 1 and found[0].form == PART and found[0].start == 0
    return found[0].months if is_month else None


def _read_group(text: str, heading: Heading, names: NameIndex) -> bool:
    bare, is_part = without_participle(text)
    if is_part and fold(bare) in _LEADING_ON:
        heading.leads_on = text
        return True
    group = names.exact("target_group", bare)
    if group is not None:
        _take_group(group, heading)
    return group is not None


def _take_group(group: str, heading: Heading) -> None:
    if group != TOTAL and heading.meaning.get("target_group", TOTAL) not in (TOTAL, group):
        heading.not_kept = True  # women among refugees: groups overlap and are not combined
    elif group and (group != TOTAL or "target_group" not in heading.meaning):
        heading.meaning["target_group"] = group


def _read_place(text: str, heading: Heading, names: NameIndex) -> bool:
    for kind in ("region", "organisation", "occupation"):
        if code := names.exact(kind, text):
            heading.meaning.setdefault(kind, code)
            return True
    code, label = coded_occupation(names, text)
    if code and may_be_called(names, code, label):  # "24 Stunden" is no occupation
        heading.meaning.setdefault("occupation", code)
        return True
    return False


def _is_of_placing(text: str, subject: Concepts) -> bool:
    """``Aktion`` over columns of a table that its title says is of the placing after 30 September."""
    return "matching" in subject and fold(text) in _CALLED_PLACING


def _is_of_indicator(text: str, hint: str) -> bool:
    """Whether a heading only repeats words of the indicator the title names (``Plätze``)."""
    key, concepts = fold(text), concepts_of(text)
    if not key or not hint:
        return False
    return f" {key} " in f" {hint} " or (bool(concepts) and concepts < concepts_of(hint))
