"""The way from where a target began to where it should lead, and the values beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from reporting.charts import palette
from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import (
    SMALL_SIZE,
    Layout,
    drawn,
    in_both_widths,
    leading,
    specified,
)
from reporting.charts.legend import LegendEntry, legend
from reporting.charts.series import (
    OVER_THE_PLOT,
    PLOT,
    Point,
    domain_of,
    is_drawn_from_zero,
    segments,
    values_axis,
    years_axis,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where the way ends. ``start`` is the baseline; None where the same holds in every year."""

    end: Point
    start: Point | None = None
    is_ceiling: bool = False


def path_to_target(code: str, title: str, points: Sequence[Point], goal: Goal) -> Chart:
    """The values of the years, on their way to the target or off it."""

    def specify(layout: Layout) -> Specification:
        return _specification(points, goal, layout)

    return in_both_widths(code, title, _alternative(points, goal), specify)


def _ends(goal: Goal) -> list[Point]:
    return [goal.start, goal.end] if goal.start else [goal.end]


def _alternative(points: Sequence[Point], goal: Goal) -> str:
    parts = [f"{point.year}: {point.text}" for point in points]
    if goal.start:
        parts.insert(0, _start_text(goal.start))
    return "; ".join([*parts, _end_text(goal)]) + "."


def _start_text(start: Point) -> str:
    return gettext("Baseline %(year)s: %(value)s") % {"year": start.year, "value": start.text}


def _end_text(goal: Goal) -> str:
    words = (
        gettext("Ceiling %(year)s: %(value)s") if goal.is_ceiling else gettext("Target %(year)s: %(value)s")
    )
    return words % {"year": goal.end.year, "value": goal.end.text}


def _specification(points: Sequence[Point], goal: Goal, layout: Layout) -> Specification:
    years = sorted({each.year for each in (*points, *_ends(goal))})
    signs, top = legend(_entries(goal), layout, 0)
    plot_top = top + OVER_THE_PLOT
    x = years_axis(years, layout)
    values = [each.value for each in (*points, *_ends(goal)) if each.value is not None]
    is_from_zero = goal.start is None or is_drawn_from_zero(values)
    domain = domain_of(values, from_zero=is_from_zero)
    y = values_axis(domain, plot_top, from_zero=is_from_zero)
    place = {"x": x, "y": y}
    stated = [
        _datum(point) | {"segment": segment} for point, segment in segments(points) if point.value is not None
    ]
    start = goal.start or Point(year=years[0], value=goal.end.value, text=goal.end.text)
    way = [_datum(start), {**_datum(goal.end), "tip": _end_text(goal)}]
    low = domain[0] + (domain[1] - domain[0]) / 5  # below there is the axis
    shown = stated[-1:] if layout.is_narrow else stated
    labelled = [{**each, "is_low": each["value"] < low} for each in shown]
    has_links = any(each["url"] for each in (*stated, *way))
    label = {"type": "text", "fontSize": SMALL_SIZE, "fontWeight": 600, "color": palette.INK}
    layers: list[Specification] = [
        {
            "data": {"values": way},
            "mark": {"type": "line", "color": palette.SERIES[1], "strokeWidth": 2, "strokeDash": [7, 4]},
            "encoding": place,
        },
        {
            "data": {"values": way[1:] if goal.start is None else way},
            "mark": {
                "type": "point",
                "shape": "diamond",
                "size": 130,
                "strokeWidth": 2.5,
                "color": palette.SERIES[1],
            },
            "encoding": leading(place, has_links=has_links),
        },
        {
            "mark": {"type": "line", "color": palette.SERIES[0], "strokeWidth": 2.5},
            "encoding": {**place, "detail": {"field": "segment", "type": "nominal"}},
        },
        {
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "color": palette.SERIES[0]},
            "encoding": leading(place, has_links=has_links),
        },
        *(
            {
                "data": {"values": [each for each in labelled if each["is_low"] is is_low]},
                "mark": {**label, "dy": dy},
                "encoding": {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}},
            }
            for is_low, dy in ((False, 16), (True, -14))
        ),
    ]
    return specified(layout, plot_top + PLOT, [*layers, *signs], data={"values": stated})


def _entries(goal: Goal) -> list[LegendEntry]:
    words = [_start_text(goal.start)] if goal.start else []
    return [
        LegendEntry(text=gettext("Values reported"), color=palette.SERIES[0], shape="circle"),
        LegendEntry(
            text=" – ".join([*words, _end_text(goal)]), color=palette.SERIES[1], shape="diamond", dash=(7, 4)
        ),
    ]


def _datum(point: Point) -> Specification:
    return {
        "year": point.year,
        "value": drawn(point.value),
        "text": point.text,
        "tip": f"{point.year}: {point.text}",
        "url": point.url,
    }
