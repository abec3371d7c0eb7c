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
from reporting.frozen.schema import PartRow
from reporting.frozen.values import AmountState, Text
from reporting.market.balance import INPUTS
from reporting.models import Snapshot
from reporting.snapshot.changes import changes_since_release
from reporting.snapshot.market import market_of
from reporting.snapshot.offers import offers_of
from tests.factories import UserFactory
from tests.list_pages import another_report, released, report_of
from tests.queries import exactly_queries
from tests.reporting.sample_snapshot import make_snapshot, told, withheld
from tests.reporting.stated import approve, state_cells

pytestmark = pytest.mark.django_db
NRW, BAVARIA = "05", "09"


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


def test_changes_are_those_since_the_last_release_with_the_reasons_given():
    indicators = make_snapshot().indicators
    assert changes_since_release(indicators, report_type="annual", scope="") is None
    report = released(another_report(report_of(1, UserFactory())))
    places = next(each for each in indicators if each.code == "additional_places")
    now = replace(places.years[1], amount=told(18_200, 133, 133))
    changed = replace(places, years=(places.years[0], now))
    corrected = Submission.objects.get(organisation__code="IHK-142", round__year=2016)
    start_correction(
        submission_id=corrected.pk,
        actor=UserFactory(),
        seen=versions_of([corrected.pk])[corrected.pk],
        reason="Doppelzählung",
    )

    with exactly_queries(2):
        found = changes_since_release(
            [changed, replace(places, code="new", name=Text(de="Neu"))], report_type="annual", scope=""
        )

    (row,) = found.rows
    assert (row.year, row.before.value, row.now.value) == (2016, 18118, 18200)
    assert [(each.by.de, each.text) for each in row.reasons] == [("IHK Köln", "Doppelzählung")]
    assert (found.sha256, [text.de for text in found.added]) == (report.snapshot.sha256, ["Neu"])
    assert "Willkommenslotsen" in [text.de for text in found.dropped]


def test_a_number_of_persons_is_not_compared_with_a_release_without_protection(monkeypatch):
    """Only those who are signed in read that one."""
    places = next(each for each in make_snapshot().indicators if each.code == "additional_places")
    released(another_report(report_of(1, UserFactory())))
    now = replace(places.years[1], amount=told(18_200, 133, 133))
    counted = replace(places, years=(places.years[0], now), is_protected=True)

    def rows() -> int:
        return len(changes_since_release([counted], report_type="annual", scope="").rows)

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
    bremen = PartRow(code="04", name=Text(de="Bremen"), amounts=(told(9, 1, 1), withheld(1, 1)))
    changed = replace(places, years=(places.years[0], now), lands=(bremen,), is_protected=True)

    (row,) = changes_since_release([changed], report_type="annual", scope="").rows

    assert (row.now.value, row.reasons) == (18_200, ())
