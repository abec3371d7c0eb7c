"""The comparison of a reading with a case finds each way in which a reading can be wrong."""

import pytest

from tests.measures.importing.cases import Case, FigureKey
from tests.measures.importing.cases.verdicts import Outcome, Place, ReadFigure, Verdict, judge

COLOGNE = FigureKey("training_placements", 2016, "IHK-142")
AACHEN = FigureKey("training_placements", 2016, "IHK-101")
CASE = Case("two_chambers", "Two chambers.", "read", {}, {COLOGNE: 120, AACHEN: 75}, reported=(6,))


def figure(key, value, cell):
    return ReadFigure(key, value, Place("Meldung", cell))


def outcome(*figures, problems=(), status="ready", has_errors=True):
    return Outcome(status, figures, frozenset(Place("Meldung", cell) for cell in problems), has_errors)


RIGHT = (figure(COLOGNE, 120, "B4"), figure(AACHEN, 75, "B5"))
WRONG = figure(AACHEN, 57, "B5")


def test_right_figures_with_the_row_reported_are_right():
    assert judge(CASE, outcome(*RIGHT, problems=["A6"])) == Verdict()


def test_row_that_no_problem_names_is_unreported():
    assert judge(CASE, outcome(*RIGHT)) == Verdict(unreported=(6,))


@pytest.mark.parametrize(
    ("problems", "found"),
    [([], (figure(AACHEN, 57, "B5"),)), (["B5"], ()), (["B4"], (figure(AACHEN, 57, "B5"),))],
)
def test_wrong_value_is_silent_unless_its_own_cell_has_a_problem(problems, found):
    verdict = judge(CASE, outcome(RIGHT[0], WRONG, problems=[*problems, "A6"]))

    assert verdict.silently_wrong == found


def test_figure_nobody_expects_is_wrong():
    extra = figure(COLOGNE._replace(year=2015), 120, "C4")

    assert judge(CASE, outcome(*RIGHT, extra, problems=["A6"])).silently_wrong == (extra,)


def test_stated_absence_is_not_wrong():
    absent = figure(COLOGNE._replace(year=2015), None, "C4")

    assert judge(CASE, outcome(*RIGHT, absent, problems=["A6"])) == Verdict()


@pytest.mark.parametrize(("has_errors", "lost"), [(True, ()), (False, (AACHEN,))])
def test_missing_figure_is_lost_unless_more_than_notes_is_reported(has_errors, lost):
    assert judge(CASE, outcome(RIGHT[0], problems=["A6"], has_errors=has_errors)).lost == lost


def test_question_about_a_clear_file_is_found():
    assert str(judge(CASE, outcome(status="needs_answers"))) == "asked though clear"


@pytest.mark.parametrize("wanted", ["ask", "either"])
def test_question_about_another_file_is_right(wanted):
    case = Case("unclear", "Unclear.", wanted, {}, CASE.figures)

    assert judge(case, outcome(status="needs_answers")) == Verdict()
