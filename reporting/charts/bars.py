"""Bars one below the other: counts ranked by size, and ratios to both sides of 100."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from reporting.charts import palette
from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import (
    LINE_HEIGHT,
    ChartMark,
    Layout,
    drawn,
    in_both_widths,
    leading,
    lines,
    listed,
    pixels,
    quantity,
    specified,
    text_mark,
    text_width,
)

EVEN = Decimal(100)
"""The ratio, in per cent, at which both parts are even."""

_NAMES = 210
_BAR = 14
_HEAD = 24
_FROM_THE_RULE = 6


def ranked_bars(code: str, title: str, marks: Sequence[ChartMark]) -> Chart:
    """Counts, the largest first; what has no value comes last and says why."""
    ranked = sorted(marks, key=lambda mark: (mark.value is None, -(mark.value or 0)))

    def specify(layout: Layout) -> Specification:
        values = [drawn(mark.value) or 0 for mark in ranked]
        return _specification(
            ranked, layout, lowest=min([0, *values]), highest=max([0, *values]) or 1, base=0
        )

    return in_both_widths(code, title, _words(ranked), specify)


def diverging_bars(code: str, title: str, marks: Sequence[ChartMark]) -> Chart:
    """Ratios to both sides of the value at which both parts are even, in the order given."""
    marks = tuple(marks)
    reach = max([abs(mark.value - EVEN) for mark in marks if mark.value is not None], default=Decimal(0))
    reach = Decimal(max(5, ceil(reach / 5) * 5))

    def specify(layout: Layout) -> Specification:
        return _specification(
            marks,
            layout,
            lowest=float(EVEN - reach),
            highest=float(EVEN + reach),
            base=float(EVEN),
            base_label=f"{EVEN}",
        )

    return in_both_widths(code, title, _words(marks), specify)


def _words(marks: Sequence[ChartMark]) -> str:
    return listed((mark.name, mark.text) for mark in marks)


def _specification(  # noqa: PLR0913  # each names itself
    marks: Sequence[ChartMark],
    layout: Layout,
    *,
    lowest: float,
    highest: float,
    base: float,
    base_label: str = "",
) -> Specification:
    figures = max([text_width(mark.text) for mark in marks if mark.value is not None], default=0) + 10
    start = 0 if layout.is_narrow else _NAMES + 14
    end = 4 if layout.is_narrow else figures
    data, height = _placed(marks, layout, figures, _HEAD if base_label else 0)
    for each, mark in zip(data, marks, strict=True):
        is_below = mark.value is not None and mark.value < base
        each["color"] = (palette.BELOW if is_below else palette.ABOVE) if base_label else palette.BAR
    scale = {
        "domain": [lowest, highest],
        "range": [start, {"expr": f"width - {end}"}],
        "nice": False,
        "zero": False,
    }
    place = quantity("value", scale=scale, axis=None)
    base_at = {"datum": base, "type": "quantitative", "scale": scale, "axis": None}
    bars = {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "rect"},
        "encoding": leading(
            {
                "x": place,
                "x2": {"datum": base},
                "y": pixels("bar_top"),
                "y2": {"field": "bar_bottom"},
                "color": {"field": "color", "type": "nominal", "scale": None},
            },
            has_links=any(mark.url for mark in marks),
        ),
    }
    rule = {
        "mark": {"type": "rule", "color": palette.INK if base_label else palette.LINE, "strokeWidth": 1.5},
        "encoding": {"x": base_at, "y": pixels("rule_top"), "y2": {"field": "rule_bottom"}},
    }
    texts = [
        text_mark(0, "name_y", "name"),
        text_mark(
            {"value": "width"}, "value_y", "text", where="isValid(datum.value)", align="right", fontWeight=600
        ),
        text_mark(
            start,
            "gap_y",
            "text",
            where="!isValid(datum.value)",
            color=palette.QUIET,
            fontStyle="italic",
            dx=0 if layout.is_narrow else _FROM_THE_RULE,
        ),
    ]
    if base_label:
        texts.append(
            {
                "data": {"values": [{"label": base_label, "label_y": _HEAD / 2}]},
                **text_mark(base_at, "label_y", "label", align="center", color=palette.QUIET),
            }
        )
    return specified(layout, height, [bars, rule, *texts], data={"values": data})


def _placed(
    marks: Sequence[ChartMark], layout: Layout, figures: int, top: float
) -> tuple[list[Specification], float]:
    data: list[Specification] = []
    for mark in marks:
        names = lines(mark.name, layout.least - figures if layout.is_narrow else _NAMES)
        text_height = len(names) * LINE_HEIGHT
        bar_top = top + text_height + 2 if layout.is_narrow else top + (text_height + 6 - _BAR) / 2
        gap_y = top + text_height + LINE_HEIGHT / 2 if layout.is_narrow else top + 3 + text_height / 2
        row_height = text_height + (24 if layout.is_narrow else 8)
        data.append(
            {
                "name": names,
                "text": mark.text,
                "value": drawn(mark.value),
                "url": mark.url,
                "tip": f"{mark.name}: {mark.text}",
                "name_y": top + 3 + LINE_HEIGHT / 2,
                "value_y": top + 3 + (LINE_HEIGHT / 2 if layout.is_narrow else text_height / 2),
                "gap_y": gap_y,
                "bar_top": bar_top,
                "bar_bottom": bar_top + (10 if layout.is_narrow else _BAR),
                "rule_top": bar_top - 2 if layout.is_narrow else top,
                "rule_bottom": bar_top + 12 if layout.is_narrow else top + row_height,
            }
        )
        top += row_height
    return data, top
