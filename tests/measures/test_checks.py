"""Plausibility checks on plain facts: each kind at its limits."""

from decimal import Decimal

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from measures.checks import (
    Definition,
    ItemFacts,
    Key,
    MembersStated,
    ParametersError,
    PeerValue,
    StatedFigure,
    SubmissionFacts,
    read_parameters,
    run_checks,
)
from measures.checks.formula import FormulaComparison, FormulaError, parse
from measures.checks.outliers import modified_z_score
from measures.checks.wording import percent
from measures.enums import TOTAL, CheckKind, Severity
from measures.rules.rounding import rounded
from measures.services.imports.judging.cells import change_in_words

ALL = Key("05", TOTAL)
WOMEN = Key("05", "W")
LABELS = {ALL: "Alle Zielgruppen", WOMEN: "Frauen"}


def number(value):
    return value if isinstance(value, StatedFigure) else StatedFigure(Decimal(value))


def item(code="places", total=None, women=None, **more) -> ItemFacts:
    stated = {key: number(value) for key, value in ((ALL, total), (WOMEN, women)) if value is not None}
    known = {
        "item_id": sum(map(ord, code)),
        "indicator": {"places": "EQ-Plätze"}.get(code, code),
        "code": code,
        "year": 2016,
        "statements": stated,
        "labels": LABELS,
        "cells": [ALL, WOMEN],
        "may_be_negative": False,
    }
    return ItemFacts(**known | more)


def check(kind, severity=Severity.QUERY, **parameters) -> Definition:
    return Definition(kind, kind, severity, read_parameters(kind, parameters), "Regel")


def found(definition, *items) -> list[tuple[str, str]]:
    """The cell and the sentence of each finding."""
    facts = SubmissionFacts(1, 1, 2016, {each.code: each for each in items})
    with translation.override("de"):
        return [
            (f"{finding.indicator}, {finding.cell}", finding.text)
            for finding in run_checks([definition], [facts])
        ]


PART = check(CheckKind.PART_OF_TOTAL, Severity.ERROR)
SUM = check(CheckKind.SUM_OF_PARTS)
JUMP = check(CheckKind.CHANGE, relative="0.5", absolute="20")


