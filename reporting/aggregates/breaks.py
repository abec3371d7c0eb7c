"""The breaks in the series of indicators, as the catalogue has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from measures.models import Indicator, SeriesBreak
from reporting.frozen.breaks import is_parted


@dataclass(frozen=True, slots=True)
class Breaks:
    """By the indicators' codes, each indicator's in the order of the years."""

    by_indicator: Mapping[str, Sequence[SeriesBreak]]

    def of(self, indicator: str) -> Sequence[SeriesBreak]:
        return self.by_indicator.get(indicator, ())

    def part(self, indicator: str, earlier: int, later: int) -> bool:
        return is_parted((each.year for each in self.of(indicator)), earlier, later)


def load_breaks(indicators: Iterable[Indicator], years: Sequence[int]) -> Breaks:
    """One query: those within the years. A break in the first of them parts nothing."""
    found: dict[str, list[SeriesBreak]] = {}
    known = {indicator.pk: indicator for indicator in indicators}
    breaks = SeriesBreak.objects.filter(indicator__in=known, year__gt=min(years), year__lte=max(years))
    for each in breaks.order_by("year"):
        each.indicator = known[each.indicator_id]
        found.setdefault(each.indicator.code, []).append(each)
    return Breaks(found)
