"""Words of the trade that stand in spreadsheets whatever the catalogue calls things. All in folded form."""

from __future__ import annotations

from measures.importing.vocabulary import COUNTRY, TOTAL, UNASSIGNED

REGION_SYNONYMS: dict[str, tuple[str, ...]] = {
    "01": ("SH", "S-H", "Schl.-Holst.", "Schleswig-H."),
    "02": ("HH", "Hansestadt Hamburg", "Freie und Hansestadt Hamburg"),
    "03": ("NI", "NDS", "Nds.", "Nieders."),
    "04": ("HB", "Hansestadt Bremen", "Freie Hansestadt Bremen", "Land Bremen"),
    "05": ("NW", "NRW", "Nordrh.-Westf.", "Nordrhein-Westf."),
    "06": ("HE", "Land Hessen"),
    "07": ("RP", "RLP", "Rheinl.-Pfalz", "Rhld.-Pfalz"),
    "08": ("BW", "Ba-Wü", "BaWü", "Bad.-Württ.", "Baden-Württ.", "Baden-Wuertt."),
    "09": ("BY", "Freistaat Bayern"),
    "10": ("SL", "Saarl.", "Land Saarland"),
    "11": ("BE", "Land Berlin", "Berlin (Ost und West)"),
    "12": ("BB", "BRB", "Brandenb.", "Land Brandenburg"),
    "13": ("MV", "M-V", "Meck.-Pomm.", "Meckl.-Vorp.", "Mecklenb.-Vorp.", "Meck-Pomm", "Mecklenburg-Vorp."),
    "14": ("SN", "Freistaat Sachsen"),
    "15": ("ST", "LSA", "Sachsen-Anh.", "S.-Anhalt"),
    "16": ("TH", "Freistaat Thüringen", "Thür."),
    COUNTRY: (
        "Deutschland",
        "Bundesgebiet",
        "Bundesgebiet insgesamt",
        "Deutschland insgesamt",
        "Deutschland gesamt",
        "Bundesrepublik Deutschland",
        "BRD",
        "Bund",
        "Germany",
        "D",
        "alle Länder",
        "Länder insgesamt",
    ),
}

PARTS_OF_COUNTRY: dict[str, frozenset[str]] = {
    "west": frozenset(f"{number:02}" for number in range(1, 11)),
    "ost": frozenset(f"{number:02}" for number in range(11, 17)),
}
PART_SYNONYMS: dict[str, tuple[str, ...]] = {
    "west": ("Westdeutschland", "West", "alte Länder", "alte Bundesländer", "früheres Bundesgebiet"),
    "ost": ("Ostdeutschland", "Ost", "neue Länder", "neue Bundesländer", "neue Länder und Berlin"),
}

TARGET_GROUP_SYNONYMS: dict[str, tuple[str, ...]] = {
    "J2": ("Benachteiligte", "benachteiligte Jugendliche"),
    "J3": ("mit Migrationshintergrund", "Migrationshintergrund", "Jugendliche mit Migrationshintergrund"),
    "J4": (
        "mit Behinderungen",
        "mit Behinderung",
        "Behinderte",
        "behinderte Menschen",
        "Menschen mit Behinderungen",
        "Menschen mit Behinderung",
        "Junge Menschen mit Behinderung",
        "Schwerbehinderte",
    ),
    "J5": (
        "Geflüchtete",
        "Flüchtlinge",
        "Asylsuchende",
        "Geflüchtete Menschen",
        "im Kontext von Fluchtmigration",
    ),
    "J6": ("unversorgte Bewerber", "Unversorgte"),
    "W": ("weiblich", "weibl.", "junge Frauen", "w", "Women"),
    TOTAL: ("Alle", "Alle Zielgruppen", "ohne Unterscheidung"),
}

TOTAL_WORDS = (
    "Insgesamt",
    "Gesamt",
    "Gesamtsumme",
    "Gesamtergebnis",
    "Summe",
    "Summe insgesamt",
    "Zusammen",
    "Total",
    "Alle",
    "Summe aller Kammern",
    "Kammern insgesamt",
    "alle Kammern",
    "IHK insgesamt",
    "HWK insgesamt",
    "IHKs insgesamt",
    "HWKs insgesamt",
    "Handwerkskammern insgesamt",
    "Industrie- und Handelskammern insgesamt",
    "Berufe insgesamt",
    "Alle Berufe",
    "Grand total",
    "Sum",
)

