"""A text around a table, word by word: what each names, does to the figures, or that it is not known.

Nothing is dropped: every word of the text belongs to exactly one part of the answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from measures.importing.text import factors, lexicon
from measures.importing.text.folding import REMEMBERED, fold, stem, tidy
from measures.importing.text.letters import choosing, contacts, references, senders
from measures.importing.text.letters.located import with_places
from measures.importing.text.neutral import phrases
from measures.importing.text.neutral.single_programmes import spans_of_single_programmes
from measures.importing.text.periods import DAY, PART, SINCE, SPAN, YEAR, Period, periods_in
from measures.importing.text.quality import QUALITY_WORD, quality_in
from measures.importing.text.terms import abbreviations
from measures.importing.text.terms.months import MONTH
from measures.importing.text.terms.parts import (
    FACTOR,
    INDICATOR,
    NAMED,
    NARROWING,
    OCCUPATION,
    ORGANISATION,  # noqa: F401  others write wording.ORGANISATION
    PERIOD,
    REGION,  # noqa: F401  likewise
    SILENT,
    STATUS,
    TARGET_GROUP,
    UNKNOWN,
    Part,
)
from measures.importing.vocabulary import TOTAL, UNASSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measures.importing.text.names import NameIndex

_OF_FIGURES = frozenset((NARROWING, INDICATOR, TARGET_GROUP, OCCUPATION, FACTOR, STATUS))

_WORD = re.compile(r"[^\W_]+|[%‰€#<>≥≤±Δ∆Ø∅Σ\ufffd]")
_LONGEST = 12
_MOST_WORDS = 500
"""Words of a text that are looked up; no heading, title or note has more, and each costs time."""
_SHORT = 3
_DATED = re.compile(r"\b(?:[Dd]aten)?[Ss]tand:?\s+(?:vom\s+|Ende\s+|Mitte\s+)?[A-ZÄÖÜ\d]")
_COMPOUND_OF_KEY = re.compile(r"-[^\W\d]")
_ADDRESSED = re.compile(r"(?:an|von)\s*:", re.IGNORECASE)
_PERIOD_IN_NUMBERS = re.compile(r"20\d\d[01]\d|\d\d?\.?\s*[-–—]\s*\d\d?\.?|\d{1,3}\s?\+|[<>≤≥]\s?=?\s?\d+")
_FACTOR = re.compile(
    rf"(?i)\b(?:angaben\s+|werte\s+|alle\s+werte\s+)?(?:in\s+)?{factors.FACTOR}(?:\s+{factors.COUNTED})?"
)
_YEAR_FOLLOWS = re.compile(r"\.?\s?(?:19|20)\d{2}\b")  # ``30. September 2016`` is a day, no name
_FOOTNOTE = re.compile(
    r"(?:(?<=[^\W\d])|(?<=\b\d{4})|(?<=\)))(?<!\(\w)(?<!\(\w\w)\s?"
    r"(?:\d{1,2}\)|\[\d{1,2}\]|[⁰¹²³⁴-⁹]+[)⁾]?|\*{1,3})(?=\s|$|[,;:)])"
)
_IN_BRACKETS = re.compile(r"\((?P<short>[A-ZÄÖÜ][\w.-]{1,9})\)")
"""``Hessischer Industrie- und Handelskammertag (HIHK)``."""

_SURVEY_AMONG = re.compile(
    r"(?i)\b(?:umfrage|befragung|erhebung|abfrage)\b(?:\s+(?!nur)\w+){0,3}\s+(?P<short>unter)\b(?!\s+\d)"
)
_SORTED = re.compile(r"(?i)\b(?:sortiert|geordnet|gereiht|sorted|ranked|rangfolge|reihenfolge)\s*$")
"""Before ``nach 2018``: the rows stand in the order of that year's values."""

