"""Which indicators a view shows: those that something was promised for, or those of the measure chosen."""

from collections.abc import Sequence

from django.db.models import QuerySet

from measures.models import Indicator
from reporting.dashboards.data import FigureDefinition
from reporting.dashboards.filters import Filters


def recorded_indicators() -> QuerySet[Indicator]:
    return Indicator.objects.filter(is_recorded=True).select_related("measure")


def headline_indicators() -> QuerySet[Indicator]:
    """Those that something was promised for in some year."""
    return recorded_indicators().filter(targets__denominator=None, targets__isnull=False).distinct()


def indicators_of(filters: Filters) -> list[Indicator]:
    """One query."""
    if filters.measure:
        return list(recorded_indicators().filter(measure__code=filters.measure))
    return list(headline_indicators())


def definitions_of(indicators: Sequence[Indicator]) -> tuple[FigureDefinition, ...]:
    return tuple(
        FigureDefinition(
            name=indicator.name,
            counted=indicator.counted,
            text=indicator.definition,
            source=indicator.source,
        )
        for indicator in indicators
    )
