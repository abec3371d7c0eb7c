"""What views hand to the charts: their totals as marks, points and bars, with words and links."""

from collections.abc import Iterable, Sequence

from measures.models import Indicator, SeriesBreak
from reporting.charts.attainment import AttainmentBar
from reporting.charts.bars import ranked_bars
from reporting.charts.chart import Chart
from reporting.charts.layout import ChartMark
from reporting.charts.path import Goal, path_to_target
from reporting.charts.series import Break, Point, SeriesLine, series
from reporting.dashboards.data import LinkedNumber
from reporting.dashboards.figures import Figures, YearTotal
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import trail_url
from reporting.frozen.schema import Amount, TargetData
from reporting.renderers import wording


def chart_code(*parts: str) -> str:
    """The name of a chart in addresses and file names."""
    return "-".join(part.replace("_", "-") for part in parts)


def ranked(
    code: str, title: str, stated: Iterable[tuple[str, Amount | None, LinkedNumber | None]]
) -> Chart | None:
    """Bars by size; nothing where no value is there to be drawn. Each mark has the words of its number."""
    marks = [
        ChartMark(name=name, value=amount.value, text=number.text, url=number.url)
        for name, amount, number in stated
        if amount is not None and number is not None
    ]
    return ranked_bars(code, title, marks) if any(mark.value is not None for mark in marks) else None


def attainment_bar(name: str, indicator: Indicator, total: YearTotal, filters: Filters) -> AttainmentBar:
    return AttainmentBar(
        name=name,
        caption=wording.bar_caption(
            wording.amount(total.amount),
            wording.target(total.target) if total.target else "",
            total.attainment,
            is_ceiling=total.is_ceiling,
        ),
        attainment=total.attainment,
        is_ceiling=total.is_ceiling,
        url=trail_url(indicator.code, filters, year=total.year),
    )


def years_chart(
    indicator: Indicator, years: Sequence[int], figures: Figures, breaks: Sequence[SeriesBreak] = ()
) -> Chart | None:
    """An indicator over the years, on its way to its target where it has one; nothing without values.

    Across a break there is no way: the values before it do not lead to the target.
    """
    totals = [figures.year_total(indicator, year) for year in years]
    if all(total.amount.value is None for total in totals):
        return None
    points = tuple(_point(indicator, total, figures.filters) for total in totals)
    code = chart_code("series", indicator.code)
    last = next((total for total in reversed(totals) if total.target), None)
    if last is not None and last.target is not None and not breaks:
        return path_to_target(code, indicator.name, points, _goal(last.year, last.target))
    return series(
        code,
        indicator.name,
        [SeriesLine(name=indicator.name, points=points)],
        breaks=[Break(year=each.year, text=each.reason) for each in breaks],
    )


def _point(indicator: Indicator, total: YearTotal, filters: Filters) -> Point:
    return Point(
        year=total.year,
        value=total.amount.value,
        text=wording.amount(total.amount),
        url=trail_url(indicator.code, filters, year=total.year),
    )


def _goal(year: int, target: TargetData) -> Goal:
    start = None
    if target.baseline is not None and target.baseline_year is not None:
        start = Point(year=target.baseline_year, value=target.baseline, text=wording.number(target.baseline))
    text = wording.number(target.value) if target.is_ceiling else wording.target(target)
    end = Point(year=year, value=target.value, text=text)
    return Goal(end=end, start=start, is_ceiling=target.is_ceiling)
