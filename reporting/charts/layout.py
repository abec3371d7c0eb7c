"""What the kinds of charts share: widths, texts broken into lines, places in pixels, the frame around it all.

A drawing is made for two widths. The browser stretches the one that fits; since each breaks its texts for the
least width it is used at, no label is cut. Heights are fixed, so that places can be given in pixels.
"""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any

from reporting.charts import locales, palette
from reporting.charts.chart import Chart, Specification

FONT = "Fira Sans"
TEXT_SIZE = 14
SMALL_SIZE = 13
SMALL_LINE = 16
LINE_HEIGHT = 18
_WIDTH_OF_A_CHARACTER = 0.56
"""Of the size of the font: Fira Sans is narrower on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """``width`` is what the server draws at, ``least`` what the texts are broken for."""

    width: int
    least: int
    is_narrow: bool


WIDE = Layout(width=680, least=470, is_narrow=False)
NARROW = Layout(width=320, least=250, is_narrow=True)
PRINTED = Layout(width=WIDE.width, least=WIDE.width, is_narrow=False)
"""In a report, where a chart is scaled as a whole: nothing has to be broken for a narrower card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMark:
    """One value: its name, its words (a number or why there is none), and where it leads."""

    name: str
    value: Decimal | None
    text: str
    url: str = ""


def in_both_widths(
    code: str,
    title: str,
    alternative: str,
    specify: Callable[[Layout], Specification],
    *,
    wide: Layout = WIDE,
) -> Chart:
    """The chart as a whole page and a phone show it."""
    return Chart(
        code=code, title=title, specification=specify(wide), narrow=specify(NARROW), alternative=alternative
    )


def specified(layout: Layout, height: float, layers: Sequence[Specification], **parts: Any) -> Specification:
    """Put the layers into the frame of every chart."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "usermeta": {
            "embedOptions": {
                "formatLocale": locales.number_forms(),
                "timeFormatLocale": locales.date_forms(),
            }
        },
        "background": "transparent",
        "width": layout.width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "right": 4, "top": 4, "bottom": 4},
        "layer": list(layers),
        "config": config(),
        **parts,
    }


def config() -> Specification:
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "domainColor": palette.LINE,
            "tickColor": palette.LINE,
            "gridColor": palette.TRACK,
            "labelColor": palette.QUIET,
            "labelFontSize": 13,
            "labelFont": FONT,
        },
    }


def drawn(value: Decimal | None) -> float | None:
    """A value as a place in a drawing. Charts are drawn, not counted: only here it becomes a float."""
    return None if value is None else float(value)


def lines(text: str, width: float, size: float = TEXT_SIZE) -> list[str]:
    """Break a text so that no line is wider than the pixels given; a word too long for it gets a hyphen."""
    return list(_wrapped(text, max(8, int(width / (size * _WIDTH_OF_A_CHARACTER)))))


@lru_cache(maxsize=5_000)
def _wrapped(text: str, characters: int) -> tuple[str, ...]:
    """Kept: the charts of a page and of the next one have the same names of hundreds of occupations."""
    words = [part for word in text.split(" ") for part in _parts(word, characters)]
    return tuple(textwrap.wrap(" ".join(words), characters, break_long_words=False)) or ("",)


def _parts(word: str, characters: int) -> list[str]:
    if len(word) <= characters or "-" in word[1:-1]:
        return [word]
    return [f"{word[: characters - 1]}-", *_parts(word[characters - 1 :], characters)]


def text_width(text: str, size: float = TEXT_SIZE) -> int:
    return ceil(len(text) * size * _WIDTH_OF_A_CHARACTER)


def quantity(field: str, **settings: Any) -> Specification:
    return {"field": field, "type": "quantitative", **settings}


def pixels(field: str) -> Specification:
    """A place that the data give in pixels."""
    return quantity(field, scale=None, axis=None)


def text_mark(x: Any, y: str, field: str, *, where: str = "", **look: Any) -> Specification:
    """A text per datum. ``x`` is a number of pixels, "width", or an encoding of its own."""
    placed = x if isinstance(x, dict) else {"value": x}
    return {
        **filtered(where),
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "fontSize": TEXT_SIZE,
            "lineHeight": LINE_HEIGHT,
            "color": palette.INK,
            **look,
        },
        "encoding": {"x": placed, "y": pixels(y), "text": {"field": field, "type": "nominal"}},
    }


def filtered(test: str) -> Specification:
    return {"transform": [{"filter": test}]} if test else {}


def leading(encoding: Specification, *, has_links: bool = True) -> Specification:
    """Let the mark say its value, and lead to what it is made of."""
    links = {"href": {"field": "url", "type": "nominal"}} if has_links else {}
    return {**encoding, "tooltip": {"field": "tip", "type": "nominal"}, **links}


def listed(named: Iterable[tuple[str, str]]) -> str:
    """Names with their values in words, for those who do not see the drawing."""
    return "; ".join(f"{name}: {words}" for name, words in named) + "."
