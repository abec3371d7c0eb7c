"""Heads of letters: addresses and what stands between them say nothing, unless words choose figures."""

import pytest

HEAD = ["Kammer", "EQ-Plätze 2016"]
ROWS = [["IHK Köln", 12], ["IHK Aachen", 7]]
FORM = [
    [],
    ["Meldung zur Allianz 2016"],
    [],
    ["Kennzahl", "2016"],
    ["EQ-Plätze", 12],
    ["Praktikumsplätze", 7],
]


def stored(reading):
    return tuple(int(row.value) for row in reading.rows if not row.held) if reading.status == "ready" else ()


@pytest.mark.parametrize("is_above", [True, False])
def test_lines_with_contacts_and_accounts_say_nothing(read, sheet, is_above):
    lines = [
        "Vereinsregister AG Düsseldorf VR 4126, USt-IdNr. DE119358123",
        "Ihr Ansprechpartner: Joachim Noll, Durchwahl -315, Zimmer 204",
        "Fon 0511 380 87-0 | Fax 0511 380 87-18 | www.handwerk-lhn.example",
        "Commerzbank Köln, Konto 123 456 789, BLZ 370 400 44",
        "Haltestelle Schadowstraße, Linien U70, U75",
        "Gebäude C, 3. OG, Raum 3.17",
        "Körperschaft des öffentlichen Rechts",
        "Postbank Hamburg, IBAN DE12 2001 0020 0012 3456 78, BIC PBNKDEFF",
        "Facebook: /ihkkiel, Twitter: @ihk_kiel",
        "Zertifiziert nach DIN EN ISO 9001:2015",
        "Verwaltungssitz: Leer, Straße der Einheit 2",
        "Unser Aktenzeichen: 8402 – 37 011",
        "Zeichen: AM 32 – 5390",
        "Datum und Zeichen Ihres Schreibens: 12.11.2018, VII B 2",
    ]
    read_so = {
        line: stored(read(sheet([line], [], HEAD, *ROWS) if is_above else sheet(HEAD, *ROWS, [], [line])))
        for line in lines
    }

    assert read_so == dict.fromkeys(lines, (12, 7))


def test_words_beside_contacts_that_choose_figures_are_asked_about(read, sheet):
    lines = [
        "Pflege, Tel. 0221 1640-123",
        "Team Metall, Fon 0221 1640-12",
        "Zimmer 204, Fachgruppe Gastgewerbe",
        "Umschulung | Tel. 0221 1640-12",
        "Tel. 0221 1640-12, Stand Juni",
        "nur Innungsbetriebe, Tel. 0221 1640-12",
        "Kaufmännische Berufe, Durchwahl -312",
        "1. Halbjahr 2016, Zimmer 204",
        "Durchwahl -315, ESF-Plätze",
        "JOBSTARTER plus, Fon 0221 1640-12",
        "Programm Passgenaue Besetzung, Zimmer 12",
        "IBAN DE89 3704 0044 0532 0130 00, Plätze in Teilzeit",
        "Kreishandwerkerschaft Rhein-Erft, Fon 02271 8370-0",
        "Anteil in %, Durchwahl -15",
        "Sparkasse Köln, Zahlen des Kreises Euskirchen",
        "50 Plätze, Fon 0221 1640-12",
        "Raum 3.17: Soll-Werte",
        "Zweigstelle Leverkusen, Fon 0214 8992-0",
        "Geschäftsstelle Gummersbach, Durchwahl -12",
        "Elektrobetriebe, www.ihk-koeln.example",
        "Handwerk, Fon 0221 1640-12",
        "30.06.2016, Zimmer 12",
        "Eingang: 30.06.2016",
        "Zeichen: Teilzeit 12",
        "Zahlen für Opladen, Fon 0214 8992-0",
        "Tel. 0214 8992-0 (Werte Opladen)",
        "50667 Köln, Angaben Rheinseite",
        "Betriebe ab 50 Beschäftigte, Fon 0214 8992-0",
    ]

    assert [line for line in lines if stored(read(sheet([line], [], HEAD, *ROWS)))] == []


def test_lines_between_the_addresses_of_a_letter_are_of_its_sender(read, sheet):
    lines = ["Neues Schloss am Rhein", "Die erste Adresse", "Ehrenfeldgürtel Carré", "Wir unternehmen was"]
    addresses = [["50667 Köln"], ["Tel. 0221 1640-0"]]
    read_so = {line: stored(read(sheet(["IHK Köln"], [line], *addresses, *FORM))) for line in lines}

    assert read_so == dict.fromkeys(lines, (12, 7))


