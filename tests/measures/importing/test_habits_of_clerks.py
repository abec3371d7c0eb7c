"""Habits of clerks that change no figure are read; what looks like them and may choose figures is not."""

import pytest

CHAMBERS = (["IHK Köln", 120], ["IHK Aachen", 75])
METAL = "Metallerzeugung und -bearbeitung, Metallbauberufe"
MACHINES = "Maschinen- und Fahrzeugtechnikberufe"


def kept(reading):
    """The figures that are read without a question, each by what tells it from the others."""
    assert (reading.status, reading.questions) == ("ready", [])
    return {
        (row.indicator, row.year, row.organisation, row.target_group, row.occupation): int(row.value)
        for row in reading.rows
        if not row.held
    }


@pytest.mark.parametrize(
    "heading",
    [
        *("Lehrverträge 2016 (30.9.)", "Ausbildungsverträge (30.09.) 2016", "Lehrverträge zum 30.09.2016"),
        *("Lehrverträge 2016 (Stichtag 30.9.)", "Neuverträge 2016 [1]", "Neuverträge [1] 2016"),
    ],
)
def test_year_and_day_of_contracts_stand_in_any_order(read, sheet, heading):
    note = ["[1] Quelle: Kammerstatistik"]
    reading = read(sheet(["Kammer", heading], *CHAMBERS, [], note))

    assert kept(reading) == {
        ("new_contracts", 2016, "IHK-142", "_T", "_T"): 120,
        ("new_contracts", 2016, "IHK-101", "_T", "_T"): 75,
    }


@pytest.mark.parametrize(
    "heading",
    [
        *("Lehrverträge 2016", "Lehrverträge 2016 (31.12.)", "Lehrverträge Bestand 2016 (30.9.)"),
        *("Gelöste Lehrverträge 30.9.2016", "Lehrlinge 2016 (30.9.)", "Lehrverträge 2016 (30.6.)"),
    ],
)
def test_contracts_that_may_be_others_are_asked_about(read, sheet, heading):
    assert read(sheet(["Kammer", heading], *CHAMBERS)).status == "needs_answers"


def test_square_mark_is_that_of_its_footnote(read, sheet):
    rows = (["Kammer", "EQ-Plätze 2016 [1]"], ["IHK Köln [2]", 120], ["IHK Aachen", 75])
    reading = read(sheet(*rows, [], ["[1] vorläufig"], ["[2] ohne Leverkusen"]))

    assert {row.organisation: (row.quality, row.note) for row in reading.rows} == {
        "IHK-142": ("preliminary", "ohne Leverkusen"),
        "IHK-101": ("preliminary", ""),
    }


def test_items_of_a_form_are_numbered_and_are_no_occupations(read, sheet):
    form = (
        ["Kammer:", "IHK für die Pfalz"],
        ["Berichtsjahr:", 2017],
        [],
        ["A. Ausbildungsplätze", "", "Anzahl"],
        ["1.", "Neu abgeschlossene Ausbildungsverträge zum 30.09.", 3921],
        ["1a.", "darunter: mit Frauen", 1502],
        ["2.", "Beratungen", 74],
        [],
        ["B. Nachvermittlung (ab 1. Oktober)", "", "Anzahl"],
        ["3.", "Zur Nachvermittlung eingeladen", 402],
        ["4.", "Zur Nachvermittlung erschienen", 177],
    )

    assert kept(read(sheet(*form))) == {
        ("new_contracts", 2017, "IHK-149", "_T", "_T"): 3921,
        ("new_contracts", 2017, "IHK-149", "W", "_T"): 1502,
        ("consultations", 2017, "IHK-149", "_T", "_T"): 74,
        ("post_invited", 2017, "IHK-149", "_T", "_T"): 402,
        ("post_appeared", 2017, "IHK-149", "_T", "_T"): 177,
    }


def test_heading_over_the_numbers_of_a_form_may_restrict_it(read, sheet):
    form = (
        ["IHK für die Pfalz, Meldung 2017"],
        [],
        ["A. nur Teilzeit", "", "Anzahl"],
        ["1.", "EQ-Plätze", 205],
        ["2.", "Beratungen", 74],
    )

    assert read(sheet(*form)).status == "needs_answers"


@pytest.mark.parametrize(
    ("label", "group"),
    [
        *(
            ("dar. mit Geflüchteten", "J5"),
            ("… darunter für Geflüchtete", "J5"),
            ("darunter mit Frauen", "W"),
        ),
        *(("darunter Jugendliche mit Behinderungen", "J4"), ("davon mit Fluchthintergrund", "J5")),
    ],
)
def test_group_is_called_by_the_words_around_its_name(read, sheet, label, group):
    reading = read(sheet(["IHK Köln"], [], ["Kennzahl", "2016"], ["EQ-Plätze", 240], [label, 31]))

    assert kept(reading)["training_placements", 2016, "IHK-142", group, "_T"] == 31


