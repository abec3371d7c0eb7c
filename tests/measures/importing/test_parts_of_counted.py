"""Words by which only some of what is counted is meant, or something else: in headings, titles and notes."""

import pytest

HEAD = ["Kammer", "EQ-Plätze 2016"]
ROWS = [["IHK Köln", 12], ["IHK Aachen", 7]]
WHERE = ("title", "note")


def stored(reading):
    is_read = reading.status == "ready" and not reading.questions
    return tuple(int(row.value) for row in reading.rows if not row.held) if is_read else ()


@pytest.fixture
def read_with(read, sheet):
    """What is stored of two chambers' places with a line around them, or with a heading."""

    def _read(text, where):
        around = {
            "title": ([text], [], HEAD, *ROWS),
            "note": (HEAD, *ROWS, [], [text]),
            "heading": (["Kammer", "Jahr", text], ["IHK Köln", 2016, 12], ["IHK Aachen", 2016, 7]),
        }
        return stored(read(sheet(*around[where])))

    return _read


@pytest.mark.parametrize("where", ["title", "heading"])
def test_kinds_and_guides_behind_a_name_are_asked_about(read_with, where):
    kinds = (
        *(
            "EQ-Plätze A",
            "EQ-Plätze IV",
            "EQ-Plätze Typ B",
            "EQ-Plätze Teil 2",
            "EQ-Plätze für Mitglieder",
            "EQ+",
        ),
        *("EQ-Lotsen", "EQ-Plätze (BMBF)", "KMK-Plätze", "EQ-Plätze berechnet", "EQ-Plätze zusammengefasst"),
    )
    plain = ("EQ-Plätze", "EQ-Plätze der Kammern", "EQ-Plätze, Teil 2", "EQ-Plätze (IHK)", "EQ-Umfrage")
    read_so = {text: read_with(text, where) for text in (*kinds, *plain)}

    assert read_so == dict.fromkeys(kinds, ()) | dict.fromkeys(plain, (12, 7))


def test_words_for_some_of_the_counted_are_asked_about_in_any_place(read, sheet):
    """Over the labels and in comments unknown words say what the labels are; these say which are counted."""
    texts = ("Teilzeit", "Großbetriebe", "telefonisch", "netto", "Handel", "Vollzeitäquivalente")

    over_labels = {text: stored(read(sheet([text, "EQ-Plätze 2016"], *ROWS))) for text in texts}
    plain = {text: stored(read(sheet([text, "EQ-Plätze 2016"], *ROWS))) for text in ("Standort", "Meldende")}

    assert over_labels == dict.fromkeys(texts, ())
    assert plain == dict.fromkeys(plain, (12, 7))


@pytest.mark.parametrize("where", WHERE)
def test_what_was_done_to_the_counted_is_asked_about(read_with, where):
    done = (
        *(
            "EQ-Plätze – angefragt",
            "EQ-Plätze: Rückgabe",
            "EQ-Plätze (Reservierungen)",
            "Doppelzählungen enthalten",
        ),
        *("EQ-Plätze in Hundert", "EQ-Plätze pro Monat", "EQ-Plätze einschließlich HWK"),
    )
    plain = ("Die Zahlen wurden bei den Kammern angefragt", "Rückgabe bis spätestens 15.02.2019")
    read_so = {text: read_with(text, where) for text in (*done, *plain)}

    assert read_so == dict.fromkeys(done, ()) | dict.fromkeys(plain, (12, 7))


YEARS_ASIDE = (
    ["Kammer", "", "2015", "", "2016"],
    ["", "EQ-Plätze", "Beratungen", "EQ-Plätze", "Beratungen"],
    ["IHK Köln", 5, 60, 7, 80],
)


def test_years_merged_over_the_wrong_columns_are_asked_about(read, sheet):
    right = (["Kammer", "2015", "", "2016"], *YEARS_ASIDE[1:])

    assert stored(read(sheet(*YEARS_ASIDE, merge=["C1:D1"]))) == ()
    assert stored(read(sheet(*right, merge=["B1:C1", "D1:E1"]))) == (5, 60, 7, 80)


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (
            ["Kammer", "Gliederung", "EQ-Plätze 2016"],
            [["IHK Köln", "Hauptsitz", 9], ["IHK Köln", "Gummersbach", 3]],
        ),
        (["", "Kammer", "EQ-Plätze 2016"], [["Bauwirtschaft", "IHK Köln", 9], ["", "IHK Aachen", 3]]),
    ],
)
def test_column_that_divides_or_heads_all_rows_is_asked_about_for_all(read, sheet, heads, rows):
    assert not [
        row for row in read(sheet(heads, *rows, ["", "IHK Trier", 8][: len(heads)])).rows if not row.held
    ]


def test_number_behind_a_year_is_asked_about(read, sheet):
    rows = (["Kammer", "Anzahl"], *ROWS)
    assert [stored(read(sheet([f"Beratungen {year}"], [], *rows))) for year in ("2016/2", "2016")] == [
        (),
        (12, 7),
    ]


def test_channel_of_consultations_is_asked_about_and_that_of_the_report_is_not(read, sheet):
    titles = (
        "Beratungen per E-Mail 2016",
        "Beratungsgespräche am Telefon 2016",
        "Beratungen 2016, Meldung per E-Mail",
    )
    read_so = [stored(read(sheet([title], [], ["Kammer", "Anzahl"], *ROWS))) for title in titles]

    assert read_so == [(), (), (12, 7)]


def test_reports_counted_instead_of_places_are_asked_about(read_with):
    headings = ("EQ-Meldungen", "Meldungen zu EQ-Plätzen", "Anzahl Anfragen zu EQ")

    assert [heading for heading in headings if read_with(heading, "heading")] == []


