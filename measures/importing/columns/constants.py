"""What holds for a whole table because its surroundings say so: title, sheet name, notes, supplier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.columns.around.own_words import OwnWords
from measures.importing.layout.grid import is_date
from measures.importing.text import factors
from measures.importing.text.folding import fold, split_marks
from measures.importing.text.letters import contacts
from measures.importing.text.periods import DAY, PART, Period, periods_in, year_meant
from measures.importing.text.terms.answers import YES_OR_NO, is_yes_or_no
from measures.importing.text.terms.titles import indicator_stated, is_within, spans_stating, stated_apart
from measures.importing.text.wording import INDICATOR, PERIOD, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.text.names import NameIndex
    from measures.importing.text.wording import Part

_AS_OF = re.compile(r"\b(?:daten)?stand\b\s*:?\s*(?P<date>.+)$", re.IGNORECASE)
_LAST_DAY = re.compile(r"(?:30\.\s?0?9\.|31\.\s?12\.|30\. Sep|31\. Dez)")
_TIME_OF_DAY = re.compile(r"\b\d{1,2}:\d{2}:\d{2}\b")
_STATES_LAND = re.compile(r"\s*(?:bundes)?land\s*[:=]", re.IGNORECASE)
_ADDRESSEE = re.compile(r"\s*An (?:den|die|das) ")
_CALLED_YEAR = re.compile(
    r"\s*(?:berichts|melde|kalender)?(?:jahr|zeitraum)\w*\b|\s*reporting (?:year|period)\b", re.IGNORECASE
)
_COMPARED = re.compile(
    r"(?i)(?:gegenüber|ggü\.?|(?:vergleich|differenz|unterschied|verhältnis) zu[mr]?|"
    r"verglichen mit|mehr als|compared (?:to|with)|above|vs\.?|"
    r"(?:basis|bezugs|referenz|vergleichs|ausgangs)jahr)\s+"
    r"(?:(?:dem|the|zum)\s+)?(?:(?:jahr|year|stand)\s+)?\d{4}"
)
_ASIDE = re.compile(
    r"(?:^\s*(?:©|quelle|source|copyright|erstellt|abgerufen|druck|datum|redaktionsschluss|"
    r"(?:zuletzt )?aktualisier).*"
    r"|(?:daten)?stand\b(?:(?!,\s*(?:berichts|melde|kalender)?(?:jahr|zeitraum)).)*)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,;:()|]|\s[–—-]\s")
_PIECES_OF_ADDRESS = re.compile(r"\s*[,;|·•]\s*|\s[–—-]\s")
_IN_UNITS = re.compile(rf"(?:^| )in ({factors.FACTOR})(?: {factors.COUNTED})?$")


def speaks_of_others(line: str) -> bool:
    """A source, an addressee, or the Land the table is about, need not be whose figures they are."""
    return (
        _ADDRESSEE.match(line) is not None
        or line.lstrip().lower().startswith(("quelle", "source"))
        or _STATES_LAND.match(line) is not None
    )


def parts_read_before(text: str, names: NameIndex, known: frozenset[str] = frozenset()) -> list[Part]:
    """The parts of a text that stands beside many tables of a file: taken apart once, not to be changed."""
    if (text, known) not in names.read_texts:
        names.read_texts[text, known] = parts_of(text, names, known)
    return names.read_texts[text, known]


def year_in(lines: Iterable[str], names: NameIndex, kinds: Iterable[str] = ("",)) -> set[int]:
    """The years a title speaks of: called so (``Berichtsjahr``), else beside an indicator, else anywhere.

    ``kinds`` of period are the indicators'; a half-year or a span of years is none. A date alone counts where
    nothing else is stated; the state of the data never does.
    """
    kinds = tuple(kinds)
    dated: set[int] = set()
    called: set[int] = set()
    beside: set[int] = set()
    anywhere: set[int] = set()
    as_of_end: set[int] = set()
    for line in lines:
        as_of_end |= _years_ending_as_of(line, names, kinds)
        text = _COMPARED.sub(" ", _ASIDE.sub("", line))
        parts = parts_read_before(text, names)
        periods = [part.period for part in parts if part.period is not None and part.kind == PERIOD]
        years = {year for period in periods if (year := _year_of_all(period, kinds)) is not None}
        if is_date(text):
            dated |= years
            continue
        if years and _CALLED_YEAR.match(text):
            called |= years
        elif years and any(part.kind == INDICATOR for part in parts):
            beside |= years
        anywhere |= years
    return called or beside or anywhere or dated or as_of_end


def _years_ending_as_of(line: str, names: NameIndex, kinds: tuple[str, ...]) -> set[int]:
    """``Stand: 31.12.2016`` is the last day of the year itself, where the indicators' periods end on it."""
    stated = _AS_OF.search(line)
    if stated is None or kinds == ("",) or not _LAST_DAY.match(stated["date"]):
        return set()
    periods = [part.period for part in parts_of(stated["date"], names) if part.period is not None]
    return {year for period in periods[:1] if (year := _year_of_all(period, kinds)) is not None}


def _year_of_all(period: Period, kinds: tuple[str, ...]) -> int | None:
    """The year a period is to indicators of all these kinds."""
    years = {year_meant(period, kind) for kind in kinds}
    return years.pop() if len(years) == 1 else None


