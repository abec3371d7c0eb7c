"""More names of indicators than the catalogue has, as people write them."""

from __future__ import annotations

INDICATOR_SYNONYMS: dict[str, tuple[str, ...]] = {
    "new_contracts": (
        "NAA",
        "Neu eingetragene Lehrlinge",
        "Neu abgeschlossene Verträge",
    ),
    "additional_places": (
        "Zusätzliche Ausbildungsplätze",
        "Zusätzlich gewonnene Ausbildungsplätze",
        "Zusätzlich eingeworbene Ausbildungsplätze",
        "Zusätzlich geschaffene Ausbildungsplätze",
        "Zusätzliche betriebliche Ausbildungsplätze",
        "Zusätzlich angebotene betriebliche Ausbildungsplätze",
    ),
    "training_placements": (
        "Einstiegsqualifizierungen",
        "EQ-Plätze",
        "EQ-Angebote",
        "Betriebliche EQ-Plätze",
        "EQ-Plätze in Betrieben",
    ),
    "assisted_starts": (
        "Teilnehmereintritte AsA",
        "Zugänge in AsA",
        "Zugang AsA",
        "Eintritte von Teilnehmenden in AsA",
    ),
    "welcome_mentors": (
        "Willkommenslotsen im Einsatz",
        "Beschäftigte Willkommenslotsen",
        "Tätige Willkommenslotsen",
    ),
    "non_company_contracts": (
        "Neu abgeschlossene außerbetriebliche Ausbildungsverträge",
        "Neu abgeschlossene überwiegend öffentlich finanzierte Ausbildungsverträge",
    ),
    "companies_won": (
        "Gewonnene Ausbildungsbetriebe",
        "Neu gewonnene Ausbildungsbetriebe",
        "Neue Ausbildungsbetriebe",
        "Neu ausbildende Betriebe",
        "Erstmals ausbildende Betriebe",
        "Betriebe, die erstmals ausbilden",
        "Betriebe, die erstmals oder wieder ausbilden",
    ),
    "internships": (
        "Praktikumsplätze",
        "Praktikumsplätze mit Qualitätsstandard",
        "Praktikumsplätze gemäß Qualitätsstandard",
        "Praktikumsplätze entsprechend dem Qualitätsstandard",
        "Praktikumsplätze mit Qualitätsstandards",
    ),
    "unfilled_30sep": (
        "UBA",
        "Unbesetzte Ausbildungsstellen",
        "Unbesetzte Berufsausbildungsstellen am Stichtag",
        "Unbesetzte Stellen",
        "Unbesetzt gebliebene Ausbildungsstellen",
        "Unbesetzte gemeldete Ausbildungsstellen",
    ),
    "unplaced_30sep": (
        "UVB",
        "Unversorgte Bewerber",
        "Unversorgte Bewerber am Stichtag",
        "Noch nicht versorgte Bewerber",
    ),
    "still_searching_30sep": ("Noch suchende Bewerber",),
    "with_alternative_30sep": ("Bewerber mit Alternative",),
    "post_invited": ("Zur Nachvermittlung eingeladene Personen", "Zur Nachvermittlung eingeladene Bewerber"),
    "post_appeared": (
        "Zur Nachvermittlung erschienene Personen",
        "Zur Nachvermittlung erschienene Bewerber",
    ),
    "post_offered_1": ("Mindestens ein Angebot",),
    "post_offered_2": ("Mindestens zwei Angebote",),
    "post_offered_3": ("Mindestens drei Angebote",),
    "post_placed_training": ("Vermittlung in Ausbildung", "Vermittlungen in Ausbildung"),
    "post_placed_eq": ("In EQ vermittelt", "Vermittlung in EQ", "Vermittlungen in Einstiegsqualifizierung"),
    "post_placed_other": ("Vermittlung in Schule oder Maßnahme", "Vermittlung in Schule/Maßnahme"),
    "mentored_pupils": (
        "Begleitete Schüler",
        "Schüler in Berufseinstiegsbegleitung",
        "Teilnehmende Berufseinstiegsbegleitung",
    ),
    "expenditure": ("Aufwendungen", "Finanzielle Aufwendungen", "Aufwendungen in Euro"),
    "orientation_laender": (
        "Konzept zur Berufsorientierung",
        "Konzept zur Berufsorientierung vorhanden",
        "Konzept zur Berufsorientierung liegt vor",
        "Konzept zur beruflichen Orientierung",
        "Konzept zur beruflichen Orientierung vorhanden",
        "Landeskonzept zur Berufsorientierung",
        "Land hat ein Konzept zur Berufsorientierung",
    ),
    "week_events": ("Veranstaltungen zur Woche der Ausbildung",),
}
"""Found by what they say, so that their words may stand in any order and with any ending."""

LEGAL_BASES: dict[str, tuple[str, ...]] = {
    "training_placements": ("54a",),
    "assisted_starts": ("130",),
    "mentored_pupils": ("49", "421s"),
    "new_contracts": ("86",),
}
"""The sections of the law by which an indicator's measure is called: ``AsA nach § 130 SGB III``."""

FIELD_WORDS: dict[str, tuple[str, ...]] = {
    "new_contracts": (
        *("Lehrverträge", "Ausbildungsverträge", "Neuabschlüsse", "Neuverträge", "Lehrlinge"),
        *("Eintragungen", "Neueintragungen"),
    ),
    "additional_places": ("Ausbildungsplätze", "Mehrplätze", "Zusatzplätze"),
    "internships": ("Praktika", "Praktikumsplätze"),
    "companies_advised": ("Beratungsbetriebe", "Ausbildungsberatung"),
    "consultations": ("Beratungsgespräche", "Ausbildungsberatung"),
    "welcome_mentors": ("Lotsen",),
}
"""Words of which the name of a sheet may be short for; by themselves they do not name the indicator."""

TOPICS: dict[str, dict[str, str]] = {
    topic: {"companies": "companies_advised", "consultations": "consultations"}
    for topic in ("beratung", "ausbildungsberatung", "betriebsberatung", "beratung von betrieben")
}
"""What is counted below a heading that names a topic, by its unit: ``Beratung`` over ``Betriebe``."""
