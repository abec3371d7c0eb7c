"""Words for units and factors, as headings and titles write them."""

from __future__ import annotations

# Words in a heading that name the unit and so say nothing about the group.
UNIT_WORDS = (
    "Anzahl",
    "Personen",
    "Plätze",
    "Eintritte",
    "Betriebe",
    "Verträge",
    "Fälle",
    "Angebote",
    "Beratungen",
    "Stellen",
    "Veranstaltungen",
    "Wert",
    "EUR",
    "Euro",
    "in EUR",
    "in Euro",
    *("absolut", "abs."),
    "Count",
    "Jahr",
    "Jahreswert",
    "Number",
    "Places",
    "Starts",
    "Persons",
    "Companies",
    "Contracts",
)


# What a word for units counts; the units are those of the catalogue. ``Anzahl`` and ``Fälle`` count anything.
UNIT_OF_WORD: dict[str, str] = {
    **dict.fromkeys(
        ("Plätze", "Platz", "Stellen", "Ausbildungsplätze", "Ausbildungsstellen", "Places"), "places"
    ),
    **dict.fromkeys(
        ("Personen", "Teilnehmende", "Teilnehmer", "Jugendliche", "Jugendlichen", "Bewerber", "Persons"),
        "persons",
    ),
    **dict.fromkeys(("Betriebe", "Unternehmen", "Firmen", "Companies"), "companies"),
    **dict.fromkeys(("Verträge", "Ausbildungsverträge", "Contracts"), "contracts"),
    **dict.fromkeys(("Lehrlinge", "Auszubildende", "Azubis", "Trainees"), "trainees"),
    **dict.fromkeys(("Beratungen", "Beratungsgespräche", "Gespräche", "Consultations"), "consultations"),
    **dict.fromkeys(("Angebote", "Offers"), "offers"),
    **dict.fromkeys(("Veranstaltungen", "Events"), "events"),
    **dict.fromkeys(("EUR", "Euro", "in EUR", "in Euro"), "EUR"),
}

OF_UNITS = frozenset(("einheit", "masseinheit", "me", "unit", "units", "einh"))
"""Folded headings of columns that say what the values beside them count."""

UNIT_COUNTED_AS = {"mentors": "persons", "places": "offers", "contracts": "trainees"}
"""What a heading may call units of the catalogue: places are offered, each contract is of one trainee."""


FACTOR_WORDS: dict[str, int] = {
    "in Tsd.": 1_000,
    "Tsd.": 1_000,
    "in Tausend": 1_000,
    "Tausend": 1_000,
    "in 1.000": 1_000,
    "in 1 000": 1_000,
    "in 1000": 1_000,
    "1.000": 1_000,
    "Tsd. Personen": 1_000,
    "in T€": 1_000,
    "TEUR": 1_000,
    "in TEUR": 1_000,
    "Tsd. EUR": 1_000,
    "Tsd. Euro": 1_000,
    "in Tsd. Euro": 1_000,
    "in Tsd. EUR": 1_000,
    "Anzahl in Tsd.": 1_000,
    "in Mio.": 1_000_000,
    "Mio.": 1_000_000,
    "Mio. EUR": 1_000_000,
    "Mio. Euro": 1_000_000,
    "in Mio. EUR": 1_000_000,
    "in Mio. Euro": 1_000_000,
    "in Millionen": 1_000_000,
}
