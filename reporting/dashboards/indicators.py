"""Which indicators a view shows: those that something was promised for, or those of the measure chosen."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext

from measures.models import Indicator
from reporting.aggregates.breaks import Breaks
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


def notes_on_breaks(indicators: Sequence[Indicator], breaks: Breaks) -> Iterator[str]:
    for indicator in indicators:
        for each in breaks.of(indicator.code):
            yield gettext("%(indicator)s: break in the series from %(year)s on – %(reason)s") % {
                "indicator": indicator.name,
                "year": each.year,
                "reason": each.reason,
            }
