"""Totals of any number of indicators and years, in two queries however many there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple

from measures.enums import TOTAL, SumsOver
from measures.models import Indicator
from measures.workflow import SubmissionStatus
from partners.models import Region
from reporting.aggregates.statements import (
    Due,
    WantedTotals,
    due_now,
    due_then,
    stated_totals,
    sums_by_occupation,
)
from reporting.aggregates.sums import NOT_REPORTED, sum_over_organisations, sum_over_regions
from reporting.enums import Standing
from reporting.frozen.schema import AbsenceCount, Amount, AmountState, Basis

OVER_OCCUPATIONS, BY_OCCUPATION = "total.occupation_id = %(total)s", "total.occupation_id <> %(total)s"

Key = tuple[str, int]
"""An indicator's code and a year."""


@dataclass(frozen=True, slots=True)
class RegionStatement:
    """What an organisation states for one region."""

    region: str
    amount: Amount


class Contribution(NamedTuple):
    """What one organisation due states on one indicator for one year; ``is_current``: not yet approved."""

    item_id: int
    due: Due
    is_current: bool
    parts: Sequence[RegionStatement]

    @property
    def amount(self) -> Amount:
        return _over_regions(self.parts)

    def amount_in(self, region: str) -> Amount:
        return next((part.amount for part in self.parts if part.region == region), NOT_REPORTED)

    def is_due_in(self, region: str) -> bool:
        """Whether the region's line waits for this organisation.

        Whoever speaks for the whole country is waited for in every Land once it breaks its figures down by
        Land, and before that in the line "not broken down" alone.
        """
        if any(part.region == region for part in self.parts):
            return True
        home = self.due.home
        if home != Region.COUNTRY:
            return home == region
        return region != Region.UNASSIGNED and self._breaks_down is not (region == Region.COUNTRY)

    @property
    def _breaks_down(self) -> bool:
        return any(part.region != Region.COUNTRY for part in self.parts)


