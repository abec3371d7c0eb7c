"""Figures of three chambers in two years, one of them not approved yet."""

import csv
import io

from measures.models import FundingSource, Item, Measure, MeasureFunding
from reporting.dashboards.registry import VIEWS
from tests.reporting.stated import approve, state, submit

KOELN, AACHEN, BERLIN = "IHK-142", "IHK-101", "HWK-00091"

CODES = [view.code for view in VIEWS]


def by_occupation(organisation: str, digits: int = 2) -> None:
    """Let the organisation state its additional places by occupations of so many digits: main groups."""
    Item.objects.filter(
        submission__organisation__code=organisation,
        submission__round__year=2016,
        indicator__code="additional_places",
    ).update(occupation_level=digits)


def fill() -> None:
    by_occupation(KOELN)
    state(KOELN, "additional_places", 2016, {"05": 120, ("05", "43", "_T"): 20, ("05", "_T", "J3"): 8})
    state(BERLIN, "additional_places", 2016, 30)
    state(AACHEN, "additional_places", 2016, 7)
    state(KOELN, "welcome_mentors", 2016, 2)
    state(KOELN, "additional_places", 2015, 1500)
    approve(KOELN, BERLIN, year=2016)
    approve(KOELN, year=2015)
    submit(AACHEN, year=2016)
    MeasureFunding.objects.create(
        measure=Measure.objects.get(code="M02"),
        source=FundingSource.objects.get(code="F1"),
        year=2016,
        amount=250_000,
    )


def address(code: str, query: str = "") -> str:
    return f"/auswertungen/{code}/{query}"


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))
