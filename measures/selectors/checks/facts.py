"""Put together what checks know of submissions, in a constant number of queries for any number of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models.functions import Coalesce, Mod

from measures.checks import ROUNDED_TO, Definition, ItemFacts, Key, StatedFigure, SubmissionFacts
from measures.enums import TOTAL, Origin, TotalBasis
from measures.models import ExpectedTotal, Figure, Item
from measures.models.totals import Total
from measures.selectors.checks.others import Others, load_others
from measures.selectors.plausibility import STORED, DimensionNames, FigureSource, ItemTotals
from partners.models import Region


@dataclass(frozen=True)
class BesideItems:
    """What checks compare items with, and which of the items are not rounded; in every language the same."""

    others: Others
    unrounded: Collection[int]


@dataclass(frozen=True)
class LoadedItems:
    """Items with what stands on them, whoever has loaded it: a page for itself, or a list of submissions.

    The items come with indicator, round, organisation and its region, and ``with_asked_breakdown``.
    ``beside`` is there where several questions are asked of the same items.
    """

    items: Collection[Item]
    item_totals: ItemTotals
    names: DimensionNames
    source: FigureSource = STORED
    beside: BesideItems | None = None


def load_beside(loaded: LoadedItems, definitions: Collection[Definition]) -> BesideItems:
    """One query, for which items are rounded; and those for what the checks need."""
    others = load_others(loaded.items, definitions, loaded.item_totals, loaded.source)
    return BesideItems(others, _unrounded(loaded))


def submission_facts(loaded: LoadedItems, definitions: Collection[Definition]) -> list[SubmissionFacts]:
    """Without a query where ``loaded`` comes with what is beside the items."""
    beside = loaded.beside or load_beside(loaded, definitions)
    by_submission: dict[int, list[Item]] = defaultdict(list)
    for item in loaded.items:
        by_submission[item.submission_id].append(item)
    return [
        SubmissionFacts(
            submission_id=submission_id,
            organisation_id=items[0].submission.organisation_id,
            year=items[0].submission.round.year,
            items={item.indicator.code: _item_facts(item, loaded, beside) for item in items},
        )
        for submission_id, items in by_submission.items()
    ]


def _unrounded(loaded: LoadedItems) -> set[int]:
    """Items with a value that did not come from a file, or is no multiple of 3."""
    expected, totals = loaded.source.expected, loaded.item_totals.totals
    stored = (
        Figure.objects.filter(item__in={item.pk for item in loaded.items} - expected)
        .annotate(remainder=Coalesce(Mod("value", ROUNDED_TO), Decimal(0)))
        .exclude(origin=Origin.IMPORT, remainder=0)
        .values_list("item", flat=True)
        .distinct()
    )
    return {pk for pk in expected & totals.keys() if not _is_rounded(totals[pk].values())}.union(stored)


def _is_rounded(totals: Iterable[Total]) -> bool:
    return all(total.is_rounded for total in totals if isinstance(total, ExpectedTotal))


def _item_facts(item: Item, loaded: LoadedItems, beside: BesideItems) -> ItemFacts:
    totals = loaded.item_totals.totals.get(item.pk, {})
    before = loaded.item_totals.last_year.get(item.pk, {})
    cells = _cells(item, loaded.names)
    keys = list(dict.fromkeys((*cells, *totals)))
    several_regions = len({key.region for key in totals or keys}) > 1
    return ItemFacts(
        item_id=item.pk,
        indicator=item.indicator.name,
        code=item.indicator.code,
        position=item.indicator.position,
        decimals=item.indicator.decimals,
        may_be_negative=item.indicator.may_be_negative,
        year=item.submission.round.year,
        statements={key: _stated(total) for key, total in totals.items()},
        is_rounded=bool(totals) and item.pk not in beside.unrounded,
        last_year={key: entry.value for key, entry in before.items() if entry.value is not None},
        labels={key: _label(key, loaded.names, with_region=several_regions) for key in keys},
        cells=cells,
        history=beside.others.history.get(item.pk, {}),
        peers=beside.others.peers.get(item.pk, {}),
        members=beside.others.members.get(item.pk, {}),
    )


def _cells(item: Item, names: DimensionNames) -> list[Key]:
    """The cells that the organisation fills in: its own region by group, or Land by Land."""
    own = item.submission.organisation.region
    if own.level != item.region_level:
        return [Key(region, TOTAL) for region in names.regions if region != Region.COUNTRY]
    return [Key(own.pk, group) for group in (TOTAL, *item.target_groups)]


def _label(key: Key, names: DimensionNames, *, with_region: bool) -> str:
    group = names.groups[key.target_group]
    return f"{names.regions[key.region]}, {group}" if with_region else group


def _stated(total: Total) -> StatedFigure:
    return StatedFigure(
        value=total.value,
        is_stated=total.basis == TotalBasis.STATED,
        parts=total.parts,
        parts_absent=total.parts_absent,
        parts_sum=total.parts_sum,
        absence=total.absence,
    )