@pytest.mark.parametrize("place", [1, 3])
def test_lines_between_or_below_addresses_that_may_choose_figures_are_asked_about(read, sheet, place):
    lines = [
        "Bergisches Land",
        "Leverkusen",
        "Ausbildung in Teilzeit",
        "nur Innungsbetriebe",
        "Programm Passgenaue Besetzung",
        "Kreis Euskirchen",
        "Stand Juni",
        "Metall und Elektro",
        "Veränderung zum Vorjahr",
        "Geschäftsstelle Gummersbach",
        "Plätze für Zugewanderte",
        "Zugewanderte Fachleute",
        "Zahlen Leverkusen",
        "Menschen ab 25",
    ]
    head = [["IHK Köln"], ["50667 Köln"], ["Tel. 0221 1640-0"]]

    for line in lines:
        rows = [*head[:place], [line], *head[place:]]
        assert (line, stored(read(sheet(*rows, *FORM)))) == (line, ())


def test_whom_a_letter_goes_to_does_not_own_its_figures(read, sheet):
    reading = read(
        sheet(
            ["Handwerkskammer Koblenz"],
            ["Friedrich-Ebert-Ring 33, 56068 Koblenz"],
            [],
            ["Bundesministerium für Wirtschaft und Energie"],
            ["Referat VII B 2, 11019 Berlin"],
            *FORM,
        )
    )

    assert {row.organisation for row in reading.rows} == {"HWK-00052"}
    assert stored(reading) == (12, 7)


def test_head_of_a_fax_is_no_table(read, sheet):
    reading = read(
        sheet(
            ["Absender:", "IHK Trier, Herzogenbuscher Straße 12, 54292 Trier"],
            ["Fax-Nr.:", "030 20308-1000"],
            ["Seiten:", 1],
            *FORM,
        )
    )

    assert (len(reading.tables), stored(reading)) == (1, (12, 7))


def test_branches_firms_and_districts_that_a_paper_is_of_are_asked_about(read, sheet):
    trades = (
        *("Pflege", "Handel", "Metall", "Elektro", "Bau", "Gesundheit", "Logistik", "Gastronomie"),
        *("Landwirtschaft", "Chemie", "Einzelhandel", "Handwerk", "Industrie"),
    )
    bases = (
        *("Handwerk", "Innungsbetriebe", "Pflegeschulen", "tarifgebundene Betriebe", "Metall und Elektro"),
        *("Großbetriebe", "Industrie", "Landkreis Euskirchen", "Stadtgebiet", "Mitgliedsbetriebe"),
    )
    locals_ = (
        *("des Jobcenters Köln", "der Stadt Köln", "des Landkreises Euskirchen", "der Kreishandwerkerschaft"),
        *("der Agentur für Arbeit Brühl", "des Bildungswerks", "der Innung", "der Bezirksregierung"),
        *("des Jugendamts", "des Integrationsamts"),
    )
    lines = [
        *(f"Abteilung {trade}" for trade in trades),
        *(f"Datengrundlage: {base}" for base in bases),
        *(f"im Auftrag {body}" for body in locals_),
        *("Referat Pflege", "Quelle: Innungsbetriebe", "Auftraggeber: Jobcenter Köln", "Druckzahlen"),
    ]

    for number, line in enumerate(lines):
        around = sheet([line], [], HEAD, *ROWS) if number % 2 else sheet(HEAD, *ROWS, [], [line])
        assert (line, stored(read(around))) == (line, ())


def test_bodies_of_the_alliance_give_orders_and_data_without_a_question(read, sheet):
    lines = [
        *(
            "im Auftrag des DIHK",
            "im Auftrag des BMWi",
            "im Auftrag der Landesregierung",
            "Im Auftrag Müller",
        ),
        *("Datengrundlage: Kammererhebung", "Datengrundlage: Lehrlingsrolle", "Abteilung Berufsbildung"),
        *("Abteilung Bildung und Fachkräfte", "Referat Arbeitsmarkt", "Druckfassung", "Dezernat Statistik"),
    ]
    read_so = {line: stored(read(sheet([line], [], HEAD, *ROWS))) for line in lines}

    assert read_so == dict.fromkeys(lines, (12, 7))


def test_organisations_before_what_is_counted_are_asked_about_unless_it_is_theirs(read, sheet):
    others = (
        *(
            "BMBF-Plätze",
            "DGB-Plätze",
            "BIBB-Verträge",
            "ZDH-Plätze",
            "BA-Plätze",
            "BMWi-EQ-Plätze",
            "ESF-Plätze",
        ),
        *("KMK-Plätze", "Ministeriums-Plätze", "Landes-Plätze", "Sozialpartner-Plätze", "Verbands-Plätze"),
        *("BMBF- und KMK-Plätze", "KMK–Plätze", "BIBB-Plätze", "DGB-Beratungen", "Bezirks-Plätze"),
        *("EQ-Plätze (BMBF)", "EQ-Plätze 2016 (BMAS)", "EQ-Plätze (Land NRW)", "EQ-Plätze (Bund/Länder)"),
        *("EQ-Plätze (KMK)", "EQ-Plätze [BMBF, 2016]", "EQ-Plätze (Ministerium)", "EQ places (BMBF)"),
        *(
            "EQ-Plätze (Bundesagentur für Arbeit)",
            "EQ-Plätze BMBF 2016",
            "EQ-Plätze – BMBF",
            "BMBF: EQ-Plätze",
        ),
        *("Plätze des BMBF", "EQ-Plätze der KMK", "Plätze des BIBB"),
    )
    own = (
        *("IHK-Plätze", "Kammer-Plätze", "DIHK-Plätze", "Allianz-Plätze", "DIHK-Abfrage", "ZDH-Umfrage"),
        *("BMBF-Meldung", "EQ-Plätze (DIHK)", "EQ-Plätze (Kammern)", "EQ-Plätze (Quelle: BMBF)"),
        *("EQ-Plätze (Meldung an das BMBF)", "KMK-Abfrage: EQ-Plätze", "EQ-Plätze (Angaben in Plätzen)"),
    )
    read_so = {line: stored(read(sheet([line], [], HEAD, *ROWS))) for line in (*others, *own)}

    assert read_so == dict.fromkeys(others, ()) | dict.fromkeys(own, (12, 7))


