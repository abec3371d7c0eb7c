"""What a reader may choose from on pages with numbers, and a choice as the end of an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse

from measures.enums import TOTAL
from measures.models import ApprovedFigure, ReportingRound, TargetGroup
from partners.enums import RegionLevel
from partners.models import Region
from reporting.aggregates.overview import Selection
from reporting.aggregates.regions import region_label
from reporting.enums import Standing


@dataclass(frozen=True)
class SelectionChoices:
    """``latest_year``: the last one with approved figures, or the last round where nothing is approved."""

    rounds: Sequence[ReportingRound]
    latest_year: int
    regions: dict[str, Region]
    groups: dict[str, TargetGroup]

    @property
    def years(self) -> list[int]:
        return [each.year for each in self.rounds]

    @property
    def laender(self) -> list[Region]:
        return [region for region in self.regions.values() if region.level == RegionLevel.LAND]

    def limits(self, selection: Selection) -> list[str]:
        """The filters set, in words, for the page's heading."""
        words = []
        if selection.region:
            words.append(region_label(self.regions[selection.region]))
        if selection.target_group != TOTAL:
            words.append(self.groups[selection.target_group].name)
        words.append(str(selection.standing.label))
        return words


def load_selection_choices() -> SelectionChoices:
    """Three queries."""
    approved = ApprovedFigure.objects.filter(item__submission__round=OuterRef("pk"))
    rounds = list(ReportingRound.objects.annotate(has_approved=Exists(approved)).order_by("-year"))
    with_figures = [each.year for each in rounds if each.has_approved]
    return SelectionChoices(
        rounds=rounds,
        latest_year=max(with_figures or [each.year for each in rounds], default=0),
        regions={region.code: region for region in Region.objects.all()},
        groups={group.code: group for group in TargetGroup.objects.all()},
    )


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
