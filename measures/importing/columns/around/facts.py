"""What a table itself says in its headings, labels and sections, before the words around it are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measures.importing.addresses import column_letters
from measures.importing.columns.owners.towns import chamber_kinds
from measures.importing.layout.grid import UNIT_OF_WORD, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, split_marks, stem, tidy
from measures.importing.text.letters.speaking_for import parts_for_others
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.text.years import parse_year
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.names import NameIndex
    from measures.importing.text.wording import Part

_SAMPLE = 2_000
_OF_CHANGE = (
    "veraender",
    "differenz",
    "entwicklung",
    "anteil",
    "zuwachs",
    "gegenueber",
    "abweichung",
    "change",
)
_FEWEST_OF_SERIES = 3
_PLANNED = ("soll", "plan", "ziel")
_YEAR_BEFORE = (["vorjahr"], ["vorjahresvergleich"])
_FIELDS = {"HWK": frozenset({"handwerk"}), "IHK": frozenset({"industrie", "handel"})}
"""The parts of the economy whose chambers these are."""
_TRADE = "handwerk"
_CALLED = {
    "HWK": frozenset(("hwk", "hwks", "handwerk", "handwerks", "handwerkskammer", "handwerkskammern")),
    "IHK": frozenset(
        ("ihk", "ihks", "industrie und handel", "industrie und handelskammer", "industrie und handelskammern")
    ),
}
"""What titles call all chambers of a kind, or their field."""


@dataclass(slots=True)
class Facts:
    """What the table itself says, in its headings, labels and sections."""

    indicators: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    target_groups: set[str] = field(default_factory=set)
    occupations: set[str] = field(default_factory=set)

    def of(self, kind: str) -> set[str]:
        return {
            "indicator": self.indicators,
            "organisation": self.organisations,
            "region": self.regions,
            "target_group": self.target_groups,
            "occupation": self.occupations,
        }[kind]


def kinds_of_period(plan: Plan, facts: Facts, names: NameIndex) -> set[str]:
    """The kinds of period of all indicators the table has."""
    codes = facts.indicators | {plan.constants.get("indicator", "")}
    return {names.indicators[code].period for code in codes if code in names.indicators} or {""}


def units_of(plan: Plan, facts: Facts, names: NameIndex) -> set[str]:
    """What the table's indicators count, if all count the same."""
    codes = facts.indicators | {plan.constants.get("indicator", "")}
    units = {names.indicators[code].unit for code in codes if code in names.indicators}
    return units if len(units) == 1 else set()


def is_part_of_indicator(text: str, codes: Iterable[str], names: NameIndex) -> bool:
    """Whether words say no more than a name of the only indicator does."""
    terms = [names.indicators[code] for code in codes if code in names.indicators]
    concepts = concepts_of(text)
    if len(terms) != 1 or not concepts or any(UNIT_OF_WORD.get(word) for word in fold(text).split()):
        return False  # "Teilnehmende" may stand in the name of places
    return any(concepts <= concepts_of(name) for name in terms[0].names)


def is_in_every_heading(section: object, text: str, plan: Plan, names: NameIndex) -> bool:
    """Whether all headings of values name another year, indicator or group than the section does."""
    year = parse_year(section)
    named = {kind: names.exact(kind, text) for kind in (wording.INDICATOR, wording.TARGET_GROUP)}
    named["year"] = None if year is None else str(year.year)
    meanings = [value.heading.meaning for value in plan.values]
    return any(
        code and all(each.get(kind, code) != code for each in meanings) for kind, code in named.items()
    )


def have_columns(words: list[str], plan: Plan) -> bool:
    """Whether what words name (``Veränderung``, ``Soll``) are columns of their own beside the values."""
    columns = plan.table.columns
    if words == ["entwicklung"]:
        years = {value.heading.meaning.get("year", "") for value in plan.values} - {""}
        if len(years) >= _FEWEST_OF_SERIES:
            return True  # the values year by year are how it went
    if words in _YEAR_BEFORE:
        return _have_year_before(plan)
    if all(word.startswith(_OF_CHANGE) for word in words):
        has_derived = any(column.role == "ignore" and column.header for column in columns)
        return has_derived and all(value.heading.meaning.get("year") for value in plan.values)
    if all(word.startswith(_PLANNED) or word == "ist" for word in words):
        return any("ist" in fold(column.header).split() for column in columns)
    return False


