"""Sheets without a table, such as a cover, restrict the figures of the others as titles do."""

import pytest

FORM = (["Kennzahl", "2016"], ["Beratungen", 30])
PLACES = (["Kammer", "EQ-Plätze 2016"], ["IHK Köln", 12], ["IHK Aachen", 7])


def asked(reading):
    return [question.found for question in reading.questions]


def values(reading):
    return [int(row.value) for row in reading.rows if not row.held]


@pytest.mark.parametrize(
    "line",
    [
        "Zahlen in Tausend",
        "nur Handwerk",
        "1. Halbjahr 2016",
        "Zielplanung",
        "Frauen",
        "Die Zahlen der IHK Köln enthalten nur das 1. Halbjahr",
        "1) Aachen: Vorjahreswert",
        "Stand: 30.06.2016",
        "Quelle: Hochrechnung",
    ],
)
def test_cover_that_restricts_figures_is_asked_about(read, sheet, line):
    before = read(sheet(["IHK Köln"], [line], name="Deckblatt", more={"Meldung": FORM}))
    after = read(sheet(*PLACES, more={"Hinweise": [[line]]}))

    assert (asked(before), values(before)) == ([line], [])
    assert (asked(after), values(after)) == ([line], [])


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "Deckblatt",
            [
                "Allianz für Aus- und Weiterbildung",
                "Jahresmeldung 2016",
                "IHK NRW",
                "Frau Müller, Tel. 0221 1",
            ],
        ),
        ("Deckblatt", ["Industrie- und Handelskammer zu Köln", "Stand: 15.02.2017", "Köln, den 12.01.2017"]),
        ("Info", ["Zielgruppen: Frauen, Geflüchtete", "Allianz 2015–2018", "Quelle: eigene Erhebung"]),
        ("Hinweise", ["Es sind nur ganze Zahlen einzutragen.", "Bitte nur die weißen Felder ausfüllen."]),
        (
            "Ausfüllhinweise",
            ["Beratungen: Anzahl der Gespräche, ohne Messekontakte", "1. Halbjahr: bis Juni"],
        ),
    ],
)
def test_usual_cover_is_silent(read, sheet, name, lines):
    reading = read(sheet(*PLACES, more={name: [[line] for line in lines]}))

    assert (asked(reading), values(reading)) == ([], [12, 7])


def test_year_of_the_cover_that_no_table_has_is_asked_about(read, sheet):
    table = (["Kennzahl", "Anzahl"], ["Beratungen", 30])
    cover = (["IHK Köln"], ["Meldung 2016"])

    other = read(sheet(*cover, name="Deckblatt", more={"Zahlen 2015": table}))
    own = read(sheet(*cover, name="Deckblatt", more={"Zahlen 2016": table}))
    both = read(sheet(*cover, name="Deckblatt", more={"2015": table, "2016": table}))

    assert (asked(other), values(other)) == (["2015 / 2016"], [])
    assert (asked(own), values(own)) == ([], [30])
    assert (asked(both), values(both)) == ([], [30, 30])