_STATE = re.compile(
    r"\b(?:(?:daten)?stand|ein(?:gang|gegangen)\w*|(?:zuletzt|letzte[rn]?)\s+"
    r"(?:aktualisier|änder|geänder|speicher|gespeicher|bearbeit)\w*)\b[^,;]*$",
    re.IGNORECASE,
)
"""Before the day or month as of which data are, in a line that is about something else."""

_ADDRESS_OF_PERSON = re.compile(r"\b(?:Frau|Herrn?|Dr\.)\s$")
"""``Herr Alt``."""

_PER_ONE = re.compile(r"(?i)(?:je|pro)\s+[^\W\d_]+")  # ``je Betrieb``, and nothing else
_APART = re.compile(r"[,;|]")
"""Between words that are no phrase: ``Meldung 2016, über``."""

_MONTH = re.compile(MONTH, re.IGNORECASE)
_MEASURED_STATUS = re.compile(rf"\b{QUALITY_WORD}", re.IGNORECASE)


def parts_of(text: str, names: NameIndex, known: Iterable[str] = ()) -> list[Part]:
    """Every word of a text, in order. ``known``: more words that say nothing here, in folded form."""
    text = tidy(text).replace("_", " ")
    if is_silent(text):
        return [Part(SILENT, text, 0, len(text))]
    found = _parts_of_title(text, names, known)
    if not is_aside(text):
        return found
    chosen = [p.kind == UNKNOWN and senders.chooses_in_aside(text, p.start, p.end) for p in found]
    return as_aside(
        text, [p._replace(kind=NARROWING) if c else p for p, c in zip(found, chosen, strict=True)]
    )


def _parts_of_title(text: str, names: NameIndex, known: Iterable[str]) -> list[Part]:
    found, blanked = list[Part](), text
    for finder in (senders.MINISTRY, senders.ADDRESS_LINE, contacts.NUMBERS, *references.FINDERS, _FOOTNOTE):
        blanked = _take(finder, blanked, SILENT, found)
    for start, end in choosing.spans_choosing(blanked):
        found.append(Part(NARROWING, text[start:end], start, end))
        blanked = blanked[:start] + " " * (end - start) + blanked[end:]
    blanked = _take_short_forms(blanked, names, found)
    blanked = _take(references.COUNT_OF, blanked, SILENT, found)
    for finder in phrases.NARROWING:
        blanked = _take(finder, blanked, NARROWING, found)
    blanked = _take_single_programmes(blanked, names, found)
    blanked = _phrases_before_periods(blanked, names, found)
    blanked = _take_periods(blanked, found)
    blanked = _take(_FACTOR, blanked, FACTOR, found)
    blanked = _take(_MEASURED_STATUS, blanked, STATUS, found)
    blanked = _take(phrases.BOTH_SEXES, blanked, SILENT, found)
    blanked = _take(phrases.WOMEN_ALONE, blanked, NARROWING, found)
    found += _words(blanked, names, frozenset(known))
    if any(part.kind == INDICATOR for part in found):
        found = [_as_topic(part, known) for part in found]
    for start, end in senders.stretches_of_sender(text):
        inside = [part for part in found if start <= part.start < end]
        if not any(part.kind in _OF_FIGURES for part in inside):
            found = [_silenced(part, text) if part in inside else part for part in found]
    return with_places(text, sorted(found, key=lambda part: part.start), names)


def _silenced(part: Part, text: str) -> Part:
    """The same words, unless they say something on figures: a kind of training, as of when they are."""
    is_dating = _MONTH.fullmatch(part.text) and _STATE.search(text[: part.start])
    is_choosing = choosing.chooses_beside_address(text, part.start, part.end)
    is_open = part.kind == UNKNOWN and not is_choosing and not is_dating
    return part._replace(kind=SILENT) if is_open else part