def test_group_that_a_title_denies_is_not_that_of_the_figures(read, sheet):
    (table,) = read(sheet(["EQ-Plätze 2016 ohne Geflüchtete"], [], ["Kammer", "Anzahl"], *CHAMBERS)).tables

    assert table.constants.get("target_group") != "J5"


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("EQ-Plätze 2017 und Vorjahr", (2016, 2017)),
        ("EQ-Plätze im Vergleich zum Vorjahr", (2016, 2017)),
        ("EQ-Plätze im Bereich Industrie und Handel", (2016, 2017)),
        ("Ausgewählte Kennzahlen der Kammern: EQ-Plätze", (2016, 2017)),
        ("EQ-Plätze, Stand der Umsetzung, Berichtsjahr 2017", (2017,)),
        ("17. Wahlperiode, Anlage 2 zu Frage 4: EQ-Plätze", (2016, 2017)),
        ("EQ-Plätze kompakt", (2016, 2017)),
        ("Vereinbarung für Ausbildung und Fachkräftesicherung", (2016, 2017)),
        ("Kultusministerkonferenz", (2016, 2017)),
    ],
)
def test_title_that_says_only_what_the_table_does(read, sheet, title, years):
    headings = [f"EQ-Plätze {year}" for year in years] if len(years) > 1 else ["EQ-Plätze"]
    rows = [[name, *(value + place for place in range(len(years)))] for name, value in CHAMBERS]
    reading = read(sheet([title], [], ["Kammer", *headings], *rows))

    assert {key[1] for key in kept(reading)} == set(years)


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("EQ-Plätze und Vorjahr", ["EQ-Plätze 2017", "Beratungen 2017"]),
        ("EQ-Plätze gegenüber Vorjahr", ["EQ-Plätze 2016", "EQ-Plätze 2017"]),
        ("EQ-Plätze in der Industrie und im Handel", ["EQ-Plätze 2016", "EQ-Plätze 2017"]),
        ("EQ-Plätze ausgewählter Betriebe der Kammern", ["EQ-Plätze 2016", "EQ-Plätze 2017"]),
        ("EQ-Plätze laut Vereinbarung", ["EQ-Plätze 2016", "EQ-Plätze 2017"]),
        ("Neuverträge 31.12.2015 bis 31.12.2017", ["2015", "2016", "2017"]),
    ],
)
def test_title_that_may_say_more_is_asked_about(read, sheet, title, headings):
    rows = [[name, *(value + place for place in range(len(headings)))] for name, value in CHAMBERS]

    assert read(sheet([title], [], ["Kammer", *headings], *rows)).status == "needs_answers"


def test_days_from_the_first_to_the_last_year_are_those_of_the_columns(read, sheet):
    rows = [[name, value, value + 1, value + 2] for name, value in CHAMBERS]
    title = ["Neuverträge, 30.09.2015 bis 30.09.2017"]
    reading = read(sheet(title, [], ["Kammer", "2015", "2016", "2017"], *rows))

    assert {key[1] for key in kept(reading)} == {2015, 2016, 2017}


def test_title_over_two_tables_names_the_subject_of_both(read, sheet):
    reading = read(
        sheet(
            ["Einstiegsqualifizierung und Praktika der Kammern"],
            [],
            ["EQ-Plätze 2017", "", "", "Praktikumsplätze 2017"],
            ["Kammer", "Anzahl", "", "Kammer", "Anzahl"],
            *([name, value, "", name, 9 * value] for name, value in CHAMBERS),
        )
    )

    assert {key[0] for key in kept(reading)} == {"training_placements", "internships"}


def test_land_beside_its_key_is_where_the_chamber_lies(read, sheet):
    head = (["Kammer", "IHK Fulda"], ["Land", "Hessen"], [])
    reading = read(sheet(*head, ["Kennzahl", 2016, 2017], ["Plätze EQ", 40, 44], ["Beratungen", 90, 70]))

    assert len(kept(reading)) == 4


def test_topic_over_the_name_of_an_indicator_says_no_more_than_that(read, sheet):
    heads = (["Kammer", "Beratung", ""], ["", "Beratene Betriebe 2016", "Beratungen 2016"])
    reading = read(sheet(*heads, *([name, value, 3 * value] for name, value in CHAMBERS), merge=["B1:C1"]))

    assert {key[0] for key in kept(reading)} == {"companies_advised", "consultations"}


def test_number_of_a_section_over_the_labels_is_no_word_they_are_called_by(read, sheet):
    rows = (["II. Übergang", 2016, 2017], ["EQ-Plätze", 240, 260], ["Praktikumsplätze", 500, 510])

    assert len(kept(read(sheet(["IHK Köln"], [], *rows)))) == 4


