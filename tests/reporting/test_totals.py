"""Rule 6 on real figures: what is added up, what is not, and what is said instead."""

from decimal import Decimal

import pytest

from measures.models import Indicator, Item
from reporting.aggregates.totals import load_totals
from reporting.enums import Standing
from reporting.frozen.schema import AbsenceCount, Amount, AmountState, Basis
from tests.reporting.stated import approve, state, submit

pytestmark = pytest.mark.django_db

KOELN, AACHEN, BERLIN = "IHK-142", "IHK-101", "HWK-00091"


def total(code: str, year: int = 2016, region: str | None = None, **filters) -> Amount:
    totals = load_totals(indicators=[Indicator.objects.get(code=code)], years=[year], **filters)
    return totals.total(code, year, region)


def test_a_sum_adds_the_values_present_and_says_n_of_m():
    state(KOELN, "welcome_mentors", 2016, 3)
    state(AACHEN, "welcome_mentors", 2016, 4)
    approve(KOELN, AACHEN, year=2016)

    assert total("welcome_mentors") == Amount(
        state=AmountState.VALUE, value=Decimal(7), basis=Basis.STATED, reported=2, due=132
    )


def test_without_a_row_nothing_is_reported():
    assert total("welcome_mentors") == Amount(state=AmountState.NOT_REPORTED, due=132)


def test_a_common_absence_of_all_due_is_the_absence_of_the_sum():
    state("BA", "assisted_starts", 2016, "confidential")
    approve("BA", year=2016)

    assert total("assisted_starts") == Amount(
        state=AmountState.CONFIDENTIAL,
        due=1,
        absences=(AbsenceCount(state=AmountState.CONFIDENTIAL, count=1),),
    )


def test_absences_of_some_make_the_sum_incomplete_and_are_counted():
    state(KOELN, "training_placements", 2016, "unknown")
    state(AACHEN, "training_placements", 2016, "unknown")
    approve(KOELN, AACHEN, year=2016)

    assert total("training_placements") == Amount(
        state=AmountState.INCOMPLETE, due=132, absences=(AbsenceCount(state=AmountState.UNKNOWN, count=2),)
    )


def test_a_reported_zero_is_a_value():
    state(KOELN, "welcome_mentors", 2016, 0)
    approve(KOELN, year=2016)

    assert total("welcome_mentors").value == Decimal(0)
    assert total("welcome_mentors").reported == 1


def test_drafts_never_count():
    state(KOELN, "welcome_mentors", 2016, 3)

    assert total("welcome_mentors").state is AmountState.NOT_REPORTED
    assert total("welcome_mentors", standing=Standing.WITH_SUBMITTED).state is AmountState.NOT_REPORTED


def test_submitted_values_count_only_where_they_are_asked_for():
    state(KOELN, "welcome_mentors", 2016, 3)
    state(AACHEN, "welcome_mentors", 2016, 4)
    submit(KOELN, year=2016)
    approve(AACHEN, year=2016)

    assert total("welcome_mentors").value == Decimal(4)
    assert total("welcome_mentors", standing=Standing.WITH_SUBMITTED).value == Decimal(7)


def test_a_total_stated_beside_its_occupations_counts_once():
    state(
        KOELN,
        "additional_places",
        2016,
        {("05", "_T", "_T"): 533, ("05", "_U", "_T"): 533},
    )
    approve(KOELN, year=2016)

    assert total("additional_places").value == Decimal(533)
    assert total("additional_places").basis is Basis.STATED


def test_target_groups_are_never_added_to_the_total():
    state(KOELN, "training_placements", 2016, {("05", "_T", "_T"): 40, ("05", "_T", "J5"): 12})
    approve(KOELN, year=2016)

    assert total("training_placements").value == Decimal(40)
    assert total("training_placements", target_group="J5").value == Decimal(12)


