"""Years and chambers that a text calls by another kind than that of the table are asked about."""

import pytest

CHAMBERS = ("IHK Köln", "IHK Aachen")


def table(head, *titles, chambers=CHAMBERS):
    return [*([title] for title in titles), head, *([name, *([12] * (len(head) - 1))] for name in chambers)]


def asked(reading):
    return [(question.code, question.found) for question in reading.questions]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (table(["Kammer", "Anzahl"], "Neuverträge 2016", "Kalenderjahr"), "Kalenderjahr"),
        (table(["Kammer", "Anzahl"], "Neuverträge 2016", "Stichtag: Jahresende"), "Jahresende"),
        (table(["Kammer", "Kalenderjahr 2016"], "Neuverträge"), "Kalenderjahr 2016"),
        (table(["Kammer", "Anzahl"], "Neuverträge Ausbildungsjahr 2016/17"), "Ausbildungsjahr 2016/17"),
        (table(["Kammer", "Ausbildungsjahr 2016/2017"], "Neuverträge"), "Ausbildungsjahr 2016/2017"),
        (table(["Kammer", "vor 2016"], "EQ-Plätze"), "vor 2016"),
        (table(["Kammer", "Anzahl"], "EQ-Plätze vor 2016"), "vor 2016"),
        (
            [
                ["Neuverträge"],
                ["Kammer", "Ausbildungsjahr", "Anzahl"],
                *([name, "2016/17", 12] for name in CHAMBERS),
            ],
            "Ausbildungsjahr 2016/17",
        ),
    ],
)
def test_year_of_another_kind_is_asked_about(read, sheet, rows, found):
    reading = read(sheet(*rows))

    assert ("period", found) in asked(reading)
    assert [row for row in reading.rows if not row.held] == []


def test_year_of_another_kind_below_the_table_or_on_a_cover_is_asked_about(read, sheet):
    rows = table(["Kammer", "Neuverträge 2016"])
    line = "Zahlen des Kalenderjahres"

    below, cover = read(sheet(*rows, [], [line])), read(sheet(*rows, more={"Info": [[line]]}))

    assert asked(below) == asked(cover) == [("wording", line)]


@pytest.mark.parametrize(
    "rows",
    [
        table(["Kammer", "Anzahl"], "Beratungen 2016", "Kalenderjahr"),
        table(["Kammer", "Kalenderjahr 2016"], "Beratungen"),
        table(["Kammer", "Anzahl"], "Neuverträge 2016", "Ausbildungsjahr 2016"),
        table(["Kammer", "Anzahl"], "Handwerk: Meldung 2016", "Neuverträge", chambers=["HWK Köln"]),
        table(["Kammer", "Anzahl"], "IHK und HWK", "Neuverträge 2016"),
        table(["Kammer", "Anzahl"], "Industrie und Handel", "Neuverträge 2016"),
    ],
)
def test_year_and_chambers_of_the_table_itself_are_not_asked_about(read, sheet, rows):
    reading = read(sheet(*rows))

    assert asked(reading) == []
    assert {row.year for row in reading.rows if not row.held} == {2016}


@pytest.mark.parametrize("title", ["HWK", "Handwerk", "Zuständigkeitsbereich Handwerk"])
def test_other_chambers_in_a_title_are_asked_about(read, sheet, title):
    rows = table(["Kammer", "EQ-Plätze 2016"], title)

    assert asked(read(sheet(*rows))) == [("wording", title.split()[-1])]
    assert asked(read(sheet(*rows[1:], name="HWK"))) == [("wording", "HWK")]


def test_chambers_of_crafts_over_figures_of_one_of_commerce_are_asked_about(read, sheet):
    reading = read(sheet(["Handwerk"], ["IHK Köln"], ["Kennzahl", "2016"], ["Beratungen", 30]))

    assert asked(reading) == [("wording", "Handwerk")]
