"""The attainment chart: one Vega-Lite specification for dashboard, report page and PDF."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from math import ceil, floor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import vl_convert
from django.utils.translation import gettext, override

from reporting.renderers import wording

FONT = "Fira Sans"
FONT_DIRECTORY = Path(__file__).parent / "fonts"
INK = "#131525"
QUIET = "#555970"
LINE = "#C0C3D5"
TRACK = "#E3E5EC"
BAR = "#171a6b"
CEILING_BAR = "#a9abd6"
_ROW_HEIGHT = 78
_BARE_ROW_HEIGHT = 48
Specification = dict[str, Any]
"""A Vega-Lite chart as plain data: what it draws is JSON, and so it is written."""

_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttainmentRow:
    """One bar: what is measured, its value in words, its attainment. Without attainment no bar is drawn."""

    name: str
    value_text: str  # "18.118", "nicht gemeldet"
    target_text: str = ""  # "20.000", "bis zu 10.000"; empty without a target
    attainment: Decimal | None = None
    is_ceiling: bool = False


def attainment_chart(rows: Sequence[AttainmentRow], language: str, *, width: int = 680) -> Specification:
    """Specify the chart in Vega-Lite. The scale starts at 0, goes to 100 % at least and never clips."""
    with override(language):
        return _specification(rows, width)


def render_svg(specification: Specification, *, identifier: str = "attainment-chart") -> str:
    """Draw a specification as an SVG that a strict content security policy lets through.

    No style attributes and no style elements; the width is the container's (class ``portal-chart``); one
    image with a title and a description for those who hear it.
    """
    root = ET.fromstring(_drawn(json.dumps(specification, sort_keys=True)))  # noqa: S314  # our own drawing
    texts = specification["usermeta"]
    for element in root.iter():
        _make_presentational(element)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.attrib |= {
        "class": "portal-chart",
        "role": "img",
        "aria-labelledby": f"{identifier}-title {identifier}-text",
    }
    for position, (tag, text) in enumerate((("title", texts["title"]), ("desc", texts["text"]))):
        part = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{identifier}-{'title' if tag == 'title' else 'text'}"})
        part.text = text
        root.insert(position, part)
    return ET.tostring(root, encoding="unicode")


def spoken(row: AttainmentRow) -> str:
    """Put the row in words, for those who do not see it."""
    return f"{row.name}: {_caption(row)}"


@cache
def _register() -> None:
    vl_convert.register_font_directory(str(FONT_DIRECTORY))
    ET.register_namespace("", _SVG)


@lru_cache(maxsize=64)
def _drawn(specification: str) -> str:
    """Draw; the same chart is asked for by page after page, and drawing it takes a tenth of a second."""
    _register()
    return vl_convert.vegalite_to_svg(specification)


def _make_presentational(element: ET.Element) -> None:
    for name in [name for name in element.attrib if name == "role" or name.startswith("aria-")]:
        del element.attrib[name]
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            element.attrib[name.strip()] = value.strip()


def _caption(row: AttainmentRow) -> str:
    if not row.target_text:
        return f"{row.value_text} · {gettext('no target')}"
    if row.attainment is None:
        return f"{row.value_text} · {gettext('target %(target)s') % {'target': row.target_text}}"
    text = gettext("%(value)s of %(target)s") % {"value": row.value_text, "target": row.target_text}
    share = wording.percent(row.attainment)
    return f"{text} · {gettext('%(percent)s used') % {'percent': share} if row.is_ceiling else share}"


def _specification(rows: Sequence[AttainmentRow], width: int) -> Specification:
    shares = [row.attainment for row in rows if row.attainment is not None]
    lowest = floor(min([Decimal(0), *shares]) * 5) / 5
    highest = ceil(max([Decimal(1), *shares]) * 5) / 5
    data, height = _placed(rows)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {
            "title": gettext("Attainment of the targets"),
            "text": "; ".join(spoken(row) for row in rows) + ".",
        },
        "background": "transparent",
        "width": width,
        "height": height,
        "padding": {"left": 1, "right": 2, "top": 2, "bottom": 2},
        "data": {"values": data},
        "layer": _layers(lowest, highest),
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "domainColor": LINE,
                "tickColor": LINE,
                "labelColor": QUIET,
                "labelFontSize": 13,
                "labelFont": FONT,
            },
        },
    }


def _placed(rows: Sequence[AttainmentRow]) -> tuple[list[Specification], int]:
    """Give each row its place; one without a bar takes less room."""
    data: list[Specification] = []
    top = 0
    for row in rows:
        # Charts are drawn, not counted: here, and only here, a share becomes a float.
        share = None if row.attainment is None else float(row.attainment)
        data.append(
            {
                "name": row.name,
                "caption": _caption(row),
                "share": share,
                "ceiling": row.is_ceiling,
                "nought": 0,
                "goal": 1,
                "name_y": top + 10,
                "caption_y": top + 29,
                "track_top": top + 43,
                "bar_top": top + 47,
                "bar_bottom": top + 57,
                "track_bottom": top + 61,
            }
        )
        top += _BARE_ROW_HEIGHT if share is None else _ROW_HEIGHT
    return data, top


def _layers(lowest: float, highest: float) -> list[Specification]:
    step = 0.25 if highest - lowest <= 1.5 else 0.5  # noqa: PLR2004  # else the labels would touch
    ticks = [index * step for index in range(ceil(lowest / step), floor(highest / step) + 1)]
    share = _quantity(
        "nought",
        title=None,
        scale={"domain": [lowest, highest], "nice": False},
        axis={"values": ticks, "grid": False, "labelFlush": True, "labelExpr": _percent_labels()},
    )
    goal = {"x": _quantity("goal"), "y": _at("track_top"), "y2": {"field": "track_bottom"}}
    bar_color = {"condition": {"test": "datum.ceiling", "value": CEILING_BAR}, "value": BAR}
    drawn = [
        {
            "mark": {"type": "rect", "color": TRACK},
            "encoding": {
                "x": share,
                "x2": {"field": "goal"},
                "y": _at("track_top"),
                "y2": {"field": "track_bottom"},
            },
        },
        {
            "mark": {"type": "rect", "stroke": BAR},
            "encoding": {
                "x": share,
                "x2": {"field": "share"},
                "y": _at("bar_top"),
                "y2": {"field": "bar_bottom"},
                "color": bar_color,
            },
        },
        {"mark": {"type": "rule", "color": INK, "strokeWidth": 2}, "encoding": goal},
    ]
    return [
        *({"transform": [{"filter": "isValid(datum.share)"}], **layer} for layer in drawn),
        _text("name", fontSize=15, fontWeight=600, color=INK),
        _text("caption", fontSize=14, color=QUIET),
    ]


def _text(field: str, **look: object) -> Specification:
    return {
        "mark": {"type": "text", "align": "left", "baseline": "middle", **look},
        "encoding": {
            "x": {"value": 0},
            "y": _at(f"{field}_y"),
            "text": {"field": field, "type": "nominal"},
        },
    }


def _quantity(field: str, **settings: object) -> Specification:
    return {"field": field, "type": "quantitative", **settings}


def _at(field: str) -> Specification:
    """Place in pixels, without a scale."""
    return _quantity(field, scale=None, axis=None)


def _percent_labels() -> str:
    """Labels in the reader's language, without asking the browser for a locale."""
    space = "" if wording.is_english() else wording.NARROW_SPACE
    return f"replace(format(datum.value * 100, '.0f'), '-', '{wording.MINUS}') + '{space}%'"
