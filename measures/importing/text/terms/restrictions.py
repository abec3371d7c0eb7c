"""Words of remarks, comments and footnotes that make of a value something else than its figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import lexicon, wording
from measures.importing.text.factors import factor_in
from measures.importing.text.folding import fold
from measures.importing.text.letters import choosing
from measures.importing.text.periods import DAY, PART, SINCE, YEAR, covered, periods_in, year_meant
from measures.importing.text.terms.months import MONTH
from measures.importing.text.units import UNIT_COUNTED_AS, UNIT_OF_WORD

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex
    from measures.importing.text.periods import Period
    from measures.importing.text.wording import Part
    from measures.importing.vocabulary import IndicatorTerm

_CHAMBER = r"(?:ihk|hwk|hk|kammer|handwerkskammer|industrie- und handelskammer|chamber)"
_RESTRICTING = re.compile(
    r"\b(?:nur(?!\s+vorläufig)|lediglich|ausschließlich|only|geplant\w*|plan(?:wert|zahl|ung)?|ziel(?:wert|zahl)?|"
    r"soll(?:wert|zahl)?|prognose|prognostiziert|hochrechnung|hochgerechnet|erwartet|voraussichtlich|"
    r"planned|target|forecast|expected|"
    # another year, a part of it, or no figure at all
    r"vorjahr(?:es)?(?:wert|zahl)\w*|(?:wert|zahl)\w* (?:aus dem|des|vom) vorjahr\w*|fortgeschrieben|"
    r"bis\s+(?:ende\s+|mitte\s+|einschließlich\s+|einschl\.\s+)?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|"
    r"jan|feb|mrz|apr|jun|jul|aug|sept?|okt|nov)|"
    r"storn\w*|ungültig\w*|(?:ge)?str[ie]+chen|gelöscht|löschen|zwischen(?:stand|meldung)|teilmeldung|"
    r"unvollständig\w*|fehl(?:t|en|te|ten)\b(?! nicht)|teilweise(?!\s+(?:vorläufig|geschätzt))|"
    r"stimmt nicht|nicht (?:korrekt|richtig|plausibel|vollständig|belastbar|gesichert)|"
    r"unplausibel|falsch\w*|fehlerhaft\w*|doppelt(?: gezählt| erfasst)?|"
    r"(?:aus|von|vom) (?:dem )?vorjahr(?:es)?|"
    r"cancelled|invalid|incomplete|wrong|"
    r"(?:richtig(?: (?:ist|wäre))?|korrekt|korrigiert|recte|statt|instead of)\s*:?\s*\d+|"
    # of others, of more, or of fewer
    r"statt(?!\s*gefunden)|anstelle|"
    r"nicht\s+(?:mit)?(?:enthalten|gezählt|erfasst|berücksichtigt|eingerechnet)|"
    r"(?:in|bei|unter)\s+\S+(?:\s+\S+)?\s+(?:mit)?enthalten|"
    r"enthalten (?:in|bei)|summe (?:aus|von)|(?:zusammen|gemeinsam) mit|mit\s+\S+(?:\s+\S+)?\s+zusammen|"
    rf"(?:zahl|wert|angabe)\w* (?:von|aus) (?:der )?{_CHAMBER}|"
    rf"(?:inkl|incl|einschl|inklusive|einschließlich|including|together with)\.?\s+"
    rf"(?:der\s+|the\s+)?{_CHAMBER})\b",
    re.IGNORECASE,
)
_LEAVING_OUT = re.compile(
    r"\b(?:ohne(?!\s+(?:gewähr|vorbehalt|besonderheit\w*|änderung\w*))|ausgenommen|abzüglich|without|except)\b",
    re.IGNORECASE,
)
_WITH_OTHERS = re.compile(
    r"(?:inkl|incl|inklusive|einschl|einschließlich|mit|plus|including|with)\.?\s+(?P<whom>\w[\w/. -]+)",
    re.IGNORECASE,
)
_MOST_STATED = 2
_PART_OF_ALL = re.compile(
    r"(?:(?:Land)?[Kk]reis|Stadt|Stadtgebiet|Kammerbezirk|Bezirk)\s+[A-ZÄÖÜ][\w-]+|[A-ZÄÖÜ][\w-]+-Kreis"
    r"|[1-4]\. (?:Ausbildungs|Lehr)jahr"
)
"""``Kreis Düren``, ``2. Ausbildungsjahr``."""
_COUNTED = re.compile(r"\b(?:an)?zahl (?:der|von) (?P<what>\w+)", re.IGNORECASE)
_PERCENT = re.compile(r"\W*(?:in\s+|angabe in\s+)?(?:%|prozent|percent)\W*", re.IGNORECASE)
_UNITS = {fold(word): unit for word, unit in UNIT_OF_WORD.items()}
_COMPARED = re.compile(
    r"(?:gegenüber|verglichen mit|vergleich (?:zu|mit)|als|wie|seit|since|than|as in)\s+"
    r"(?:in\s+|im\s+jahr\s+)?$",
    re.IGNORECASE,
)
"""Before another year: the figure is compared with that year's."""
_AS_OF_MONTH = re.compile(
    rf"\bstand\b:?\s+(?:anfang\s+|mitte\s+|ende\s+)?(?P<month>{MONTH})\b(?!\s*(?:19|20)?\d\d)", re.IGNORECASE
)
_AS_OF = re.compile(r"\bstand\b[\s:]*(?:vom|am|per|zum)?\s*$", re.IGNORECASE)