def as_aside(text: str, parts: list[Part]) -> list[Part]:
    """In a line about the paper names and unknown words are those of people and places; the rest counts.

    ``Quelle: BA, nur gemeldete Stellen`` restricts the figures as a title would.
    """
    start = _length_of_key(text)
    found: list[Part] = []
    for part in parts:
        is_led = bool(found) and found[-1].kind in (NARROWING, UNKNOWN)  # ``ohne Leverkusen``
        if part.start < start or not (_restricts(text, part) or (is_led and part.kind == UNKNOWN)):
            found.append(part._replace(kind=SILENT, codes=(), period=None))
        else:
            found.append(part)
    return found


def parts_of_cover(text: str, parts: list[Part]) -> list[Part]:
    """What of a line of another sheet counts: parts of years, *kumuliert*, the day as of which data are.

    Several groups in one line are a list of those there are.
    """
    groups = {code for part in parts if part.kind == TARGET_GROUP for code in part.codes}
    return [
        part._replace(kind=SILENT, period=None)
        if (part.period is not None and part.period.last is not None and part.period.form not in (PART, DAY))
        or (part.kind == TARGET_GROUP and len(groups) > 1)
        else part
        for part in as_aside(text, parts)
    ]


def _length_of_key(text: str) -> int:
    """How much of a line is the words it begins with: ``Gemeldet von``."""
    folded = fold(text)
    keys = [word for word in lexicon.words("aside_lines") if folded == word or folded.startswith(f"{word} ")]
    count = max((len(key.split()) for key in keys), default=0)
    ends = [match.end() for match in _WORD.finditer(text)]
    return ends[count - 1] if 0 < count <= len(ends) else 0


def _restricts(text: str, part: Part) -> bool:
    """Whether words of a line about the paper say something on the figures all the same."""
    if part.period is not None:
        return part.kind == PERIOD and _is_time_of_figures(text, part.period)
    if part.kind == UNKNOWN:
        return _STATE.search(text[: part.start]) is not None and bool(_MONTH.fullmatch(part.text))
    if part.kind == NARROWING and _PER_ONE.fullmatch(text):
        return True
    if part.kind == NARROWING and not _ADDRESS_OF_PERSON.search(text[: part.start]):
        return not lexicon.words("usual_in_asides").issuperset(fold(part.text).split() or [part.text])
    return part.kind in (FACTOR, STATUS, TARGET_GROUP)


def _is_time_of_figures(text: str, period: Period) -> bool:
    """Parts of years are; a day or a month by which the line was written is not, but the state of data is."""
    if text.startswith(("©", "Copyright", "copyright")):
        return False
    is_dated = period.form == DAY or (
        period.form == PART and period.months is not None and period.months[0] == period.months[1]
    )
    before, behind = text[: period.start], text[period.end :]
    return not is_dated or _STATE.search(before) is not None or f"{before}{behind}".strip().lower() == "bis"


def _as_topic(part: Part, known: Iterable[str]) -> Part:
    """Beside an indicator, a topic (``Beratungen zur Weiterbildung``) may make it another one."""
    key = fold(part.text)
    is_topic = part.kind == SILENT and key in lexicon.words("topics") and key not in known
    return part._replace(kind=UNKNOWN) if is_topic else part


def is_of_department(text: str) -> bool:
    """Whether a line names a part of an office; whose figures these are it need not say."""
    return is_aside(text) or senders.is_of_department(text)


@lru_cache(maxsize=REMEMBERED)
def is_silent(text: str) -> bool:
    """Whether a line says nothing on figures, whatever its words: an instruction, a number alone."""
    periods = periods_in(text)
    if not any(char.isalpha() or char in "%€" for char in text) and not periods:
        return not _PERIOD_IN_NUMBERS.fullmatch(text)  # a number alone, or a rule of dashes, names nothing
    if senders.is_about_handling(text):
        return True
    is_dated = any(period.form == PART for period in periods) or _DATED.search(text) is not None
    is_instruction = phrases.INSTRUCTION.search(text) and not phrases.CALCULATING.search(text)
    return bool(is_instruction) and not is_dated


