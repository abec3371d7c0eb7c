"""Which indicator a text names in more, other or shorter words than the catalogue has."""

import pytest

from measures.importing.text.names import NameIndex

NAMED = {
    "Zahl der im Jahr angebotenen EQ-Plätze": "training_placements",
    "Anzahl neu abgeschl. Lehrverträge z. Stichtag 30.9.": "new_contracts",
    "Neu abgeschl. Lehr-/Ausb.verträge, am 30.9. noch bestehend": "new_contracts",
    "Geführte Beratungsgespr.": "consultations",
    "Praktikumspl. (nach Qual.standard)": "internships",
    "Zusätzl. Ausbildungsplätze, Basisjahr 2014": "additional_places",
    "Additional training places compared with 2014": "additional_places",
    "Companies advised (each company counts once)": "companies_advised",
    "Beratene Betriebe, ohne Vertragsabschluss im Vorjahr": "companies_advised",
    "Anz. der Willkommens-lotsen (31. Dez.)": "welcome_mentors",
    "Überwiegend öffentlich finanzierte neue Ausbildungsverträge": "non_company_contracts",
    "Personen mit mind. 2 Angeboten": "post_offered_2",
    "Wie viele Betriebe wurden beraten?": "companies_advised",
    "Wie viele Betriebe bilden erstmals oder wieder aus?": "companies_won",
    "Wie viele Ausbildungsverträge wurden bis 30.09. neu abgeschlossen?": "new_contracts",
    "Wie viele Betriebe haben EQ-Plätze angeboten?": None,
    "Wie viele Betriebe wurden nicht beraten?": None,
    "in der Nachvermittlung in EQ vermittelte Jugendliche": "post_placed_eq",
    "davon in Ausbildung vermittelte Bewerber": "post_placed_training",
    "Berufseinstiegsbegleitung: begleitete Schüler/-innen": "mentored_pupils",
}
RESTRICTED = (
    "Beratene Betriebe ohne Vertrag",
    "Beratene Betriebe mit Vertragsabschluss im Vorjahr",
    "Beratene Betriebe, mehrmals",
    "Betriebe mit EQ-Plätzen",
    "EQ-Betriebe",
    "EQ-Plätze je Betrieb",
    "EQ-Plätze (unbesetzt)",
    "Beratungen Betriebe",
    "Zusätzliche Ausbildungsplätze (Zusage)",
    "Zusätzliche Ausbildungsplätze gegenüber 2015",
    "Zusätzliche Ausbildungsplätze gegenüber dem Vorjahr",
    "Zusätzliche Ausbildungs- und Praktikumsplätze",
    "Neue Ausbildungsverträge in Teilzeit",
    "Neu abgeschl. Ausb.verträge, verkürzt",
    "Neu abgeschlossene Ausbildungsverträge am 31.12.",
    "Willkommenslotsen am 30.9.",
    "Willkommenslotsen, bewilligte Stellen",
    "Unversorgte Bewerber mit Alternative",
    "Gew. Ausbildungsbetriebe",
    "Unversorgte Bewerber in der Nachvermittlung",
    "Praktikumsplätze ohne Qualitätsstandard",
    "Nicht in Ausbildung vermittelt",
    "New training contracts in IT",
    "Companies advised by phone",
)


@pytest.fixture(scope="module")
def names(vocabulary):
    return NameIndex(vocabulary)


@pytest.mark.parametrize("text", NAMED)
def test_text_whose_every_word_is_explained_names_its_indicator(names, text):
    assert names.exact("indicator", text) == NAMED[text]


@pytest.mark.parametrize("text", RESTRICTED)
def test_text_with_a_word_more_names_no_indicator(names, text):
    assert names.exact("indicator", text) is None


@pytest.mark.parametrize("text", ["HWK f. München u. Obb.", "HWK München und Oberb."])
def test_chamber_is_known_by_words_cut_short(names, text):
    assert names.exact("organisation", text) == names.exact("organisation", "HWK für München und Oberbayern")


@pytest.mark.parametrize("text", ["HWK f. Mün.", "HWK F. u. O.", "IHK f. Ob."])
def test_what_may_be_several_chambers_or_none_stays_unknown(names, text):
    assert names.exact("organisation", text) is None


@pytest.mark.parametrize("text", ["für Geflüchtete", "davon für Geflüchtete", "Geflüchtete/Flüchtlinge"])
def test_group_is_known_behind_a_preposition_and_by_two_words_for_it(names, text):
    assert names.exact("target_group", text) == "J5"


@pytest.mark.parametrize(
    "text", ["Geflüchtete/Frauen", "ohne Geflüchtete", "Frauen und Mädchen mit Behinderung"]
)
def test_two_groups_or_a_restriction_are_no_group(names, text):
    assert names.exact("target_group", text) is None
