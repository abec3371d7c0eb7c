"""How far the targets have come in a year and the year before: as a chart and as lines for a program."""

from collections.abc import Iterator

from reporting.charts.attainment import attainment_chart
from reporting.charts.chart import Chart
from reporting.dashboards.drawn import attainment_bar
from reporting.dashboards.figures import YearTotal
from reporting.dashboards.overview.headlines import Headline, Overview

CSV_COLUMNS = (
    "indicator",
    "name",
    "year",
    "value",
    "state",
    "basis",
    "reported",
    "due",
    "target",
    "attainment",
    "ceiling",
)


def chart(overview: Overview) -> Chart | None:
    """Each value against its target; nothing where no target applies."""
    bars = [
        attainment_bar(f"{headline.indicator.name} {total.year}", headline.indicator, total, overview.filters)
        for headline in overview.headlines
        for total in headline.totals
        if total.attainment is not None
    ]
    return attainment_chart(bars) if bars else None


def csv_lines(overview: Overview) -> Iterator[tuple[object, ...]]:
    """One line per figure under ``CSV_COLUMNS``: plain numbers, states as codes."""
    for headline in overview.asked_headlines:
        for total in headline.totals:
            yield _csv_line(headline, total)


def _csv_line(headline: Headline, total: YearTotal) -> tuple[object, ...]:
    amount, target = total.amount, total.target
    return (
        headline.indicator.code,
        headline.indicator.name,
        total.year,
        "" if amount.value is None else amount.value,
        amount.state.value,
        amount.basis.value if amount.basis else "",
        amount.reported,
        amount.due,
        target.value if target else "",
        "" if total.attainment is None else f"{total.attainment:.6f}",
        int(target.is_ceiling) if target else "",
    )