def _have_year_before(plan: Plan) -> bool:
    """Whether each value says its year, and some of them are of the year before others."""
    years = {value.heading.meaning.get("year", "") for value in plan.values if not value.is_unclear}
    return "" not in years and any(str(int(year) - 1) in years for year in years)


def words_of_field(part: Part, parts: Sequence[Part]) -> list[str]:
    """The words of a part; of one half of ``Industrie und Handel`` both, for they are one field."""
    words = fold(part.text).split()
    before = [fold(each.text) for each in parts if each.end <= part.start][-2:]
    after = [fold(each.text) for each in parts if each.start >= part.end][:2]
    for others in ([*before, *words], [*words, *after]):
        if others == ["industrie", "und", "handel"]:
            return [others[0], others[-1]]
    return words


def together(part: Part, parts: Sequence[Part], names: NameIndex) -> Part:
    """``in Berlin und Brandenburg``: what lies in either lies in the area that a text names."""
    if part.kind != wording.REGION:
        return part
    codes = {(each.kind, code) for each in (part, *parts) for code in each.codes}
    named = {code for kind, code in codes if kind == wording.REGION}
    named |= {region for region, code in names.laender.items() if (wording.ORGANISATION, code) in codes}
    return part._replace(codes=tuple(named))


def name_owners(words: list[str], plan: Plan, grid: SheetGrid, facts: Facts) -> bool:
    """Whether words (``Süd``, ``Handwerk``) only say which of the chambers that the rows name are listed."""
    is_one = " ".join(words) in lexicon.words("areas")  # "Rhein Main Neckar"
    others = [] if is_one else [word for word in words if not lexicon.is_area(word)]
    kinds = [kind for kind, fields in _FIELDS.items() if fields == set(others)]  # a half of it is a branch
    if not others or not kinds:
        return bool(words) and not others and bool(facts.organisations)
    if any(_is_headed(kind, plan) for kind in kinds):
        return True
    codes, column = facts.organisations, plan.roles.get("organisation", -1)
    if column < 0 and not codes:
        codes = {plan.constants.get("organisation", "")}
    if not codes and column >= 0:  # towns, of which the heading or the title says what chamber is meant
        texts = {tidy(shown(grid.rows[row][column])) for row in plan.block.data} - {""}
        codes = {grid.names.exact("organisation", f"{kinds[0]} {text}") or "" for text in texts}
    known = grid.names.organisations
    codes = {
        code for code in codes if code not in known or known[code].kind != "land"
    }  # "Hessen" adds them up
    return bool(codes) and all(code.startswith(f"{kinds[0]}-") for code in codes)


def _is_headed(kind: str, plan: Plan) -> bool:
    """Whether the heading of the chambers calls them by their kind: towns below it are such chambers."""
    letters = column_letters(plan.roles["organisation"]) if "organisation" in plan.roles else ""
    headings = (column.header for column in plan.table.columns if column.letter == letters)
    return bool(set(fold(next(headings, "")).split()) & _CALLED[kind])


def _calls(key: str, names: frozenset[str]) -> bool:
    """Whether a word names the chambers, or is a compound with their trade: ``Handwerksstatistik``."""
    return key in names or (_TRADE in names and key.startswith(_TRADE))


def chambers_contradicted(parts: list[Part], plan: Plan, grid: SheetGrid, facts: Facts) -> list[Part]:
    """``Handwerk`` over rows of chambers of industry and commerce alone; words that say nothing elsewhere."""
    named = {
        kind: [part for part in parts if part.kind == wording.SILENT and _calls(fold(part.text), words)]
        for kind, words in _CALLED.items()
    }
    if all(named.values()) or any(named[kind] and _is_headed(kind, plan) for kind in _CALLED):
        return []  # a form for both, or the heading of the chambers says the same
    constant = "" if facts.organisations else plan.constants.get("organisation", "")
    return [
        part
        for kind, found in named.items()
        for part in found
        for other in _CALLED
        if other != kind
        and (constant.startswith(f"{other}-") or name_owners(list(_FIELDS[other]), plan, grid, facts))
    ]


