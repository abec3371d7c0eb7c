"""What the frozen data hold beside measures: market, three offers, and what changed since a release."""

from dataclasses import replace
from decimal import Decimal

import pytest

from measures.models import Indicator, Submission
from measures.selectors.submission_versions import versions_of
from measures.services.review import start_correction
from partners.models import Region
from reporting.aggregates.breaks import Breaks
from reporting.aggregates.offers import STAGES
from reporting.aggregates.totals import load_totals
from reporting.frozen.formation import INPUTS
from reporting.frozen.schema import IndicatorData, PartRow
from reporting.frozen.values import AmountState, Text
from reporting.models import Snapshot
from reporting.snapshot.changes import Printable, changes_of
from reporting.snapshot.market import market_of
from reporting.snapshot.offers import offers_of
from tests.factories import UserFactory
from tests.list_pages import another_report, released, report_of
from tests.queries import exactly_queries
from tests.reporting.sample_snapshot import make_snapshot, told, withheld
from tests.reporting.stated import approve, state_cells

pytestmark = pytest.mark.django_db
NRW, BAVARIA = "05", "09"
MEASURE = Text(de="Plätze", en="Places")


def totals_of(codes):
    indicators = list(Indicator.objects.filter(code__in=codes))
    return load_totals(indicators=indicators, years=[2015, 2016]), indicators


def test_the_market_keeps_ratios_as_they_are_printed_and_gives_no_small_count_away():
    for code, stated in {
        "new_contracts_survey": {(NRW, "_T"): 900, (BAVARIA, "_T"): 700},
        "unfilled_30sep": {(NRW, "_T"): 50, (BAVARIA, "_T"): 40},
        "still_searching_30sep": {(NRW, "_T"): 120, (BAVARIA, "_T"): 2},
    }.items():
        state_cells("BA", code, 2016, stated)
    approve("BA", year=2016)

    totals, indicators = totals_of(INPUTS)
    market = market_of(totals, indicators, [2015, 2016], list(Region.objects.all()), Breaks({}))

    series = {each.code: each.amounts[-1].value for each in market.series}
    assert (series["supply"], series["demand_extended"]) == (1690, 1722)
    assert series["eanr"] == Decimal("98.1")
    lands = {each.code: dict(zip(market.land_series, each.amounts, strict=True)) for each in market.lands}
    assert lands[NRW]["eanr"].value == Decimal("93.1")
    assert lands[BAVARIA]["eanr"].state is AmountState.CONFIDENTIAL
    assert market.contracts.de.startswith("Neuabschlüsse aller zuständigen Stellen")


def test_the_offers_keep_their_verdict_and_what_keeps_it_open():
    state_cells("BA", "unplaced_30sep", 2016, {(NRW, "_T"): 100})
    approve("BA", year=2016)
    totals, indicators = totals_of(STAGES)

    offers = offers_of(totals, indicators, 2016)

    assert (offers.verdict, offers.lacking) == ("open", ("post_offered_3",))
    assert offers.stages[0].amount.value == 100


def changes_in(year: int, *indicators: IndicatorData):
    """Of a report of this year, which prints these in the measure that they are of."""
    measure = next(each for each in make_snapshot().measures if each.code == "M04")
    now = Printable((), (replace(measure, name=MEASURE, indicators=indicators),))
    return changes_of(now, year=year, report_type="annual", scope="")


