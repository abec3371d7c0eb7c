"""How formulas tie indicators."""

import pytest

from measures.checks.formula import parse
from measures.checks.relations import IndicatorRelation, relations_among, relations_in
from measures.models import PlausibilityCheck
from measures.selectors.relations import relations


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("a = b + c", [IndicatorRelation("a", ("b", "c"), is_sum=True)]),
        ("b + c = a", [IndicatorRelation("a", ("b", "c"), is_sum=True)]),
        ("a <= b <= c", [IndicatorRelation("b", ("a",)), IndicatorRelation("c", ("b",))]),
        ("a >= b + c", [IndicatorRelation("a", ("b", "c"))]),
        ("a <= b.last_year", []),
        ("a[W] <= b", []),
        ("2 * a <= b", []),
        ("a + 1 <= b", []),
        ("a - b <= c", []),
        ("a <= b + c", []),
        ("a + b = c + d", []),
        ("a + a <= b", []),
        ("a <= a", []),
    ],
)
def test_a_formula_ties_a_total_to_what_is_part_of_it(formula, found):
    assert list(relations_in(parse(formula))) == found


@pytest.mark.parametrize(
    ("formulas", "left"),
    [
        (["a = b + c"], [IndicatorRelation("a", ("b", "c"), is_sum=True)]),
        (["a = b + c + x"], [IndicatorRelation("a", ("b", "c"))]),
        (["a >= b + x"], [IndicatorRelation("a", ("b",))]),
        (["c <= x <= y <= a"], [IndicatorRelation("a", ("c",))]),
        (
            ["a = b + x", "x = c + d"],
            [IndicatorRelation("a", ("b", "c", "d"), is_sum=True), IndicatorRelation("a", ("b",))],
        ),
        (["a = b + x", "x = b + c"], [IndicatorRelation("a", ("b", "c")), IndicatorRelation("a", ("b",))]),
        (["b <= x", "x <= y", "y <= x", "x <= a"], [IndicatorRelation("a", ("b",))]),
        (["a <= x <= a"], []),
        (["x >= a + b", "a >= x"], []),
    ],
)
def test_what_is_known_of_some_indicators_follows_from_what_ties_them_to_others(formulas, left):
    known = [each for formula in formulas for each in relations_in(parse(formula))]

    assert list(relations_among(known, "abcd")) == left


@pytest.mark.django_db
def test_the_catalogue_ties_those_searching_and_those_offered_places_also_after_a_check_has_ended():
    known = relations()

    assert (
        IndicatorRelation("still_searching_30sep", ("unplaced_30sep", "with_alternative_30sep"), is_sum=True)
        in known
    )
    assert IndicatorRelation("post_offered_2", ("post_offered_3",)) in known
    assert (
        IndicatorRelation("post_appeared", ("post_placed_training", "post_placed_eq", "post_placed_other"))
        in known
    )

    PlausibilityCheck.objects.filter(code="appeared_within_invited").update(status="ended", valid_until=2014)
    assert relations() == known