@pytest.mark.parametrize(
    ("heading", "is_read"),
    [
        ("Neuverträge zum 30.9.", True),
        ("Neuverträge vom 1.10. bis 30.9.", True),
        ("Neuverträge nach dem 30.9.", False),
        ("Neuverträge seit 30.9.", False),
        ("Neuverträge 1.10.", False),
        ("Beratene Betriebe (mindestens einmal beraten)", True),
        ("Einmal beratene Betriebe", False),
        ("Beratungsgespräche mehrmals", False),
        ("Zusätzliche Ausbildungsplätze gegenüber 2014", True),
        ("Zusätzliche Ausbildungsplätze im Basisjahr", False),
    ],
)
def test_times_and_days_beside_a_name(read_with, heading, is_read):
    assert read_with(heading, "heading") == ((12, 7) if is_read else ())


@pytest.mark.parametrize("place", ["title", "note"])
def test_day_after_which_contracts_are_counted_is_asked_about(read, sheet, place):
    line, table = ["Neuverträge nach dem 30.9.2016"], (["Kammer", "Neuverträge 2016"], *ROWS)

    assert stored(read(sheet(*((line, [], *table) if place == "title" else (*table, [], line))))) == ()


def test_letters_within_a_word_are_no_short_form_of_it(read, sheet):
    others, own = ("IT-Berufe", "ET-Gruppe", "ERA", "EST", "EIF", "PAS"), ("EQ", "EQP")
    read_so = {tab: stored(read(sheet(HEAD, *ROWS, name=tab))) for tab in (*others, *own)}

    assert read_so == dict.fromkeys(others, ()) | dict.fromkeys(own, (12, 7))


def test_lines_that_say_of_whom_or_which_year_figures_are_are_asked_about(read_with):
    lines = (
        *(
            "Die Meldung ist von den Innungsbetrieben.",
            "Die Abfrage hat den Handel zum Inhalt.",
            "Mandant: Eifel",
        ),
        *("Die Zahlen wurden für 2015 ermittelt.", "Kopie von 2015", "Wir haben die Pflege dazugenommen."),
        *("Diese Tabelle wurde durch eine neue ersetzt.", "Doppelt gezählt", "Orientierungswerte"),
        *(
            "Erstellt für: Großbetriebe",
            "Ansprechpartner Handel: Herr Weber",
            "Lehrstellenradar",
            "Nacherhebung",
        ),
        *(
            "Zahl der meldenden Betriebe",
            "Referat Inklusion",
            "Interne Plätze",
            "Jeder zweite Betrieb hat geantwortet.",
            "Aachen wurde herausgenommen.",
        ),
    )

    assert [line for place, line in enumerate(lines) if read_with(line, WHERE[place % 2])] == []


def test_lines_about_how_a_paper_was_made_say_nothing(read_with):
    lines = (
        *("Fortschreibung der Zeitreihe aus dem Ausbildungsatlas", "Überarbeitung des Fragebogens"),
        *(
            "Erhoben bei den vier rheinischen Kammern",
            "Haushaltsreferat ZB2, geprüft 02/2018",
            "Dreijahresvergleich",
        ),
        *(
            "Alle Angaben nach bestem Wissen",
            "zur weiteren Verwendung",
            "Grundsatzreferat",
            "Mandant: IHK Köln",
        ),
        *("Die Reihenfolge der Kammern richtet sich nach dem Alphabet.", "Werte kaufmännisch gerundet"),
        *("Datenbasis: Rückläufe der Kammern bis 15. Februar 2017", "Ansprechpartner: Peter Holz"),
    )
    read_so = {line: read_with(line, WHERE[place % 2]) for place, line in enumerate(lines)}

    assert read_so == dict.fromkeys(lines, (12, 7))


def test_department_below_its_organisation_says_nothing(read, sheet):
    form = ([], ["Meldung 2016"], [], ["Kennzahl", "2016"], ["EQ-Plätze", 12], ["Praktikumsplätze", 7])
    fields = ("Bildung und Fachkräftesicherung", "Beruf, Arbeitsmarkt und Innovation")
    others = ("Bildung und Umschulung", "Bildung und Handel", "Fachkräftesicherung")
    read_so = {line: stored(read(sheet(["IHK Köln"], [line], *form))) for line in (*fields, *others)}

    assert read_so == dict.fromkeys(fields, (12, 7)) | dict.fromkeys(others, ())


def test_towns_below_the_heading_of_their_chambers_lie_in_a_land(read, sheet):
    rows = (["HWK", "EQ-Plätze 2016"], ["Mittelfranken", 12], ["Oberfranken", 7])

    assert stored(read(sheet(["Bayerischer Handwerkstag"], [], *rows))) == (12, 7)
    assert stored(read(sheet(["Sächsischer Handwerkstag"], [], *rows))) == ()


@pytest.mark.parametrize("text", ["im Entwurf", "(0 = ja)", "1 = nein", "in Vorbereitung", "Eckpunkte"])
def test_drafts_and_inverted_legends_of_a_concept_are_asked_about(read, sheet, text):
    rows = (["Bayern", 1], ["Hessen", 0])
    heading = f"Konzept zur Berufsorientierung {text} 2016"
    plain = ["Land", "Konzept zur Berufsorientierung 2016"]

    assert stored(read(sheet(["Land", heading], *rows))) == ()
    assert stored(read(sheet(plain, *rows, [], [f"Konzept: {text}"]))) == ()
    assert stored(read(sheet(plain, *rows))) == (1, 0)