def restricts(remark: str, year: int, indicator: IndicatorTerm) -> bool:
    """Whether a remark makes of a value something else: of a part of the year, of some, of more, or planned.

    ``year`` and ``indicator`` are those of the figure the value would be.
    """
    return (
        _RESTRICTING.search(remark) is not None
        or _PERCENT.fullmatch(remark) is not None
        or factor_in(remark) is not None
        or _counts_others(remark, indicator)
        or _is_of_other_month(remark, year, indicator.period)
        or any(_is_of_other_time(remark, period, year, indicator.period) for period in periods_in(remark))
    )


def names_some(remark: str, names: NameIndex) -> bool:
    """``Frauen``, ``Teilzeit``, ``Bestand``, ``mit Bonn``: a remark that only says which are counted.

    In a longer one the same words may tell of something else (``Rückgang, da Teilzeitstelle``).
    """
    joined = _WITH_OTHERS.match(remark)
    whom = joined["whom"] if joined else ""
    if _PART_OF_ALL.fullmatch(remark):
        return True
    if whom and (
        re.fullmatch(_CHAMBER, whom, re.IGNORECASE)
        or any(names.exact("organisation", f"{kind}{whom}") for kind in ("", "IHK ", "HWK "))
    ):
        return True
    stated = [part for part in wording.parts_of(remark, names) if part.kind != wording.SILENT]
    return 0 < len(stated) <= _MOST_STATED and all(map(is_of_some, stated))


def restricts_all(remark: str, names: NameIndex) -> bool:
    """The same of a comment on a heading or a title: it is of all values below."""
    return names_some(remark, names) or _RESTRICTING.search(remark) is not None


def is_of_some(part: Part) -> bool:
    if part.kind == wording.NARROWING:
        words = fold(part.text).split()
        usual = lexicon.words("usual_in_remarks")
        return bool(words) and not any(
            word in usual or word.startswith(lexicon.beginnings("usual_in_remarks")) for word in words
        )
    if part.kind == wording.UNKNOWN:
        return choosing.names_kind_of_training(part.text) or choosing.stands_for_some(part.text)
    return part.kind in (wording.TARGET_GROUP, wording.ORGANISATION)


def leaves_out(remark: str) -> bool:
    """``ohne Leverkusen``: some are not in the value. With a marked note it goes as the figure's remark."""
    return _LEAVING_OUT.search(remark) is not None


def _counts_others(remark: str, indicator: IndicatorTerm) -> bool:
    """``Zahl der Betriebe`` at a number of places."""
    found = _COUNTED.search(remark)
    unit = _UNITS.get(fold(found["what"]), "") if found else ""
    return bool(unit) and unit not in (indicator.unit, UNIT_COUNTED_AS.get(indicator.unit))


def _is_of_other_month(remark: str, year: int, kind: str) -> bool:
    """``Stand Juni``, without a year: before the period ends."""
    month = _AS_OF_MONTH.search(remark)
    found = periods_in(f"{month['month']} {year}") if month else []
    last = covered(kind, year)[1]
    return any(period.months is not None and period.months[1] < last.month for period in found)


def _is_of_other_time(remark: str, period: Period, year: int, kind: str) -> bool:
    before = remark[: period.start]
    if period.form in (PART, SINCE):
        return year_meant(period.within(year), kind) != year
    if period.form == YEAR:
        return period.year not in (None, year) and _COMPARED.search(before) is None
    if period.form == DAY and _AS_OF.search(before):
        last = covered(kind, year)[1]
        if period.last is None:
            return period.months is not None and period.months < (last.month, last.day)
        return period.last < last
    return False
