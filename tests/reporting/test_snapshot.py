"""What gets into a report's frozen data, and what never does."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from measures.models import Figure, Indicator, Item, SeriesBreak, Submission, Target
from partners.models import Organisation
from reporting.disclosure.audit import audit_edition
from reporting.frozen.schema import AmountState, IndicatorData, SnapshotData
from reporting.services.reports import one_moment
from reporting.snapshot import collect
from tests.reporting.stated import approve, state, state_cells, submit

SAMPLES = Path(__file__).parents[2] / "samples"
CRAFTS = SAMPLES / "ZDH_Handwerkskammern_2015-2016.xlsx"
AGENCY = SAMPLES / "BA_AsA_2015.ods"


@pytest.fixture(autouse=True)
def files(transactional_db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def frozen(year: int = 2016) -> SnapshotData:
    with one_moment():
        return collect(year=year, taken_at=timezone.now()).data


def indicator(code: str, data: SnapshotData) -> IndicatorData:
    return next(each for each in data.indicators if each.code == code)


def crafts(year: int) -> list[str]:
    found = Submission.objects.filter(organisation__code__startswith="HWK-", round__year=year)
    return list(found.values_list("organisation__code", flat=True))


def stated_totals(data: SnapshotData) -> list[tuple[str, int]]:
    return [(total.indicator, total.year) for total in data.control_totals]


def test_every_query_of_a_moment_sees_the_same_figures():
    """Somebody else commits between two of them."""
    with one_moment():
        before = Figure.objects.count()
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(state_elsewhere).result()
        within = Figure.objects.count()

    assert within == before
    assert Figure.objects.count() == before + 1


def test_a_moment_is_a_transaction_of_its_own():
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), one_moment():
        pass


def state_elsewhere() -> None:
    try:
        state("IHK-142", "welcome_mentors", 2016, 3)
    finally:
        connection.close()


def state_of_laender(stated: dict) -> None:
    """The agency's applicants without a place, by Land, or by (Land, occupation, target group)."""
    Item.objects.filter(
        submission__organisation__code="BA", submission__round__year=2016, indicator__code="unplaced_30sep"
    ).update(region_level="land")
    state("BA", "unplaced_30sep", 2016, stated)


def withheld_in(indicator: IndicatorData, position: int = -1) -> set[str]:
    """The codes of Länder, groups and umbrellas, and of two of them, whose value is withheld."""
    rows = [(row.code, row.amounts) for row in (*indicator.lands, *indicator.groups, *indicator.umbrellas)]
    rows += [(f"{row.region}{row.group}{row.umbrella}", row.amounts) for row in indicator.crossed]
    return {code for code, amounts in rows if amounts[position].state is AmountState.WITHHELD}


def test_counts_of_persons_are_printed_by_land_and_target_group_and_small_ones_withheld():
    women = {("05", "_T", "W"): 2_300, ("01", "_T", "W"): 450}
    state_of_laender({"01": 900, "02": 1, "04": 60, "05": 5_000, **women})
    approve("BA", year=2016)

    data = frozen()

    unplaced = indicator("unplaced_30sep", data)
    assert unplaced.is_protected
    assert unplaced.years[-1].amount.value == 5_961
    assert withheld_in(unplaced) == {"02", "04"}
    assert [row.amounts[-1].value for row in unplaced.groups if row.code == "W"] == [2_750]
    assert {(row.region, row.group) for row in unplaced.crossed} == {("01", "W"), ("05", "W")}
    assert data.disclosure.withheld == 2
    assert audit_edition(data) == []


def test_a_land_that_lacks_one_person_of_a_target_group_is_protected_as_well():
    women = {("01", "_T", "W"): 899, ("04", "_T", "W"): 30}
    state_of_laender({"01": 900, "04": 60, "05": 5_000, **women})
    approve("BA", year=2016)

    assert withheld_in(indicator("unplaced_30sep", frozen())) == {"01W", "04W"}


def test_what_follows_from_a_withheld_total_is_not_printed_either():
    """Neither how far the promise was kept, nor a note, nor the other number of the share."""
    state("BA", "unplaced_30sep", 2016, 2, note="two in Hamburg")
    state("IHK-142", "post_offered_3", 2016, 40)
    approve("BA", "IHK-142", year=2016)

    data = frozen()

    figure = indicator("unplaced_30sep", data).years[-1]
    assert (figure.amount.state, figure.notes, figure.remarks) == (AmountState.WITHHELD, (), ())
    offered = indicator("post_offered_3", data).years[-1]
    assert (offered.amount.value, offered.attainment, offered.notes) == (40, None, ())
    assert audit_edition(data) == []


def test_a_note_on_a_year_of_which_a_land_is_withheld_is_not_printed():
    """It may speak of that Land; one on a year that is printed in full stays."""
    for year, saarland in ((2015, 30), (2016, 1)):
        laender = {("05", "_T"): 5_000, ("09", "_T"): 400, ("10", "_T"): saarland}
        state_cells("BA", "unplaced_30sep", year, laender, note="one in the Saarland")
        approve("BA", year=year)

    years = indicator("unplaced_30sep", frozen()).years

    assert [(figure.amount.value, len(figure.remarks)) for figure in years] == [(5_430, 1), (5_401, 0)]