def test_group_larger_than_the_total_is_found():
    assert found(PART, item(total=1000, women=1001)) == [
        ("EQ-Plätze, Frauen", "1.001 ist mehr als die Gesamtzahl 1.000.")
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
    assert found(PART, item(**facts)) == []


@pytest.mark.parametrize(("women", "is_found"), [(101, False), (102, False), (103, True)])
def test_rounded_group_may_be_above_the_rounded_total_by_the_tolerance(women, is_found):
    assert bool(found(PART, item(total=100, women=women, is_rounded=True))) is is_found


def parts(added, count=2, absent=0, stated=100):
    return StatedFigure(Decimal(stated), parts=count, parts_absent=absent, parts_sum=Decimal(added))


def test_occupations_that_do_not_add_up_are_found():
    assert found(SUM, item(total=parts(99))) == [
        ("EQ-Plätze, Alle Zielgruppen", "Die Berufe ergeben zusammen 99, angegeben sind insgesamt 100.")
    ]


@pytest.mark.parametrize(
    ("statement", "more", "tolerance", "is_found"),
    [
        (parts(100), {}, "0", False),
        (parts(101), {}, "0", True),
        (parts(101), {}, "1", False),
        (parts(97), {"is_rounded": True}, "0", False),
        (parts(96), {"is_rounded": True}, "0", True),
        (parts(60, absent=1), {}, "0", False),
        (parts(101, absent=1), {}, "0", True),
        (parts(101, absent=1), {"may_be_negative": True}, "0", False),
        (StatedFigure(Decimal(99), is_stated=False, parts=2, parts_sum=Decimal(99)), {}, "0", False),
    ],
)
def test_occupations_are_compared_as_far_as_they_are_known(statement, more, tolerance, is_found):
    definition = check(CheckKind.SUM_OF_PARTS, tolerance=tolerance)
    assert bool(found(definition, item(total=statement, **more))) is is_found


def test_jump_from_last_year_is_found():
    assert found(JUMP, item(total=512, last_year={ALL: Decimal(100)})) == [
        ("EQ-Plätze, Alle Zielgruppen", "+412\u202f% gegenüber 2015")
    ]


@pytest.mark.parametrize(
    ("limits", "now", "before", "is_found"),
    [
        ({"relative": "0.5", "absolute": "20"}, 150, 100, False),
        ({"relative": "0.5", "absolute": "20"}, 151, 100, True),
        ({"relative": "0.5", "absolute": "20"}, 50, 100, False),
        ({"relative": "0.5", "absolute": "20"}, 49, 100, True),
        ({"relative": "0.5", "absolute": "20"}, 20, 2, False),
        ({"relative": "0.5", "absolute": "20"}, 22, 2, True),
        ({"relative": "0.5", "absolute": "20"}, 500, 0, True),
        ({"relative": "0.5", "absolute": "20"}, 20, 0, True),
        ({"relative": "0.5", "absolute": "20"}, 19, 0, False),
        ({"relative": "0.5", "absolute": "20"}, 10, -10, True),
        ({"relative": "0.5"}, 500, 0, False),
        ({"absolute": "20"}, 19, 0, False),
        ({"absolute": "20"}, 20, 0, True),
        ({"absolute": "20"}, 10, -10, True),
        ({"absolute": "0"}, 7, 7, False),
        ({"relative": "0.5"}, 4, 2, True),
        ({"relative": "0.5"}, 3, 2, False),
    ],
)
def test_change_is_found_above_its_relative_and_from_its_absolute_limit_on(limits, now, before, is_found):
    definition = check(CheckKind.CHANGE, **limits)
    assert bool(found(definition, item(total=now, last_year={ALL: Decimal(before)}))) is is_found


@pytest.mark.parametrize(
    ("limits", "value", "is_found"),
    [
        ({"minimum": "0", "maximum": "1"}, "1", False),
        ({"minimum": "0", "maximum": "1"}, "1.01", True),
        ({"minimum": "0", "maximum": "1"}, "-0.5", True),
        ({"minimum": "5"}, "5", False),
        ({"minimum": "5"}, "4", True),
        ({"maximum": "5"}, "6", True),
    ],
)
def test_range_includes_its_limits(limits, value, is_found):
    assert bool(found(check(CheckKind.RANGE, **limits), item(total=value))) is is_found


def test_range_is_of_its_indicators_alone_and_an_incomplete_sum_can_only_be_too_much():
    definition = check(CheckKind.RANGE, indicators=["other"], minimum="5", maximum="9")
    at_least = StatedFigure(Decimal(4), is_stated=False, parts=2, parts_absent=1)

    assert found(definition, item(total=1)) == []
    assert found(definition, item("other", total=at_least)) == []
    assert len(found(definition, item("other", total=4))) == 1


@pytest.mark.parametrize(("value", "is_found"), [("3", False), ("3.0", False), ("3.5", True), ("-2", False)])
def test_whole_numbers(value, is_found):
    assert bool(found(check(CheckKind.WHOLE_NUMBERS), item(total=value))) is is_found


CHAIN = check(CheckKind.FORMULA, Severity.ERROR, formula="placed + in_school <= appeared <= invited")


@pytest.mark.parametrize(
    ("placed", "in_school", "appeared", "invited", "cells"),
    [
        (3, 2, 5, 5, []),
        (3, 3, 5, 5, ["placed"]),
        (3, 2, 6, 5, ["appeared"]),
        (9, 0, 8, 7, ["appeared", "placed"]),
        (3, 2, None, 4, ["placed"]),
        (3, None, 2, 2, []),
        (None, None, 3, 2, ["appeared"]),
    ],
)
def test_chain_is_compared_link_by_link_and_over_links_that_are_missing(
    placed, in_school, appeared, invited, cells
):
    items = [
        item("placed", placed),
        item("in_school", in_school),
        item("appeared", appeared),
        item("invited", invited),
    ]
    assert sorted(cell.split(",")[0] for cell, _text in found(CHAIN, *items)) == cells


def test_finding_of_a_formula_names_what_was_added_up():
    items = [item("placed", 3), item("in_school", 3), item("appeared", 5), item("invited", 5)]

    assert found(CHAIN, *items) == [
        ("placed, Alle Zielgruppen", "„placed“ + „in_school“ (6) ist mehr als „appeared“ (5).")
    ]


def test_formula_is_not_asked_where_an_indicator_is_not_due():
    assert found(CHAIN, item("placed", 9), item("in_school", 9), item("appeared", 5)) == []


@pytest.mark.parametrize(("missing", "cells"), [("skip", []), ("zero", ["entries"]), ("report", ["places"])])
def test_what_is_missing_is_left_out_counted_as_zero_or_reported(missing, cells):
    definition = check(CheckKind.FORMULA, formula="entries <= places", missing=missing)
    items = [item("entries", 4), item("places_", None), item("places", None)]

    assert [
        {"EQ-Plätze": "places"}.get(cell.split(",")[0], cell.split(",")[0])
        for cell, _text in found(definition, *items)
    ] == cells
    assert found(definition, item("entries", None), item("places", None)) == []


@pytest.mark.parametrize(
    ("formula", "is_found"),
    [
        ("total = a + b", False),
        ("total = a + b + 1", True),
        ("total >= 2 * a", True),
        ("total - a = b", False),
        ("a <= a.last_year + 1", True),
        ("a[W] <= b", False),
        ("a[W] = 2", False),
        ("a[W] >= 3", True),
    ],
)
def test_formula_has_sums_factors_groups_and_last_year(formula, is_found):
    items = [
        item("total", 12),
        item("a", 7, 2, last_year={ALL: Decimal(5)}),
        item("b", 5),
    ]
    assert bool(found(check(CheckKind.FORMULA, formula=formula), *items)) is is_found


def test_formula_is_asked_of_a_group_only_where_every_indicator_states_it():
    definition = check(CheckKind.FORMULA, formula="entries <= places", missing="zero")

    assert found(definition, item("entries", 4, 3), item("places", 4)) == []
    assert [cell for cell, _ in found(definition, item("entries", 4, 3), item("places", 4, 2))] == [
        "entries, Frauen"
    ]


@pytest.mark.parametrize(
    ("total", "is_found"), [(100, False), (96, False), (95, True), (104, False), (105, True)]
)
def test_sum_over_indicators_allows_for_rounding(total, is_found):
    definition = check(CheckKind.FORMULA, formula="total = a + b + c")
    items = [item("total", total, is_rounded=True), item("a", 50), item("b", 30), item("c", 20)]

    assert bool(found(definition, *items)) is is_found


def test_formula_is_read_not_executed():
    parsed = parse("a + 2·b ≤ c[W].last_year")

    assert parsed.indicators == ["a", "b", "c"]
    assert parsed.comparison is FormulaComparison.AT_MOST
    assert [term.factor for term in parsed.sides[0].terms] == [1, 2]
    assert (parsed.sides[1].terms[0].reference.target_group, parsed.references[2].is_last_year) == ("W", True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a + b",
        "a < b",
        "a <= b >= c",
        "a != b",
        "3 <= a",
        "a * b <= c",
        "a / 2 <= c",
        "-a <= b",
        "f(a) <= b",
        "a.real <= b",
        "a.last_year.last_year <= b",
        "a[0] <= b",
        "'a' <= b",
        "True * a <= b",
        "1j * a <= b",
        "__import__('os') <= a",
        "(lambda: a)() <= b",
        "a <= b; c",
        "a <=",
        "a <= " + "+ ".join(["b"] * 400),
        "a <= " + "+".join("b" * 26),
        "(" * 300 + "a" + ")" * 300,
        "a <= 1e999 * b",
        "\x00a <= b",
    ],
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(FormulaError):
        parse(text)


HISTORY = [Decimal(each) for each in (10, 12, 11, 13, 14)]
"""Median 12, deviations 2 0 1 1 2, MAD 1: the score of x is 0.6745 · (x − 12)."""


def test_modified_z_score_as_worked_out_by_hand():
    assert modified_z_score(Decimal(17), HISTORY) == Decimal("3.3725")
    assert modified_z_score(Decimal(18), HISTORY) == Decimal("4.0470")
    assert modified_z_score(Decimal(6), HISTORY) == Decimal("-4.0470")
    # An even number of values: median 3.5, deviations 2.5 1.5 0.5 0.5 1.5 96.5, MAD 1.5.
    even = [Decimal(each) for each in (1, 2, 3, 4, 5, 100)]
    assert modified_z_score(Decimal(14), even) == Decimal("0.6745") * Decimal("10.5") / Decimal("1.5")
    # More than half are equal: MAD 0, mean deviation (0+0+0+0+5)/5 = 1, so the score is (x − 3) / 1.253314.
    equal = [Decimal(each) for each in (3, 3, 3, 3, 8)]
    assert round(modified_z_score(Decimal(13), equal), 4) == Decimal("7.9788")
    assert modified_z_score(Decimal(4), [Decimal(3)] * 5) is None
    assert modified_z_score(Decimal(4), []) is None


@pytest.mark.parametrize(("value", "is_found"), [(17, False), (18, True), (7, False), (6, True)])
def test_outlier_of_the_own_history_is_found_above_the_threshold(value, is_found):
    assert bool(found(check(CheckKind.HISTORY), item(total=value, history={ALL: HISTORY}))) is is_found


@pytest.mark.parametrize(("threshold", "is_found"), [("3.3725", False), ("3.37", True)])
def test_threshold_itself_is_no_outlier(threshold, is_found):
    definition = check(CheckKind.HISTORY, threshold=threshold)
    assert bool(found(definition, item(total=17, history={ALL: HISTORY}))) is is_found


def test_outlier_needs_the_stated_number_of_values():
    facts = item(total=99, history={ALL: HISTORY[:4]})

    assert found(check(CheckKind.HISTORY), facts) == []
    assert found(check(CheckKind.HISTORY, minimum_values=4), facts) != []


def test_finding_of_an_outlier_states_value_number_and_score():
    assert found(check(CheckKind.HISTORY), item(total=18, history={ALL: HISTORY})) == [
        (
            "EQ-Plätze, Alle Zielgruppen",
            "18 liegt weit von den Werten der 5 Jahre davor entfernt (modifizierter z-Wert 4,0).",
        )
    ]


PEERS = [PeerValue(Decimal(now), Decimal(100)) for now in (98, 99, 100, 101, 102, 99, 101, 100, 98, 102)]


@pytest.mark.parametrize(
    ("value", "count", "is_found"), [(100, 10, False), (110, 10, True), (110, 9, False), (105, 10, False)]
)
def test_outlier_among_peers(value, count, is_found):
    # Median 100, MAD 1: 105 scores 3.37, 110 scores 6.7.
    facts = item(total=value, peers={TOTAL: PEERS[:count]})
    assert bool(found(check(CheckKind.PEERS), facts)) is is_found


@pytest.mark.parametrize(
    ("now", "before", "is_found"), [(2000, 2000, False), (2300, 2000, True), (5, None, False)]
)
def test_peers_are_compared_by_their_change_too(now, before, is_found):
    facts = item(total=now, last_year={} if before is None else {ALL: Decimal(before)}, peers={TOTAL: PEERS})
    assert bool(found(check(CheckKind.PEERS, compared="change"), facts)) is is_found


@pytest.mark.parametrize(
    ("members", "more", "is_found"),
    [
        (MembersStated(Decimal(100), 3, 0), {}, False),
        (MembersStated(Decimal(99), 3, 0), {}, True),
        (MembersStated(Decimal(101), 3, 0), {}, True),
        (MembersStated(Decimal(90), 2, 1), {}, False),
        (MembersStated(Decimal(101), 2, 1), {}, True),
        (MembersStated(Decimal(101), 2, 1), {"may_be_negative": True}, False),
        (MembersStated(Decimal(96), 3, 0), {"is_rounded": True}, False),
        (MembersStated(Decimal(95), 3, 0), {"is_rounded": True}, True),
        (MembersStated(Decimal(0), 0, 3), {}, False),
    ],
)
def test_stated_total_is_compared_with_the_members_as_far_as_they_have_stated(members, more, is_found):
    definition = check(CheckKind.MEMBERS_SUM, indicators=["places"], member_indicator="of_members")
    facts = item(total=100, members={"of_members": {ALL: members}}, **more)

    assert bool(found(definition, facts)) is is_found


@pytest.mark.parametrize(("first", "second", "cells"), [(1, 0, []), (0, 1, []), (1, 2, ["b"]), (None, 2, [])])
def test_exclusive_indicators(first, second, cells):
    definition = check(CheckKind.EXCLUSIVE, indicators=["a", "b"])
    items = [item("a", first, position=1), item("b", second, position=2)]

    assert [cell.split(",")[0] for cell, _text in found(definition, *items)] == cells


@pytest.mark.parametrize(
    ("first", "second", "cells"), [(1, 0, []), (0, None, []), (1, None, ["b"]), (None, None, [])]
)
def test_compulsory_indicators(first, second, cells):
    definition = check(CheckKind.COMPULSORY, indicators=["a"], required=["b"])

    assert [
        cell.split(",")[0] for cell, _text in found(definition, item("a", first), item("b", second))
    ] == cells


@pytest.mark.parametrize(
    ("limits", "stated", "last_year", "is_found"),
    [
        ({}, None, 7, True),
        ({}, None, None, False),
        ({}, 0, 7, False),
        ({}, StatedFigure(None, absence="pending"), 7, False),
        ({"absences": ["pending"]}, StatedFigure(None, absence="pending"), 7, True),
        ({"absences": ["pending"]}, StatedFigure(None, absence="unknown"), 7, False),
        ({"only_after_stated": False}, None, None, True),
    ],
)
def test_missing_values(limits, stated, last_year, is_found):
    before = {} if last_year is None else {ALL: Decimal(last_year)}
    facts = item(total=stated, last_year=before, cells=[ALL])

    assert bool(found(check(CheckKind.MISSING, **limits), facts)) is is_found


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (CheckKind.RANGE, {}, "minimum"),
        (CheckKind.RANGE, {"minimum": "2", "maximum": "1"}, "maximum"),
        (CheckKind.CHANGE, {}, "relative"),
        (CheckKind.CHANGE, {"absolute": "-1"}, "absolute"),
        (CheckKind.FORMULA, {"formula": "a"}, "formula"),
        (CheckKind.EXCLUSIVE, {"indicators": ["a"]}, "indicators"),
        (CheckKind.COMPULSORY, {"indicators": ["a"]}, "required"),
        (CheckKind.HISTORY, {"threshold": "0"}, "threshold"),
        (CheckKind.HISTORY, {"minimum_values": 2}, ""),
        (CheckKind.MEMBERS_SUM, {}, "indicators"),
        (CheckKind.RANGE, {"minimum": "1", "unknown": 1}, ""),
        (CheckKind.FORMULA, {"formula": "a <= b", "missing": "guess"}, ""),
    ],
)
def test_parameters_that_make_no_check_are_refused(kind, given, field):
    with pytest.raises(ParametersError) as caught:
        read_parameters(kind, given)

    assert caught.value.field == field