def as_of(lines: Iterable[str]) -> str:
    """The date the data were as of (Datenstand), as an ISO date; of a month, the last day."""
    for line in lines:
        stated = _AS_OF.search(line)
        if not stated:
            continue
        if _TIME_OF_DAY.search(stated["date"]):
            continue  # when the table was fetched, not as of when its data are
        for period in periods_in(stated["date"]):
            if period.form in {DAY, PART} and period.last is not None:
                return period.last.isoformat()
    return ""


def factor_in(lines: Iterable[str]) -> tuple[int, str]:
    """What a title multiplies all numbers below it by, and its words: ``EQ-Plätze 2016, Angaben in Tsd.``."""
    for line in lines:
        for piece in _PIECES.split(line):
            if found := _IN_UNITS.search(fold(piece)):
                return factors.factor_named(found[1]), piece.strip()
    return 1, ""


def indicators_in(lines: Iterable[str], names: NameIndex) -> set[str]:
    exact: set[str] = set()
    within: set[str] = set()
    for line in lines:
        bare = split_marks(line)[0]
        if code := indicator_stated(bare, names):
            exact.add(code)
        spans = spans_stating(bare, names.indicators, names)
        stated = {indicator_stated(bare[start:end], names) for start, end in spans}
        stated = stated - {""} | ({apart} if (apart := stated_apart(bare, names)[0]) else set())
        parts = [part for part in parts_of(bare, names) if part.kind == INDICATOR]
        parts = [part for part in parts if not is_within(part, spans)]
        named = {code for part in parts for code in part.codes if len(part.codes) == 1}
        if len(named) > 1:
            named = _without_those_of_definitions(bare, named, names)
        within |= stated | named or names.within("indicator", bare) or _concept_in(bare, names)
    return exact or within


def _without_those_of_definitions(line: str, named: set[str], names: NameIndex) -> set[str]:
    """``Beratene Betriebe (ohne Vertragsabschluss im Vorjahr)`` names no contracts: so are they defined."""
    parts = parts_of(line, names)
    for code in named:
        own = OwnWords([names.indicators[code]], ())
        others = [part for part in parts if part.kind == INDICATOR and part.codes != (code,)]
        if others and all(own.is_repeated(part, parts) for part in others):
            return {code}
    return named


def _concept_in(line: str, names: NameIndex) -> set[str]:
    """``Konzept zur Berufsorientierung (1 = ja, 0 = nein)``: a measure, and that the values say yes or no."""
    if not YES_OR_NO.search(line):
        return set()
    terms = filter(is_yes_or_no, names.indicators.values())
    return {term.code for term in terms if OwnWords([term], ()).names_measure_within(line)}


def organisations_in(lines: Iterable[str], names: NameIndex) -> set[str]:
    exact: set[str] = set()
    within: set[str] = set()
    for line in lines:
        bare = split_marks(line)[0]
        code = names.exact("organisation", bare)
        if code in names.organisations and names.exact("region", bare) is None:
            exact.add(code)
            continue
        found = {code for code in names.within("organisation", bare) if not _is_land(code, names)}
        within |= found or names.codes_within("organisation", line)
    return exact or within


def members_in(lines: Iterable[str], names: NameIndex, kinds: frozenset[str] = frozenset()) -> set[str]:
    """``DIHK-Abfrage`` over ``Rückmeldung der IHK Fulda``: the member reports, its umbrella asks.

    Of a sender and whom the letter goes to, the one of the ``kinds`` that are asked for such figures reports;
    so does the sender of a letter to its umbrella.
    """
    lines = list(lines)
    found = organisations_in(lines, names)
    heading = {code for line in lines if (code := _heading(line, names))}
    asked = {code for code in found & heading if names.organisations[code].kind in kinds}
    if sender := _sender(lines, names):
        term = names.organisations[sender]
        if found == {term.umbrella} or (term.kind in kinds and not asked):
            return {sender}
    members = found - {names.organisations[code].umbrella for code in found}
    return next((each for each in (members, asked) if len(each) == 1), found)


def _heading(line: str, names: NameIndex) -> str:
    """The organisation that a line begins with, before a sign that parts it from its address."""
    code = names.exact("organisation", _PIECES_OF_ADDRESS.split(line)[0].strip())
    return code if code in names.organisations else ""


def _sender(lines: Iterable[str], names: NameIndex) -> str:
    """The first organisation that is named, if its address is beside its name: ``IHK Bonn, 53113 Bonn``."""
    first = next((line for line in lines if organisations_in([line], names)), "")
    return _heading(first, names) if contacts.is_contact(first) else ""


def _is_land(code: str, names: NameIndex) -> bool:
    return names.organisations[code].kind == "land"


def target_group_in(lines: Iterable[str], names: NameIndex) -> set[str]:
    """A group counts for a whole table only where the title says it is about that group alone."""
    found: set[str] = set()
    for line in lines:
        stated = re.match(
            r"(?i)^(?:nur|darunter|zielgruppe|personengruppe|davon)\s*:?\s*(?:=\s*)?(.+)$", line
        )
        if stated and (code := names.exact("target_group", split_marks(stated[1])[0])):
            found.add(code)
    return found


def regions_in(lines: Iterable[str], names: NameIndex) -> set[str]:
    found: set[str] = set()
    for line in lines:
        stated = re.search(r"(?i)\b(?:land|bundesland|region|gebiet)\s*[:=]\s*(?:=\s*)?([^,;–|]+)", line)
        text = stated[1] if stated else line
        code = names.exact("region", split_marks(text)[0])
        if code:
            found.add(code)
    return found
