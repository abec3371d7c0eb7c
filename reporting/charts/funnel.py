"""Stages that fewer and fewer reach: how many at each, and what share of the first that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.charts import palette
from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import (
    LINE_HEIGHT,
    WIDE,
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
)

_NAMES = 210
_INDENT = 16
_BAR = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(ChartMark):
    """A stage, or a part of the stage above (``is_part``), such as one way of being placed.

    ``share`` is worded by whoever knows of what it is a share.
    """

    share: str = ""
    is_part: bool = False

    @property
    def caption(self) -> str:
        return f"{self.text} · {self.share}" if self.share else self.text


def funnel(code: str, title: str, stages: Sequence[Stage], *, wide: Layout = WIDE) -> Chart:
    def specify(layout: Layout) -> Specification:
        return _specification(stages, layout)

    alternative = listed((stage.name, stage.caption) for stage in stages)
    return in_both_widths(code, title, alternative, specify, wide=wide)


def _specification(stages: Sequence[Stage], layout: Layout) -> Specification:
    start = 0 if layout.is_narrow else _NAMES + 14
    data, height = _placed(stages, layout, start)
    highest = max([each["value"] or 0 for each in data], default=0) or 1
    scale = {"domain": [0, highest], "range": [start, {"expr": "width - 4"}], "nice": False, "zero": False}
    end = quantity("value", scale=scale, axis=None)
    track = {
        "mark": {"type": "rect", "color": palette.TRACK},
        "encoding": {
            "x": {"datum": 0, "type": "quantitative", "scale": scale, "axis": None},
            "x2": {"datum": highest},
            "y": pixels("bar_top"),
            "y2": {"field": "bar_bottom"},
        },
    }
    bars = {
        "mark": {"type": "rect"},
        "encoding": leading(
            {
                "x": end,
                "x2": {"datum": 0},
                "y": pixels("bar_top"),
                "y2": {"field": "bar_bottom"},
                "color": {"field": "color", "type": "nominal", "scale": None},
            },
            has_links=any(stage.url for stage in stages),
        ),
    }
    layers: list[Specification] = [
        {**track, "transform": [{"filter": "isValid(datum.value) && !datum.is_part"}]},
        {**bars, "transform": [{"filter": "isValid(datum.value)"}]},
        text_mark(pixels("name_x"), "name_y", "name", where="!datum.is_part", fontWeight=600),
        text_mark(pixels("name_x"), "name_y", "name", where="datum.is_part"),
        text_mark(pixels("caption_x"), "caption_y", "caption", where="isValid(datum.value)"),
        text_mark(
            pixels("caption_x"),
            "caption_y",
            "caption",
            where="!isValid(datum.value)",
            color=palette.QUIET,
            fontStyle="italic",
        ),
    ]
    return specified(layout, height, layers, data={"values": data})


def _placed(stages: Sequence[Stage], layout: Layout, start: int) -> tuple[list[Specification], float]:
    data: list[Specification] = []
    top = 0.0
    for stage in stages:
        indent = _INDENT if stage.is_part else 0
        names = lines(stage.name, (layout.least if layout.is_narrow else _NAMES) - indent)
        captions = lines(stage.caption, layout.least - start - indent)
        bar = 10 if stage.is_part else _BAR
        name_height, caption_height = len(names) * LINE_HEIGHT, len(captions) * LINE_HEIGHT
        caption_top = top + name_height if layout.is_narrow else top
        bar_top = caption_top + caption_height + 1
        data.append(
            {
                "name": names,
                "caption": captions,
                "value": drawn(stage.value),
                "is_part": stage.is_part,
                "color": palette.CEILING_BAR if stage.is_part else palette.BAR,
                "url": stage.url,
                "tip": f"{stage.name}: {stage.caption}",
                "name_x": indent,
                "name_y": top + LINE_HEIGHT / 2,
                "caption_x": start + (indent if layout.is_narrow else 0),
                "caption_y": caption_top + LINE_HEIGHT / 2,
                "bar_top": bar_top,
                "bar_bottom": bar_top + bar,
            }
        )
        drawn_height = 0 if stage.value is None else bar + 1
        top = max(top + name_height, caption_top + caption_height + drawn_height) + 12
    return data, top
