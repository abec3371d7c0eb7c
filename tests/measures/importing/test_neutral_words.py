"""Words around a table that choose none of its figures, by their class, and the places in which they do."""

import pytest

from measures.importing.columns.market_headings import is_of_whole_market
from measures.importing.text.neutral import classes

HEAD = ["Kammer", "EQ-Plätze 2016"]
ROWS = [["IHK Köln", 12], ["IHK Aachen", 7]]

NEUTRAL = {
    "bodies": [
        "Ovaler Tisch Ausbildung und Fachkräftesicherung",
        "Bündnis für Ausbildung Nordrhein-Westfalen",
        "Fachkräftekonferenz 2016 – Bericht des Lenkungskreises",
        "Jugendberufsagentur Köln",
        "Ausbildungsinitiative 2016",
        "Landesinitiative Fachkräfte",
        "Bericht der Ausbildungsinitiative",
        "Ergebnisse des Ausbildungspakts",
        "EQ-Plätze 2016 – Bericht an das Bündnis für Ausbildung",
        "Meldung an den Runden Tisch Berufsausbildung",
        "Round Table on Apprenticeship",
        "Bilanzpressekonferenz 2016: Tabelle der EQ-Plätze",
    ],
    "papers": [
        "Gremienvorlage",
        "Beschlussvorlage für den Lenkungskreis",
        "Statistikblatt der Kammer",
        "Contribution to the Alliance",
        "Datenzusammenstellung",
        "Korrekturfassung vom 06.02.2018",
        "Rückmeldung zum Fragebogen Teil B",
        "Methodische Hinweise siehe Blatt „Hinweise“",
    ],
    "reporting": [
        "Figures approved by the executive board on 14 February 2018",
        "übermittelt per E-Mail am 12.01.2017",
        "Daten wie an das Landesministerium gemeldet",
        "Herausgegeben im März 2018",
        "Ergebnisse der Umfrageaktion",
        "Frist für die Meldung: 28. Februar 2019",
    ],
    "persons": [
        "H. Wagner",
        "Dr. Max Weber, Referatsleiter",
        "Erstellt von Heike Sommer",
        "Staatsministerin a. D. Gudrun Hofmeister",
        "Ayse-Maria Kaya",
    ],
    "events": ["Woche der Ausbildung", "Tag der Ausbildung 2016", "Meldung zur Woche der Ausbildung"],
    "laws": ["Einstiegsqualifizierung nach § 54a SGB III", "Einstiegsqualifizierung nach § 54a des SGB III"],
    "agendas": ["TOP 7", "Sitzung des Beirats am 12.01.2017, TOP 4", "TOP 3 der Tagesordnung"],
    "chambers": ["Handelskammerbericht", "Industrie- und Handelskammern"],
    "programs": ["Excel-Auswertung aus TIBROS", "Exportiert aus LibreOffice Calc 5.2"],
    "courtesies": ["zur Kenntnis", "Wie telefonisch besprochen übersenden wir die Tabelle."],
    "programmes": [
        "Maßnahme",
        "Programm",
        "Maßnahmen und Programme",
        "Maßnahmen und Programme der Allianz",
        "Übersicht der Maßnahmen",
        "Umsetzung der Maßnahmen",
        "Ergebnisse der Maßnahme Einstiegsqualifizierung",
        "Zahlen zur Maßnahme EQ",
        "Einstiegsqualifizierung: Ergebnisse der Maßnahme",
        "Name der Maßnahme: Einstiegsqualifizierung",
        "Ansprechpartnerin im Projekt: Frau Weber",
        "Hinweise zum Programm",
        "Exportiert aus dem Programm TIBROS",
        "Programm: TIBROS",
        "Anlage zum Programm der Sitzung",
        "Tagungsprogramm",
        "Kurzbezeichnung der Maßnahme: EQ",
    ],
    "instructions": [
        "Bitte die Hinweise beachten",
        "Bitte beachten Sie die Ausfüllhinweise",
        "Bitte prüfen und ggf. korrigieren",
        "Bitte keine Zeilen löschen",
        "Bitte Formeln nicht ändern",
        "Bitte zur Kenntnis nehmen",
        "Bitte teilen Sie uns Änderungen mit",
        "Bitte Quote in % eintragen",
    ],
    "ways": ["Rücksendung per Mail", "Übersandt per Post", "Stand: 15.02.2017, 10:30 Uhr"],
    "whose figures": ["Zahlen von den Kammern", "Daten vom Landesamt", "Umfrage vom Verband"],
    "addresses": ["Mobil 0151 23456789", "Telefax: 0431 5194-599"],
    "rights": ["Alle Rechte vorbehalten.", "Nutzungsbedingungen: Weitergabe mit Quellenangabe erlaubt."],
    "which columns there are": ["Ausgewählte Kennzahlen", "Selected indicators", "Weitere Angaben"],
    "nothing done": [
        "Es wurden keine Hochrechnungen vorgenommen.",
        "No methodological changes since last year.",
    ],
    "how a table is kept": [
        "Tabelle 3 wird jährlich fortgeschrieben.",
        "Leere Felder kommen nicht vor.",
        "Die Zeilen „darunter“ sind in der Zeile „Insgesamt“ enthalten.",
    ],
    "letters": [
        "Unter Sachsenhausen 10-26, 50667 Köln",
        "Bezug: Ihr Schreiben vom 05.12.2016",
        "Mein Zeichen: VII 43",
        "Beschluss des Lenkungskreises vom 14.11.2016",
        "Anlage zur E-Mail vom 12.01.2017",
    ],
    "handling": [
        "Daten werden nur in anonymisierter Form veröffentlicht.",
        "Die Angaben dienen der Berichterstattung der Allianz.",
        "Es werden keine personenbezogenen Daten übermittelt.",
        "Die Erhebung erfolgte online.",
        "Kammerbezirke nach Größe sortiert",
        "inkl. Nachmeldungen",
        "Korrekturen sind eingearbeitet",
    ],
    "numbers and days of papers": [
        "2. Fassung",
        "BT-Drucksache 18/10489",
        "Vorgang 2017/113",
        "Auswertungsdatum: 17.01.2017",
        "Eingang: 17.01.2017",
        "Formularstand: 01.12.2016",
        "Export vom 17.01.2017 09:15",
        "Programm: KAMMERSTAT V3.2",
    ],
    "parts of offices": [
        "Team Berufliche Bildung",
        "Arbeitsbereich 1.3",
        "Stabsstelle Statistik, Fachgruppe Berufsbildung",
        "IHK Köln – Bildungspolitik und Ausbildungsmarkt",
        "An die Geschäftsstelle der Allianz",
    ],
    "mail and files": [
        "Betreff: WG: Datenlieferung",
        "Gesendet: Montag, 12. Februar 2018 10:13",
        "Pfad: S:\\BB\\Statistik\\EQ.xlsx",
        "Letzte Änderung: 12.02.2018",
        "Meldung (2)",
        "Filter: keine",
        "Revision 4",
        "IBAN DE12 3705 0198 0000 1234 56",
    ],
    "papers about figures": [
        "Bericht über die Umsetzung",
        "Übersicht der von den Kammern gemeldeten Daten",
        "Bearbeitungsstatus: abgeschlossen",
        "Engagement der Kammern für Ausbildung",
        "Nur zur internen Verwendung",
        "Gemeldete Daten der Kammern",
        "Verteilung auf die Kammern",
        "Drei Jahre Allianz – eine Bilanz",
        "Die wichtigsten Kennzahlen",
        "Stand Ende Februar 2018",
        "Export_20190215",
        "Die Angaben wurden von den Kammern im Februar 2018 zugeliefert.",
        "Vollerhebung",
        "Blattschutz aktiv",
        "Bericht: EQ; Ersteller: admin",
        "Bemerkungen der Kammer: keine",
        "Auszug aus dem Verzeichnis der Berufsausbildungsverhältnisse",
        "Bündnis zur Stärkung der beruflichen Ausbildung und des Fachkräftenachwuchses",
        "Ovaler Tisch der Ministerpräsidentin",
        "Geschäftsführende Kammer: IHK Köln",
        "KammerPortal 4.2 – Export",
        "Fachbereich 2 – Berufsbildung",
        "Haus der Wirtschaft, Köln",
        "Zweck: Berichterstattung an den Bundestag",
        "Anforderung des BMWi vom 03.01.2018",
        "in Kooperation mit den Kammern",
        "Tischvorlage für die AG am 14.02.2018",
        "Sicherungskopie",
        "Rückgabe bis spätestens 15.02.2019",
        "Angaben im Jahresverlauf 2016",
        "2. Kennzahlen",
        "Datenrevisionen sind möglich.",
    ],
    "nothing left out": [
        "Kammerbezirk Köln, alle Kreise und Städte",
        "Ergebnisse aller Geschäftsstellen zusammen",
    ],
}
RESTRICTING = {
    "programmes": [
        "Ergebnisse des Programms",
        "Zahlen der Maßnahme",
        "Ergebnisse dieses Projekts",
        "im Rahmen der Maßnahme",
        "Zahlen aus dem laufenden Projekt",
        "EQ-Plätze im Programm",
        "EQ-Plätze (Projekt)",
        "Meldung für das Projekt",
        "Auswertung Programm",
        "Statistik zum Projekt",
        "Programmergebnisse",
        "Projektzahlen",
        "Projektbericht 2016",
        "Programm B",
        "Programm: Jobstarter",
        "Programm Zukunft der Ausbildung",
        "Ergebnisse der Maßnahme Assistierte Ausbildung",
        "Results of the programme",
    ],
    "near letters": [
        "E-Mail-Beratungen",
        "Beschluss vom 14.11.2016, nur Handwerk",
        "Neuverträge Berliner Betriebe",
        "Köln-Süd",
    ],
    "near handling": [
        "nach Größe der Betriebe",
        "Daten werden nur für Köln veröffentlicht",
        "Nachmeldungen fehlen",
        "bewilligte und bestätigte Plätze",
        "Instrument Sprachförderung",
    ],
    "near numbers and days": [
        "1. Ausbildungsjahr",
        "2. Lieferung",
        "Eingang: 30.06.2016",
        "Lieferung bis 30.06.2016",
        "Vertragsdatum bis 30.06.2016",
        "Programm: JOBSTARTER",
    ],
    "whose figures": ["Zahlen vom Azubi-Tag", "Daten vom Girls' Day", "Zahlen von Großbetrieben"],
    "bodies": [
        "EQ-Plätze im Bündnis für Ausbildung",
        "EQ-Plätze der Betriebe im Pakt für Ausbildung",
        "Mitglieder des Bündnisses für Ausbildung",
        "aus dem Expertenkreis",
        "Runder Tisch Gastgewerbe",
        "EQ-Plätze – Bündnispartner",
        "EQ-Plätze 2016, Jobcenter",
        "Beratungsgespräche",
        "zweite Nachvermittlungsrunde",
    ],
    "papers": [
        "Umschulungsbilanz",
        "Gastgewerbebericht",
        "Antragszahlen",
        "Auszug",
        "EQ-Plätze – Auszug",
        "draft",
    ],
    "reporting": [
        "gemeldete Stellen",
        "laufende Meldung",
        "Abfrage bei ausgewählten Betrieben",
        "EQ-Plätze übermittelt",
        "EQ-Plätze wie von Großbetrieben gemeldet",
        "EQ-Plätze, wie im Vorjahr gemeldet",
        "Frist für die Meldung: 30.06.2016",
    ],
    "persons": ["K. Betriebe", "F. Berufe", "Anna-Betriebe", "M. Umschüler", "Mitarbeiter"],
    "events": [
        "EQ-Plätze aus der Woche der Ausbildung",
        "in der Woche der Ausbildung",
        "Zahlen aus der Woche der Ausbildung",
        "EQ-Plätze Aktionstag",
        "Ergebnis der Aktionswoche",
        "Bilanz der Ausbildungskampagne 2016",
        "Results of the Training Week",
        "Ergebnisse der Initiative",
        "Ergebnisse der Ausbildungsinitiative",
        "Bilanz der Landesinitiative",
        "Erträge der Regionalinitiative",
        "Zahlen zur Ausbildungsinitiative",
        "Ergebnisse aus der Fachkräfteinitiative",
        "Ergebnisse der Ausbildungsaktion",
        "Sonderaktion der Kammer",
        "Bilanz Ausbildungsinitiative 2016",
        "Initiativergebnisse",
        "Initiative results",
        "Results of the training initiative",
    ],
    "topics": ["EQ-Plätze zur Fachkräftesicherung", "Fachkräftesicherung"],
    "courtesies": [
        "Bitte als Mindestwert verstehen.",
        "Bitte mit 10 multiplizieren.",
        "Bitte um 5 % erhöhen",
        "Bitte die Hälfte nehmen",
        "Bitte alle Werte mal 2",
        "Bitte 11 statt 12 eintragen",
        "Bitte Bonn streichen",
        "Köln bitte auf 15 ändern",
        "Bitte ohne Siegen rechnen",
        "Bonn bitte nicht berücksichtigen",
        "Bitte korrigieren: Köln 11",
        "Bitte die Plätze aus Leverkusen abziehen.",
        "Bitte die Zahlen von Siegen abziehen.",
        "Bitte ziehen Sie die Werte von Siegen ab.",
        "Danke! Bitte noch Siegen dazuzählen.",
        "Sie enthalten nur Großbetriebe.",
    ],
    "laws": ["EQ-Plätze 2016 SGB III", "nach SGB III", "gemäß SGB III"],
    "branches": [
        "Handelsliste",
        "Handelsbericht 2016",
        "Industriebericht",
        "Industriezahlen",
        "Handwerksstatistik",
    ],
    "selections": ["TOP 10", "Top10", "Topliste", "TOP 5: Kammern", "27+", "< 25"],
    "addresses": ["Hotline 0211 4306-331, Datenstand Juli"],
    "which companies": [
        "Selected companies",
        "Ausgewählte Ergebnisse der Großbetriebe",
        "Ausgewählte Betriebe",
    ],
    "something done": ["Hochrechnungen wurden vorgenommen.", "keine Meldung aus Leverkusen"],
    "how figures are kept": ["Der Wert wurde fortgeschrieben.", "Leere Felder wurden geschätzt."],
    "near offices": [
        "Team Metall",
        "Fachgruppe Bau",
        "Team Recht und Pflege",
        "Geschäftsstelle Köln",
        "IHK Köln – Metall und Elektro",
    ],
    "near mail and files": [
        "WG: Zahlen Metall",
        "Gesendet: nur Köln",
        "Letzte Änderung: 30.06.2016",
        "Metall (2)",
        "Betriebe_neu",
        "Auswahl: alle Großbetriebe",
        "Filter: ohne Köln",
    ],
    "near papers about figures": [
        "Bericht über 50 Plätze",
        "Bericht über die Absagen",
        "von den Kammern gemeldete offene Plätze",
        "Vertragsstatus: abgeschlossen",
        "Engagement der Kammern für Großbetriebe",
        "nur zur Probe",
        "Verteilung in Prozent",
        "Stand Ende Juni 2016",
        "Export_20160630",
        "Die Angaben wurden im Juni 2016 zugeliefert.",
        "Die Daten wurden im Juni 2016 erhoben.",
        "Eingegangen am 30.06.2016",
        "Befragung der Mitgliedsbetriebe",
        "EQ-Plätze (ESF)",
        "Bericht: EQ; nur Köln",
        "Metall; Ersteller: admin",
        "Bemerkungen der Kammer: keine Meldung aus Siegen",
        "Auszug aus dem Kreis Köln",
        "Bündnis zur Förderung von Frauen",
        "Haus Metall",
        "Bereich 4 Metall",
        "Zweck: nur Metall",
        "in Kooperation mit den Jobcentern",
        "Archivstatistik",
        "EQ-Plätze, Köln, Juni 2016",
        "Nachmeldungen möglich",
        "Plätze je Jahr und Betrieb",
        "Rückgabe bis spätestens 30.06.2016, nur Köln",
        "Teilauswertung",
        "Teilergebnis 2016",
    ],
    "something left out": ["nicht alle Kreise", "alle Standorte in Leverkusen", "Kreise und Städte"],
    "places": ["A-Berufe", "Teilbezirk Nord", "Die Jahre 2015 und 2016 wurden zusammengefasst."],
}


