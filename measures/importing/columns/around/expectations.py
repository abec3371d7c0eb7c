"""What texts around a table may name because the table itself says so."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from measures.importing.columns.around.facts import (
    facts_of,
    has_money,
    have_columns,
    is_part_of_indicator,
    kinds_of_period,
    name_owners,
    together,
    units_of,
    words_of_field,
)
from measures.importing.columns.around.own_periods import BEGINNING, ExpectedPeriods
from measures.importing.columns.around.own_words import OwnWords
from measures.importing.columns.constants import parts_read_before
from measures.importing.layout.grid import UNIT_OF_WORD, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import PARTICIPLES, fold, split_marks, stem, tidy, without_participle
from measures.importing.text.letters.located import is_where
from measures.importing.text.neutral.counted_by import is_of_other_things, with_counted_by
from measures.importing.text.neutral.single_programmes import is_single_programme
from measures.importing.text.periods import (
    AFTER_30_SEPTEMBER,
    DAY,
    ON_30_SEPTEMBER,
    ON_31_DECEMBER,
    year_meant,
)
from measures.importing.text.terms.answers import words_against_yes
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.text.terms.places import laender_of_part
from measures.importing.text.units import UNIT_COUNTED_AS
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measures.importing.columns.around.sources import Source
    from measures.importing.columns.plan import Plan, ValueColumn
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

_ANY_YEAR = 2016
_PLACED = frozenset(("unplaced", "applicant", "person"))
_LEADS_TO_GROUP = frozenset((*PARTICIPLES, "nur", "only"))
_ASKING = frozenset(("was", "welche", "groesse", "groessen", "what", "is", "reported"))
_COUNTED_IN = ("angaben in", "zahlen in", "werte in", "alle angaben jeweils in", "figures in")
_PER_PART = lexicon.words("parts_of_year") | {"je", "pro"}
_ON_A_DAY = frozenset((ON_30_SEPTEMBER, ON_31_DECEMBER))
_BODIES = frozenset(
    (
        *("kammern", "ihks", "hwks", "handwerkskammern", "industrie und handelskammern", "laender"),
        *("partner", "verbaende", "organisationen", "kammerbezirke", "kammerbezirken"),
    )
)
_KINDS = ("IHK", "HWK")
_FEWEST_PARTNERS = 2
_PARTNERS = ("allianzpartner", "allianzpartnern")
_CALLED_BY_KIND = {
    "federal_ministry": ("bundesressorts", "ressorts", "bundesministerien", "bundesministerium"),
    "employer_organisation": (
        "wirtschaftsverbaende",
        "wirtschaftsverbaenden",
        "arbeitgeberverbaende",
        "spitzenverbaende",
    ),
    "trade_union": ("gewerkschaften", "einzelgewerkschaften"),
}
"""What titles call organisations of a kind, where all rows are of it."""
_OF_MONEY = frozenset(
    {
        "€",
        "betrag",
        "betraege",
        "geldbetraege",
        "finanziell",
        "finanzielle",
        "finanziellen",
        "finanzieller",
        "aufwand",
        "aufwendungen",
        "kosten",
        "finanzen",
        "finanzmittel",
        "geldmittel",
        "ausgaben",
    }
)
"""What titles call amounts of money."""
_GIVEN_ONCE = ("indicator", "target_group", "organisation")


class Expectations(ExpectedPeriods):
    """What texts around a table may name because the table itself says so, in its headings and its rows."""

    def __init__(self, plan: Plan, grid: SheetGrid) -> None:
        self.plan = plan
        self.grid = grid
        self.names = grid.names
        self.facts = facts_of(plan, grid)
        self.kinds = kinds_of_period(plan, self.facts, self.names)
        self.units = units_of(plan, self.facts, self.names)
        codes = sorted(self.facts.indicators | {plan.constants.get("indicator", "")})
        terms = [self.names.indicators[code] for code in codes if code in self.names.indicators]
        measures = (name for term in self.names.indicators.values() for name in term.measure)
        self.own = OwnWords(terms, measures)

    def is_of_other_unit(self, value: ValueColumn) -> bool:
        """``Beratungen`` over ``Betriebe`` counts companies, and so is not the number of consultations."""
        constant = self.plan.constants.get("indicator", "")
        term = self.names.indicators.get(value.heading.meaning.get("indicator") or constant)
        unit = value.heading.unit
        if not unit or term is None or not term.unit:
            return False
        return unit not in (term.unit, UNIT_COUNTED_AS.get(term.unit))

    def is_denied_by_rows(self, value: ValueColumn) -> bool:
        """``darunter Frauen`` over rows of which some are those of refugees: groups are not combined."""
        return any(
            code != TOTAL and self._codes_of_rows(kind) - {code, TOTAL}
            for kind, code in value.heading.meaning.items()
            if kind in _GIVEN_ONCE and kind in self.plan.roles
        )

    def counts_some(self, heading: str) -> bool:
        """``EQ-Plätze (BMBF)``, ``EQ-Plätze A``, ``EQ-Meldungen``: some of them, or something else."""
        read = parts_read_before(heading, self.names)
        parts = with_counted_by(heading, read)
        is_beside = any(
            part.period is not None and part.period.form == DAY and self.is_beside_day(heading[: part.start])
            for part in read
        )
        return (
            is_beside
            or is_of_other_things(heading, read)
            or any(
                part.kind == wording.NARROWING and part not in read and not self.is_understood(part, parts)
                for part in parts
            )
        )

    def is_beside(self, part: Part, text: str, start: int = 0) -> bool:
        """Whether a part is a day, and the time after or before it is meant; ``start``: of the text."""
        is_day = part.period is not None and part.period.form == DAY
        return is_day and self.is_beside_day(text[: part.start - start])

    def words_against(self, text: str) -> list[Part]:
        """What beside yes or no says that one means no, or that nothing is in force yet."""
        words = words_against_yes(text) if self.own.is_yes_or_no else ""
        start = text.find(words)
        return [wording.Part(wording.NARROWING, words, start, start + len(words))] if words else []

    def _codes_of_rows(self, kind: str) -> set[str]:
        """What the labels of a column name, those that are known."""
        column = self.plan.roles[kind]
        texts = {tidy(shown(self.grid.rows[row][column])) for row in self.plan.block.data}
        bare = {without_participle(split_marks(text)[0])[0] for text in texts}
        return {code for text in bare if (code := self.names.exact(kind, text))}

    def is_unexpected(self, part: Part, source: Source) -> bool:
        """Whether a text names something that is not what the whole table is about."""
        is_beside = self.is_beside(part, source.text)
        if is_beside or self.own.is_repeated(part, source.parts):
            return is_beside
        if part.kind == wording.FACTOR:
            return not self.is_multiplied()
        if part.period is not None and part.kind == wording.PERIOD:
            return not self.is_expected_period(source, part.period)
        return part.kind in wording.NAMED and not self.is_expected_name(part, source.parts)

    def is_multiplied(self) -> bool:
        """Whether the title or a heading was understood to multiply values of the table."""
        return "factor" in self.plan.found_constants or any(
            value.heading.factor != 1 for value in self.plan.values
        )

    def is_stated(self, kind: str) -> bool:
        """Whether a person stated what holds for the whole table."""
        found = self.plan.found_constants.get(kind)
        return found is not None and found.source == "person_chose_constant"

    def is_expected_name(self, part: Part, parts: Sequence[Part] = ()) -> bool:
        """Whether what is named is what the table is about, or does not say whose figures it has."""
        facts, plan, part = self.facts, self.plan, together(part, parts, self.names)
        constant = plan.constants.get(part.kind, "")
        stated = facts.of(part.kind) | ({constant} if constant else set())
        codes = set(part.codes)
        if part.kind == "region" and facts.organisations and all(map(laender_of_part, codes)):
            return self._lies_in(codes)  # each row names its chamber: "West" only says which are listed
        if part.kind in ("indicator", "target_group") and self.are_placed(part.text):
            return True
        is_same = codes <= stated if part.kind == "region" else codes & stated
        if is_same or (part.kind == "target_group" and self.is_stated(part.kind)):
            return True
        if part.kind == "organisation":
            return self._is_sender(codes, constant)
        if part.kind == "region":
            return self._is_area(codes)
        return part.kind == "indicator" and not stated

    def _are_owners(self, codes: set[str]) -> bool:
        """``DIHK-Plätze`` over its chambers: whose figures the table has, or who is above them."""
        known = self.names.organisations
        owners = self.facts.organisations | {self.plan.constants.get("organisation", "")}
        return codes <= owners | {known[owner].umbrella for owner in owners if owner in known}

    def _lies_in(self, codes: set[str]) -> bool:
        """Whether any organisation of the table lies in one of these parts of the country."""
        known = self.names.organisations
        regions = {known[code].region for code in self.facts.organisations if code in known}
        return bool(regions & set().union(*map(laender_of_part, codes)))

    def _is_sender(self, codes: set[str], constant: str) -> bool:
        """Whether whoever is named only sends or receives the table: it says itself whose figures it has."""
        known = self.names.organisations
        if self.facts.organisations or not constant:
            return True
        if any(known[constant].umbrella == code for code in codes if constant in known):
            return True
        asked_of = {kind for code in self.facts.indicators for kind in self._asked_of(code)}
        return all(known[code].kind not in asked_of for code in codes if code in known)

    def _asked_of(self, indicator: str) -> tuple[str, ...]:
        term = self.names.indicators.get(indicator)
        return term.asked_of if term else ()

    def _is_area(self, codes: set[str]) -> bool:
        """Whether all organisations of the table lie in the area that is named."""
        regions = self._regions()
        if codes == {COUNTRY}:
            return True
        return bool(regions) and regions <= codes.union(*map(laender_of_part, codes))

    def take_region(self, text: str, parts: list[Part]) -> None:
        """``Bewerber in Sachsen`` over figures of who reports nationwide: they are of this Land."""
        named = [part for part in parts if part.kind == wording.REGION and COUNTRY not in part.codes]
        codes = {code for part in named for code in part.codes}
        is_open = "region" not in self.plan.roles and "region" not in self.plan.constants
        if is_open and len(codes) == 1 and self._regions() == {COUNTRY} and is_where(text, named[0], parts):
            self.plan.constants["region"] = self.plan.table.constants["region"] = codes.pop()

    def _regions(self) -> set[str]:
        known = self.names.organisations
        owners = self.facts.organisations | {self.plan.constants.get("organisation", "")}
        return {known[code].region for code in owners if code in known} | self.facts.regions

    def are_placed(self, text: str) -> bool:
        """``Nachvermittlung unversorgter Bewerber``: whom the placing after 30 September is for."""
        return self.kinds == {AFTER_30_SEPTEMBER} and concepts_of(text) <= _PLACED

    def is_understood(self, part: Part, parts: list[Part]) -> bool:
        """Whether words that could narrow the figures say only what the table does."""
        key = fold(part.text) or part.text
        is_own = bool(part.codes) and self._are_owners(set(part.codes))
        if key in _LEADS_TO_GROUP:
            following = next((other for other in parts if other.start >= part.end), None)
            return following is not None and following.kind == wording.TARGET_GROUP
        words = key.split()
        codes = self.facts.indicators | {self.plan.constants.get("indicator", "")}
        if part.kind == wording.UNKNOWN and is_part_of_indicator(part.text, codes, self.names):
            return True
        return (
            is_own
            or self.own.are_source(part)
            or (bool(self.units) and self.is_own_unit(key))
            or self._repeats_catalogue(part, parts)
            or self._are_in_name_of_owner(part, parts)
            or (key in _OF_MONEY and has_money(self.plan, self.facts, self.names))
            or self._describes_bodies(words, part, parts)
            or self._are_partners(words, parts)
            or self._lists_towns(part, parts)
            or self._leads_to_period(words, part, parts)
            or (words == ["bestand"] and self.kinds <= _ON_A_DAY)
            or (self.plan.has_parts_of_year and _PER_PART.issuperset(words))
            or self._are_registered(words)
            or self._are_counted_in(key, part, parts)
            or name_owners(words_of_field(part, parts), self.plan, self.grid, self.facts)
            or (words == ["auszug"] and self._names_area(parts))
            or have_columns(words, self.plan)
        )

    def _describes_bodies(self, words: list[str], part: Part, parts: list[Part]) -> bool:
        """``der geförderten Kammern`` over rows that name theirs: which of them are listed."""
        following = next((other for other in parts if other.start >= part.end), None)
        return (
            len(words) == 1
            and part.text[:1].islower()
            and words[0].endswith(("e", "en", "er"))
            and part.kind == wording.UNKNOWN
            and following is not None
            and fold(following.text) in _BODIES
            and len(self.facts.organisations) > 1
        )

    def _are_partners(self, words: list[str], parts: list[Part]) -> bool:
        """``Ausgaben der Ressorts und der BA`` over all of them; over chambers it may be whose places."""
        known, beside = self.names.organisations, {code for part in parts for code in part.codes}
        kinds = {known[code].kind for code in self.facts.organisations - beside if code in known}
        if len(self.facts.organisations) < _FEWEST_PARTNERS or len(words) != 1:
            return False
        is_of_partners = "chamber" not in kinds and words[0] in _PARTNERS
        return is_of_partners or (len(kinds) == 1 and words[0] in _CALLED_BY_KIND.get(kinds.pop(), ()))

    def _lists_towns(self, part: Part, parts: list[Part]) -> bool:
        """``IHK-Bezirke Ulm und Reutlingen`` over rows of just these: the towns of all chambers listed."""
        owners = self.facts.organisations
        is_town = part.text[:1].isupper() and bool(self._chambers_at([part]))
        return is_town and len(owners) > 1 and owners <= self._chambers_at(parts)

    def _chambers_at(self, parts: list[Part]) -> set[str]:
        """The chambers of the table that are called by their towns."""
        texts = [part.text for part in parts if part.text[:1].isupper()]
        codes = {self.names.exact("organisation", f"{kind} {text}") for text in texts for kind in _KINDS}
        return {code for code in codes if code} & self.facts.organisations

    def _are_in_name_of_owner(self, part: Part, parts: list[Part]) -> bool:
        """``in den Freien Berufen`` over figures of their association: words side by side in its name."""
        owner = self.names.organisations.get(self.plan.constants.get("organisation", ""))
        words = [(stem(word), each is part) for each in parts for word in fold(each.text).split()]
        pairs = [
            f" {first} {second} "
            for (first, is_first), (second, is_second) in pairwise(words)
            if is_first or is_second
        ]
        names = [f" {' '.join(map(stem, fold(name).split()))} " for name in owner.names] if owner else []
        return any(pair in name for pair in pairs for name in names)

    def _names_area(self, parts: list[Part]) -> bool:
        """``Auszug Süd``: of which chambers the rows are printed, where each row names its own."""
        return bool(self.facts.organisations) and any(
            part.kind == wording.REGION or lexicon.is_area(fold(part.text)) for part in parts
        )

    def _repeats_catalogue(self, part: Part, parts: list[Part]) -> bool:
        """Whether words only repeat what the catalogue says on the indicators of the table."""
        own = self.own
        return (
            own.are_compared_with_base(part, parts)
            or own.is_repeated(part, parts)
            or own.are_legend(part)
            or own.are_all_of_definition(parts)
            or (part.kind == wording.UNKNOWN and own.names_measure(part, parts))
            or self.is_own_programme(part, parts)
        )

    def is_own_programme(self, part: Part, parts: list[Part]) -> bool:
        """``der Maßnahme`` in a text that names the measure of the table's indicators."""
        return is_single_programme(part.text) and self.own.is_measure_among(parts)

    def _leads_to_period(self, words: list[str], part: Part, parts: list[Part]) -> bool:
        """``Vorjahr: 30.09.2015`` beside figures of both years, ``ab 1. Oktober`` of what begins then."""
        following = next((other for other in parts if other.start >= part.end), None)
        period = following.period if following is not None else None
        if period is None:
            return False
        if words in BEGINNING:
            return self.is_beginning(period)
        is_year_before = words == ["vorjahr"] and len(self.facts.years) > 1
        return is_year_before and {year_meant(period, kind) for kind in self.kinds} <= self.facts.years

    def is_own_unit(self, key: str) -> bool:
        """Whether a word names what the table's indicators count; of several it may be any of theirs."""
        unit = UNIT_OF_WORD.get(key, "")
        own = self.units | {UNIT_COUNTED_AS.get(each, "") for each in self.units}
        return bool(unit) and (unit in own or not self.units)

    def is_of_reporting(self, role: str, part: Part, parts: list[Part]) -> bool:
        """``Was wird gemeldet`` over names of indicators: what a form asks for, and none of them narrowed."""
        others = [each for each in parts if each is not part]
        return (
            role == "indicator"
            and fold(part.text).startswith("gemeldet")
            and all(each.kind == wording.SILENT or fold(each.text) in _ASKING for each in others)
        )

    def _are_counted_in(self, key: str, part: Part, parts: list[Part]) -> bool:
        """``Angaben in Personen`` over several indicators of which most count persons."""
        before = [fold(other.text) for other in parts if other.end <= part.start]
        unit = UNIT_OF_WORD.get(key, "")
        codes = self.facts.indicators & self.names.indicators.keys()
        counted = [code for code in codes if self.names.indicators[code].unit == unit]
        is_led = " ".join(before).endswith(_COUNTED_IN)
        return is_led and len(codes) > 1 and 2 * len(counted) > len(codes)

    def _are_registered(self, words: list[str]) -> bool:
        """``Gemeldete Bewerber``: what only the agency is asked for is registered with it."""
        owners = {self._asked_of(code) for code in self.facts.indicators}
        return owners == {("agency",)} and all(word.startswith("gemeldete") for word in words)
