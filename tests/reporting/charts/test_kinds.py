"""What each kind of chart draws, and what it says to those who do not see it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from reporting.charts import palette
from reporting.charts.bars import EVEN, ranked_bars
from reporting.charts.chart import Chart
from reporting.charts.drawing import inline_svg, png_file, svg_file
from reporting.charts.laender_map import LandMark, laender_map
from reporting.charts.layout import ChartMark
from reporting.charts.matrix import Field, matrix
from reporting.charts.path import Goal, path_to_target
from reporting.charts.series import Break, Point, SeriesLine, series
from tests.reporting.charts import samples

SVG = "{http://www.w3.org/2000/svg}"
STYLES = Path(__file__).parents[3] / "static" / "portal" / "charts.css"


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with override("de"):
        yield


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(inline_svg(chart, identifier="chart"))  # noqa: S314  # our own drawing


def texts(drawing: ET.Element) -> list[str]:
    """Every text of a drawing; the lines of a broken one are put together."""
    return [
        " ".join(line for line in (each.text, *(part.text for part in each)) if line and line.strip())
        for each in drawing.iter(f"{SVG}text")
    ]


def filled(drawing: ET.Element, *colours: str) -> list[ET.Element]:
    return [path for path in drawing.iter(f"{SVG}path") if path.get("fill") in colours]


def values_of(part: Any, name: str) -> Iterator[Any]:
    """Whatever stands under a name anywhere in a specification."""
    if isinstance(part, dict):
        for key, each in part.items():
            if key == name:
                yield each
            else:
                yield from values_of(each, name)
    elif isinstance(part, list):
        for each in part:
            yield from values_of(each, name)


@pytest.mark.parametrize("kind", samples.KINDS)
def test_every_kind_is_drawn_in_both_widths_and_described(kind):
    chart = kind()
    wide, narrow = drawn(chart), drawn(replace(chart, specification=chart.narrow))

    assert wide.find(f"{SVG}desc").text == chart.alternative
    assert {text for text in texts(wide) if re.search(r"\d,\d", text)} >= {
        text for text in texts(narrow) if re.search(r"\d,\d", text)
    }
    assert not {name for each in wide.iter() for name in each.attrib if "href" in name or name == "style"}


@pytest.mark.parametrize("kind", samples.KINDS)
def test_no_mark_has_a_colour_that_a_dark_page_does_not_know(kind):
    in_both = {
        *palette.DIVERGING,
        *palette.SEQUENTIAL,
        palette.EMPTY,
        palette.HATCH,
        palette.ON_LIGHT,
        palette.ON_DARK,
        "none",
        "transparent",
    }
    drawing = drawn(kind())
    used = {each.get(name) for each in drawing.iter() for name in ("fill", "stroke")} - {None}

    assert used <= in_both | set(palette.DARK)


def test_the_style_sheet_exchanges_every_colour_of_the_palette():
    rules = dict(re.findall(r'\[fill="(#\w+)"\] \{\s+fill: (#\w+);', STYLES.read_text()))
    lines = dict(re.findall(r'\[stroke="(#\w+)"\] \{\s+stroke: (#\w+);', STYLES.read_text()))

    assert rules == lines == palette.DARK


def test_ranked_bars_begin_with_the_largest_and_end_with_what_is_missing():
    chart = samples.ranking()

    assert chart.alternative == (
        f"{samples.LONG}: mindestens 9.314; Köln: 1.200; Bonn: 0; Aachen: nicht gemeldet."
    )
    assert len(filled(drawn(chart), palette.BAR)) == 3
    assert [mark["url"] for mark in chart.specification["data"]["values"]] == [
        "/muenchen/",
        "/koeln/",
        "/bonn/",
        "/aachen/",
    ]


def test_a_bar_is_as_long_as_its_value():
    marks = [
        ChartMark(name=f"Nr. {value}", value=Decimal(value), text=str(value)) for value in (50, 200, 100)
    ]

    bars = filled(drawn(ranked_bars("bars", "Längen", marks)), palette.BAR)

    lengths = [float(re.search(r"h(-?[\d.]+)", bar.get("d"))[1]) for bar in bars]
    assert [round(length / lengths[0], 3) for length in lengths] == [1, 0.5, 0.25]


def test_ratios_stand_to_both_sides_of_the_even_value():
    drawing = drawn(samples.diverging())

    assert len(filled(drawing, palette.BELOW)) == 8
    assert len(filled(drawing, palette.ABOVE)) == 6
    assert "vertraulich" in texts(drawing)


def test_the_map_colours_by_class_and_hatches_what_is_not_whole():
    chart = samples.land_map()
    drawing = drawn(chart)
    fills = {each["url"]: each["fill"] for each in chart.specification["datasets"]["laender"]}

    assert fills["/01/"] == palette.DIVERGING[0]  # 82,3
    assert fills["/10/"] == palette.DIVERGING[4]  # 100,3
    assert fills["/06/"] == palette.EMPTY
    assert len(chart.specification["datasets"]["laender"]) == 16
    assert len(chart.specification["datasets"]["hatching"]) == 3  # Bavaria, Hesse, Thuringia
    assert {"BY 98,3", "HE –", "TH –", "unter 85", "95 bis unter 100", "115 und mehr"} <= set(texts(drawing))
    assert "Thüringen" not in chart.alternative
    assert "NW 90,3 *" in texts(drawing)
    assert any(text.startswith("* mit Beispielwerten") for text in texts(drawing))
    assert "Nordrhein-Westfalen: 90,3 (mit Beispielwerten)" in chart.alternative
    assert any("Karte: @svg-maps/germany von Victor Cazanave, CC BY 4.0" in text for text in texts(drawing))


def test_the_classes_of_a_map_hold_every_value():
    for values in (["99.9", "100", "100.1"], ["0", "12.5", "3"], ["7", "7", "7"], ["62.5", "140", "100"]):
        marks = [
            LandMark(code=f"{place:02d}", name="", value=Decimal(value), text=value)
            for place, value in enumerate(values, start=1)
        ]
        for even in (EVEN, None):
            shapes = laender_map("map", "", marks, even=even).specification["datasets"]["laender"]
            coloured = [shape["fill"] for shape in shapes if shape["fill"] != palette.EMPTY]
            assert len(coloured) == 3
            if even is not None:
                below = {fill for fill, value in zip(coloured, values, strict=True) if Decimal(value) < even}
                assert below <= set(palette.DIVERGING[:4])
                assert set(coloured) - below <= set(palette.DIVERGING[4:])


def test_a_map_of_one_value_names_its_only_class():
    marks = [
        LandMark(code=code, name=code, value=Decimal("93.7"), text="93,7", url=f"/{code}/")
        for code in ("01", "05")
    ]

    words = texts(drawn(laender_map("map", "", marks)))

    assert "93,7 und mehr" in words
    assert not [text for text in words if text.startswith("unter")]


def test_a_series_is_interrupted_by_a_break_and_by_a_gap():
    chart = samples.years()
    segments = [
        (mark["year"], mark["segment"]) for mark in chart.specification["data"]["values"] if mark["line"] == 0
    ]

    assert len({segment for _year, segment in segments}) == 3
    assert [year for year, _segment in segments] == [2011, 2012, 2014, 2015, 2016, 2017, 2018]
    assert dict(segments)[2015] == dict(segments)[2014] != dict(segments)[2016]
    assert chart.alternative.endswith(
        "Bruch in der Zeitreihe ab 2016: andere Quelle, Bundesagentur für Arbeit statt der Kammern."
    )
    assert "2013: nicht gemeldet" in chart.alternative


def points(**values: int | None) -> tuple[Point, ...]:
    return tuple(
        Point(year=int(year[1:]), value=None if value is None else Decimal(value), text=str(value))
        for year, value in values.items()
    )


def test_a_break_between_two_years_parts_them_though_its_own_year_has_no_point():
    line = SeriesLine(name="a", points=points(y2014=5, y2015=6, y2017=7))
    chart = series("parted", "", [line], breaks=[Break(year=2016, text="anders gezählt")])

    assert [mark["segment"] for mark in chart.specification["data"]["values"]] == ["0-0", "0-0", "0-1"]


@pytest.mark.parametrize(
    ("ends", "are_below"),
    [
        ((1000, 995, 10), (False, True, False)),
        ((100, 97, 93), (False, False, False)),  # far apart in a drawing that does not begin at 0
        ((100, 100, 93), (False, True, False)),
    ],
)
def test_lines_that_end_close_together_keep_their_labels_apart(ends, are_below):
    lines = [SeriesLine(name=str(place), points=points(y2016=end)) for place, end in enumerate(ends)]
    marks = series("near", "Nah", lines).specification["data"]["values"]

    assert [mark["label"] for mark in marks] == [str(end) for end in ends]
    assert tuple(mark["is_below"] for mark in marks) == are_below


def test_the_path_says_where_it_begins_and_where_it_should_lead():
    chart = samples.path()

    assert (
        chart.alternative
        == "Ausgangswert 2014: 520.000; 2015: 525.000; 2016: 529.000; Zielwert 2018: 540.000."
    )
    assert "Ausgangswert 2014: 520.000 – Zielwert 2018: 540.000" in texts(drawn(chart))


def test_the_path_does_not_cross_a_year_without_a_value():
    way = path_to_target(
        "path",
        "",
        points(y2014=5, y2015=6, y2016=None, y2017=8),
        Goal(end=Point(year=2018, value=Decimal(9), text="9")),
    )

    assert [(mark["year"], mark["segment"]) for mark in way.specification["data"]["values"]] == [
        (2014, 0),
        (2015, 0),
        (2017, 1),
    ]
    assert {"field": "segment", "type": "nominal"} in list(values_of(way.specification["layer"], "detail"))


def test_the_legend_of_a_matrix_names_the_least_and_the_most_of_each_shade():
    fields = [
        Field(row=0, column=column, level=min(count, 5), text=str(count), words="")
        for column, count in enumerate((1, 12, 5, 9, 10))
    ]
    words = texts(drawn(matrix("m", "", rows=["Ziel"], columns=list("abcde"), fields=fields)))

    assert "5–12" in words


def test_no_word_of_a_column_of_a_matrix_is_broken():
    names = ["Gesetzgebung", "Werbung und Vernetzung", "Ausbildungsangebot"]
    words = texts(drawn(matrix("m", "", rows=["Ziel"], columns=names, fields=[])))

    assert {"Gesetzgebung", "Ausbildungsangebot"} <= set(words)


def test_a_matrix_crosses_out_what_is_not_there():
    chart = samples.coverage()
    marks = chart.specification["data"]["values"]

    assert len(marks) == len(samples.OBJECTIVES) * len(samples.GROUPS)
    assert sum(mark["is_gap"] for mark in marks) == 7
    assert "keine für insgesamt, Geflüchtete, Studienabbrecherinnen und Studienabbrecher" in chart.alternative


def test_a_funnel_keeps_a_stage_without_a_value():
    chart = samples.stages()

    assert "Drei Angebote erhalten: nicht gemeldet; Vermittelt: 5.000 · 24,1 %" in chart.alternative
    assert len(filled(drawn(chart), palette.BAR, palette.CEILING_BAR)) == 4


def test_an_axis_has_the_numbers_of_the_language():
    german = texts(drawn(samples.years()))
    with override("en"):
        english = texts(drawn(samples.years()))

    assert "200.000" in german
    assert "200,000" in english
    assert "2014" in german
    assert "2014" in english


def test_files_are_on_white_and_hold_no_links():
    svg = svg_file(samples.ranking())

    assert svg.startswith(b"<?xml")
    assert b'fill="white"' in svg
    assert b'font-family="Fira Sans, Arial, sans-serif"' in svg
    assert b"/muenchen/" not in svg
    assert png_file(samples.ranking())[:8] == b"\x89PNG\r\n\x1a\n"


def test_links_are_for_marks_that_lead_somewhere():
    with_links = list(values_of(samples.ranking().specification["layer"], "href"))
    without = ranked_bars("plain", "Ohne", [ChartMark(name="a", value=Decimal(1), text="1")])

    assert with_links == [{"field": "url", "type": "nominal"}]
    assert list(values_of(without.specification["layer"], "href")) == []