@lru_cache(maxsize=REMEMBERED)
def is_aside(text: str) -> bool:
    """Whether a line is about the paper or its sender: a source, a contact, an instruction, a page number."""
    if is_silent(text):
        return True
    if _ADDRESSED.match(text):
        return not any(period.form == PART for period in periods_in(text))
    if _COMPOUND_OF_KEY.match(text[_length_of_key(text) :]):
        return False  # "E-Mail-Beratungen"
    folded = fold(text.rstrip("!"))
    is_thanking = folded.startswith(("vielen dank", "danke"))
    if (is_thanking and senders.states_something(text)) or phrases.CALCULATING.search(text):
        return False
    return any(
        folded == word or folded.startswith(f"{word} ") for word in lexicon.words("aside_lines")
    ) or text.startswith(("©", "# "))  # the latter: a comment as programs write them


def open_parts(parts: Iterable[Part]) -> list[Part]:
    """Narrowing and unknown words, those side by side as one."""
    joined: list[Part] = []
    previous = ""
    for part in parts:
        is_open = part.kind in (NARROWING, UNKNOWN)
        if is_open and joined and previous in (NARROWING, UNKNOWN):
            last = joined[-1]
            kind = NARROWING if NARROWING in (last.kind, part.kind) else UNKNOWN
            joined[-1] = last._replace(kind=kind, text=f"{last.text} {part.text}", end=part.end, codes=())
        elif is_open:
            joined.append(part)
        previous = part.kind
    return joined


def _take(pattern: re.Pattern[str], text: str, kind: str, found: list[Part]) -> str:
    """Take what matches out of the text, leaving blanks so that positions stay."""
    matches = list(pattern.finditer(text))
    for match in matches:
        codes = (quality_in(match[0]),) if kind == STATUS else ()
        found.append(Part(kind, match[0].strip(), match.start(), match.end(), codes))
    return pattern.sub(lambda match: " " * len(match[0]), text) if matches else text


def _take_single_programmes(text: str, names: NameIndex, found: list[Part]) -> str:
    """``Ergebnisse des Programms``, unless the name of an indicator follows: ``der Maßnahme EQ``."""
    for start, end in spans_of_single_programmes(text):
        following = next(_words(text[end:], names, frozenset()), None)
        is_named = following is not None and following.kind == INDICATOR
        found.append(Part(SILENT if is_named else NARROWING, text[start:end], start, end))
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _take_short_forms(text: str, names: NameIndex, found: list[Part]) -> str:
    """What stands in brackets behind the words it is short for, unless it is a name of its own."""
    for among in _SURVEY_AMONG.finditer(text):
        start, end = among.span("short")
        found.append(Part(SILENT, among["short"], start, end))
        text = text[:start] + " " * (end - start) + text[end:]
    for match in _IN_BRACKETS.finditer(text):
        short, (start, end) = match["short"], match.span("short")
        is_name = any(names.exact(kind, short) for kind in NAMED)
        if not is_name and abbreviations.is_short_for_all(short, text[:start]):
            found.append(Part(SILENT, short, start, end))
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _phrases_before_periods(text: str, names: NameIndex, found: list[Part]) -> str:
    """Names with a day or year in them (``… am 30. September``, ``KldB 2010``) are names, not periods."""
    for part in _words(text, names, frozenset(), only_with_digits=True):
        found.append(part)
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def _take_periods(text: str, found: list[Part]) -> str:
    for named in periods_in(text):
        kind, period = PERIOD, named
        if period.form == SPAN and _is_term_of_alliance(text, period):
            kind = SILENT
        elif period.form == SINCE and _SORTED.search(text[: period.start]):
            period = period._replace(form=YEAR)
        found.append(Part(kind, period.text, period.start, period.end, (), period))
        text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    return text


