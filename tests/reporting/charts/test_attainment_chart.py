from collections.abc import Sequence
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from reporting.charts.attainment import AttainmentBar, attainment_chart, attainment_chart_of_a_report
from reporting.charts.drawing import inline_svg
from reporting.renderers import wording

SVG = "{http://www.w3.org/2000/svg}"


def bar(name: str, value: str, target: str = "", attainment: str = "", *, is_ceiling: bool = False):
    share = Decimal(attainment) if attainment else None
    return AttainmentBar(
        name=name,
        caption=wording.bar_caption(value, target, share, is_ceiling=is_ceiling),
        attainment=share,
        is_ceiling=is_ceiling,
    )


def rows() -> tuple[AttainmentBar, ...]:
    return (
        bar("Ausbildungsplätze", "7.300", "20.000", "0.365"),
        bar("Lotsen", "180", "150", "1.2"),
        bar("Assistierte Ausbildung", "5.000", "bis zu 10.000", "0.5", is_ceiling=True),
        bar("Praktika <neu>", "nicht gemeldet", "500.000 je Jahr"),
        bar("Plätze 2016", "18.118"),
    )


BAR_COLOURS = ("#171a6b", "#a9abd6")


def drawn(bars: Sequence[AttainmentBar], identifier: str = "chart") -> ET.Element:
    svg = inline_svg(attainment_chart_of_a_report(bars), identifier=identifier)
    return ET.fromstring(svg)  # noqa: S314  # our own drawing


@pytest.fixture(scope="module")
def drawing() -> ET.Element:
    with override("de"):
        return drawn(rows(), identifier="chart-1")


def bars(drawing: ET.Element) -> list[ET.Element]:
    return [path for path in drawing.iter(f"{SVG}path") if path.get("fill") in BAR_COLOURS]


def width_of(path: ET.Element) -> float:
    return float(path.get("d").split("h")[1].split("v")[0])


def test_each_attainment_is_a_bar_as_long_as_it_is(drawing):
    lengths = [width_of(path) for path in bars(drawing)]

    assert [round(length / lengths[1] * 120, 2) for length in lengths] == [36.5, 120, 50]


def test_a_bar_over_100_percent_passes_its_target(drawing):
    tracks = [path for path in drawing.iter(f"{SVG}path") if path.get("fill") == "#E3E5EC"]

    assert [round(width_of(track) * 1.2) for track in tracks] == [round(width_of(bars(drawing)[1]))] * 3


def test_a_missing_attainment_is_said_and_not_drawn(drawing):
    texts = [text.text for text in drawing.iter(f"{SVG}text")]

    assert len(bars(drawing)) == 3
    assert texts[-10:] == [
        "Ausbildungsplätze",
        "Lotsen",
        "Assistierte Ausbildung",
        "Praktika <neu>",
        "Plätze 2016",
        "7.300 von 20.000 · 36,5\u202f%",
        "180 von 150 · 120\u202f%",
        "5.000 von bis zu 10.000 · 50\u202f% der Obergrenze",
        "nicht gemeldet · Zielwert 500.000 je Jahr",
        "18.118 · kein Zielwert",
    ]


def test_a_ceiling_looks_different_and_says_so(drawing):
    assert [path.get("fill") for path in bars(drawing)] == ["#171a6b", "#171a6b", "#a9abd6"]


def test_the_drawing_passes_a_strict_content_security_policy(drawing):
    attributes = {name for element in drawing.iter() for name in element.attrib}
    tags = {element.tag.removeprefix(SVG) for element in drawing.iter()}

    assert {
        name for name in attributes if name == "style" or name.startswith("on") or "href" in name
    } == set()
    assert tags == {"svg", "title", "desc", "g", "path", "line", "text"}


def test_the_drawing_fills_its_card_and_is_one_image_with_a_description(drawing):
    assert (drawing.get("width"), drawing.get("height"), drawing.get("class")) == (None, None, "portal-chart")
    assert (drawing.get("role"), drawing.get("aria-labelledby")) == ("img", "chart-1-title chart-1-text")
    assert drawing.find(f"{SVG}title").text == "Zielerreichung"
    assert drawing.find(f"{SVG}desc").text == (
        "Ausbildungsplätze: 7.300 von 20.000 · 36,5\u202f%; Lotsen: 180 von 150 · 120\u202f%; "
        "Assistierte Ausbildung: 5.000 von bis zu 10.000 · 50\u202f% der Obergrenze; "
        "Praktika <neu>: nicht gemeldet · Zielwert 500.000 je Jahr; Plätze 2016: 18.118 · kein Zielwert."
    )
    assert [element.get("role") for element in drawing.iter() if element.get("role")] == ["img"]


def test_the_axis_reads_in_the_reader_s_language():
    with override("de"):
        german = drawn(rows()[:1])
    with override("en"):
        english = drawn(rows()[:1])

    assert [text.text for text in german.iter(f"{SVG}text")][:5] == [
        "0\u202f%",
        "25\u202f%",
        "50\u202f%",
        "75\u202f%",
        "100\u202f%",
    ]
    assert [text.text for text in english.iter(f"{SVG}text")][:5] == ["0%", "25%", "50%", "75%", "100%"]


def test_a_negative_attainment_runs_to_the_left_of_nought():
    drawing = drawn([bar("Plätze", "−4.000", "20.000", "-0.2")])

    track = next(path for path in drawing.iter(f"{SVG}path") if path.get("fill") == "#E3E5EC")
    (path,) = bars(drawing)
    start = float(track.get("d")[1:].split(",")[0])
    assert round(start / width_of(track), 3) == 0.2
    assert float(path.get("d")[1:].split(",")[0]) == 0
    assert round(width_of(path)) == round(start)


def test_the_scale_of_a_page_has_few_steps_however_far_a_bar_goes():
    far = attainment_chart([bar("Plätze", "3.000.000", "20.000", "150")])

    [track, *_others] = far.specification["layer"]
    steps = track["encoding"]["x"]["axis"]["values"]
    assert (steps[0], steps[-1], len(steps)) == (0, 150, 31)