def test_check_counts_in_its_years_and_errors_come_first():
    first = Definition("old", CheckKind.CHANGE, Severity.ERROR, JUMP.parameters, "", 2010, 2015)
    jump = Definition("jump", CheckKind.CHANGE, Severity.QUERY, JUMP.parameters, "", 2016, 2016)
    part = Definition("part", CheckKind.PART_OF_TOTAL, Severity.ERROR, PART.parameters, "", 2016)
    facts = SubmissionFacts(1, 1, 2016, {"places": item(total=100, women=300, last_year={ALL: Decimal(10)})})

    assert [finding.code for finding in run_checks([first, jump, part], [facts])] == ["part", "jump"]


KINDS_TOGETHER = [
    PART,
    JUMP,
    CHAIN,
    check(CheckKind.HISTORY),
    check(CheckKind.MISSING),
    check(CheckKind.EXCLUSIVE, indicators=["placed", "invited"]),
]

values = st.dictionaries(
    st.builds(Key, st.sampled_from(["05", "06"]), st.sampled_from([TOTAL, "W", "J1"])),
    st.integers(-3, 40).map(Decimal),
    max_size=5,
)
submissions = st.fixed_dictionaries(
    {code: st.tuples(values, values) for code in ("placed", "in_school", "appeared", "invited")}
)


