"""What a reader asked to see, read the same way on every page with numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from measures.enums import TOTAL
from measures.models import ApprovedFigure, ReportingRound, TargetGroup
from partners.enums import RegionLevel
from partners.models import Region
from reporting.aggregates.overview import Selection
from reporting.aggregates.regions import region_label
from reporting.enums import Standing
from reporting.forms import SelectionForm


@dataclass(frozen=True)
class RequestedSelection:
    form: SelectionForm
    selection: Selection
    rounds: Sequence[ReportingRound]
    regions: dict[str, Region]
    groups: dict[str, TargetGroup]

    @property
    def limits(self) -> list[str]:
        """The filters set, in words, for the page's heading."""
        words = []
        if self.selection.region:
            words.append(region_label(self.regions[self.selection.region]))
        if self.selection.target_group != TOTAL:
            words.append(self.groups[self.selection.target_group].name)
        words.append(str(self.selection.standing.label))
        return words


def read_selection(request: HttpRequest, *, year: int | None = None) -> RequestedSelection:
    """Three queries. Without a year in the address it is the latest with approved figures."""
    approved = ApprovedFigure.objects.filter(item__submission__round=OuterRef("pk"))
    rounds = list(ReportingRound.objects.annotate(has_approved=Exists(approved)).order_by("-year"))
    regions = {region.code: region for region in Region.objects.all()}
    groups = {group.code: group for group in TargetGroup.objects.all()}
    given = request.GET.dict() | ({"jahr": str(year)} if year else {})
    form = SelectionForm(
        given,
        years=[each.year for each in rounds],
        year=year or _latest(rounds),
        regions=[region for region in regions.values() if region.level == RegionLevel.LAND],
        groups=list(groups.values()),
    )
    return RequestedSelection(form, form.selection(), rounds, regions, groups)


def query(selection: Selection, *, region: str | None = None, with_year: bool = False) -> str:
    """The selection as the end of an address; ``region`` instead of the one selected."""
    given = {
        "jahr": str(selection.year) if with_year else "",
        "land": selection.region if region is None else region,
        "zielgruppe": "" if selection.target_group == TOTAL else selection.target_group,
        "stand": "" if selection.standing == Standing.APPROVED else selection.standing.value,
    }
    asked = urlencode({name: value for name, value in given.items() if value})
    return f"?{asked}" if asked else ""


def trail_url(indicator: str, year: int, selection: Selection, *, region: str | None = None) -> str:
    address = reverse("reporting:trail", args=[indicator, year])
    return address + query(selection, region=region)


def _latest(rounds: Sequence[ReportingRound]) -> int:
    with_figures = [each.year for each in rounds if getattr(each, "has_approved", False)]
    return max(with_figures or [each.year for each in rounds], default=0)
