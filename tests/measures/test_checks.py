"""Plausibility rules on plain facts."""

from decimal import Decimal

import pytest
from django.utils import translation

from measures.checks import CHECKS, ItemFacts, Key, StatedFigure, run_checks
from measures.enums import TOTAL

ALL = Key("05", TOTAL)
WOMEN = Key("05", "W")


def said(total=None, women=None, **more) -> list[tuple[str, str, str]]:
    statements = {}
    if total is not None:
        statements[ALL] = total if isinstance(total, StatedFigure) else StatedFigure(Decimal(total))
    if women is not None:
        statements[WOMEN] = women if isinstance(women, StatedFigure) else StatedFigure(Decimal(women))
    facts = ItemFacts(
        item_id=1,
        indicator="EQ-Plätze",
        year=2016,
        statements=statements,
        labels={ALL: "Alle Zielgruppen", WOMEN: "Frauen"},
        **{"may_be_negative": False} | more,
    )
    with translation.override("de"):
        return [(finding.code, finding.severity.value, finding.message) for finding in run_checks([facts])]


def test_group_larger_than_the_total_is_an_error():
    assert said(total=1000, women=1001) == [
        ("group_within_total", "error", "EQ-Plätze, Frauen: 1.001 ist mehr als die Gesamtzahl 1.000.")
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"total": 100, "women": 100},
        {"total": None, "women": 100},
        {"total": StatedFigure(None), "women": 100},
        {"total": 100, "women": StatedFigure(None)},
        {"total": -5, "women": 3, "may_be_negative": True},
        {"total": StatedFigure(Decimal(90), is_stated=False, parts=3, parts_absent=1), "women": 100},
    ],
)
def test_group_is_not_held_against_a_total_that_cannot_judge_it(facts):
    assert said(**facts) == []


@pytest.mark.parametrize(("women", "codes"), [(101, []), (102, []), (103, ["group_within_total"])])
def test_rounded_group_may_be_above_the_rounded_total_by_the_tolerance(women, codes):
    assert [code for code, *_ in said(total=100, women=women, is_rounded=True)] == codes


def parts(added, count=2, absent=0, stated=100):
    return StatedFigure(Decimal(stated), parts=count, parts_absent=absent, parts_sum=Decimal(added))


def test_occupations_that_do_not_add_up_are_queried():
    assert said(total=parts(99)) == [
        (
            "parts_match_total",
            "query",
            "EQ-Plätze, Alle Zielgruppen: Die Berufe ergeben zusammen 99, angegeben sind insgesamt 100.",
        )
    ]


@pytest.mark.parametrize(
    ("statement", "more", "codes"),
    [
        (parts(100), {}, []),
        (parts(101), {}, ["parts_match_total"]),
        (parts(97), {"is_rounded": True}, []),
        (parts(96), {"is_rounded": True}, ["parts_match_total"]),
        (parts(60, absent=1), {}, []),
        (parts(101, absent=1), {}, ["parts_match_total"]),
        (parts(101, absent=1), {"may_be_negative": True}, []),
        (StatedFigure(Decimal(99), is_stated=False, parts=2, parts_sum=Decimal(99)), {}, []),
    ],
)
def test_occupations_are_compared_as_far_as_they_are_known(statement, more, codes):
    assert [code for code, *_ in said(total=statement, **more)] == codes


def test_jump_from_last_year_is_queried():
    assert said(total=512, last_year={ALL: Decimal(100)}) == [
        ("no_jump_from_last_year", "query", "EQ-Plätze, Alle Zielgruppen: +412\u202f% gegenüber 2015")
    ]


@pytest.mark.parametrize(
    ("now", "before", "codes"),
    [
        (150, 100, []),
        (151, 100, ["no_jump_from_last_year"]),
        (50, 100, []),
        (49, 100, ["no_jump_from_last_year"]),
        (20, 2, []),
        (22, 2, ["no_jump_from_last_year"]),
        (500, 0, []),
        (500, -10, []),
    ],
)
def test_change_is_queried_only_if_it_is_large_both_ways(now, before, codes):
    assert [code for code, *_ in said(total=now, last_year={ALL: Decimal(before)})] == codes


def test_errors_come_first():
    assert [code for code, *_ in said(total=100, women=300, last_year={ALL: Decimal(10)})] == [
        "group_within_total",
        "no_jump_from_last_year",
    ]


def test_every_check_explains_itself():
    assert [bool(str(check.explanation)) for check in CHECKS] == [True] * len(CHECKS)