class Totals:
    """Every organisation's statement on the indicators and years asked for, and what they add up to."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        due: Sequence[Due],
        stated: "Statements",
        current: frozenset[int],
    ) -> None:
        """``current``: the items whose current statement counts, not the approved one."""
        self._indicators = {indicator.code: indicator for indicator in indicators}
        self.due = due
        self._stated = stated
        self._current = current
        self._items = self._by_indicator_and_year()
        self._added: dict[tuple[str, int, str | None], tuple[tuple[Contribution, Amount], ...]] = {}
        self._totals: dict[tuple[str, int, str | None], Amount] = {}
        self._places: dict[Key, dict[str, dict[int, Contribution]]] = {}
        self._contributions: dict[Key, list[Contribution]] = {}

    def _by_indicator_and_year(self) -> dict[Key, list[tuple[int, Due]]]:
        codes = {indicator.pk: code for code, indicator in self._indicators.items()}
        found: dict[Key, list[tuple[int, Due]]] = defaultdict(list)
        for due in self.due:
            for item, indicator in zip(due.items, due.indicators, strict=True):
                found[codes[indicator], due.year].append((item, due))
        return found

    def _contributions_to(self, key: Key) -> list[Contribution]:
        """By name. Made for what is looked at one by one: of most, totals alone are asked for."""
        if key not in self._contributions:
            self._contributions[key] = [
                Contribution(item, due, item in self._current, self._stated.get(item, ()))
                for item, due in self._items.get(key, ())
            ]
        return self._contributions[key]

    def contributions(
        self, indicator: str, year: int, region: str | None = None
    ) -> tuple[tuple[Contribution, Amount], ...]:
        """Those due, by name, each with its total: over all regions, or in one of them. Added up once."""
        key = (indicator, year, region)
        if key not in self._added:
            self._added[key] = tuple(self._add_up(*key))
        return self._added[key]

    def _add_up(self, indicator: str, year: int, region: str | None) -> Iterator[tuple[Contribution, Amount]]:
        if region is None:
            for contribution in self._contributions_to((indicator, year)):
                yield contribution, contribution.amount
            return
        for contribution in self._around(indicator, year, region):
            if contribution.is_due_in(region):
                yield contribution, contribution.amount_in(region)

    def _around(self, indicator: str, year: int, region: str) -> list[Contribution]:
        """Those that may be due in the region, by name: at home there, or for all, or stating some of it."""
        key = (indicator, year)
        if key not in self._places:
            places: dict[str, dict[int, Contribution]] = defaultdict(dict)
            for place, contribution in enumerate(self._contributions_to(key)):
                for each in {contribution.due.home, *(part.region for part in contribution.parts)}:
                    places[each][place] = contribution
            self._places[key] = places
        found = self._places[key].get(region, {}) | self._places[key].get(Region.COUNTRY, {})
        return [found[place] for place in sorted(found)]

    def total(self, indicator: str, year: int, region: str | None = None) -> Amount:
        key = (indicator, year, region)
        if key not in self._totals:
            amounts, counts = (
                self._all_stated(indicator, year)
                if region is None
                else ([amount for _, amount in self.contributions(*key)], [])
            )
            may_be_summed = SumsOver.ORGANISATIONS in self._indicators[indicator].sums_over
            self._totals[key] = sum_over_organisations(
                amounts, may_be_summed=may_be_summed, organisations=counts
            )
        return self._totals[key]

    def _all_stated(self, indicator: str, year: int) -> tuple[list[Amount], list[int]]:
        """Over all regions: each amount, and once for all who state nothing; of how many each is."""
        items = self._items.get((indicator, year), ())
        amounts = [_over_regions(self._stated[item]) for item, _due in items if item in self._stated]
        counts = [1] * len(amounts)
        if silent := len(items) - len(amounts):
            return [*amounts, NOT_REPORTED], [*counts, silent]
        return amounts, counts

    def regions(self, indicator: str, year: int) -> list[str]:
        """The regions that somebody states something of."""
        found = self._items.get((indicator, year), ())
        return sorted({part.region for item, _due in found for part in self._stated.get(item, ())})

    def with_totals(self, totals: Mapping[tuple[str, int, str | None], Amount]) -> "Totals":
        """The same statements, with these totals in place of what they add up to."""
        changed = Totals(self._indicators.values(), self.due, self._stated, self._current)
        changed._totals.update(totals)  # one of our own
        return changed


def load_totals(  # noqa: PLR0913  # what is asked for, how it is read, and of which day
    *,
    indicators: Sequence[Indicator],
    years: Iterable[int],
    target_group: str = TOTAL,
    standing: Standing = Standing.APPROVED,
    as_if_approved: Collection[int] = (),
    as_of: dt.date | None = None,
) -> Totals:
    """Two queries: who is due, and what they stated.

    ``WITH_SUBMITTED`` reads the current rows of what is in review and the approved rows of the rest.
    ``as_if_approved``: submissions of which the current rows are read, as an approval would make them.
    ``as_of``: a day; what was stated, in review and approved when it ended.
    """
    asked = _Asked(indicators, tuple(years), target_group, standing, as_if_approved, as_of)
    due = asked.due()
    return asked.totals(due, asked.stated(due, OVER_OCCUPATIONS).get(TOTAL, {}))


def load_totals_by_occupation(
    *,
    indicators: Sequence[Indicator],
    years: Iterable[int],
    target_group: str = TOTAL,
    standing: Standing = Standing.APPROVED,
    as_of: dt.date | None = None,
) -> dict[str, Totals]:
    """The same for every area and main group of occupations that something is stated of, by its code."""
    asked = _Asked(indicators, tuple(years), target_group, standing, (), as_of)
    due = asked.due()
    stated = asked.stated(due, BY_OCCUPATION)
    return {occupation: asked.totals(due, stated[occupation]) for occupation in sorted(stated)}


def load_sums_by_occupation(  # noqa: PLR0913  # as above
    *,
    indicators: Sequence[Indicator],
    year: int,
    organisations: Collection[int] | None = None,
    region: str = "",
    target_group: str = TOTAL,
    standing: Standing = Standing.APPROVED,
    as_of: dt.date | None = None,
    known: Totals | None = None,
) -> dict[str, dict[str, Amount]]:
    """What is stated by occupation, added up by the database: by area or main group, and by indicator.

    An organisation counts once in an area, with all its main groups there or with what it states of the area
    as a whole; who states nothing there is not due. ``organisations``: the ids of those that count; all
    unless given. ``known``: the totals of the same, where they were asked for; then who is due is known.
    """
    asked = _Asked(indicators, (year,), target_group, standing, (), as_of)
    everybody = asked.due() if known is None else known.due
    due = [each for each in everybody if organisations is None or each.organisation_id in organisations]
    groups: dict[tuple[str, str], list[tuple[int, Amount]]] = defaultdict(list)
    codes_of = {each.pk: each.code for each in indicators}
    codes = {
        item: codes_of[indicator]
        for each in due
        for item, indicator in zip(each.items, each.indicators, strict=True)
    }
    for each in sums_by_occupation(asked.wanted(due, BY_OCCUPATION), codes, region):
        amount = _amount(each.value, each.absence, each.basis, each.qualities)
        groups[each.place, each.indicator].append((each.organisations, amount))
    found: dict[str, dict[str, Amount]] = defaultdict(dict)
    may_be_summed = {each.code: SumsOver.ORGANISATIONS in each.sums_over for each in indicators}
    for (place, indicator), group in groups.items():
        found[place][indicator] = sum_over_organisations(
            [amount for _, amount in group],
            may_be_summed=may_be_summed[indicator],
            organisations=[count for count, _ in group],
        )
    return found


def load_totals_by_target_group(
    *,
    indicators: Sequence[Indicator],
    years: Iterable[int],
    target_groups: Iterable[str],
    standing: Standing = Standing.APPROVED,
    as_of: dt.date | None = None,
) -> dict[str, Totals]:
    """The same for several target groups, by their codes: one query, and one for each of them."""
    asked = _Asked(indicators, tuple(years), TOTAL, standing, (), as_of)
    due = asked.due()
    found = {}
    for group in target_groups:
        of_group = replace(asked, target_group=group)
        stated = of_group.stated(due, OVER_OCCUPATIONS)
        found[group] = of_group.totals(due, stated.get(TOTAL, {}))
    return found


Statements = Mapping[int, Sequence[RegionStatement]]
"""What is stated on items, by their ids."""


@dataclass(frozen=True)
class _Asked:
    """What totals are asked for."""

    indicators: Sequence[Indicator]
    years: Sequence[int]
    target_group: str
    standing: Standing
    as_if_approved: Collection[int]
    as_of: dt.date | None

    def due(self) -> list[Due]:
        indicators = [indicator.pk for indicator in self.indicators]
        if self.as_of is None:
            return due_now(indicators, self.years)
        return due_then(indicators, self.years, self.as_of)

    def current(self, due: Iterable[Due]) -> frozenset[int]:
        """The items whose current statement counts, not the approved one."""
        included = SubmissionStatus.in_review if self.standing == Standing.WITH_SUBMITTED else ()
        if not included and not self.as_if_approved:
            return frozenset()
        return frozenset(
            chain.from_iterable(
                each.items
                for each in due
                if each.status in included or each.submission_id in self.as_if_approved
            )
        )

    def wanted(self, due: Sequence[Due], occupations: str) -> WantedTotals:
        """``occupations``: a condition on ``total``, as SQL."""
        current = self.current(due)
        items = chain.from_iterable(each.items for each in due)
        approved = [item for item in items if item not in current]
        return WantedTotals(approved, sorted(current), self.target_group, occupations, self.as_of)

    def stated(self, due: Sequence[Due], occupations: str) -> dict[str, dict[int, list[RegionStatement]]]:
        """By occupation and item; ``occupations``: a condition on ``total``, as SQL."""
        rows = stated_totals(self.wanted(due, occupations))
        found: dict[str, dict[int, list[RegionStatement]]] = defaultdict(lambda: defaultdict(list))
        for item_id, occupation, region, *stated in rows:
            found[occupation][item_id].append(RegionStatement(region, _amount(*stated)))
        return found

    def totals(self, due: Sequence[Due], stated: Statements) -> Totals:
        return Totals(self.indicators, due, stated, self.current(due))


def _over_regions(parts: Sequence[RegionStatement]) -> Amount:
    return sum_over_regions([part.amount for part in parts]) if parts else NOT_REPORTED


def _amount(value: Any, absence: str | None, basis: str, qualities: Iterable[str]) -> Amount:
    flags = tuple(sorted(qualities))
    if value is None:
        state = AmountState(absence or AmountState.UNKNOWN)
        return Amount(state=state, due=1, absences=(AbsenceCount(state=state, count=1),), qualities=flags)
    return Amount(
        state=AmountState.VALUE, value=value, basis=Basis(basis), reported=1, due=1, qualities=flags
    )