UNASSIGNED_WORDS = (
    "Keine Zuordnung möglich",
    "Ohne Zuordnung",
    "nicht zuzuordnen",
    "Nicht zugeordnet",
    "Ohne Angabe",
    "Sonstige",
    "Sonstiges",
    "Sonstige Berufe",
    "Übrige",
    "Übrige Berufe",
    "Sonstige / Keine Angabe",
    "Sonstige, keine Angabe",
    "Unbekannt",
    "Not assigned",
    UNASSIGNED,
)

# What a column is, by the words in its heading.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "organisation": (
        "Kammer", "Kammern", "Kammername", "Name der Kammer", "Handwerkskammer", "Handwerkskammern", "IHK", "IHKs",
        "HWK", "HWKs", "Industrie- und Handelskammer", "Organisation", "Organisationen", "Partner", "Verband",
        "Meldende Stelle", "Meldestelle", "Zuständige Stelle", "Institution", "Einrichtung", "Kammerbezirk",
        "Chamber", "Organization",
    ),
    "region": (
        "Land", "Länder", "Bundesland", "Bundesländer", "Region", "Gebiet", "AGS", "State", "Federal state",
        "Landesschlüssel",
    ),
    "indicator": ("Kennzahl", "Kennzahlen", "Kennziffer", "Indikator", "Merkmal", "Messgröße", "Indicator"),
    "target_group": ("Zielgruppe", "Zielgruppen", "Personengruppe", "Gruppe", "Target group"),
    "year": ("Jahr", "Berichtsjahr", "Kalenderjahr", "Ausbildungsjahr", "Meldejahr", "Berichtszeitraum", "Year"),
    "occupation": (
        "KldB", "KldB 2010", "KldB-Code", "KldB-Nr.", "Berufskennziffer", "Berufsschlüssel", "BKZ", "Berufsnummer",
        "Berufscode", "Occupation code",
    ),
    "occupation_label": (
        "Ausbildungsberuf", "Ausbildungsberufe", "Beruf", "Berufe", "Berufsgruppe", "Berufsbezeichnung",
        "Berufshauptgruppe", "Occupation",
    ),
    "value": ("Wert", "Werte", "Meldewert", "Value", "Ist", "Istwert", "Zahl", "Menge"),
    "note": (
        "Bemerkung", "Bemerkungen", "Anmerkung", "Anmerkungen", "Kommentar", "Kommentare", "Hinweis", "Hinweise",
        "Fußnote", "Note", "Notes", "Comment", "Quelle", "Erläuterung",
    ),
    "key": ("Code", "Schlüssel", "Kürzel", "Abkürzung", "Kennung", "Kammer-Nr.", "Kammernummer", "Kammerschlüssel"),
    "ignore": ("Nr.", "Lfd. Nr.", "lfd.Nr.", "Nummer", "Zeile", "#"),
}  # fmt: skip

# Derived columns: they say nothing their neighbours do not.
DERIVED_WORDS = (
    "Veränderung", "Veränderung zum Vorjahr", "Veränderung z. Vorjahr", "Veränderung gegenüber Vorjahr", "Differenz",
    "Prozent", "in %", "%", "Anteil", "Anteil in %", "in Prozent", "absolut", "Entwicklung", "Change",
)  # fmt: skip

# Words in a heading that name the unit and so say nothing about the group.
UNIT_WORDS = (
    "Anzahl", "Personen", "Plätze", "Eintritte", "Betriebe", "Verträge", "Fälle", "Bestand", "Zugang", "Angebote",
    "Beratungen", "Stellen", "Veranstaltungen", "Wert", "EUR", "Euro", "in EUR", "in Euro", "absolut", "Count", "Jahr",
    "Jahreswert", "Number",
)  # fmt: skip

FACTOR_WORDS: dict[str, int] = {
    "in Tsd.": 1_000, "Tsd.": 1_000, "in Tausend": 1_000, "Tausend": 1_000, "in 1.000": 1_000, "in 1 000": 1_000,
    "in 1000": 1_000, "1.000": 1_000, "Tsd. Personen": 1_000, "in T€": 1_000, "TEUR": 1_000, "in TEUR": 1_000,
    "Tsd. EUR": 1_000, "Tsd. Euro": 1_000, "in Tsd. Euro": 1_000, "in Tsd. EUR": 1_000, "Anzahl in Tsd.": 1_000,
    "in Mio.": 1_000_000, "Mio.": 1_000_000, "Mio. EUR": 1_000_000, "Mio. Euro": 1_000_000,
    "in Mio. EUR": 1_000_000, "in Mio. Euro": 1_000_000, "in Millionen": 1_000_000,
}  # fmt: skip