@pytest.mark.parametrize(("yes", "no"), [("ja", "nein"), ("Yes", "No"), (1, 0)])
def test_yes_and_no_are_figures_of_an_indicator_that_is_either(read, sheet, yes, no):
    heading = "Konzept zur Berufsorientierung vorhanden (31.12.2016)"
    reading = read(
        sheet(["Land", heading, "Bemerkung"], ["Bayern", yes, "gilt"], ["Hessen", no], ["Berlin", "x"])
    )

    assert [(row.organisation, row.indicator, row.year, row.held) for row in reading.rows] == [
        ("LAND-09", "orientation_laender", 2016, False),
        ("LAND-06", "orientation_laender", 2016, False),
        ("LAND-11", "orientation_laender", 2016, True),
    ]
    assert stored(reading) == (1, 0)


@pytest.mark.parametrize("heading", ["Schulen mit Konzept zur Berufsorientierung 2016", "EQ-Plätze 2016"])
def test_yes_and_no_are_no_figures_of_what_is_counted(read, sheet, heading):
    assert stored(read(sheet(["Land", heading], ["Bayern", "ja"], ["Hessen", "nein"]))) == ()


def test_reference_line_of_a_letter_says_nothing(read, sheet):
    keys = ["Ihre Nachricht", "Unser Zeichen", "Telefon", "Datum"]
    head = [
        ["IHK Bonn/Rhein-Sieg · Postfach 18 20 · 53008 Bonn"],
        ["Deutscher Industrie- und Handelskammertag"],
    ]
    letter = read(sheet(*head, keys, ["v. 08.01.2017", "JH/kr", "0228 2284-146", "25.01.2017"], *FORM))
    more = read(sheet(*head, keys, ["v. 08.01.2017", "", "", "", "nur Bonn"], *FORM))
    beside = read(sheet(*head, keys, ["v. 08.01.2017", "Umschulung", "", ""], *FORM))

    assert ({row.organisation for row in letter.rows}, stored(letter)) == ({"IHK-110"}, (12, 7))
    assert (stored(more), stored(beside)) == ((), ())


def test_source_of_the_catalogue_behind_what_is_counted_says_nothing(read, sheet):
    def contracts(named):
        return stored(read(sheet([f"Neuverträge 2016 ({named})"], [], ["Kammer", "Neuverträge 2016"], *ROWS)))

    assert (contracts("BIBB"), contracts("BA")) == ((12, 7), ())


def test_figures_of_more_chambers_below_the_name_of_one_are_asked_about(read, sheet):
    several = (
        *(
            "Ergebnisse aller IHKs in NRW",
            "Summe der Kammern in NRW",
            "Kammern gesamt",
            "16 Kammern",
            "NRW-IHKs",
        ),
        *("Federführung Berufsbildung der IHKs in NRW", "Federführende IHK", "Koordinierende Kammer"),
        *("Stellvertretend für die IHKs", "Arbeitsgemeinschaft der IHKs", "Gemeinsame Meldung der Kammern"),
        *("Geschäftsführung IHK NRW", "Für die Industrie- und Handelskammern in NRW", "Landesweite Meldung"),
        *("EQ-Plätze in Nordrhein-Westfalen", "Nordrhein-Westfalen", "EQ-Plätze in Deutschland"),
        *("Regierungsbezirk Köln", "Sammelmeldung der IHKs"),
    )
    one = (
        *("Meldung der Kammern", "Angaben der Kammer", "Abfrage bei den IHKs", "Vordruck für die IHKs"),
        *("Federführung: Frau Schmitz", "Rundschreiben an alle IHKs", "Land: Nordrhein-Westfalen"),
        *("Mitglied der Arbeitsgemeinschaft der IHKs", "Ministerium des Landes Nordrhein-Westfalen"),
    )
    read_so = {line: stored(read(sheet(["IHK Köln"], [line], *FORM))) for line in (*several, *one)}

    assert read_so == dict.fromkeys(several, ()) | dict.fromkeys(one, (12, 7))
    assert stored(read(sheet(["IHK Köln"], [], *FORM[3:], [], ["Die Zahlen sind die der 16 Kammern."]))) == ()
    assert stored(read(sheet(["Federführung der IHKs in NRW"], [], HEAD, *ROWS))) == (12, 7)