def listed(lines):
    return [pytest.param(line, id=f"{kind}: {line}") for kind, texts in lines.items() for line in texts]


@pytest.mark.parametrize("line", listed(NEUTRAL))
def test_line_of_a_class_that_restricts_nothing_is_not_asked_about(read, sheet, line):
    for reading in (read(sheet([line], [], HEAD, *ROWS)), read(sheet(HEAD, *ROWS, [], [line]))):
        assert (reading.status, [int(row.value) for row in reading.rows if not row.held]) == (
            "ready",
            [12, 7],
        )


@pytest.mark.parametrize("line", listed(RESTRICTING))
def test_the_same_words_are_asked_about_where_they_restrict(read, sheet, line):
    reading = read(sheet([line], [], HEAD, *ROWS))

    assert reading.status == "needs_answers"


@pytest.mark.parametrize(
    "line",
    [
        "Zahlen der Maßnahme",
        "Programm: Jobstarter",
        "Zahlen vom Girls' Day",
        "Handwerksliste",
        "Zahlen des Handwerks",
        "Siegen ist herauszurechnen",
        "Bonn bitte nicht berücksichtigen",
    ],
)
def test_what_restricts_above_the_table_restricts_below_it(read, sheet, line):
    assert read(sheet(HEAD, *ROWS, [], [line])).status == "needs_answers"


