"""A table of fields: how much there is where rows and columns meet, and where there is nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from reporting.charts import palette
from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import (
    LINE_HEIGHT,
    SMALL_LINE,
    SMALL_SIZE,
    Layout,
    in_both_widths,
    leading,
    lines,
    pixels,
    quantity,
    specified,
    text_mark,
    text_width,
)
from reporting.charts.legend import LegendEntry, legend

_NAMES = 210
_FIELD = 34
_HEAD_LINE = SMALL_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The count where a row and a column meet. ``level`` is 0 for a gap, 1 to 5 for little to much."""

    row: int
    column: int
    level: int
    text: str
    words: str
    url: str = ""


def matrix(
    code: str, title: str, *, rows: Sequence[str], columns: Sequence[str], fields: Sequence[Field]
) -> Chart:
    """Fields that no entry is given for are gaps."""
    given = {(field.row, field.column): field for field in fields}
    gap = gettext("nothing")
    whole = [
        given.get((row, column)) or Field(row=row, column=column, level=0, text="", words=gap)
        for row in range(len(rows))
        for column in range(len(columns))
    ]

    def specify(layout: Layout) -> Specification:
        return _specification(rows, columns, whole, layout)

    return in_both_widths(code, title, _alternative(rows, columns, whole), specify)


def _alternative(rows: Sequence[str], columns: Sequence[str], fields: Sequence[Field]) -> str:
    sentences = []
    for place, name in enumerate(rows):
        mine = [field for field in fields if field.row == place]
        parts = [f"{columns[field.column]}: {field.words}" for field in mine if field.level]
        gaps = [columns[field.column] for field in mine if not field.level]
        if gaps:
            parts.append(gettext("nothing for %(columns)s") % {"columns": ", ".join(gaps)})
        sentences.append(f"{name} – {'; '.join(parts)}.")
    return " ".join(sentences)


def _specification(
    rows: Sequence[str], columns: Sequence[str], fields: Sequence[Field], layout: Layout
) -> Specification:
    start = 0 if layout.is_narrow else _NAMES + 14
    heads, head = _heads(columns, (layout.least - start) / len(columns))
    names, tops, bottom = _row_places(rows, layout, head + 8)
    scale = {"domain": [0, len(columns)], "range": [start, {"expr": "width"}], "nice": False, "zero": False}

    def across(field: str) -> Specification:
        return quantity(field, scale=scale, axis=None)

    box = {"x": across("left"), "x2": {"field": "right"}, "y": pixels("top"), "y2": {"field": "bottom"}}
    has_links = any(field.url for field in fields)
    layers: list[Specification] = [
        {
            "mark": {"type": "rect", "stroke": palette.PAPER, "strokeWidth": 2},
            "encoding": leading(
                {**box, "fill": {"field": "fill", "type": "nominal", "scale": None}},
                has_links=has_links,
            ),
        },
        {
            "transform": [{"filter": "datum.is_gap"}],
            "mark": {"type": "rule", "color": palette.HATCH, "strokeWidth": 1},
            "encoding": {**box, "y": pixels("bottom"), "y2": {"field": "top"}},
        },
        {
            **text_mark(
                across("middle"), "text_y", "text", align="center", fontSize=SMALL_SIZE, fontWeight=600
            ),
            "encoding": leading(
                {
                    "x": across("middle"),
                    "y": pixels("text_y"),
                    "text": {"field": "text", "type": "nominal"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
                has_links=has_links,
            ),
        },
        {"data": {"values": names}, **text_mark(0, "y", "name")},
        {
            "data": {"values": heads},
            **text_mark(
                across("at"),
                "y",
                "name",
                angle=270,
                baseline="middle",
                fontSize=SMALL_SIZE,
                lineHeight=_HEAD_LINE,
            ),
        },
    ]
    entries = [
        LegendEntry(text=gettext("nothing"), fill=palette.EMPTY, is_hatched=True),
        *_level_entries(fields),
    ]
    signs, height = legend(entries, layout, bottom + 12)
    data = [_placed(field, rows, columns, tops) for field in fields]
    return specified(layout, height, [*layers, *signs], data={"values": data})


def _level_entries(fields: Sequence[Field]) -> list[LegendEntry]:
    """What each shade stands for: the least and the most of the counts that have it."""
    counts = defaultdict(set)
    for field in fields:
        if field.level:
            counts[field.level].add(field.text)
    return [
        LegendEntry(text=_span(counts[level]), fill=palette.SEQUENTIAL[level - 1]) for level in sorted(counts)
    ]


def _span(counts: Iterable[str]) -> str:
    least, *others = sorted(counts, key=lambda text: (len(text), text))
    return f"{least}–{others[-1]}" if others else least


def _placed(
    field: Field, rows: Sequence[str], columns: Sequence[str], tops: Sequence[float]
) -> Specification:
    fill = palette.SEQUENTIAL[field.level - 1] if field.level else palette.EMPTY
    top = tops[field.row]
    return {
        "left": field.column,
        "middle": field.column + 0.5,
        "right": field.column + 1,
        "top": top,
        "bottom": top + _FIELD - 6,
        "text_y": top + (_FIELD - 6) / 2,
        "text": field.text,
        "ink": palette.ink_on(fill),
        "fill": fill,
        "is_gap": not field.level,
        "tip": f"{rows[field.row]}, {columns[field.column]}: {field.words}",
        "url": field.url,
    }


def _heads(columns: Sequence[str], column_width: float) -> tuple[list[Specification], float]:
    """The names of the columns, written upwards in as many lines as fit side by side; no word is broken."""
    most_lines = max(1, int(column_width // _HEAD_LINE))
    length = max((text_width(word, SMALL_SIZE) for name in columns for word in name.split()), default=0)
    while any(len(lines(name, length, SMALL_SIZE)) > most_lines for name in columns):
        length += 10
    broken = [lines(name, length, SMALL_SIZE) for name in columns]
    head = max((text_width(line, SMALL_SIZE) for name in broken for line in name), default=0)
    return (
        [
            {
                "name": name,
                "at": place + 0.5 - (len(name) - 1) * _HEAD_LINE / 2 / column_width,
                "y": head,
            }
            for place, name in enumerate(broken)
        ],
        head,
    )


def _row_places(
    rows: Sequence[str], layout: Layout, top: float
) -> tuple[list[Specification], list[float], float]:
    """Where the name of each row stands, and where its fields begin."""
    names: list[Specification] = []
    tops: list[float] = []
    for row in rows:
        broken = lines(row, layout.least if layout.is_narrow else _NAMES)
        height = len(broken) * LINE_HEIGHT
        if layout.is_narrow:
            names.append({"name": broken, "y": top + LINE_HEIGHT / 2})
            tops.append(top + height + 2)
            top += height + _FIELD + 2
        else:
            whole = max(height + 6, _FIELD)
            names.append({"name": broken, "y": top + (whole - 6 - height) / 2 + LINE_HEIGHT / 2})
            tops.append(top + (whole - _FIELD) / 2)
            top += whole
    return names, tops, top