def spoken_for(text: str, parts: list[Part], plan: Plan, names: NameIndex, facts: Facts) -> list[Part]:
    """``Federführung der IHKs in NRW`` below the name of one: the figures may be those of all of them."""
    owner = names.organisations.get(plan.constants.get("organisation", ""))
    if facts.organisations or "organisation" in plan.roles or owner is None or owner.kind != "chamber":
        return []
    alike = [term.region for term in names.organisations.values() if term.umbrella == owner.umbrella]
    wider = {region for region in alike if alike.count(region) > 1}
    wider |= {
        code for code, term in names.organisations.items() if term.kind == "land" and term.region in wider
    }
    return list(parts_for_others(text, parts, wider))


def has_money(plan: Plan, facts: Facts, names: NameIndex) -> bool:
    """Whether any of the table's indicators is an amount of money."""
    codes = facts.indicators | {plan.constants.get("indicator", "")}
    return any(names.indicators[code].unit == "EUR" for code in codes if code in names.indicators)


def words_of_other_units(units: set[str]) -> frozenset[str]:
    """``Teilnehmende`` stands in the name of places, and yet beside it says that persons are counted."""
    others = {word for word, unit in UNIT_OF_WORD.items() if units and unit not in units}
    return frozenset(others | {stem(word) for word in others})


def facts_of(plan: Plan, grid: SheetGrid) -> Facts:
    """Look through headings, label columns and sections; of very many rows at a part."""
    names, facts = grid.names, Facts()
    for value in plan.values:
        _add_codes(facts, value.heading.meaning.items())
    data = plan.block.data
    for kind in ("indicator", "organisation", "region", "target_group", "year"):
        column = plan.roles.get(kind, -1)
        if column >= 0:
            texts = {grid.rows[row][column] for row in data[:: max(1, len(data) // _SAMPLE)]}
            _add_texts(facts, kind, texts, names)
            if kind == "organisation":
                _add_texts(facts, kind, _towns_with_kinds(plan, grid, column), names)
    if plan.outline:
        _add_codes(facts, ((kind, label.code) for kind, label in plan.outline.others.values()))
    for _, value in plan.block.sections:
        for kind in ("indicator", "organisation", "target_group", "year"):
            _add_texts(facts, kind, {value}, names)
    facts.target_groups -= {TOTAL, ""}
    facts.organisations -= {TOTAL, ""}
    return facts


def _towns_with_kinds(plan: Plan, grid: SheetGrid, column: int) -> set[str]:
    """``Köln`` below a heading or section, or beside a column or heading, that says what chamber is meant."""
    if over_values := {value.chamber_kind for value in plan.values} - {""}:
        towns = {tidy(shown(grid.rows[row][column])) for row in plan.block.data} - {""}
        return {f"{kind} {town}" for kind in over_values for town in towns}
    headed = next((kind for kind in _CALLED if _is_headed(kind, plan)), "")
    kinds = chamber_kinds(grid, plan, column)
    if not headed and not any(kinds):
        return set()
    rows = zip(plan.block.data, kinds, strict=True)
    pairs = {(kind or headed, grid.rows[row][column]) for row, kind in rows}
    return {f"{kind} {tidy(shown(town))}" for kind, town in pairs if kind and town}


def _add_codes(facts: Facts, codes: Iterable[tuple[str, str]]) -> None:
    for kind, code in codes:
        if kind == "year":
            facts.years.add(int(code))
        elif kind in wording.NAMED:
            facts.of(kind).add(code)


def _add_texts(facts: Facts, kind: str, texts: Iterable[object], names: NameIndex) -> None:
    for value in texts:
        if value == "":
            continue
        if kind == "year":
            if (year := parse_year(value)) is not None:
                facts.years.add(year.year)
            continue
        code = names.exact(kind, split_marks(tidy(shown(value)))[0])
        if code:
            facts.of(kind).add(code)
