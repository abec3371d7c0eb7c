"""Tables as clerks of chambers, associations and ministries make them, with the figures they state.

A ``Figure`` stands in the cell that holds it: a table and what is right to read from it are one thing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

IHK = {
    "IHK-101": "IHK Aachen",
    "IHK-118": "IHK zu Dortmund",
    "IHK-142": "IHK zu Köln",
    "IHK-172": "IHK Siegen",
}
HWK = {
    "HWK-00031": "Handwerkskammer Düsseldorf",
    "HWK-00033": "Handwerkskammer Aachen",
    "HWK-00037": "Handwerkskammer Dortmund",
    "HWK-00034": "Handwerkskammer Münster",
}
CHAMBERS = IHK | HWK
ADVISED, ADVICE, EQ = "companies_advised", "consultations", "training_placements"
ADDITIONAL, INTERNSHIPS, MENTORS = "additional_places", "internships", "welcome_mentors"
CONTRACTS, WON = "new_contracts", "companies_won"

FILES: dict[str, Any] = {}


class Figure(NamedTuple):
    indicator: str
    year: int
    organisation: str
    value: int
    target_group: str = "_T"
    occupation: str = "_T"


def figure(indicator, year, organisation, target_group="_T", occupation="_T"):
    """A figure with a value that no other figure of a table has."""
    number = sum(
        ord(letter) * place for place, letter in enumerate(f"{indicator}{organisation}{occupation}", 3)
    )
    number = 40 + number % 700 + year % 10 * 13
    value = 2 + number % 5 if indicator == MENTORS else number // (1 if target_group == "_T" else 9)
    return Figure(indicator, year, organisation, value, target_group, occupation)


def total(cells):
    return sum(cell.value for cell in cells if isinstance(cell, Figure))


def totals(rows, first=1):
    """The sums of the columns from ``first`` on."""
    return [total(column) for column in list(zip(*rows, strict=True))[first:]]


def table(chambers, *columns):
    """A row for each chamber; a column is an indicator and a year, perhaps a group."""
    return [
        [name, *(figure(*column[:2], code, *column[2:]) for column in columns)]
        for code, name in chambers.items()
    ]


def shown(rows):
    """The rows as they stand in the sheet."""
    return [[cell.value if isinstance(cell, Figure) else cell for cell in row] for row in rows]


def ordinary(make):
    """Keep a file under the sentence its function is called by."""
    FILES[make.__name__.replace("_", " ")] = make
    return make


@ordinary
def ranks_shares_and_changes_around_the_values():
    rows = table(IHK, (CONTRACTS, 2016))
    ranked = [[f"{place}.", *row, f"{place * 7},5 %", place - 2.5] for place, row in enumerate(rows, 1)]
    return [
        ["Neu abgeschlossene Lehrverträge in den nordrhein-westfälischen IHK-Bezirken"],
        ["Stichtag: 30. September 2016"],
        [],
        ["Platz", "IHK", "Neue Ausbildungsverträge", "Anteil", "Veränderung gegenüber Vorjahr in %"],
        *ranked,
        ["", "NRW insgesamt", total(row[1] for row in rows), "100 %", ""],
    ]


@ordinary
def units_and_counting_words_around_the_names():
    return [
        ["Meldung der Handwerkskammern Nordrhein-Westfalens für das Jahr 2017"],
        [],
        [
            "Kammerbezirk",
            "Anzahl der Plätze für Einstiegsqualifizierungen",
            "Zahl der beratenen Unternehmen",
            "Anzahl der geführten Beratungsgespräche",
            "Willkommenslots*innen (Personen)",
        ],
        *table(HWK, (EQ, 2017), (ADVISED, 2017), (ADVICE, 2017), (MENTORS, 2017)),
    ]


@ordinary
def apprenticeship_contracts_of_the_crafts_and_women_among_them():
    return [
        ["Handwerk in NRW – neu abgeschlossene Lehrverträge zum 30.09.2017"],
        ["Handwerkskammer", "Lehrverträge neu", "dar. Frauen", "dar. Flüchtlinge"],
        *table(HWK, (CONTRACTS, 2017), (CONTRACTS, 2017, "W"), (CONTRACTS, 2017, "J5")),
    ]


@ordinary
def occupations_with_code_and_label_under_one_heading():
    labels = {
        "11": "Land-, Tier- und Forstwirtschaftsberufe",
        "24": "Metallerzeugung und -bearbeitung, Metallbauberufe",
    }
    labels |= {"62": "Verkaufsberufe", "54": "Reinigungsberufe"}
    rows = [
        [int(code), label, figure(CONTRACTS, 2016, "IHK-142", "_T", code)] for code, label in labels.items()
    ]
    return [
        ["Neu abgeschlossene Ausbildungsverträge nach Berufshauptgruppen (KldB 2010)"],
        ["Industrie- und Handelskammer zu Köln, Berichtsjahr 2016 (30.09.)"],
        [],
        ["Berufshauptgruppe", "", "Verträge"],
        *rows,
    ], ("A4:B4",)


@ordinary
def chambers_by_their_full_legal_names():
    names = {
        "IHK-122": "Industrie- und Handelskammer für Essen, Mülheim an der Ruhr, Oberhausen zu Essen",
        "IHK-112": "Handelskammer Bremen – IHK für Bremen und Bremerhaven",
        "IHK-120": "Niederrheinische Industrie- und Handelskammer Duisburg-Wesel-Kleve zu Duisburg",
        "IHK-182": "Industrie- und Handelskammer Neubrandenburg für das östliche Mecklenburg-Vorpommern",
    }
    return [["Kammer", "EQ-Plätze 2016"], *table(names, (EQ, 2016))]


@ordinary
def subtotals_of_a_land_without_a_chamber():
    hessen = {"IHK-115": "IHK Darmstadt", "IHK-128": "IHK Fulda", "IHK-146": "IHK Limburg"}
    saarland = {"IHK-170": "IHK des Saarlandes"}
    rows = [["Land", "Kammer", "Beratene Betriebe 2016", "Neu gewonnene Ausbildungsbetriebe 2016"]]
    sums = []
    for land, chambers in (("Hessen", hessen), ("Saarland", saarland), ("Nordrhein-Westfalen", IHK)):
        part = table(chambers, (ADVISED, 2016), (WON, 2016))
        rows += [[land if place == 0 else "", *row] for place, row in enumerate(part)]
        sums.append(totals(part))
        rows.append([land, "", *sums[-1]])
    return [*rows, ["Insgesamt", "", *map(sum, zip(*sums, strict=True))]]


@ordinary
def a_row_that_numbers_the_columns():
    return [
        ["Tabelle 3: Einstiegsqualifizierungen und Willkommenslotsen im Handwerk 2017"],
        ["Kammer", "Angebotene EQ-Plätze", "Willkommenslotsen"],
        [1, 2, 3],
        *table(HWK, (EQ, 2017), (MENTORS, 2017)),
    ]


@ordinary
def members_beside_their_umbrella_and_one_without():
    rows = [["DIHK", *row] for row in table(IHK, (INTERNSHIPS, 2016))]
    rows += [["ZDH", *row] for row in table(HWK, (INTERNSHIPS, 2016))]
    return [
        ["Dachverband", "Kammer", "Praktikumsplätze 2016"],
        *rows,
        ["BDA", "", figure(INTERNSHIPS, 2016, "BDA")],
    ]


@ordinary
def a_pivot_in_compact_form_with_the_sums_of_chambers():
    rows = [
        ["Summe von Anzahl", "Spaltenbeschriftungen"],
        ["Zeilenbeschriftungen", 2016, 2017, "Gesamtergebnis"],
    ]
    for code, name in IHK.items():
        part = [
            [f"   {label}", *(figure(indicator, year, code) for year in (2016, 2017))]
            for indicator, label in ((ADVISED, "Beratene Betriebe"), (EQ, "EQ-Plätze"))
        ]
        rows.append([name, *totals(part), sum(totals(part))])
        rows += [[*row, total(row)] for row in part]
    return rows


@ordinary
def a_pivot_whose_corner_names_the_indicator():
    rows = table(IHK, (EQ, 2015), (EQ, 2016), (EQ, 2017))
    return [
        ["Summe von EQ-Plätze", "Jahr"],
        ["Kammer", 2015, 2016, 2017, "Gesamtergebnis"],
        *([*row, total(row)] for row in rows),
        ["(Leer)"],
        ["Gesamtergebnis", *totals(rows), sum(totals(rows))],
    ]


@ordinary
def a_pivot_with_years_over_several_fields_of_values():
    rows = table(IHK, (CONTRACTS, 2015), (MENTORS, 2015), (CONTRACTS, 2016), (MENTORS, 2016))
    return [
        ["", "Jahr", "Werte"],
        ["", 2015, "", 2016],
        ["Kammer", "Neuverträge", "Willkommenslotsen", "Neuverträge", "Willkommenslotsen"],
        *rows,
        ["Gesamtergebnis", *totals(rows)],
    ]


@ordinary
def rows_of_a_program_that_begin_with_the_number_of_its_client():
    return [
        ["MANDANT", "JAHR", "ORG_BEZ", "KZ_BEZ", "WERT"],
        *(
            [100, 2016, name, label, figure(indicator, 2016, code)]
            for code, name in IHK.items()
            for indicator, label in ((ADVISED, "Beratene Betriebe"), (EQ, "EQ-Plätze"))
        ),
    ]


@ordinary
def quarters_beside_the_year_they_add_up_to():
    rows = []
    for name, year in table(IHK, (ADVICE, 2017)):
        quarter = year.value // 4
        rows.append([name, quarter, quarter + 3, quarter - 5, year.value - 3 * quarter + 2, year])
    return [
        ["Beratungen der IHKs nach Quartalen"],
        ["IHK", "I. Quartal", "II. Quartal", "III. Quartal", "IV. Quartal", "Jahr 2017"],
        *rows,
    ]


@ordinary
def months_beside_the_year():
    months = ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"]
    rows = [
        [name, *[year.value // 12] * 11, year.value - 11 * (year.value // 12), year]
        for name, year in table(HWK, (ADVICE, 2016))
    ]
    return [["Anzahl Beratungen 2016 nach Monaten"], ["Kammer", *months, "Jahr"], *rows]


@ordinary
def towns_beside_the_kind_of_their_chamber():
    towns = {"IHK-101": "Aachen", "IHK-118": "Dortmund", "HWK-00033": "Aachen", "HWK-00037": "Dortmund"}
    rows = [
        [code[:3], *row] for code, row in zip(towns, table(towns, (EQ, 2016), (ADVISED, 2016)), strict=True)
    ]
    return [["Kammer", "Ort", "EQ-Plätze 2016", "Beratene Betriebe 2016"], *rows]


@ordinary
def sections_of_both_kinds_of_chambers_at_the_last_day_of_the_year():
    return [
        ["Willkommenslotsen und beratene Betriebe, Stand 31.12.2016"],
        ["Bezirk", "Willkommenslotsen", "Beratene Betriebe"],
        ["Industrie- und Handelskammern"],
        *table(IHK, (MENTORS, 2016), (ADVISED, 2016)),
        ["Handwerkskammern"],
        *table(HWK, (MENTORS, 2016), (ADVISED, 2016)),
    ]


@ordinary
def a_heading_repeated_with_another_year():
    return [
        ["EQ-Plätze der IHKs in Nordrhein-Westfalen"],
        ["IHK", "Plätze 2015"],
        *table(IHK, (EQ, 2015)),
        [],
        ["IHK", "Plätze 2016"],
        *table(IHK, (EQ, 2016)),
    ]


@ordinary
def a_year_centred_over_columns_that_are_not_merged():
    columns = [(indicator, year) for year in (2015, 2016) for indicator in (ADVISED, ADVICE, EQ)]
    return [
        ["Ausbildungsstellenbilanz der Kammern"],
        ["", "", 2015, "", "", 2016, ""],
        ["Kammer", *["Beratene Betriebe", "Beratungen", "EQ-Plätze"] * 2],
        *table(CHAMBERS, *columns),
    ]


@ordinary
def the_head_of_a_letter_above_and_notes_below():
    return [
        ["DIHK e. V. | Breite Straße 29 | 10178 Berlin"],
        ["Abt. Berufliche Bildung, 15.02.2018"],
        ["Ansprechpartnerin: Frau Muster, Tel. 030 20308-2512, E-Mail: muster@dihk.de"],
        [],
        ["Statistik Ausbildungsberatung 2017"],
        ["Industrie- und Handelskammer", "beratene Unternehmen", "durchgeführte Beratungen"],
        *table(IHK, (ADVISED, 2017), (ADVICE, 2017)),
        [],
        ["Quelle: Eigene Erhebung der IHKs"],
        ["Hinweis: Mehrfachberatungen möglich."],
    ]


@ordinary
def a_form_of_one_chamber_with_numbered_questions():
    names = {
        ADDITIONAL: "Zusätzlich angebotene Ausbildungsplätze",
        EQ: "Angebotene EQ-Plätze",
        WON: "Betriebe, die erstmals oder wieder ausbilden",
        MENTORS: "Willkommenslotsen (31.12.)",
        CONTRACTS: "Neu abgeschlossene Ausbildungsverträge (Stand 30. September)",
    }
    return [
        ["Fragebogen zur Umsetzung der Allianz"],
        ["Kammer", "IHK zu Köln"],
        ["Ansprechpartner", "Frau Dr. Beispiel"],
        [],
        ["Nr.", "Frage", 2015, 2016],
        *(
            [f"{place}.", name, *(figure(indicator, year, "IHK-142") for year in (2015, 2016))]
            for place, (indicator, name) in enumerate(names.items(), 1)
        ),
    ]


@ordinary
def rows_with_columns_of_contacts_numbers_and_remarks():
    rows = table(HWK, (MENTORS, 2016), (MENTORS, 2017))
    return (
        [
            ["Lfd. Nr.", "Kammer", "PLZ/Ort", "Ansprechpartner/in", "Lotsen 2016", "Lotsen 2017", "Bem."],
            *(
                [
                    place,
                    row[0],
                    f"{40000 + place} Ort",
                    "Herr Beispiel",
                    *row[1:],
                    "Elternzeit" if place == 2 else "",
                ]
                for place, row in enumerate(rows, 1)
            ),
        ],
        (),
        "Willkommenslotsen",
    )


@ordinary
def days_the_data_are_as_of_in_a_column():
    rows = [["IHK zu Köln", 2016, "EQ-Plätze", figure(EQ, 2016, "IHK-142"), "31.01.2017", "endgültig"]]
    rows += [["IHK Aachen", 2016, "EQ-Plätze", figure(EQ, 2016, "IHK-101"), "15.01.2017", "endgültig"]]
    return [["Kammer", "Jahr", "Kennzahl", "Wert", "Stand", "Status"], *rows]


@ordinary
def what_followed_the_30th_of_september():
    steps = {
        "post_invited": "Eingeladene Bewerberinnen und Bewerber",
        "post_appeared": "Erschienene",
        "post_offered_1": "mind. ein Angebot",
        "post_offered_3": "mind. drei Angebote",
        "post_placed_eq": "Vermittelt in EQ",
    }
    names = {"post_appeared": "Erschienene Jugendliche", **steps}
    return [
        ["Nachvermittlung im Anschluss an den 30. September 2017"],
        [
            "IHK",
            *(names[step] for step in ("post_invited", "post_offered_1", "post_offered_3", "post_placed_eq")),
        ],
        *table(
            IHK,
            *(
                (step, 2017)
                for step in ("post_invited", "post_offered_1", "post_offered_3", "post_placed_eq")
            ),
        ),
    ]


@ordinary
def chambers_as_columns_with_a_column_of_the_land():
    rows = [
        [name, *(figure(indicator, 2016, code) for code in HWK)]
        for indicator, name in ((EQ, "EQ-Plätze"), (WON, "neue Lehrbetriebe"), (ADVICE, "Beratungen"))
    ]
    return [
        ["Nordrhein-Westfalen 2016 – Handwerk"],
        ["Kennzahl", *HWK.values(), "NRW"],
        *([*row, total(row)] for row in rows),
    ]


@ordinary
def a_chamber_over_its_indicators():
    names = {ADDITIONAL: "Zusätzliche Ausbildungsplätze", EQ: "EQ-Plätze", ADVISED: "Beratene Betriebe"}
    return [
        ["Sehr geehrte Damen und Herren,"],
        ["anbei unsere Zahlen für das Jahr 2016:"],
        [],
        ["IHK Siegen", "2016"],
        *([name, figure(indicator, 2016, "IHK-172")] for indicator, name in names.items()),
        [],
        ["Mit freundlichen Grüßen"],
    ]


@ordinary
def a_season_the_figures_end_in():
    return [
        ["Berichtsjahr 2015/16"],
        ["Neu abgeschlossene Ausbildungsverträge"],
        ["Kammer", "Anzahl", "davon weiblich"],
        *table(CHAMBERS, (CONTRACTS, 2016), (CONTRACTS, 2016, "W")),
    ]


@ordinary
def women_beside_each_year():
    columns = [(CONTRACTS, 2016), (CONTRACTS, 2016, "W"), (CONTRACTS, 2017), (CONTRACTS, 2017, "W")]
    return [
        ["BWHT – Neue Lehrverträge der vier Kammern (30.9.)"],
        ["Kammer", "2016", "dar. Frauen", "2017", "dar. Frauen"],
        *table(HWK, *columns),
    ]


@ordinary
def several_sheets_named_after_what_they_hold():
    return {
        "Deckblatt": [["Allianz für Aus- und Weiterbildung"], ["Jahresmeldung 2016 der IHKs"]],
        "EQ": [["Plätze Einstiegsqualifizierung 2016"], ["Kammer", "Anzahl"], *table(IHK, (EQ, 2016))],
        "Betriebe": [["Beratene Betriebe 2016"], ["Kammer", "Anzahl"], *table(IHK, (ADVISED, 2016))],
    }


def form_of(code, name):
    return [
        ["", "Kammerumfrage – Berichtsjahr 2017"],
        [],
        ["", "Kammer:", name],
        [],
        ["", "1. Ausbildung"],
        ["", "Neue Ausbildungsverträge zum 30.09.2017", "", figure(CONTRACTS, 2017, code)],
        ["", "darunter weiblich", "", figure(CONTRACTS, 2017, code, "W")],
        [],
        ["", "2. Betriebe"],
        ["", "Beratene Betriebe", "", figure(ADVISED, 2017, code)],
        ["", "Geführte Beratungsgespräche", "", figure(ADVICE, 2017, code)],
        [],
        ["", "Bitte bis 31.01.2018 zurücksenden."],
    ]


@ordinary
def a_form_for_each_chamber_on_a_sheet_of_its_own():
    return {name: form_of(code, name) for code, name in CHAMBERS.items()}


@ordinary
def contracts_divided_beside_their_total():
    rows = table(CHAMBERS, (CONTRACTS, 2017), (CONTRACTS, 2017, "W"))
    divided = [
        [name, place * 17 + 3, whole.value - place * 17 - 3, whole, women]
        for place, (name, whole, women) in enumerate(rows, 1)
    ]
    return [
        ["Neu eingetragene Ausbildungsverträge zum 30.09.2017"],
        [],
        ["Kammer", "mit Hauptschulabschluss", "mit anderem Abschluss", "insgesamt", "dar. Frauen"],
        *divided,
        ["Summe", *totals(divided)],
    ]


@ordinary
def lines_of_a_program_above_its_table():
    return [
        ["Auswertung", "Neu abgeschlossene Ausbildungsverträge"],
        ["Mandant", "Handwerkskammer Aachen"],
        ["Stichtag", "30.09."],
        ["Benutzer", "m.berger"],
        ["Erstellt", "04.10.2017 09:12:40"],
        [],
        ["Jahr", "KldB", "Berufshauptgruppe", "Verträge", "davon weiblich"],
        *(
            [
                2016,
                code,
                label,
                figure(CONTRACTS, 2016, "HWK-00033", "_T", code),
                figure(CONTRACTS, 2016, "HWK-00033", "W", code),
            ]
            for code, label in (("24", "Metallbau"), ("33", "(Innen-)Ausbauberufe"), ("93", "Gestaltung"))
        ),
    ]


@ordinary
def grant_numbers_and_other_bodies_around_the_mentors():
    rows = table(CHAMBERS, (MENTORS, 2016), (MENTORS, 2017))
    return [
        ["Programm „Willkommenslotsen“ – besetzte Stellen bei den Kammern (Personen)"],
        [],
        ["lfd. Nr.", "Kammer", "Zuwendungs-Nr.", "31.12.2016", "31.12.2017"],
        *([place, name, f"WK-{1600 + 7 * place}", *rest] for place, (name, *rest) in enumerate(rows, 1)),
        [],
        ["Ohne Freie Berufe und sonstige Träger."],
    ]


@ordinary
def towns_in_sections_of_their_kinds_below_a_title_of_their_land():
    towns = [
        [
            [name.rpartition(" ")[2], *row[1:]]
            for name, row in zip(part.values(), table(part, (EQ, 2017)), strict=True)
        ]
        for part in (IHK, HWK)
    ]
    return [
        ["Plätze EQ in NRW"],
        ["Kammer", 2017],
        ["Industrie- und Handelskammern"],
        *towns[0],
        ["zusammen", *totals(towns[0])],
        ["Handwerkskammern"],
        *towns[1],
        ["zusammen", *totals(towns[1])],
    ]


@ordinary
def kinds_and_seats_with_their_sums():
    towns = {"IHK": {"IHK-101": "Aachen", "IHK-118": "Dortmund", "IHK-172": "Siegen"}}
    towns["HWK"] = {"HWK-00033": "Aachen", "HWK-00037": "Dortmund", "HWK-00034": "Münster"}
    rows = []
    for kind, part in towns.items():
        own = [[kind, *row] for row in table(part, (EQ, 2016), (EQ, 2017))]
        rows += [*own, [kind, "Summe", *totals(own, 2)]]
    return [["Plätze EQ in Nordrhein-Westfalen"], ["Kammerart", "Sitz", 2016, 2017], *rows]


@ordinary
def chambers_beside_their_associations():
    rows = [["IHK NRW", *row] for row in table(IHK, (EQ, 2017), (WON, 2017))]
    return [
        ["Land", "Verband", "Kammer", "EQ-Plätze 2017", "Neue Ausbildungsbetriebe 2017"],
        *(["Nordrhein-Westfalen", *row] for row in rows),
        ["Summe", "", "", *totals(rows, 2)],
    ]


@ordinary
def absolute_values_beside_shares_and_a_rank():
    rows = table(CHAMBERS, (INTERNSHIPS, 2017), (EQ, 2017))
    whole = totals(rows)
    shares = [
        [round(cell.value / of * 100, 1) for cell, of in zip(row[1:], whole, strict=True)] for row in rows
    ]
    ranked = sorted((row[2].value for row in rows), reverse=True)
    return [
        ["Praktikums- und EQ-Plätze 2017"],
        ["", "Praktikumsplätze", "", "EQ-Plätze", "", "Platz (EQ)"],
        ["Kammer", "abs.", "in %", "abs.", "in %", ""],
        *(
            [name, one, of_one, two, of_two, ranked.index(two.value) + 1]
            for (name, one, two), (of_one, of_two) in zip(rows, shares, strict=True)
        ),
        ["Summe", whole[0], 100, whole[1], 100],
    ]


@ordinary
def a_form_of_one_year_whose_labels_have_no_heading():
    names = {ADDITIONAL: "Zusätzliche Lehrstellen", EQ: "EQ-Plätze", ADVICE: "Anzahl Beratungen"}
    rows = [[name, figure(indicator, 2017, "IHK-172")] for indicator, name in names.items()]
    return [["IHK Siegen"], ["Jahresmeldung"], [], ["", 2017], *rows]


@ordinary
def an_indicator_named_by_both_halves_of_a_title():
    rows = table(CHAMBERS, (CONTRACTS, 2016), (CONTRACTS, 2017))
    return [["Lehrverträge nach Kammern (neu abgeschlossen, 30.09.)"], ["Kammer", "2016", "2017"], *rows]


@ordinary
def advice_by_what_is_counted_and_in_quarters():
    rows = []
    for name, year in table(IHK, (ADVISED, 2017)):
        quarter = year.value // 4
        rows.append([name, quarter, quarter + 3, quarter - 5, year.value - 3 * quarter + 2, year])
    advice = table(IHK, (ADVISED, 2016), (ADVICE, 2016))
    return {
        "Quartale": [["Beratene Betriebe 2017"], ["Kammer", "I", "II", "III", "IV", "Jahr"], *rows],
        "Beratung": [["Ausbildungsberatung 2016"], ["Kammer", "Betriebe", "Gespräche"], *advice],
    }


@ordinary
def trainees_in_the_title_over_new_contracts():
    return [
        ["Lehrlinge 2017"],
        ["Kammer", "Neuabschlüsse", "2. Lehrjahr"],
        *([*row, 40 + place] for place, row in enumerate(table(HWK, (CONTRACTS, 2017)))),
        [],
        ["Zeichenerklärung: – nichts vorhanden; . Zahlenwert unbekannt"],
        ["4 von 4 Kammern haben gemeldet"],
    ]