def test_changes_are_those_since_the_last_release_with_the_reasons_given():
    (places,) = (each for each in make_snapshot().indicators if each.code == "additional_places")
    assert changes_in(2016, places) == ()
    report = released(another_report(report_of(1, UserFactory())))
    now = replace(places.years[1], amount=told(18_200, 133, 133))
    berlin = next(row for row in places.lands if row.code == "11")
    (before, _now) = berlin.amounts
    changed = replace(
        places,
        years=(places.years[0], now),
        lands=(replace(berlin, amounts=(before, told(700, 1, 1))),),
        definition=Text(de="Plätze mehr als 2014", en="Places above 2014"),
    )
    corrected = Submission.objects.get(organisation__code="IHK-142", round__year=2016)
    start_correction(
        submission_id=corrected.pk,
        actor=UserFactory(),
        seen=versions_of([corrected.pk])[corrected.pk],
        reason="Doppelzählung",
    )

    with exactly_queries(3):
        (found,) = changes_in(2016, changed, replace(places, code="new", name=Text(de="Neu")))

    total, part = found.rows
    assert found.is_correction
    assert (total.year, total.before.value, total.now.value) == (2016, 18118, 18200)
    assert [(each.by.de, each.text) for each in total.reasons] == [("IHK Köln", "Doppelzählung")]
    assert (part.region, part.before.value, part.now.value, part.reasons) == ("11", 655, 700, ())
    assert [(each.aspect, each.before.en, each.now.en) for each in found.definitions] == [
        ("name", "Additional in-company training places", "Places"),
        ("definition", "Places above the commitment's baseline year (2014)", "Places above 2014"),
    ]
    assert (found.sha256, [text.de for text in found.added]) == (report.snapshot.sha256, ["Neu"])
    assert "Willkommenslotsen" in [text.de for text in found.dropped]

    moved = [row for row in places.lands if row.code in ("05", "11")]
    as_it_was = replace(
        places,
        lands=tuple(replace(row, amounts=(row.amounts[0], told(699, 1, 1))) for row in moved),
    )
    (found,) = changes_in(2016, as_it_was)
    of_parts = {row.region: [reason.text for reason in row.reasons] for row in found.rows}
    assert of_parts == {"05": ["Doppelzählung"], "11": []}
    (found,) = changes_in(2016, replace(as_it_was, years=(places.years[0], now)))
    of_parts = {row.region: [reason.text for reason in row.reasons] for row in found.rows}
    assert of_parts == {"": ["Doppelzählung"], "05": ["Doppelzählung"], "11": []}


def test_revisions_since_an_earlier_year_stand_apart_from_corrections():
    """A target that is another one in several years is told once."""
    (places,) = (each for each in make_snapshot().indicators if each.code == "additional_places")
    report = released(another_report(report_of(1, UserFactory())))
    promised = replace(places.years[0].target, value=Decimal(25_000))
    revised = replace(places, years=tuple(replace(each, target=promised) for each in places.years), lands=())

    (edition,) = changes_in(2017, revised)

    assert not edition.is_correction
    assert (edition.year, edition.sha256, edition.rows) == (2016, report.snapshot.sha256, ())
    targets = [(each.years, each.before.en, each.now.en) for each in edition.definitions[1:]]
    before, now = (f"{number}; baseline 2014: 0" for number in ("20,000", "25,000"))
    assert targets == [((2015,), before, now), ((2016,), "", now)]


def test_a_number_of_persons_is_not_compared_with_a_release_without_protection(monkeypatch):
    """Only those who are signed in read that one."""
    places = next(each for each in make_snapshot().indicators if each.code == "additional_places")
    released(another_report(report_of(1, UserFactory())))
    now = replace(places.years[1], amount=told(18_200, 133, 133))
    counted = replace(places, years=(places.years[0], now), is_protected=True)

    def rows() -> int:
        return len([each for each in changes_in(2016, counted)[0].rows if each.part is None])

    assert rows() == 1
    monkeypatch.setattr(Snapshot, "frozen", replace(make_snapshot(), disclosure=None))
    assert rows() == 0


def test_reasons_for_the_change_of_a_year_of_which_a_land_is_withheld_are_left_out():
    places = next(each for each in make_snapshot().indicators if each.code == "additional_places")
    released(another_report(report_of(1, UserFactory())))
    corrected = Submission.objects.get(organisation__code="IHK-142", round__year=2016)
    start_correction(
        submission_id=corrected.pk,
        actor=UserFactory(),
        seen=versions_of([corrected.pk])[corrected.pk],
        reason="Eine Person in Bremen",
    )
    now = replace(places.years[1], amount=told(18_200, 133, 133))
    bremen = PartRow(code="04", name=Text(de="Bremen"), amounts=(told(70, 1, 1), withheld(1, 1)))
    changed = replace(places, years=(places.years[0], now), lands=(bremen,), is_protected=True)

    total, part = changes_in(2016, changed)[0].rows

    assert (total.now.value, total.reasons) == (18_200, ())
    assert (part.region, part.before.value, part.now.value, part.reasons) == ("04", 151, None, ())
