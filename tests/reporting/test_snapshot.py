"""What gets into a report's frozen data, and what never does."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from measures.models import Figure, Submission
from reporting.frozen.schema import AmountState, IndicatorData, SnapshotData
from reporting.services.reports import one_moment
from reporting.snapshot import collect
from tests.reporting.stated import approve, state, submit

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


def test_counts_of_persons_are_printed_for_the_whole_alliance_only():
    call_command("import_figures", AGENCY, apply=True)
    approve("BA", year=2015)

    data = frozen()

    starts = indicator("assisted_starts", data)
    assert starts.years[0].amount.value == 5000
    assert starts.lands == ()
    assert stated_totals(data) == []


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

    assert stated_totals(frozen()) == [("additional_places", 2016), ("welcome_mentors", 2016)]


def test_drafts_and_submitted_figures_never_get_in():
    state("IHK-142", "welcome_mentors", 2016, 3, note="still to be checked")
    submit("IHK-142", year=2016)
    state("IHK-101", "welcome_mentors", 2016, 4)

    data = frozen()

    assert indicator("welcome_mentors", data).years[-1].amount.state is AmountState.NOT_REPORTED
    assert indicator("welcome_mentors", data).years[-1].notes == ()
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
    assert (figure.amount.value, figure.attainment) == (30, Decimal("0.75"))
