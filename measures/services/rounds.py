"""Opening a reporting round: which organisations are due for which indicators."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from measures.models import Indicator, Item, ReportingRound, Submission
from partners.enums import RegionLevel
from partners.models import Affiliation, Organisation


@transaction.atomic
def open_round(*, year: int, opens_on: dt.date, closes_on: dt.date) -> ReportingRound:
    """Open the round of a year with a submission for everyone due and an item for each of their indicators.

    The tree of 31 December decides. Opened again, a round keeps its dates and all it has and gets what is
    missing: whoever stands above or below an owner of an indicator does not become one, too.
    """
    reporting_round, _ = ReportingRound.objects.get_or_create(
        year=year, defaults={"opens_on": opens_on, "closes_on": closes_on}
    )
    day = reporting_round.reference_date
    indicators = list(
        Indicator.objects.filter(is_recorded=True).filter(
            Q(measure__since=None) | Q(measure__since__lte=year)
        )
    )
    ancestors = Affiliation.objects.ancestors_by_member(day)
    asked = _asked(indicators, day)
    owners = _owners(reporting_round)
    due = [
        (organisation, indicator)
        for indicator in indicators
        for organisation in _due(indicator, asked, ancestors)
        if not _is_in_line(organisation.pk, owners[indicator.pk], ancestors)
    ]
    _store(reporting_round, due)
    return reporting_round


def _asked(indicators: Iterable[Indicator], day: dt.date) -> dict[str, list[Organisation]]:
    """The organisations that existed on ``day``, by kind, for all kinds the indicators are asked of."""
    kinds = {kind for indicator in indicators for kind in indicator.asked_of}
    by_kind: dict[str, list[Organisation]] = defaultdict(list)
    for organisation in Organisation.objects.valid(day).filter(kind__in=kinds).select_related("region"):
        by_kind[organisation.kind].append(organisation)
    return by_kind


def _due(
    indicator: Indicator, asked: dict[str, list[Organisation]], ancestors: dict[int, set[int]]
) -> list[Organisation]:
    candidates = [organisation for kind in indicator.asked_of for organisation in asked.get(kind, ())]
    above = {umbrella for organisation in candidates for umbrella in ancestors.get(organisation.pk, ())}
    return [organisation for organisation in candidates if organisation.pk not in above]


def _owners(reporting_round: ReportingRound) -> dict[int, set[int]]:
    """The ids of the organisations that own an item in this round, by indicator."""
    owners: dict[int, set[int]] = defaultdict(set)
    items = Item.objects.filter(submission__round=reporting_round)
    for indicator_id, organisation_id in items.values_list("indicator", "submission__organisation"):
        owners[indicator_id].add(organisation_id)
    return owners


def _is_in_line(organisation_id: int, owners: set[int], ancestors: dict[int, set[int]]) -> bool:
    """Whether the organisation is an owner itself, or stands above or below one."""
    above = ancestors.get(organisation_id, set())
    return (
        organisation_id in owners
        or not above.isdisjoint(owners)
        or any(organisation_id in ancestors.get(owner, ()) for owner in owners)
    )


def _store(reporting_round: ReportingRound, due: list[tuple[Organisation, Indicator]]) -> None:
    organisations = {organisation.pk for organisation, _ in due}
    Submission.objects.bulk_create(
        [Submission(round=reporting_round, organisation_id=pk) for pk in sorted(organisations)],
        ignore_conflicts=True,
    )
    submissions = dict(Submission.objects.filter(round=reporting_round).values_list("organisation_id", "pk"))
    Item.objects.bulk_create(
        Item(
            submission_id=submissions[organisation.pk],
            indicator=indicator,
            region_level=_region_level(organisation),
        )
        for organisation, indicator in due
    )


def _region_level(organisation: Organisation) -> str:
    """A chamber or a Land reports for its Land, others for the whole country until a file breaks it down."""
    is_land = organisation.region.level == RegionLevel.LAND
    return RegionLevel.LAND if is_land else RegionLevel.COUNTRY
