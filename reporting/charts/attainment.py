"""Bars against their targets: how much of what was promised is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from django.utils.translation import gettext

from reporting.charts import palette
from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import (
    LINE_HEIGHT,
    NARROW,
    WIDE,
    Layout,
    config,
    drawn,
    leading,
    lines,
    listed,
    pixels,
    quantity,
    specified,
    text_mark,
)
from reporting.charts.locales import percent_labels

_ROW_HEIGHT = 78
_BARE_ROW_HEIGHT = 48
_MOST_STEPS = 40
"""On a scale of a page: more can neither be read nor be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttainmentBar:
    """One bar: what is measured, its value against the target in words, its attainment.

    Without attainment no bar is drawn.
    """

    name: str
    caption: str  # "18.118 von 20.000 · 90,6 %"
    attainment: Decimal | None = None
    is_ceiling: bool = False
    url: str = ""


def attainment_chart(bars: Sequence[AttainmentBar]) -> Chart:
    """The scale starts at 0, goes to 100 % at least and never clips."""
    return _chart(bars, _on_a_page(bars, WIDE), narrow=_on_a_page(bars, NARROW))


def attainment_chart_of_a_report(bars: Sequence[AttainmentBar]) -> Chart:
    """The same on paper: of one width, each text in one line.

    A stored report has to keep its bytes: another look of it goes with another version of the report.
    """
    width = 840
    data, height = _placed(bars)
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "transparent",
        "width": width,
        "height": height,
        "padding": {"left": 1, "right": 2, "top": 2, "bottom": 2},
        "data": {"values": data},
        "layer": _layers(bars),
        "config": config(),
    }
    return _chart(bars, specification)


def _chart(
    bars: Sequence[AttainmentBar], specification: Specification, *, narrow: Specification | None = None
) -> Chart:
    return Chart(
        code="attainment",
        title=gettext("Attainment of the targets"),
        specification=specification,
        narrow=narrow,
        alternative=listed((bar.name, bar.caption) for bar in bars),
    )


def _on_a_page(bars: Sequence[AttainmentBar], layout: Layout) -> Specification:
    data, height = _placed(bars, layout.least)
    return specified(layout, height, _layers(bars, most_steps=_MOST_STEPS), data={"values": data})


def _placed(bars: Sequence[AttainmentBar], least: float | None = None) -> tuple[list[Specification], int]:
    """Give each bar its place; one without a value takes less room, a broken text more."""
    data: list[Specification] = []
    top = 0
    for bar in bars:
        name, caption = _broken(bar.name, least, 15), _broken(bar.caption, least, 14)
        under_name = top + (len(name) - 1) * LINE_HEIGHT if isinstance(name, list) else top
        under_text = (
            under_name + (len(caption) - 1) * LINE_HEIGHT if isinstance(caption, list) else under_name
        )
        share = drawn(bar.attainment)
        data.append(
            {
                "name": name,
                "caption": caption,
                "share": share,
                "ceiling": bar.is_ceiling,
                "nought": 0,
                "goal": 1,
                "name_y": top + 10,
                "caption_y": under_name + 29,
                "track_top": under_text + 43,
                "bar_top": under_text + 47,
                "bar_bottom": under_text + 57,
                "track_bottom": under_text + 61,
                "tip": f"{bar.name}: {bar.caption}",
                "url": bar.url,
            }
        )
        top = under_text + (_BARE_ROW_HEIGHT if share is None else _ROW_HEIGHT)
    return data, top


def _broken(text: str, least: float | None, size: float) -> str | list[str]:
    return text if least is None else lines(text, least, size)


def _layers(bars: Sequence[AttainmentBar], *, most_steps: int | None = None) -> list[Specification]:
    shares = [bar.attainment for bar in bars if bar.attainment is not None]
    lowest = floor(min([Decimal(0), *shares]) * 5) / 5
    highest = ceil(max([Decimal(1), *shares]) * 5) / 5
    step = 0.25 if highest - lowest <= 1.5 else 0.5  # noqa: PLR2004  # else the labels would touch
    while most_steps and (highest - lowest) / step > most_steps:
        step *= 10
    ticks = [index * step for index in range(ceil(lowest / step), floor(highest / step) + 1)]
    share = quantity(
        "nought",
        title=None,
        scale={"domain": [lowest, highest], "nice": False},
        axis={"values": ticks, "grid": False, "labelFlush": True, "labelExpr": percent_labels()},
    )
    goal = {"x": quantity("goal"), "y": pixels("track_top"), "y2": {"field": "track_bottom"}}
    bar_color = {"condition": {"test": "datum.ceiling", "value": palette.CEILING_BAR}, "value": palette.BAR}
    parts: list[Specification] = [
        {
            "mark": {"type": "rect", "color": palette.TRACK},
            "encoding": {
                "x": share,
                "x2": {"field": "goal"},
                "y": pixels("track_top"),
                "y2": {"field": "track_bottom"},
            },
        },
        {
            "mark": {"type": "rect", "stroke": palette.BAR},
            "encoding": leading(
                {
                    "x": share,
                    "x2": {"field": "share"},
                    "y": pixels("bar_top"),
                    "y2": {"field": "bar_bottom"},
                    "color": bar_color,
                },
                has_links=any(bar.url for bar in bars),
            ),
        },
        {"mark": {"type": "rule", "color": palette.INK, "strokeWidth": 2}, "encoding": goal},
    ]
    return [
        *({"transform": [{"filter": "isValid(datum.share)"}], **layer} for layer in parts),
        text_mark(0, "name_y", "name", fontSize=15, fontWeight=600),
        text_mark(0, "caption_y", "caption", color=palette.QUIET),
    ]