def test_totals_that_files_state_of_persons_are_not_printed():
    call_command("import_figures", AGENCY, apply=True)
    approve("BA", year=2015)

    assert stated_totals(frozen()) == []


def test_figures_of_umbrellas_add_up_to_the_total():
    state("IHK-142", "post_placed_training", 2016, 30)
    crafts_chamber = crafts(2016)[0]
    home = Organisation.objects.get(code=crafts_chamber).region_id
    state(crafts_chamber, "post_placed_training", 2016, 12)
    approve("IHK-142", crafts_chamber, year=2016)

    placed = indicator("post_placed_training", frozen())

    stated = {row.code: row.amounts[-1].value for row in placed.umbrellas if row.amounts[-1].value}
    assert stated == {"DIHK": 30, "ZDH": 12}
    assert {(row.region, row.umbrella) for row in placed.crossed} == {("05", "DIHK"), (home, "ZDH")}


def test_other_counts_are_printed_by_land():
    state("IHK-142", "welcome_mentors", 2016, 3)
    approve("IHK-142", year=2016)

    lands = indicator("welcome_mentors", frozen()).lands

    assert [row.code for row in lands if row.amounts[-1].value is not None] == ["05"]


def test_a_stated_total_is_compared_once_all_its_parts_are_approved():
    call_command("import_figures", CRAFTS, apply=True)
    first, *others = crafts(2016)
    approve(first, year=2016)
    assert stated_totals(frozen()) == []

    approve(*others, year=2016)

    # Additional places are broken down by groups of young people, and so are protected.
    assert stated_totals(frozen()) == [("welcome_mentors", 2016)]


def test_drafts_and_submitted_figures_never_get_in():
    state("IHK-142", "welcome_mentors", 2016, 3, note="still to be checked")
    submit("IHK-142", year=2016)
    state("IHK-101", "welcome_mentors", 2016, 4)

    data = frozen()

    assert indicator("welcome_mentors", data).years[-1].amount.state is AmountState.NOT_REPORTED
    assert indicator("welcome_mentors", data).years[-1].remarks == ()
    assert data.sources == ()


def test_a_target_that_is_a_share_of_another_figure_is_a_headline():
    state("IHK-142", "post_offered_3", 2016, 30)
    approve("IHK-142", year=2016)

    assert [each.code for each in frozen().headlines].count("post_offered_3") == 1
    before, figure = indicator("post_offered_3", frozen()).years
    assert (figure.ratio.goal, figure.ratio.denominator.en) == (
        1,
        "Applicants without a place on 30 September",
    )
    assert (figure.attainment, before.notes) == (None, ())

    state("BA", "unplaced_30sep", 2016, 40)
    approve("BA", year=2016)

    figure = indicator("post_offered_3", frozen()).years[-1]
    assert (figure.amount.value, figure.attainment) == (30, None)
    assert "nicht vergleichbar (die beiden Zahlen sind von unterschiedlich vielen" in figure.notes[0].de


def test_a_share_is_formed_of_two_figures_that_as_many_organisations_state():
    Target.objects.filter(indicator__code="post_offered_3", year=2016).update(
        denominator=Indicator.objects.get(code="post_invited")
    )
    state("IHK-142", "post_offered_3", 2016, 30)
    state("IHK-142", "post_invited", 2016, 40)
    approve("IHK-142", year=2016)

    figure = indicator("post_offered_3", frozen()).years[-1]
    assert (figure.amount.value, figure.attainment) == (30, Decimal("0.75"))


def test_breaks_in_the_series_are_kept_with_their_indicator():
    for year in (2015, 2016):  # before the first year of the report nothing is parted
        SeriesBreak.objects.create(
            indicator=Indicator.objects.get(code="welcome_mentors"),
            year=year,
            reason_de=f"neu seit {year}",
            reason_en="new",
        )

    found = indicator("welcome_mentors", frozen())

    assert [(each.year, each.reason.de) for each in found.breaks] == [(2016, "neu seit 2016")]
    assert found.is_parted(2015, 2016)


def test_a_new_source_of_the_contracts_breaks_the_series_of_the_market():
    state("IHK-142", "new_contracts", 2015, 900)
    state("BA", "new_contracts_survey", 2016, 950)
    approve("IHK-142", year=2015)
    approve("BA", year=2016)

    (found,) = frozen().market.breaks

    assert (found.indicator, found.year) == ("new_contracts_survey", 2016)
    assert found.reason.de == "andere Quelle der neu abgeschlossenen Verträge"


def test_kinds_of_organisations_that_contribute_are_named_in_the_plural():
    contributing = {each.code: each.contributing for each in frozen().measures}

    assert ("Kammern", "Chambers") in [(each.de, each.en) for each in contributing["M09"]]
