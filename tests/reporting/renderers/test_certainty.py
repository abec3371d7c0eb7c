"""What a report claims of incomplete numbers, of numbers counted otherwise, and of a part of the Alliance."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from reporting.editions.deriving import derive
from reporting.editions.types import REPORT_TYPES
from reporting.frozen.contents import SeriesBreakData
from reporting.frozen.schema import Basis, IndicatorData, PartRow, SnapshotData, TargetData, Text
from reporting.frozen.values import Amount, AmountState
from reporting.renderers import wording
from reporting.renderers.blocks import HeadingBlock, TableBlock, plain_text
from reporting.renderers.composition import compose
from tests.reporting.recorded_versions import full_snapshot
from tests.reporting.renderers.reading import blocks_of, rows_of, sentences_of, table_of, tiles_of
from tests.reporting.sample_contents import sample_market, sample_offers
from tests.reporting.sample_snapshot import SHA256, make_snapshot, silent, told

BREAK = SeriesBreakData(
    indicator="additional_places", year=2016, reason=Text(de="neu gezählt", en="counted anew")
)
NOT_COMPARABLE = Amount(state=AmountState.NOT_COMPARABLE, reported=61, due=81)


def with_places(**changes) -> SnapshotData:
    """The report with additional places alone, 7,300 in 2015 and 18,118 in 2016."""
    snapshot = make_snapshot()
    measure = next(each for each in snapshot.measures if each.code == "M04")
    (places,) = measure.indicators
    return replace(snapshot, measures=(replace(measure, indicators=(replace(places, **changes),)),))


def with_target(amount: Amount, target: TargetData, attainment: str) -> SnapshotData:
    (places,) = with_places().indicators
    before, now = places.years
    now = replace(now, amount=amount, target=target, attainment=Decimal(attainment), notes=())
    return with_places(years=(before, now))


def summary(snapshot: SnapshotData, language: str = "de") -> str:
    return sentences_of(compose(snapshot, language, sha256=SHA256))


@pytest.mark.parametrize(
    ("code", "scope", "table", "total"),
    [
        ("annual", "", "lands-additional_places", "Allianz insgesamt"),
        ("land", "11", "groups-post_offered_3", "Berlin insgesamt"),
    ],
)
def test_the_total_of_an_edition_is_named_after_its_part(code, scope, table, total):
    edition = derive(replace(full_snapshot(), scope=None), REPORT_TYPES[code], scope)

    assert rows_of(compose(edition, "de", sha256=SHA256), table)[-1][0] == total


def test_the_total_of_an_umbrellas_laender_is_the_umbrellas():
    document = compose(full_snapshot(), "de", sha256=SHA256)

    assert rows_of(document, "lands-additional_places")[-1][0] == "Bundesagentur für Arbeit insgesamt"


def test_the_report_of_a_part_has_no_place_for_targets_that_it_cannot_have():
    edition = derive(replace(full_snapshot(), scope=None), REPORT_TYPES["land"], "09")
    document = compose(edition, "de", sha256=SHA256)

    assert "Zielwert" not in [column.name for column in table_of(document, "targets").columns]
    assert [tile.lines for tile in tiles_of(document)] == [("1 von 1 gemeldet", "2015: 1.290")]
    assert "was für das Land Bayern gemeldet wurde." in sentences_of(document)
    assert document.subtitle == "Zahlen zu den Maßnahmen der Jahre 2015–2018"
    assert "Zielerreichung" not in str(document)


def test_no_change_is_told_across_a_break_in_the_series():
    assert "10.818 Plätze (148,2\u202f%) mehr als 2015" in summary(with_places())

    text = summary(with_places(breaks=(BREAK,)))

    assert "mehr als 2015" not in text
    assert "Gezählt wird anders als 2015" in text
    notes = table_of(compose(with_places(breaks=(BREAK,)), "de", sha256=SHA256), "additional_places").notes
    assert any("Bruch in der Zeitreihe: neu gezählt" in plain_text(line) for _mark, line in notes)


def test_the_markets_ratio_is_not_compared_across_a_break():
    parted = replace(full_snapshot(), scope=None)
    whole = replace(parted, market=replace(sample_market(), breaks=()))

    assert "Die Relation liegt um 0,4 Punkte höher als 2015." in summary(whole)
    assert "Die Relation" not in summary(parted)


def test_what_is_formed_of_example_values_says_so_in_sentences_and_tiles():
    def as_examples(given):
        return replace(given, qualities=("example",))

    market, offers = sample_market(), sample_offers()
    examples = replace(
        with_target(as_examples(told(16_000, 133, 133)), TargetData(value=Decimal(20_000)), "0.8"),
        market=replace(
            market,
            series=tuple(
                replace(each, amounts=tuple(map(as_examples, each.amounts)))
                if each.code == "supply"
                else each
                for each in market.series
            ),
        ),
        offers=replace(
            offers,
            verdict="not_kept",
            lacking=(),
            stages=tuple(replace(each, amount=as_examples(each.amount)) for each in offers.stages),
        ),
    )
    plain = replace(examples, market=market, offers=replace(offers, verdict="not_kept", lacking=()))

    assert "blieben ohne Ausbildungsplatz. Diese Zahlen enthalten Beispielwerte." in summary(examples)
    assert "wurde nicht eingehalten. Diese Aussage beruht auf Beispielwerten." in summary(examples)
    (tile,) = tiles_of(compose(examples, "de", sha256=SHA256))
    assert "enthält Beispielwerte" in tile.lines
    assert "Diese Zahlen enthalten" not in summary(plain)
    assert "beruht auf Beispielwerten" not in summary(plain)


def test_a_minimum_is_not_compared_with_another_year_and_lacks_at_most_so_much():
    least = with_target(
        told(16_000, 133, 133, basis=Basis.AT_LEAST), TargetData(value=Decimal(20_000)), "0.8"
    )

    text = summary(least)

    assert "Für 2016 wurden mindestens 16.000 Plätze gemeldet." in text
    assert "mindestens 80\u202f% des Zielwerts von 20.000 Plätzen; es fehlen höchstens 4.000 Plätze." in text
    assert "mehr als 2015" not in text
    assert "That is at least 80% of the target of 20,000 places; at most 4,000 places are lacking." in (
        summary(least, "en")
    )


@pytest.mark.parametrize(
    ("value", "reported", "baseline", "attainment", "verdict"),
    [
        (16_000, 133, 0, "0.8", "wurde nicht erreicht"),
        (16_000, 60, 0, "0.8", "lässt sich noch nicht sagen"),
        (21_000, 60, 0, "1.05", "wurde erreicht"),
        (21_000, 60, 30_000, "0.9", "wurde nicht erreicht"),
        (19_000, 60, 30_000, "1.1", "lässt sich noch nicht sagen"),
    ],
)
def test_a_target_is_judged_only_where_what_is_missing_could_not_decide_otherwise(
    value, reported, baseline, attainment, verdict
):
    target = TargetData(value=Decimal(20_000), baseline=Decimal(baseline), baseline_year=2014)

    assert verdict in summary(with_target(told(value, reported, 133), target, attainment))


@pytest.mark.parametrize(
    ("language", "value", "sentence"),
    [
        ("de", 12_000, "Damit ist die Obergrenze von 10.000 Plätzen überschritten (120\u202f%)."),
        ("en", 12_000, "This exceeds the upper limit of 10,000 places (120%)."),
        ("de", 8_000, "Das sind 80\u202f% der Obergrenze von 10.000 Plätzen."),
    ],
)
def test_a_ceiling_is_exceeded_or_used(language, value, sentence):
    target = TargetData(value=Decimal(10_000), is_ceiling=True)

    assert sentence in summary(with_target(told(value, 133, 133), target, str(value / 10_000)), language)


@pytest.mark.parametrize(
    ("language", "value", "sentence"),
    [
        ("de", 12_000, "Das sind 2.000 Plätze mehr als der Zielwert von höchstens 10.000 Plätzen."),
        ("de", 9_000, "Damit ist der Zielwert von höchstens 10.000 Plätzen eingehalten."),
        ("en", 9_000, "This keeps to the target of at most 10,000 places."),
    ],
)
def test_a_target_to_fall_to_is_a_maximum(language, value, sentence):
    target = TargetData(value=Decimal(10_000), baseline=Decimal(14_000), baseline_year=2014)
    attainment = str((14_000 - Decimal(value)) / 4_000)

    assert sentence in summary(with_target(told(value, 133, 133), target, attainment), language)


@pytest.mark.parametrize(
    ("target", "german", "english"),
    [
        (TargetData(value=Decimal(10_000), is_ceiling=True), "höchstens 10.000", "at most 10,000"),
        (
            TargetData(value=Decimal(10_000), baseline=Decimal(14_000), per_year=True),
            "höchstens 10.000 je Jahr",
            "at most 10,000 a year",
        ),
        (TargetData(value=Decimal(10_000), baseline=Decimal(2_000)), "10.000", "10,000"),
    ],
)
def test_a_maximum_is_called_one(target, german, english):
    for language, text in (("de", german), ("en", english)):
        with override(language):
            assert wording.target(target) == text


def test_attainment_counted_from_a_baseline_is_a_part_of_the_way():
    target = TargetData(value=Decimal(10_000), baseline=Decimal(2_000))

    with override("de"):
        assert wording.against_target(target, Decimal("0.5")) == "50\u202f% des Wegs zu 10.000"


def grouped(reported: int) -> IndicatorData:
    (places,) = with_places().indicators
    amounts = (told(1_000, reported, 133), told(2_000, reported, 133))
    return replace(places, groups=(PartRow(code="YOUTH", name=Text(de="Junge"), amounts=amounts),))


@pytest.mark.parametrize(("reported", "share"), [(133, "11,0\u202f%"), (60, "–")])
def test_a_target_groups_share_needs_as_many_organisations_to_state_it(reported, share):
    document = compose(with_places(groups=grouped(reported).groups), "de", sha256=SHA256)

    table = table_of(document, "groups-additional_places")
    assert table.rows[0].cells[4].text == share
    assert any("unterschiedlich vielen" in plain_text(line) for _mark, line in table.notes) is (share == "–")


def test_a_stages_share_of_those_invited_needs_as_many_organisations_to_state_both():
    snapshot = replace(full_snapshot(), scope=None)
    stages = [
        replace(each, amount=told(585, 60, 132)) if each.code == "post_offered_3" else each
        for each in snapshot.offers.stages
    ]
    document = compose(
        replace(snapshot, offers=replace(snapshot.offers, stages=tuple(stages))), "de", sha256=SHA256
    )

    assert rows_of(document, "offers")[2] == ["Mit drei Angeboten", "585", "–", "60 von 132"]


def test_a_ratio_of_the_market_that_is_not_formed_is_printed_with_its_reason():
    market = sample_market()
    series = tuple(
        replace(each, amounts=(NOT_COMPARABLE, NOT_COMPARABLE)) if each.code == "eanr" else each
        for each in market.series
    )
    document = compose(
        replace(full_snapshot(), scope=None, market=replace(market, series=series)), "de", sha256=SHA256
    )

    table = table_of(document, "market")
    row = next(row for row in table.rows if "eANR" in row.cells[0].text)
    assert [cell.text for cell in row.cells[1:]] == ["nicht vergleichbar", "nicht vergleichbar"]
    (mark,) = row.cells[1].marks
    assert "unterschiedlich vielen Organisationen" in plain_text(dict(table.notes)[mark])
    assert "Plätze auf je 100 Personen" not in sentences_of(document)


def test_an_incomplete_sum_is_marked_where_no_column_says_who_reported():
    lands = (PartRow(code="09", name=Text(de="Bayern"), amounts=(told(10, 2, 3), told(12, 3, 3))),)
    document = compose(with_places(lands=lands), "de", sha256=SHA256)

    table = table_of(document, "lands-additional_places")
    assert [bool(cell.marks) for cell in table.rows[0].cells[1:]] == [True, False]
    assert "Nicht alle Meldepflichtigen" in plain_text(table.notes[0][1])


def with_lands(*rows: tuple[str, str, Amount, Amount]):
    lands = tuple(
        PartRow(code=code, name=Text(de=name), amounts=(before, now)) for code, name, before, now in rows
    )
    return compose(with_places(lands=lands), "de", sha256=SHA256)


def test_laender_that_stated_nothing_are_named_below_the_table():
    document = with_lands(
        ("09", "Bayern", told(10, 3, 3), told(12, 3, 3)), ("04", "Bremen", silent(1), silent(1))
    )

    assert [row[0] for row in rows_of(document, "lands-additional_places")] == ["Bayern", "Allianz insgesamt"]
    assert table_of(document, "lands-additional_places").source == "Nicht gemeldet: Bremen."


def test_a_figure_that_no_land_stated_has_no_table_by_land():
    document = with_lands(
        ("04", "Bremen", silent(1), silent(1)),
        ("DE", "Nicht nach Ländern aufgegliedert", told(7_300, 1, 1), told(18_118, 1, 1)),
    )

    assert "table-lands-additional_places" not in [each.anchor for each in blocks_of(document, TableBlock)]
    assert "Nach Ländern" not in [each.text for each in blocks_of(document, HeadingBlock)]


def test_quantities_of_the_market_without_a_number_are_not_explained():
    market = sample_market()
    series = tuple(
        replace(each, amounts=(silent(1), silent(1))) if each.code == "share_unfilled" else each
        for each in market.series
    )
    snapshot = replace(full_snapshot(), scope=None, market=replace(market, series=series))

    terms = sentences_of(compose(snapshot, "de", sha256=SHA256), "market")
    assert "Angebots-Nachfrage-Relation (ANR): Angebot" in terms
    assert "Anteil unbesetzter betrieblicher Stellen:" not in terms


@pytest.mark.parametrize(
    ("amount", "is_stated_by_all", "is_complete"),
    [
        (told(5, 3, 3), True, True),
        (told(5, 3, 3, basis=Basis.AT_LEAST), True, False),
        (told(5, 2, 3), False, False),
        (Amount(state=AmountState.NOT_REPORTED), False, False),
    ],
)
def test_an_amount_knows_whether_it_is_complete(amount, is_stated_by_all, is_complete):
    assert (amount.is_stated_by_all, amount.is_complete) == (is_stated_by_all, is_complete)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (told(5, 3, 5), told(10, 3, 5), True),
        (told(5, 1, 132), told(10, 1, 1), False),
        (told(5, 1, 1), told(10, 80, 80), True),
        (told(5, 3, 5), told(10, 4, 5), False),
        (told(5, 3, 3), Amount(state=AmountState.UNKNOWN, due=3), False),
    ],
)
def test_amounts_are_comparable_where_as_many_organisations_state_them(first, second, expected):
    assert first.is_comparable_with(second) is expected
