"""What colours, shapes and lines of a drawing mean: entries in rows, as wide as their texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reporting.charts import palette
from reporting.charts.chart import Specification
from reporting.charts.layout import (
    LINE_HEIGHT,
    SMALL_LINE,
    SMALL_SIZE,
    Layout,
    lines,
    pixels,
    text_mark,
    text_width,
)

_SIGN = 28
_GAP = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A word, and how it looks in the drawing: filled, hatched, or drawn as a line with a shape."""

    text: str
    fill: str = ""
    is_hatched: bool = False
    color: str = ""
    dash: tuple[int, ...] = (1, 0)
    shape: str = ""


def legend(entries: Sequence[LegendEntry], layout: Layout, top: float) -> tuple[list[Specification], float]:
    """Return the layers, and where the legend ends."""
    data, bottom = _placed(entries, layout, top)
    values = {"values": data}
    layers: list[Specification] = [
        {
            "data": values,
            **text_mark(pixels("text_x"), "y", "text", fontSize=SMALL_SIZE, lineHeight=SMALL_LINE),
        }
    ]
    if any(entry.fill for entry in entries):
        layers.append(_filled(values))
    if any(entry.is_hatched for entry in entries):
        strokes = [
            {"hx": each["x"] + shift, "hx2": each["x"] + shift + 8, "hy": each["y2"], "hy2": each["y1"]}
            for each in data
            if each["is_hatched"]
            for shift in (1, 9)
        ]
        layers.append(
            {
                "data": {"values": strokes},
                "mark": {"type": "rule", "color": palette.HATCH, "strokeWidth": 1},
                "encoding": {
                    "x": pixels("hx"),
                    "x2": {"field": "hx2"},
                    "y": pixels("hy"),
                    "y2": {"field": "hy2"},
                },
            }
        )
    layers += [part for each in data if each["color"] for part in _line(each)]
    return layers, bottom


def _filled(values: Specification) -> Specification:
    return {
        "data": values,
        "transform": [{"filter": "isValid(datum.fill)"}],
        "mark": {"type": "rect", "stroke": palette.LINE, "strokeWidth": 1},
        "encoding": {
            "x": pixels("x"),
            "x2": {"field": "x2"},
            "y": pixels("y1"),
            "y2": {"field": "y2"},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def _line(each: Specification) -> list[Specification]:
    middle = {"values": [{**each, "middle": (each["x"] + each["x2"]) / 2}]}
    return [
        {
            "data": middle,
            "mark": {
                "type": "rule",
                "color": each["color"],
                "strokeWidth": 2.5,
                "strokeDash": list(each["dash"]),
            },
            "encoding": {"x": pixels("x"), "x2": {"field": "x2"}, "y": pixels("y")},
        },
        {
            "data": middle,
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "size": 60,
                "shape": each["shape"],
                "color": each["color"],
            },
            "encoding": {"x": pixels("middle"), "y": pixels("y")},
        },
    ]


def _placed(entries: Sequence[LegendEntry], layout: Layout, top: float) -> tuple[list[dict[str, Any]], float]:
    data: list[dict[str, Any]] = []
    x, y, row_height = 0.0, top + LINE_HEIGHT / 2, 0.0
    for entry in entries:
        texts = lines(entry.text, layout.least - _SIGN - 4, SMALL_SIZE)
        width = _SIGN + max(text_width(text, SMALL_SIZE) for text in texts) + _GAP
        if x and x + width - _GAP > layout.least:
            x, y, row_height = 0.0, y + row_height, 0.0
        data.append(
            {
                "text": texts,
                "fill": entry.fill or None,
                "is_hatched": entry.is_hatched,
                "color": entry.color,
                "dash": entry.dash,
                "shape": entry.shape or "circle",
                "x": x,
                "x2": x + 18,
                "y": y,
                "y1": y - 6,
                "y2": y + 6,
                "text_x": x + _SIGN - 4,
            }
        )
        x += width
        row_height = max(row_height, len(texts) * SMALL_LINE + 5)
    return data, y + row_height - LINE_HEIGHT / 2 if data else top
