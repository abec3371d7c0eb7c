"""The contents of a report beside measures and indicators, in words whose grammar and rounding are right."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from reporting.frozen import codes
from reporting.frozen.schema import Participation, SnapshotData, TargetData, Text
from reporting.renderers.composition import compose
from reporting.renderers.grammar import counted, listed, of_counted
from reporting.renderers.pdf import render_pdf
from tests.reporting.recorded_versions import full_snapshot
from tests.reporting.renderers.reading import (
    pictures_of,
    rows_of,
    sentences_of,
    table_of,
)
from tests.reporting.sample_contents import sample_market
from tests.reporting.sample_snapshot import SHA256, make_snapshot, sample_resolutions, silent, told


def full(**changes) -> SnapshotData:
    return replace(full_snapshot(), scope=None, **changes)


def composed(language: str, **changes):
    return compose(full(**changes), language, sha256=SHA256)


def with_headline(
    value: int, target: TargetData | None = None, attainment: str | None = None
) -> SnapshotData:
    """The report with one headline figure: additional places, with this value in 2016."""
    snapshot = make_snapshot()
    measure = next(each for each in snapshot.measures if each.code == "M04")
    (places,) = measure.indicators
    before, now = places.years
    now = replace(
        now,
        amount=told(value, 133, 133),
        target=target,
        attainment=None if attainment is None else Decimal(attainment),
        notes=(),
    )
    places = replace(places, years=(before, now), lands=())
    return replace(snapshot, measures=(replace(measure, indicators=(places,)),))


@pytest.mark.parametrize(
    ("language", "value", "target", "attainment", "sentence"),
    [
        (
            "de",
            19_999,
            TargetData(value=Decimal(20_000)),
            "0.99995",
            (
                "Zusätzlich angebotene Ausbildungsplätze: Für 2016 wurden 19.999 Plätze gemeldet. Das sind "
                ">\u202f99,9\u202f% des Zielwerts von 20.000 Plätzen; es fehlt 1 Platz. Das sind 12.699 "
                "Plätze (174\u202f%) mehr als 2015."
            ),
        ),
        (
            "de",
            1,
            TargetData(value=Decimal(1)),
            "1",
            (
                "Zusätzlich angebotene Ausbildungsplätze: Für 2016 wurde 1 Platz gemeldet. Damit ist "
                "der Zielwert von 1 Platz genau erreicht. Das sind 7.299 Plätze (>\u202f99,9\u202f%) "
                "weniger als 2015."
            ),
        ),
        (
            "en",
            19_999,
            TargetData(value=Decimal(20_000)),
            "0.99995",
            (
                "Additional training places offered: 19,999 places were reported for 2016. That is "
                ">\u202f99.9% of the target of 20,000 places; 1 place is lacking. That is 12,699 places "
                "(174%) more than in 2015."
            ),
        ),
        (
            "en",
            1,
            TargetData(value=Decimal(4), is_ceiling=True),
            "0.25",
            (
                "Additional training places offered: 1 place was reported for 2016. That is 25% of the upper "
                "limit of 4 places. That is 7,299 places (>\u202f99.9%) fewer than in 2015."
            ),
        ),
        (
            "de",
            25_000,
            TargetData(value=Decimal(20_000)),
            "1.25",
            "Damit ist der Zielwert von 20.000 Plätzen übertroffen (125\u202f%).",
        ),
        (
            "de",
            20_001,
            TargetData(value=Decimal(20_000)),
            "1.00005",
            "Damit ist der Zielwert von 20.000 Plätzen übertroffen (>\u202f100\u202f%).",
        ),
        ("de", 7_300, None, None, "Die Zahl ist dieselbe wie 2015."),
        ("de", 7_301, None, None, "Das ist 1 Platz (<\u202f0,1\u202f%) mehr als 2015."),
        ("en", -1, None, None, "−1 place was reported for 2016."),
        ("de", -1, None, None, "Für 2016 wurde −1 Platz gemeldet."),
    ],
)
def test_a_headline_figure_reads_as_a_sentence(language, value, target, attainment, sentence):
    snapshot = with_headline(value, target, attainment)

    assert sentence in sentences_of(compose(snapshot, language, sha256=SHA256))


def test_a_share_just_below_the_whole_is_never_called_reached():
    below = with_headline(19_999, TargetData(value=Decimal(20_000)), "0.99995")

    text = sentences_of(compose(below, "de", sha256=SHA256))

    assert "Der eine für 2016 gesetzte Zielwert wurde nicht erreicht." in text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            [
                "Freigegeben sind die Meldungen von 147 der 150 für 2016 meldepflichtigen Organisationen.",
                (
                    "Vier Zielwerte waren für 2016 gesetzt: zwei wurden nicht erreicht und für zwei lässt es "
                    "sich noch nicht sagen."
                ),
                (
                    "Am 30. September 2016 stand einem Angebot von 563.751 Plätzen eine Nachfrage "
                    "(erweiterte Definition) von 600.915 Personen gegenüber: 93,8 Plätze auf je 100 Personen"
                ),
                "43.478 Stellen blieben unbesetzt; 20.550 Bewerberinnen und Bewerber blieben ohne",
                "Es fehlen vollständige Zahlen zu „Mit drei Angeboten“.",
            ],
        ),
        (
            "en",
            [
                "The reports of 147 of the 150 organisations due for 2016 are approved.",
                "targets had been set for 2016: two were not reached and for two it cannot be stated yet.",
                (
                    "there was a supply of 563,751 places and a demand (extended definition) of 600,915 "
                    "persons: 93.8 places for every 100 people who wanted one."
                ),
                "43,478 places were unfilled; 20,550 applicants were without a place.",
                "complete numbers are lacking for “With three offers”.",
            ],
        ),
    ],
)
def test_the_summary_is_made_from_the_numbers(language, expected):
    text = sentences_of(composed(language))

    assert [each for each in expected if each not in text] == []


@pytest.mark.parametrize(
    ("due", "approved", "sentence"),
    [
        (1, 1, "Die eine für 2016 meldepflichtige Organisation hat gemeldet"),
        (2, 2, "Beide für 2016 meldepflichtigen Organisationen haben gemeldet"),
        (3, 3, "Alle drei für 2016 meldepflichtigen Organisationen haben gemeldet"),
        (3, 1, "Freigegeben ist die Meldung von einer der drei für 2016 meldepflichtigen Organisationen."),
        (3, 0, "Von den drei für 2016 meldepflichtigen Organisationen ist noch keine Meldung freigegeben."),
    ],
)
def test_who_has_reported_reads_right_for_one_and_for_many(due, approved, sentence):
    group = Participation(code="DIHK", name=Text(de="DIHK"), due=due, approved=approved)

    document = composed("de", participation=(group,))

    assert sentence in sentences_of(document)
    assert sentence in sentences_of(document, "participation")  # no table of one line


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "zurückverfolgen, aus denen sie stammt. Wo Zahlen fehlen"),
        ([1], "lässt sich die eine Leitzahl angeben."),
        ([None], "lässt sich die eine Leitzahl nicht angeben."),
        ([1, 2], "lassen sich beide Leitzahlen angeben."),
        ([None, None], "lässt sich keine der zwei Leitzahlen angeben."),
        ([1, None, None], "lässt sich eine der drei Leitzahlen angeben."),
        ([1, 2, None], "lassen sich zwei der drei Leitzahlen angeben."),
    ],
)
def test_how_many_headline_figures_there_are_reads_right(values, sentence):
    snapshot = with_headline(7_300)
    [measure] = snapshot.measures
    [places] = measure.indicators
    headlines = tuple(
        replace(
            places, years=(replace(places.years[-1], amount=silent(1) if each is None else told(each, 1, 1)),)
        )
        for each in values
    )

    of_headlines = replace(snapshot, measures=(replace(measure, indicators=headlines),))

    assert sentence in sentences_of(compose(of_headlines, "de", sha256=SHA256))


def test_ratio_that_is_printed_as_before_has_not_changed():
    market = sample_market()
    [ratio] = [each for each in market.series if each.code == codes.EANR]
    before, now = ratio.amounts[-2:]
    close = replace(ratio, amounts=(replace(before, value=now.value + Decimal("0.0001")), now))
    series = tuple(close if each is ratio else each for each in market.series)

    assert "Die Relation ist dieselbe wie" in sentences_of(
        composed("de", market=replace(market, series=series, breaks=()))
    )


def test_nouns_follow_their_number_and_case():
    with override("de"):
        assert [counted(value, "places") for value in (0, 1, -1, 2)] == [
            "0 Plätze",
            "1 Platz",
            "−1 Platz",
            "2 Plätze",
        ]
        assert [of_counted(value, "companies") for value in (1, 1_000)] == ["1 Betrieb", "1.000 Betrieben"]
        assert [counted(Decimal(value), "EUR") for value in ("1.5", "2")] == ["1,50 Euro", "2 Euro"]
        assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
            "",
            "A",
            "A und B",
            "A, B und C",
        ]


def test_every_section_has_its_place_and_none_is_empty():
    sections = composed("de").sections

    assert [each.anchor.removeprefix("report-") for each in sections] == [
        "glance",
        "objectives",
        "market",
        "offers",
        "measures",
        "contributions",
        "participation",
        "groups",
        "funding",
        "results",
        "resolutions",
        "changes",
        "methods",
        "annex",
    ]
    assert [each.anchor for each in sections if not each.blocks] == []


def test_tables_and_pictures_are_numbered_in_reading_order_and_named_once():
    blocks = [block for each in composed("en").sections for block in each.blocks]

    for word, kind in (("Table", "table"), ("Figure", "picture")):
        numbers = [block.number for block in blocks if block.kind == kind]
        assert numbers == [f"{word} {number}" for number in range(1, len(numbers) + 1)]
    anchors = [block.anchor for block in blocks if hasattr(block, "anchor")]
    assert len(anchors) == len(set(anchors))


def test_charts_and_map_come_from_the_specifications_of_the_dashboards():
    found = {picture.anchor: picture for picture in pictures_of(composed("de"))}

    assert set(found) == {"chart-attainment", "chart-market", "chart-market-map", "chart-offers"}
    assert "Bruch in der Zeitreihe ab 2016: neues Fachverfahren der BA." in found["chart-market"].alternative
    assert "Hamburg: 91,0" in found["chart-market-map"].alternative
    assert "4\u202f% der Eingeladenen" in found["chart-offers"].alternative


def test_market_offers_and_money_are_printed_with_their_gaps():
    document = composed("de")

    assert rows_of(document, "market")[-1] == [
        "Anteil unbesetzter betrieblicher Stellen",
        "nicht gemeldet",
        "8,0\u202f%",
    ]
    assert rows_of(document, "offers")[2] == ["Mit drei Angeboten", "585", "4,0\u202f%", "132 von 132"]
    assert rows_of(document, "funding") == [
        ["Assistierte Ausbildung (AsA)", "Bundeshaushalt", "nicht gemeldet", "48.250.001"],
        ["Europäischer Sozialfonds (ESF)", "nicht gemeldet", "nicht gemeldet"],
        ["Willkommenslotsen in den Kammern", "Bundeshaushalt", "3.100.000", "6.840.000"],
    ]


def test_the_day_of_a_meeting_stands_once():
    first, *_others = sample_resolutions()
    named = replace(first, meeting=Text(de="Sitzung am 12. Dezember 2014"))

    def origin(resolution) -> str:
        document = composed("de", resolutions=(resolution,))
        section = next(each for each in document.sections if each.anchor == "report-resolutions")
        return section.blocks[-1].rows[0].cells[0].small

    due = "fällig am 31. Dezember 2015"
    assert origin(first) == f"Unterzeichnung der Allianz, 12. Dezember 2014; {due}"
    assert origin(named) == f"Sitzung am 12. Dezember 2014; {due}"


def test_what_changed_is_printed_with_its_reasons():
    document = composed("de")
    places = "Zusätzlich angebotene Ausbildungsplätze"

    assert rows_of(document, "changes") == [
        [
            places,
            "2015",
            "7.150",
            "7.300",
            "3 Organisationen mehr haben gemeldet; HWK Berlin: Doppelzählung",
        ]
    ]
    assert rows_of(document, "changes-parts") == [
        [places, "Berlin", "2015", "410", "260", "korrigierte Werte wurden freigegeben"],
        [places, "Handwerk", "2015", "2.100", "2.250", "siehe die Gründe beim Gesamtwert"],
    ]
    assert rows_of(document, "changes-definitions") == [
        [
            places,
            "Definition",
            "Plätze mehr als 2014",
            "Plätze mehr als im Basisjahr der Zusage (2014)",
        ],
        [places, "Zielwert 2015", "–", "20.000"],
    ]
    text = sentences_of(document, "changes")
    assert "Neu ist die Kennzahl „Willkommenslotsen“." in text
    assert "Die Kennzahl „Betriebsbesuche“ wird nicht mehr erhoben." in text


def test_a_correction_stands_apart_and_tells_no_number_that_was_withheld():
    (row,) = rows_of(composed("de"), "corrections-parts")

    assert row[1:] == [
        "Industrie- und Handelskammern",
        "2016",
        "geheim gehalten",
        "11.040",
        "nicht mehr geheim gehalten",
    ]


def test_a_report_whose_numbers_have_not_changed_says_so():
    (found, _correction) = full().changes
    unchanged = replace(found, rows=(), definitions=(), added=(), dropped=())

    text = sentences_of(composed("en", changes=(unchanged,)), "changes")

    assert text.endswith("No number that both reports have reads otherwise now.")


def test_every_mark_of_a_table_has_its_note_and_every_note_its_mark():
    for section in composed("de").sections:
        for block in section.blocks:
            if block.kind == "table":
                marks = {mark for row in block.rows for cell in row.cells for mark in cell.marks}
                assert marks == {mark for mark, _text in block.notes}


def test_withheld_numbers_are_named_and_not_printed():
    table = table_of(composed("de"), "lands-post_offered_3")

    assert [row.cells[1].text for row in table.rows] == ["geheim gehalten", "geheim gehalten", "578", "585"]


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        (
            "de",
            [
                "2015: 7.300 Plätze",
                "2016: 18.118 Plätze",
                "2015: 19.020 Plätze",
                "2015: 5.000 Personen",
                "2016: 140 Lotsinnen und Lotsen",
            ],
        ),
        (
            "en",
            [
                "2015: 7,300 places",
                "2016: 18,118 places",
                "2015: 19,020 places",
                "2015: 5,000 persons",
                "2016: 140 mentors",
            ],
        ),
    ],
)
def test_the_practice_description_states_what_its_source_states(language, numbers):
    document = compose(replace(full(), report_type="practice"), language, sha256=SHA256)

    outputs = next(each for each in document.sections if each.anchor == "practice-outputs")
    text = "\n".join(item for block in outputs.blocks for item in block.items)
    assert [number for number in numbers if number not in text] == []
    assert [each.anchor.removeprefix("practice-") for each in document.sections] == [
        "profile",
        "objectives",
        "groups",
        "activities",
        "funding",
        "outputs",
        "outcomes",
        "lessons",
        "sources",
    ]
    profile = {fact.label: fact.text for fact in document.sections[0].blocks[0].facts}
    assert "Allianz für Aus- und Weiterbildung" in profile.values()
    assert any(text.startswith(("Dezember 2014", "December 2014")) for text in profile.values())


def test_the_practice_description_is_a_tagged_document_as_well():
    assert render_pdf(replace(full(), report_type="practice"), "en", sha256=SHA256).startswith(b"%PDF")