def test_occupations_without_a_stated_total_are_summed_and_a_missing_one_makes_it_a_minimum():
    item = Item.objects.get(
        submission__organisation__code=KOELN,
        submission__round__year=2016,
        indicator__code="additional_places",
    )
    Item.objects.filter(pk=item.pk).update(occupation_level=2)
    state(KOELN, "additional_places", 2016, {("05", "11", "_T"): 5, ("05", "12", "_T"): 6})
    state(AACHEN, "additional_places", 2016, {("05", "_U", "_T"): 1})
    approve(KOELN, AACHEN, year=2016)
    assert total("additional_places").basis is Basis.DERIVED

    state(BERLIN, "additional_places", 2016, 2)
    approve(BERLIN, year=2016)
    assert total("additional_places").basis is Basis.MIXED
    assert total("additional_places").value == Decimal(14)


def test_a_missing_region_makes_the_organisations_total_a_minimum():
    Item.objects.filter(submission__organisation__code="BFB", indicator__code="additional_places").update(
        region_level="land"
    )
    state("BFB", "additional_places", 2016, {"05": 10, "11": "confidential", "_U": 3})
    approve("BFB", year=2016)

    assert total("additional_places") == Amount(
        state=AmountState.VALUE, value=Decimal(13), basis=Basis.AT_LEAST, reported=1, due=135
    )


def test_a_stock_is_never_filled_in_from_the_year_before():
    state(KOELN, "welcome_mentors", 2015, 9)
    approve(KOELN, year=2015)

    assert total("welcome_mentors", 2016).state is AmountState.NOT_REPORTED


def test_what_must_not_be_summed_over_organisations_has_no_total_of_several():
    Indicator.objects.filter(code="welcome_mentors").update(sums_over=[])
    state(KOELN, "welcome_mentors", 2016, 3)
    approve(KOELN, year=2016)

    assert total("welcome_mentors") == Amount(state=AmountState.NOT_SUMMED, reported=1, due=132)
    assert total("welcome_mentors", region="_U").state is AmountState.NOT_REPORTED


def test_joint_work_of_a_single_organisation_is_its_own_total():
    state("IntB", "networks", 2016, 34)
    approve("IntB", year=2016)

    assert total("networks").value == Decimal(34)


def test_quality_flags_reach_the_sum():
    state(KOELN, "internships", 2016, 10, quality="estimate")
    state(AACHEN, "internships", 2016, 0, is_below_half_unit=True)
    approve(KOELN, AACHEN, year=2016)

    assert total("internships").qualities == ("below_half_unit", "estimate")


def test_lines_by_land_add_up_to_the_alliance():
    Item.objects.filter(submission__organisation__code="BFB", indicator__code="additional_places").update(
        region_level="land"
    )
    state("BFB", "additional_places", 2016, {"05": 10, "11": 7, "_U": 3})
    state(KOELN, "additional_places", 2016, 5)
    state(BERLIN, "additional_places", 2016, -2)
    state("BDA", "additional_places", 2016, {"DE": 100})
    approve("BFB", KOELN, BERLIN, "BDA", year=2016)
    indicator = Indicator.objects.get(code="additional_places")
    totals = load_totals(indicators=[indicator], years=[2016])

    amounts = {each: totals.total("additional_places", 2016, each) for each in ("05", "11", "12", "_U", "DE")}
    lines = {region: (each.value, each.reported, each.due) for region, each in amounts.items()}

    assert lines["05"] == (Decimal(15), 2, 24)
    assert lines["11"] == (Decimal(5), 2, 3)
    assert lines["12"] == (None, 0, 7)
    assert lines["_U"] == (Decimal(3), 1, 1)
    assert lines["DE"] == (Decimal(100), 1, 2)
    assert total("additional_places").value == sum(value for value, *_ in lines.values() if value is not None)


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_indicators_takes_two_queries(django_assert_num_queries, count):
    indicators = list(Indicator.objects.filter(is_recorded=True)[:count])

    with django_assert_num_queries(2):
        load_totals(indicators=indicators, years=range(2015, 2015 + count))