def test_name_of_the_sheet_is_accounted_for_like_a_title(read, sheet):
    assert read(sheet(HEAD, *ROWS, name="Datenblatt_Lenkungskreis")).status == "ready"
    for name in (
        "Bündnisbetriebe",
        "Projektzahlen",
        "Handel",
        "Zahlen für den Handel",
        "Handelsliste",
        "TOP 10",
        "U25",
    ):
        assert read(sheet(HEAD, *ROWS, name=name)).status == "needs_answers"


@pytest.mark.parametrize(("heading", "status"), [("TEUR", "needs_answers"), ("in Tsd.", "ready")])
def test_factor_of_money_is_none_of_places(read, sheet, heading, status):
    assert read(sheet(HEAD, ["", heading], *ROWS)).status == status


def test_programme_of_the_table_may_be_that_of_its_indicators(read, sheet):
    starts = ["Kammer", "Eintritte in Assistierte Ausbildung 2016"]
    line = ["Ergebnisse der Maßnahme Assistierte Ausbildung"]

    assert read(sheet(line, [], starts, *ROWS)).status == "ready"


def test_part_of_the_country_has_to_have_a_chamber_of_the_table(read, sheet):
    assert read(sheet(["Westdeutschland"], [], HEAD, *ROWS)).status == "ready"
    assert read(sheet(["Ostdeutschland"], [], HEAD, *ROWS)).status == "needs_answers"


def test_fifth_quarter_is_that_of_the_placing_after_september(read, sheet):
    placing = ["Kammer", "Zur Nachvermittlung eingeladen 2016"]

    assert read(sheet(["5. Quartal"], [], placing, *ROWS)).status == "ready"
    assert read(sheet(["5. Quartal"], [], HEAD, *ROWS)).status == "needs_answers"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("gremienvorlage", classes.PAPER),
        ("fachkraeftekonferenz", classes.BODY),
        ("buendnisses", classes.BODY),
        ("umschulungsbilanz", ""),
        ("gastgewerbebericht", ""),
        ("ausgaben", ""),
        ("kreis", ""),
    ],
)
def test_compound_is_of_the_class_of_its_last_part_if_its_first_restricts_nothing(word, kind):
    assert classes.class_of(word) == kind


@pytest.mark.parametrize("heading", ["nicht versorgte Bewerber", "unbesetzte Stellen im Berichtsjahr"])
def test_what_is_still_open_is_no_figure_of_the_whole_market(heading):
    assert not is_of_whole_market(heading)