def test_codes_are_known_by_kldb_in_their_heading(read, sheet):
    title = ["IHK Köln: Neuverträge 2016"]
    rows = (
        ["Nr. KldB", "Berufe", "Anzahl"],
        ["24", METAL, 12],
        ["25", MACHINES, 7],
        ["", "Alle Berufsgruppen", 19],
    )

    assert {key[4]: value for key, value in kept(read(sheet(title, [], *rows))).items()} == {
        "24": 12,
        "25": 7,
        "_T": 19,
    }


@pytest.mark.parametrize(
    "behind",
    ["(u. a. Metallbauer)", "(Schlosser, Schmiede)", "insgesamt", "und verwandte Berufe", "(SHK)", "[1]"],
)
def test_trades_behind_an_occupation_are_examples(read, sheet, behind):
    rows = (["KldB", "Beruf", "Anzahl"], ["24", f"{METAL} {behind}", 12], ["25", MACHINES, 7])
    reading = read(sheet(["IHK Köln: Neuverträge 2016"], [], *rows))

    assert {key[4] for key in kept(reading)} == {"24", "25"}


@pytest.mark.parametrize(
    "behind",
    [
        "Sonderprogramm",
        "– Region Süd",
        "Altfälle",
        "(1. Ausbildungsjahr)",
        "ausländisch",
        "(TZ)",
        "(Umschüler)",
    ],
)
def test_words_behind_an_occupation_that_may_choose_hold_its_row(read, sheet, behind):
    rows = (["KldB", "Beruf", "Anzahl"], ["24", f"{METAL} {behind}", 12], ["25", MACHINES, 7])
    reading = read(sheet(["IHK Köln: Neuverträge 2016"], [], *rows))

    assert [problem.code for problem in reading.problems] == ["occupation_contradicts"]
    assert {key[4] for key in kept(reading)} == {"25"}


def test_kind_of_training_alone_on_another_sheet_is_asked_about(read, sheet):
    rows = (["Kammer", "Neuverträge 2016"], *CHAMBERS)

    assert read(sheet(*rows, more={"Info": [["Teilzeit"]]})).status == "needs_answers"
    assert read(sheet(*rows, more={"Info": [["Teilzeit"], ["Umschulung"]]})).status == "ready"


def test_row_of_a_chamber_over_its_years_is_their_sum(read, sheet):
    pivot = (
        ["Zeilenbeschriftungen", "Summe von EQ-Plätze", "Summe von Beratungen"],
        ["IHK Köln", 30, 70],
        ["   2016", 10, 30],
        ["   2017", 20, 40],
        ["IHK Aachen", 8, 17],
        ["   2016", 3, 8],
        ["   2017", 5, 9],
        ["Gesamtergebnis", 38, 87],
    )
    reading = read(sheet(*pivot))

    assert len(kept(reading)) == 8
    assert not [problem for problem in reading.problems if problem.code == "dimension_missing"]


def test_unit_below_an_indicator_without_values_is_what_that_counts(read, sheet):
    form = (
        ["Kennzahl", "IHK Köln", "IHK Aachen"],
        ["Einstiegsqualifizierung"],
        ["Plätze", 120, 75],
        ["darunter für Geflüchtete", 31, 9],
        ["Beratung"],
        ["Betriebe", 400, 300],
    )
    reading = read(sheet(["Meldung 2017"], [], *form))

    figures = kept(reading)
    assert figures["training_placements", 2017, "IHK-142", "_T", "_T"] == 120
    assert figures["training_placements", 2017, "IHK-101", "J5", "_T"] == 9
    assert {key[0] for key in figures} == {"training_placements"}


def test_unit_over_groups_is_all_of_them(read, sheet):
    title = ["EQ-Angebot der Handwerkskammer zu Leipzig 2017"]
    rows = (["Angebotene Plätze", 120], ["- davon weiblich", 31], ["- davon mit Migrationshintergrund", 20])
    reading = read(sheet(title, [], ["", "Anzahl"], *rows))

    assert {key[3]: value for key, value in kept(reading).items()} == {"_T": 120, "W": 31, "J3": 20}


def test_year_over_the_labels_is_that_of_the_table(read, sheet):
    blocks = [
        row
        for year in (2016, 2017)
        for row in ([f"Jahr {year}", "Anzahl"], ["EQ-Plätze", year - 1900], ["Beratungen", year - 1800], [])
    ]
    reading = read(sheet(["IHK Köln"], [], *blocks))

    assert {key[:2]: value for key, value in kept(reading).items()} == {
        ("training_placements", 2016): 116,
        ("consultations", 2016): 216,
        ("training_placements", 2017): 117,
        ("consultations", 2017): 217,
    }


def test_chambers_lie_in_one_or_the_other_of_two_laender(read, sheet):
    rows = (["Kammer", "EQ-Plätze 2016"], ["IHK zu Kiel", 120], ["Handelskammer Hamburg", 75])

    assert len(kept(read(sheet(["Kammern in Schleswig-Holstein und Hamburg"], [], *rows)))) == 2
    assert read(sheet(["Kammern in Bremen und Hamburg"], [], *rows)).status == "needs_answers"
