"""Names in spreadsheets and the codes they stand for. Exact after normalisation; similarity only suggests."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from measures.importing import synonyms
from measures.importing.vocabulary import COUNTRY, TOTAL, UNASSIGNED, Answers, IndicatorTerm, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_SUPERSCRIPT_END = re.compile(r"\s*([⁰¹²³⁴-⁹]+)[⁾)]?(?:\s*[,;]?\s*([⁰¹²³⁴-⁹]+)[⁾)]?)*\s*$")
_MARK_END = re.compile(r"\s*(?<![\d.,(/-])(\d{1,2}|[a-h])\)\s*$")
_BRACKET_END = re.compile(r"\s*\((\d{1,2})\)\s*$")
_STAR_END = re.compile(r"\s*(\*{1,3})\)?\s*$")
_HYPHENATED = re.compile(
    r"(?:(?<=\w)[-\u2010\u00ad][ \t]*[\r\n]+\s*(?=[a-zäöüß])"
    r"|(?<=[A-ZÄÖÜ]{4})[-\u2010\u00ad][ \t]*[\r\n]+\s*(?=[A-ZÄÖÜ]{2}))"
    r"(?!(?:und|oder|bzw|sowie)\b)",
    re.UNICODE,
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_PUNCTUATION = re.compile(r"[\s\-‐‑‒–—−/\\.,;:()\[\]\"„“”'’`´+_|*]+")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und "})
_CHAMBER = re.compile(
    r"^(?:(?P<ihk>industrie und handelskammer|ihk)|(?P<hwk>handwerkskammer|hwk))"
    r"(?: (?:zu|fuer|fur|der|des|die|das|den|in|von|am|im))* (?P<rest>.+)$"
)
_PARTICIPLE = re.compile(r"^(?:darunter|davon|dar\.|dav\.|nachrichtlich|of which|nur)\s*:?\s*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?(?!\d)")
_YEAR_ALONE = re.compile(
    r"^(?:(?:berichtsjahr|jahr|kalenderjahr|ausbildungsjahr|schuljahr|stand|year|fy)\s*:?\s*)?"
    r"(?:(?:\d{1,2}\.\s?){2})?(?P<year>\d{4})(?:\s*[/–-]\s*(?P<to>\d{2}|\d{4}))?"
    r"(?:(?:\s*|\s+\w?)(?P<marks>(?:\d{1,2}\)\s*,?\s*)+)|\s+(?P<glued>\d))?"
    r"\s*(?P<status>\(?(?:vorläufig|vorl\.?|geschätzt|schätzung|revidiert|p|r|s)\)?)?\s*$",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(
    r"^(?:(?:summe|gesamtsumme|gesamt|insgesamt|zusammen|total)\b[\s:]*(?P<after>.*)"
    r"|(?P<before>.+)\s(?:insgesamt|gesamt|zusammen))$",
    re.IGNORECASE,
)
_GENERIC = {
    *("der", "aller", "alle", "die", "ueber", "und", "kammer", "kammern", "handwerkskammern", "industrie"),
    *(
        "handelskammern",
        "ihk",
        "ihks",
        "hwk",
        "hwks",
        "laender",
        "bundeslaender",
        "organisationen",
        "partner",
    ),
}
_SERIAL_YEARS = range(1990, 2050)
_SUGGEST_FROM = 75
_STATUS = {"v": "preliminary", "p": "preliminary", "g": "estimate", "s": "estimate", "r": "revised"}


SINCE_1900, SINCE_1904 = dt.date(1899, 12, 30).toordinal(), dt.date(1904, 1, 1).toordinal()
"""The day a sheet's day numbers are counted from, in the two systems there are."""


