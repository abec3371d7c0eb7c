"""How the report groups what there is to say, and what there is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.frozen.schema import (
    IndicatorData,
    Participation,
    RatioTargetData,
    SnapshotData,
    Text,
    YearFigure,
)
from reporting.renderers.blocks import ParagraphBlock, plain_text
from reporting.renderers.composition import compose
from reporting.renderers.html import render_html
from reporting.renderers.pdf import render_pdf
from tests.reporting.renderers.reading import rows_of, table_of, tiles_of
from tests.reporting.sample_snapshot import SHA256, make_snapshot, silent, told


def counted(code: str, *years: YearFigure) -> IndicatorData:
    return IndicatorData(
        code=code,
        name=Text(de=code.capitalize()),
        unit="persons",
        kind="flow",
        period="after_30sep",
        source=Text(de="Meldungen"),
        years=years,
    )


def with_indicators(*indicators: IndicatorData) -> SnapshotData:
    snapshot = make_snapshot()
    (*measures, last) = snapshot.measures
    return replace(snapshot, measures=(*measures, replace(last, indicators=indicators)))


def gap(year: int) -> YearFigure:
    return YearFigure(year=year, amount=silent(132))


def test_figures_without_any_value_stand_once_in_one_table_for_all_measures():
    snapshot = with_indicators(
        counted("invited", gap(2015), gap(2016)),
        counted("placed", gap(2015), YearFigure(year=2016, amount=told(0, 1, 132))),
        counted("appeared", gap(2015), gap(2016)),
    )

    composed = compose(snapshot, "de", sha256=SHA256)

    assert [row[0] for row in rows_of(composed, "gaps")] == [
        "Praktikumsplätze nach Qualitätsstandard",
        "Invited",
        "Appeared",
    ]
    assert rows_of(composed, "gaps")[1][-1] == "nicht gemeldet"
    assert rows_of(composed, "figures-M12") == [
        ["Placed", "1. Oktober bis Mitte Januar", "nicht gemeldet", "0"]
    ]


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("de", "Für die Maßnahme „Qualitätsstandards", "Noch keine Werte liegen für folgende Maßnahmen vor"),
        (
            "en",
            "No values are stated yet for the measure “Quality",
            "No values are stated yet for the follow",
        ),
    ],
)
def test_measures_without_any_value_are_named_once_before_all_measures(language, one, several):
    placed = counted("placed", gap(2015), YearFigure(year=2016, amount=told(0, 1, 132)))

    [of_one] = _paragraphs_on_measures(with_indicators(placed), language)
    [of_two] = _paragraphs_on_measures(with_indicators(replace(placed, years=(gap(2016),))), language)

    assert of_one.startswith(one)
    assert of_two.startswith(several)
    names = [make_snapshot().measures[place].name.in_language(language) for place in (0, -1)]
    assert of_two.endswith(f": {'; '.join(names)}.")


def _paragraphs_on_measures(snapshot: SnapshotData, language: str) -> list[str]:
    sections = compose(snapshot, language, sha256=SHA256).sections
    blocks = next(each.blocks for each in sections if each.anchor == "report-measures")
    paragraphs = [block for block in blocks if isinstance(block, ParagraphBlock)]
    assert paragraphs == list(blocks[: len(paragraphs)])
    return [block.text for block in paragraphs]


@pytest.mark.parametrize("render", [render_html, render_pdf], ids=["page", "pdf"])
def test_a_gap_is_printed_wherever_it_stands(render):
    without, with_gaps = make_snapshot(), with_indicators(counted("invited", gap(2015), gap(2016)))

    assert len(render(with_gaps, "de", sha256=SHA256)) > len(render(without, "de", sha256=SHA256))


def test_every_gap_has_its_id_and_leads_to_its_figures():
    snapshot = with_indicators(counted("invited", gap(2015), gap(2016)))

    content = render_html(
        snapshot, "de", sha256=SHA256, trail_url=lambda code, year, _parts: f"/{code}/{year}/"
    ).decode()

    assert content.count('id="figure-invited-2016"') == 1
    assert content.count('href="/invited/2016/"') == 1


def test_a_year_without_a_value_from_any_land_has_no_column():
    snapshot = make_snapshot()
    places = next(each for each in snapshot.indicators if each.lands)
    bare = replace(
        places,
        years=(replace(places.years[0], amount=silent(133)), places.years[1]),
        lands=tuple(replace(row, amounts=(silent(8), row.amounts[1])) for row in places.lands),
    )

    table = table_of(compose(with_indicators(replace(bare, code="bare")), "de", sha256=SHA256), "lands-bare")

    assert [column.name for column in table.columns] == ["Land", "2016"]
    assert {len(row.cells) for row in table.rows} == {2}


def test_a_target_that_is_a_share_of_another_figure_stands_beside_its_numerator():
    goal = RatioTargetData(goal=Decimal(1), denominator=Text(de="Unversorgte", en="Unplaced"))
    figure = YearFigure(year=2016, amount=told(585, 1, 1), ratio=goal, attainment=Decimal("0.585"))
    snapshot = with_indicators(replace(counted("offered", gap(2015), figure), is_headline=True))

    composed = compose(snapshot, "de", sha256=SHA256)

    assert [row for row in table_of(composed, "targets").rows if row.cells[0].text == "Offered"]
    (*_others, printed) = table_of(composed, "targets").rows
    assert [cell.text for cell in printed.cells[-4:]] == ["585", "100\u202f%", "58,5\u202f%", "1 von 1"]
    notes = dict(table_of(composed, "targets").notes)
    assert plain_text(notes[printed.cells[-3].marks[0]]) == "Zielwert: Anteil an der Kennzahl „Unversorgte“"
    assert tiles_of(composed)[-1].lines[0] == "58,5\u202f% des Zielwerts (100\u202f% von „Unversorgte“)"


def test_no_data_status_is_printed_that_later_figures_without_a_day_would_contradict():
    day, later = date(2017, 2, 28), date(2017, 9, 30)
    figure = YearFigure(year=2017, amount=told(7, 1, 1), reference_date=later)
    dated = with_indicators(counted("placed", replace(figure, data_as_of=day)))
    undated = with_indicators(counted("placed", figure))
    earlier = with_indicators(counted("placed", replace(figure, year=2016, reference_date=None)))

    assert [
        compose(replace(data, data_as_of=day), "de", sha256=SHA256).data_status
        for data in (dated, earlier, undated)
    ] == ["Datenstand: 28. Februar 2017"] * 2 + ["Festgehalten am 14. Februar 2017"]
    assert "Datenstand" not in {
        fact.label for fact in compose(replace(undated, data_as_of=day), "de", sha256=SHA256).imprint
    }


def test_where_everybody_is_missing_nobody_is_named():
    group = Participation(
        code="DIHK", name=Text(de="DIHK"), due=2, approved=0, missing=("IHK Aachen", "IHK Köln")
    )

    composed = compose(
        make_snapshot(participation=(group, replace(group, due=3, approved=1))), "de", sha256=SHA256
    )

    assert [row[-1] for row in rows_of(composed, "participation")] == ["alle", "IHK Aachen, IHK Köln"]