def _is_term_of_alliance(text: str, period: Period) -> bool:
    """``Allianz für Aus- und Weiterbildung 2015–2018`` names the Alliance, not the years of the figures."""
    before = fold(text[: period.start]).removesuffix("(").strip()
    return any(before.endswith(word) for word in lexicon.words("alliance"))


def _words(
    text: str, names: NameIndex, known: frozenset[str], *, only_with_digits: bool = False
) -> Iterator[Part]:
    """The longest names and known phrases, from left to right; what is left over, word by word."""
    tokens = [(fold(match[0]) or match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    digits = [any(map(str.isdigit, word)) for word, _, _ in tokens]
    place = 0
    while place < min(len(tokens), _MOST_WORDS):
        if only_with_digits and not any(digits[place : place + _LONGEST]):
            place += 1
            continue
        part, length = _longest(text, tokens, place, names, known)
        if only_with_digits:
            has_digits = length > 1 and any(digits[place : place + length])
            if part is not None and has_digits and not _YEAR_FOLLOWS.match(text, part.end):
                yield part
                place += length
            else:
                place += 1
            continue
        if part is None:
            word, start, end = tokens[place]
            kind = SILENT if not any(char.isalpha() for char in word) and not word.isdigit() else UNKNOWN
            kind = NARROWING if word in "%‰€<>≥≤±Δ∆Ø∅\ufffd" else kind
            part, length = Part(kind, text[start:end], start, end), 1
        yield part
        place += length
    if place < len(tokens) and not only_with_digits:  # somewhere in so much text something restricts
        start, end = tokens[place][1], tokens[-1][2]
        yield Part(NARROWING, text[start:end], start, end)


def _longest(
    text: str, tokens: list[tuple[str, int, int]], place: int, names: NameIndex, known: frozenset[str]
) -> tuple[Part | None, int]:
    for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
        chosen = tokens[place : place + length]
        key = " ".join(word for word, _, _ in chosen)
        start, end = chosen[0][1], chosen[-1][2]
        named = _named(key, text[start:end], names)
        if named is None and "=" in text[start:end]:  # a name may have a sign of its own: ``(1 = ja)``
            named = _named(fold(text[start:end]), text[start:end], names)
        if named is not None:
            return Part(named[0], text[start:end], start, end, named[1]), length
        if length == 1 and len(key) == 1 and text[end : end + 1] == "-":
            return None, 0  # "A-Berufe" are no "a"
        is_together = length == 1 or not _APART.search(text[start:end])
        if is_together and (kind := _listed(key, known)):
            return Part(kind, text[start:end], start, end), length
    return None, 0


def _named(key: str, original: str, names: NameIndex) -> tuple[str, tuple[str, ...]] | None:
    is_listed = key in lexicon.words("silent") or key in lexicon.words("narrowing")
    for kind in NAMED[:1] if is_listed else NAMED:
        codes = names.codes_named(kind, key) - {TOTAL, UNASSIGNED}
        if codes and (len(key) > _SHORT or original.isupper()):
            return kind, tuple(sorted(codes))
    if not is_listed:
        for kind in (INDICATOR, TARGET_GROUP):
            if codes := names.codes_inflected(kind, key) - {TOTAL, UNASSIGNED}:
                return kind, tuple(sorted(codes))
    return None


def _listed(key: str, known: frozenset[str]) -> str:
    if lexicon.is_narrowing(key):
        return NARROWING
    is_inflected = " " not in key and stem(key) in lexicon.stems("silent")
    if key in lexicon.words("silent") or is_inflected or {key, stem(key)} & known or lexicon.is_compound(key):
        return SILENT
    return ""


def words_known(texts: Iterable[str]) -> frozenset[str]:
    """The words of some names, for ``known``: a title may repeat a part of an indicator's name."""
    words = {word for text in texts for word in fold(text).split() if len(word) > _SHORT or word.isdigit()}
    return frozenset(words | {stem(word) for word in words})
