"""What a reader may choose from in the filters, and the choice in words."""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from measures.enums import TOTAL
from measures.models import ApprovedFigure, Item, Measure, ReportingRound, TargetGroup
from measures.workflow import SubmissionStatus
from partners.enums import RegionLevel
from partners.models import Region
from partners.permissions import Access
from reporting.aggregates.regions import in_reading_order, region_label
from reporting.dashboards.filters import FILTERS, STANDING, Filters
from reporting.dashboards.organisations import OrganisationTree, load_organisations
from reporting.renderers import wording


@dataclass(frozen=True)
class Choices:
    """``usual_year``: the one that pages open with."""

    rounds: Sequence[ReportingRound]
    usual_year: int
    years_with_figures: frozenset[int]
    regions: dict[str, Region]
    groups: dict[str, TargetGroup]
    measures: dict[str, Measure]
    organisations: OrganisationTree
    access: Access

    @property
    def years(self) -> list[int]:
        return [each.year for each in self.rounds]

    @property
    def laender(self) -> list[Region]:
        return [region for region in self.regions.values() if region.level == RegionLevel.LAND]

    def limits(self, filters: Filters, applying: Collection[str] = FILTERS) -> list[str]:
        """The filters set, in words, for the page's heading."""
        words = []
        if filters.region:
            words.append(region_label(self.regions[filters.region]))
        if filters.organisation:
            words.append(self.organisations.by_code[filters.organisation].name)
        if filters.measure:
            words.append(self.measures[filters.measure].name)
        if filters.target_group != TOTAL:
            words.append(self.groups[filters.target_group].name)
        if STANDING in applying:
            words.append(str(filters.standing.label))
        if filters.as_of:
            words.append(gettext("as of %(day)s") % {"day": wording.day(filters.as_of)})
        return words


def load_choices(access: Access) -> Choices:
    """Six queries."""
    rounds = list(ReportingRound.objects.raw(*_rounds()))
    with_figures = frozenset(each.year for each in rounds if vars(each)["has_approved"])
    return Choices(
        rounds=rounds,
        usual_year=_usual_year(rounds, with_figures),
        years_with_figures=with_figures,
        regions={region.code: region for region in in_reading_order(Region.objects.all())},
        groups={group.code: group for group in TargetGroup.objects.all()},
        measures={measure.code: measure for measure in Measure.objects.all()},
        organisations=load_organisations(),
        access=access,
    )


@cache
def _rounds() -> tuple[str, tuple[Any, ...]]:
    """The query for the rounds, the newest first, and whether anything of each is approved; written once."""
    # Items that were never approved are passed over by the log: else each of them would be looked up.
    approved = Item.objects.filter(
        Exists(ApprovedFigure.objects.filter(item=OuterRef("pk"))),
        submission__round=OuterRef("pk"),
        submission__events__to_status=SubmissionStatus.APPROVED,
    )
    rounds = ReportingRound.objects.annotate(has_approved=Exists(approved)).order_by("-year")
    return rounds.query.sql_with_params()


def _usual_year(rounds: Iterable[ReportingRound], with_figures: AbstractSet[int]) -> int:
    """The last year whose round is closed and has approved figures: those of a running round are a part.

    Before any round has closed with figures it is the last closed round, then whatever has figures.
    """
    years = {each.year: each.is_closed for each in rounds}
    closed = {year for year, is_closed in years.items() if is_closed}
    choices = (closed & with_figures, closed, with_figures, years)
    return max(next(filter(None, choices), {0}))
