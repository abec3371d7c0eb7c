"""What items are compared with besides last year: earlier years, peers, the members of an umbrella."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from measures.checks import Definition, Key, MembersStated, Need, PeerValue
from measures.checks.parameters import MembersSum, OfHistory
from measures.enums import TOTAL, CheckKind, TotalBasis
from measures.models import Item
from measures.selectors.plausibility import STORED, FigureSource, ItemTotals, Owner, owner_of
from measures.workflow import SubmissionStatus
from partners.models import Affiliation, Region


@dataclass(frozen=True)
class Others:
    """By the id of the item."""

    history: Mapping[int, Mapping[Key, list[Decimal]]] = field(default_factory=dict)
    peers: Mapping[int, Mapping[str, list[PeerValue]]] = field(default_factory=dict)
    members: Mapping[int, Mapping[str, Mapping[Key, MembersStated]]] = field(default_factory=dict)


def load_others(
    items: Collection[Item],
    definitions: Iterable[Definition],
    item_totals: ItemTotals,
    source: FigureSource = STORED,
) -> Others:
    """Only what these checks need; their number of queries is the same for any number of items."""
    asked: dict[Need, list[Definition]] = defaultdict(list)
    for definition in definitions:
        if definition.need:
            asked[definition.need].append(definition)
    return Others(
        history=_history(items, asked[Need.HISTORY], item_totals.of_owners, source)
        if asked[Need.HISTORY]
        else {},
        peers=_peers(_concerned(items, asked[Need.PEERS]), source) if asked[Need.PEERS] else {},
        members=_members(items, asked[Need.MEMBERS], source) if asked[Need.MEMBERS] else {},
    )


def _concerned(items: Collection[Item], definitions: Collection[Definition]) -> list[Item]:
    return [item for item in items if any(each.parameters.is_of(item.indicator.code) for each in definitions)]


class _Whole(NamedTuple):
    """A total that is known completely."""

    item_id: int
    key: Key
    value: Decimal


def _whole_totals(items: Collection[int], source: FigureSource, **where: Any) -> list[_Whole]:
    found = (
        row
        for totals in source.totals(items)
        for row in totals.filter(value__isnull=False, **where)
        .exclude(basis=TotalBasis.AT_LEAST)
        .values_list("item_id", "region_id", "target_group_id", "value")
    )
    return [
        _Whole(item_id, Key(region, group), value)
        for item_id, region, group, value in found
        if value is not None
    ]


def _history(
    items: Collection[Item],
    definitions: Collection[Definition],
    of_owners: Mapping[Owner, Mapping[int, int]],
    source: FigureSource,
) -> dict[int, dict[Key, list[Decimal]]]:
    """The values of all years before the item's own, the newest first; where there are enough of them."""
    concerned = _concerned(items, definitions)
    fewest = min(
        each.parameters.minimum_values for each in definitions if isinstance(each.parameters, OfHistory)
    )
    places = {
        pk: (owner, year)
        for owner in {owner_of(item) for item in concerned}
        if len(of_owners[owner]) > fewest
        for year, pk in of_owners[owner].items()
    }
    values: dict[Owner, dict[Key, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for total in _whole_totals(list(places), source):
        owner, year = places[total.item_id]
        values[owner][total.key][year] = total.value
    return {item.pk: _years_before(item, values) for item in concerned}


def _years_before(
    item: Item, values: Mapping[Owner, Mapping[Key, Mapping[int, Decimal]]]
) -> dict[Key, list[Decimal]]:
    now = item.submission.round.year
    of_owner = values.get(owner_of(item), {})
    return {
        key: [by_year[year] for year in sorted(by_year, reverse=True) if year < now]
        for key, by_year in of_owner.items()
    }


def _peers(items: Collection[Item], source: FigureSource) -> dict[int, dict[str, list[PeerValue]]]:
    """What organisations of the same kind have handed in on the same indicator, over all groups."""
    years = {item.submission.round.year for item in items}
    stated = {
        row[0]: row[1:]
        for row in Item.objects.filter(
            indicator__in={item.indicator_id for item in items},
            submission__round__year__in=years | {year - 1 for year in years},
            submission__organisation__kind__in={item.submission.organisation.kind for item in items},
        )
        .exclude(submission__status__in=SubmissionStatus.editable)
        .values_list(
            "pk",
            "submission__organisation",
            "submission__organisation__kind",
            "submission__organisation__region",
            "indicator",
            "submission__round__year",
        )
    }
    values: dict[tuple[str, int, int], dict[int, Decimal]] = defaultdict(dict)
    for total in _whole_totals(list(stated), source, target_group=TOTAL):
        organisation, kind, region, indicator, year = stated[total.item_id]
        if total.key.region == region:
            values[kind, indicator, year][organisation] = total.value
    return {item.pk: {TOTAL: _others_of(item, values)} for item in items}


def _others_of(item: Item, values: Mapping[tuple[str, int, int], Mapping[int, Decimal]]) -> list[PeerValue]:
    organisation, year = item.submission.organisation, item.submission.round.year
    now = values.get((organisation.kind, item.indicator_id, year), {})
    before = values.get((organisation.kind, item.indicator_id, year - 1), {})
    return [PeerValue(value, before.get(pk)) for pk, value in now.items() if pk != organisation.pk]


def _members(
    items: Collection[Item], definitions: Collection[Definition], source: FigureSource
) -> dict[int, dict[str, dict[Key, MembersStated]]]:
    """What those below an organisation state, by the Land and for the whole country."""
    codes = {code for each in definitions for code in _member_indicators(each)}
    years = {item.submission.round.year for item in items}
    rows = list(
        Item.objects.filter(indicator__code__in=codes, submission__round__year__in=years).values_list(
            "pk",
            "indicator__code",
            "submission__round__year",
            "submission__organisation",
            "submission__organisation__region",
        )
    )
    above = _umbrellas(years)
    totals: dict[int, list[_Whole]] = defaultdict(list)
    for total in _whole_totals([row[0] for row in rows], source):
        totals[total.item_id].append(total)
    added: dict[tuple[int, int], dict[str, _Added]] = defaultdict(lambda: defaultdict(_Added))
    for pk, code, year, organisation, region in rows:
        for umbrella in _all_above(organisation, above[year]):
            added[year, umbrella][code].add(region, totals[pk])
    return {
        item.pk: {
            code: found.members()
            for code, found in added[item.submission.round.year, item.submission.organisation_id].items()
        }
        for item in items
    }


def _member_indicators(definition: Definition) -> tuple[str, ...]:
    parameters = definition.parameters
    if definition.kind != CheckKind.MEMBERS_SUM or not isinstance(parameters, MembersSum):
        return ()
    return (parameters.member_indicator,) if parameters.member_indicator else parameters.indicators


class _Added:
    """The sums of an umbrella's members, and how many of those due are in each."""

    def __init__(self) -> None:
        self.sums: dict[Key, Decimal] = defaultdict(Decimal)
        self.stated: dict[Key, int] = defaultdict(int)
        self.due: dict[str, int] = defaultdict(int)

    def add(self, region: str, totals: Iterable[_Whole]) -> None:
        for place in {region, Region.COUNTRY}:
            self.due[place] += 1
        counted: set[Key] = set()
        for total in totals:
            for place in {total.key.region, Region.COUNTRY}:
                key = total.key._replace(region=place)
                self.sums[key] += total.value
                counted.add(key)
        for key in counted:
            self.stated[key] += 1

    def members(self) -> dict[Key, MembersStated]:
        return {
            key: MembersStated(total, self.stated[key], max(0, self.due[key.region] - self.stated[key]))
            for key, total in self.sums.items()
        }


def _umbrellas(years: Iterable[int]) -> dict[int, dict[int, int]]:
    """For each year who belonged to whom on its reference date, by the member."""
    affiliations = list(Affiliation.objects.values_list("member", "umbrella", "valid_from", "valid_until"))
    found: dict[int, dict[int, int]] = {}
    for year in years:
        day = dt.date(year, 12, 31)
        found[year] = {
            member: umbrella
            for member, umbrella, first, last in affiliations
            if first <= day and (last is None or last >= day)
        }
    return found


def _all_above(organisation: int, umbrellas: Mapping[int, int]) -> list[int]:
    above: list[int] = []
    while (umbrella := umbrellas.get(organisation)) and umbrella not in above:
        above.append(umbrella)
        organisation = umbrella
    return above
