"""Länder that titles name: where the figures are from, or who sends, asks or is compared."""

import pytest

AGENCY = ["Bundesagentur für Arbeit"]
TABLE = (["Jahr", "Anzahl"], [2016, 500], [2017, 450])


def regions(reading):
    """The regions of what is read without a question."""
    is_read = reading.status == "ready" and not reading.questions
    return {row.region for row in reading.rows if not row.held} if is_read else set()


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("Unversorgte Bewerber in Sachsen", "14"),
        ("Unversorgte Bewerber im Freistaat Bayern", "09"),
        ("Unversorgte Bewerber Hessen", "06"),
        ("Unversorgte Bewerber (NRW)", "05"),
        ("Unversorgte Bewerber in Berlin", "11"),
        ("Unversorgte Bewerber Hamburg", "02"),
        ("Unversorgte Bewerber", "DE"),
        ("Unversorgte Bewerber in Berlin und Brandenburg", ""),
        ("Unversorgte Bewerber ohne Hessen", ""),
        ("Unversorgte Bewerber, Vergleich mit Hessen", ""),
        ("Unversorgte Bewerber für den Landtag Sachsen-Anhalt", ""),
        ("Unversorgte Bewerber in Westdeutschland", ""),
        ("Unversorgte Bewerber (ohne Berlin)", ""),
        ("Unversorgte Bewerber inkl. Berlin", ""),
        ("Unversorgte Bewerber von Hessen", ""),
        ("Hessische Landesregierung: Unversorgte Bewerber", ""),
    ],
)
def test_figures_of_the_agency_are_of_the_land_that_the_title_names(read, sheet, title, region):
    assert regions(read(sheet(AGENCY, [title], *TABLE))) == ({region} if region else set())


@pytest.mark.parametrize(
    "line", ["Bundesagentur für Arbeit, Berlin", "Berlin, 12.01.2018", "Quelle: Sachsen"]
)
def test_where_a_letter_is_from_is_no_region(read, sheet, line):
    assert regions(read(sheet(AGENCY, [line], ["Unversorgte Bewerber"], *TABLE))) == {"DE"}


def test_line_to_a_land_is_asked_about(read, sheet):
    assert regions(read(sheet(AGENCY, ["An das Land Hessen"], ["Unversorgte Bewerber"], *TABLE))) == set()


def test_note_on_a_land_is_asked_about(read, sheet):
    assert regions(read(sheet(AGENCY, ["Unversorgte Bewerber"], *TABLE, [], ["Zahlen für Hessen"]))) == set()


@pytest.mark.parametrize(
    ("title", "is_read"),
    [
        ("EQ-Plätze in Nordrhein-Westfalen", True),
        ("EQ-Plätze Nordrhein-Westfalen", True),
        ("EQ-Plätze in Westdeutschland", True),
        ("EQ-Plätze in Sachsen", False),
        ("EQ-Plätze Sachsen", False),
        ("EQ-Plätze in Bayern und Hessen", False),
    ],
)
def test_land_of_a_title_is_that_of_the_chambers(read, sheet, title, is_read):
    rows = [["IHK Aachen", 5], ["IHK Siegen", 7]]

    assert regions(read(sheet([title], ["Kammer", "2016"], *rows))) == ({"05"} if is_read else set())