@given(stated=submissions, data=st.data())
def test_findings_do_not_depend_on_the_order_of_cells_items_and_checks(stated, data):
    def facts(shuffled):
        items = {}
        for code in shuffled(list(stated)):
            now, before = stated[code]
            items[code] = item(
                code,
                statements={key: number(now[key]) for key in shuffled(list(now))},
                last_year={key: before[key] for key in shuffled(list(before))},
                history=dict.fromkeys(shuffled(list(now)), HISTORY),
                cells=shuffled(list({*now, *before})),
            )
        return SubmissionFacts(1, 1, 2016, items)

    def shuffled(values):
        return data.draw(st.permutations(values))

    plain = run_checks(KINDS_TOGETHER, [facts(sorted)])

    assert run_checks(shuffled(KINDS_TOGETHER), [facts(shuffled)]) == plain


@pytest.mark.parametrize(
    ("ratio", "words"),
    [("0.333", "+33\u202f%"), ("-0.004", "−0,4\u202f%"), ("0.00004", "+0,004\u202f%"), ("0", "±0\u202f%")],
)
def test_small_change_is_not_rounded_to_nothing(ratio, words):
    assert percent(Decimal(ratio)) == words


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["12.5", "13.5", "-12.5", "0.5", "2.4999"])
def test_rounding_is_that_of_the_database(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT round(%s::numeric)", [value])
        (in_database,) = cursor.fetchone()

    assert rounded(Decimal(value)) == in_database


def test_half_a_per_cent_is_rounded_up_in_the_grid_and_in_the_import_alike():
    with translation.override("en"):
        assert percent(Decimal("0.125")) == "+13%"
    assert change_in_words(Decimal(9), Decimal(8)) == "+13\N{NO-BREAK SPACE}%"
    assert change_in_words(Decimal(7), Decimal(8)) == "−13\N{NO-BREAK SPACE}%"