def tidy(text: str) -> str:
    """Text as a person reads it: one line, words that were broken across lines joined again."""
    text = _HYPHENATED.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str) -> str:
    """The key under which names are compared."""
    text = tidy(text).casefold().translate(_DIGRAPHS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _PUNCTUATION.sub(" ", text).strip()


def fold_without_digraphs(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", tidy(text).casefold())
    return fold("".join(c for c in decomposed if not unicodedata.combining(c)))


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Take footnote marks (``Bremen 4)``, ``2016 (1)``, ``Saarland*``, ``2014²``) off the end of a label."""
    marks: list[str] = []
    text = text.strip()
    while True:
        if found := _SUPERSCRIPT_END.search(text):
            digits = found.group(0).translate(_SUPERSCRIPTS)
            marks[:0] = re.findall(r"\d+", digits)
        elif (
            (found := _BRACKET_END.search(text))
            or ((found := _MARK_END.search(text)) and text.count("(") < text.count(")"))
            or (found := _STAR_END.search(text))
        ):
            marks.insert(0, found.group(1))
        else:
            return text, tuple(marks)
        if not text[: found.start()].strip():
            return text, tuple(marks[1:])
        text = text[: found.start()].rstrip(" ,;")


class Year(NamedTuple):
    year: int
    marks: tuple[str, ...] = ()
    quality: str = ""


def _ending(first: int, second: str | None) -> int:
    """A span such as 2015/16 carries the year in which it ends."""
    if not second:
        return first
    last = int(second) if len(second) > 2 else first // 100 * 100 + int(second)  # noqa: PLR2004  two-digit years
    return last if last in (first + 1, first) else first


def parse_year(value: object, *, serial: int = 0) -> Year | None:
    """Read a year from a cell; ``serial`` is the day from which the numbers count that dates turn into."""
    if isinstance(value, dt.date):
        return Year(value.year)
    if isinstance(value, (int, float)):
        return _year_of_number(value, serial=serial)
    return _year_of_text(value) if isinstance(value, str) else None


def _year_of_number(value: float, *, serial: int) -> Year | None:
    if isinstance(value, bool) or not (isinstance(value, int) or value.is_integer()):
        return None
    number = int(value)
    if serial and (day := day_of_serial(number, serial)):
        return Year(day.year)
    return Year(number) if 1000 <= number <= 9999 else None  # noqa: PLR2004  four digits


def day_of_serial(number: float, first_day: int) -> dt.date | None:
    """The date a day number stands for, if it is one that reports are about."""
    if not 10_000 <= number <= 99_999 or number != int(number):  # noqa: PLR2004  five digits
        return None
    day = dt.date.fromordinal(first_day + int(number))
    return day if day.year in _SERIAL_YEARS else None


def _year_of_text(value: str) -> Year | None:
    text, marks = split_marks(tidy(value))
    found = _YEAR_ALONE.match(text)
    if not found:
        return None
    inner = re.findall(r"\d+", found["marks"] or found["glued"] or "")
    quality = _STATUS[found["status"].strip("(").casefold()[0]] if found["status"] else ""
    return Year(_ending(int(found["year"]), found["to"]), (*inner, *marks), quality)


def years_in(text: str) -> list[tuple[int, int, int]]:
    """Years named within a text: (year, start, end). Dates are not years of a report."""
    return [
        (_ending(int(found[1]), found[2]), found.start(), found.end())
        for found in _YEAR.finditer(text)
        if 1990 <= int(found[1]) <= 2100  # noqa: PLR2004  years that reports are about
    ]


def without_participle(text: str) -> tuple[str, bool]:
    """Take ``darunter`` or ``davon`` off the front."""
    found = _PARTICIPLE.match(text)
    return (text[found.end() :].strip(), True) if found else (text, False)


class Unknown(NamedTuple):
    """A name that stands for nothing known, and what it resembles."""

    text: str
    candidates: tuple[str, ...]


def _chamber_key(key: str) -> str:
    found = _CHAMBER.match(key)
    return f"{'ihk' if found['ihk'] else 'hwk'} {found['rest']}" if found else key


class Names:
    """Codes by name, for one reading."""

    def __init__(self, vocabulary: Vocabulary, answers: Answers | None = None) -> None:
        self.vocabulary = vocabulary
        self.indicators: dict[str, IndicatorTerm] = {term.code: term for term in vocabulary.indicators}
        self.organisations = {term.code: term for term in vocabulary.organisations}
        self.laender = {term.region: term.code for term in vocabulary.organisations if term.kind == "land"}
        self.regions = {term.code for term in vocabulary.regions}
        self.occupations = {term.code: term.label for term in vocabulary.occupations}
        self.answers = answers.names if answers else {}
        self.first_day = SINCE_1900
        self._keys: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._folded: dict[str, dict[str, str]] = {}
        self._codes: dict[tuple[str, str], str | tuple[str, ...]] = {}
        self._cache: dict[tuple[str, str], str | Unknown] = {}
        self._fill()

    def _fill(self) -> None:
        given = self.vocabulary
        for kind, terms in (
            ("organisation", given.organisations),
            ("region", given.regions),
            ("indicator", given.indicators),
            ("target_group", given.target_groups),
        ):
            for term in terms:
                self._add(kind, term.code, term.names)
        for occupation in given.occupations:
            self._add("occupation", occupation.code, (occupation.label,))
        self._fill_in_synonyms()

    def _fill_in_synonyms(self) -> None:
        groups = {term.code for term in self.vocabulary.target_groups} | {TOTAL}
        for kind, codes, given in (
            ("region", self.regions | {COUNTRY}, synonyms.REGION_SYNONYMS),
            ("region", set(synonyms.PART_SYNONYMS), synonyms.PART_SYNONYMS),
            ("target_group", groups, synonyms.TARGET_GROUP_SYNONYMS),
        ):
            for code in codes & set(given):
                self._add(kind, code, given[code], suggest=False, weak=True)
        for kind in ("organisation", "region", "target_group", "occupation"):
            self._add(kind, TOTAL, synonyms.TOTAL_WORDS, suggest=False, weak=True)
        for kind in ("region", "occupation"):
            self._add(kind, UNASSIGNED, synonyms.UNASSIGNED_WORDS, suggest=False, weak=True)

    def _add(
        self, kind: str, code: str, names: Iterable[str], *, suggest: bool = True, weak: bool = False
    ) -> None:
        """A weak name is a synonym of ours: it never makes a name of the catalogue ambiguous."""
        keys = self._keys[kind]
        for name in names if code.startswith("_") else (code, *names):
            for key in {fold(name), fold_without_digraphs(name)}:
                variants = {key, _chamber_key(key)} if kind == "organisation" else {key}
                for variant in variants:
                    if not (weak and keys.get(variant)):
                        keys[variant].add(code)
            if suggest and name != code:
                self._labels[kind].setdefault(tidy(name), code)

    def learn(self, kind: str, key: str, code: str) -> None:
        """Take over a legend of the file itself (``K01`` = ``IHK Aachen``)."""
        self._keys[kind][fold(key)] = {code}
        self._codes.clear()
        self._cache.clear()

    def exact(self, kind: str, text: str) -> str | None:
        """The code for a name, or None; nothing is guessed."""
        found = self._code(kind, text)
        return found if isinstance(found, str) else None

    def resolve(self, kind: str, text: str) -> str | Unknown:
        known = self._cache.get((kind, text))
        if known is None:
            found = self._code(kind, text)
            known = found if isinstance(found, str) else self._unknown(kind, tidy(text), found)
            self._cache[kind, text] = known
        return known

    def _unknown(self, kind: str, text: str, ambiguous: tuple[str, ...]) -> Unknown:
        bare = without_participle(text)[0] if kind == "target_group" else text
        return Unknown(text, ambiguous or self.candidates(kind, bare))

    def _code(self, kind: str, text: str) -> str | tuple[str, ...]:
        """The code for a name, or all it may stand for; what it merely resembles costs more."""
        known = self._codes.get((kind, text))
        if known is None:
            known = self._codes[kind, text] = self._look_up(kind, tidy(text))
        return known

    def _look_up(self, kind: str, text: str) -> str | tuple[str, ...]:
        answer = self.answers.get(kind, {}).get(text)
        if answer:
            return answer
        if text in (TOTAL, UNASSIGNED):
            return text
        keys = self._keys[kind]
        bare = without_participle(text)[0] if kind == "target_group" else text
        key = fold(bare)
        codes = keys.get(key)
        if not codes and kind == "organisation":
            codes = keys.get(_chamber_key(key))
        if codes and len(codes) == 1:
            return next(iter(codes))
        if kind == "region" and (code := self._coded_region(text)):
            return code
        if not codes and kind in ("organisation", "region") and (code := self._total_of(kind, bare)):
            return code
        return tuple(sorted(codes)) if codes else ()

    def _total_of(self, kind: str, text: str) -> str:
        """``Summe der Kammern`` and ``Insgesamt (79 IHKs)`` are totals, ``NRW zusammen`` is the Land's."""
        found = _TOTAL_OF.match(text)
        if not found:
            return ""
        rest = found["after"] or found["before"] or ""
        if all(word.isdigit() or word in _GENERIC for word in fold(rest).split()):
            return TOTAL
        return self.exact(kind, rest) or self.laender.get(self.exact("region", rest) or "", "")

    def _coded_region(self, text: str) -> str | None:
        """``05 Nordrhein-Westfalen`` or ``05``; a lost leading zero counts only beside the name."""
        found = re.match(r"^(\d{1,2})(?:\s+|$)(.*)$", text)
        if not found:
            return None
        digits, name = found.groups()
        if not name:
            return digits if digits in self.regions else None
        code = self.exact("region", name)
        if code in (COUNTRY, TOTAL):
            return COUNTRY if not digits.strip("0") else None
        return code if code == digits.zfill(2) else None

    def candidates(self, kind: str, text: str) -> tuple[str, ...]:
        """At most three names that resemble the text, best first."""
        labels = self._labels[kind]
        folded = self._folded.get(kind)
        if folded is None:
            folded = self._folded[kind] = {label: fold(label) for label in labels}
        found = process.extract(
            fold(text),
            folded,
            scorer=fuzz.WRatio,
            score_cutoff=_SUGGEST_FROM,
            limit=6,
        )
        best: dict[str, str] = {}
        for _, _, label in found:
            best.setdefault(labels[label], label)
        return tuple(list(best.values())[:3])

    def within(self, kind: str, text: str) -> set[str]:
        """Codes whose name occurs as whole words in a longer text; longer names hide shorter ones."""
        padded = f" {fold(text)} "
        codes: set[str] = set()
        for key, owners in sorted(self._keys[kind].items(), key=lambda item: -len(item[0])):
            if len(key) > 3 and len(owners) == 1 and f" {key} " in padded:  # noqa: PLR2004  short codes mislead
                padded = padded.replace(f" {key} ", "  ")
                codes |= owners
        return codes - {TOTAL, UNASSIGNED}

    def codes_within(self, kind: str, text: str) -> set[str]:
        """Short names such as BA or BFB, written exactly so, as words of a text."""
        words = set(re.findall(r"[\w.]+(?:-[\w]+)*", text))
        if kind == "organisation":
            return words & set(self.organisations)
        return set()

    def is_total(self, text: str) -> bool:
        return TOTAL in self._keys["organisation"].get(fold(text), ())

    def is_unassigned(self, text: str) -> bool:
        return UNASSIGNED in self._keys["occupation"].get(fold(text), ())
