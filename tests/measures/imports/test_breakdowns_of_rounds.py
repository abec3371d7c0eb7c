"""A file is broken down no further than the round asks, cell by cell, as the grid offers no more."""

from decimal import Decimal

import pytest

from measures.enums import Verdict
from measures.models import Indicator, RoundIndicator
from measures.services.imports.writing.correcting import RowCorrection, correct_row
from measures.typed_values import Entry
from tests.measures.spreadsheets import QUALIFICATION, counts, person, problems, stage, workbook
from tests.measures.submissions import item_of, make_submission, put

pytestmark = pytest.mark.django_db

HELD = [("error", "target_group_not_of_round", "E3"), ("error", "target_group_not_of_round", "E4")]
FILE = workbook(
    [
        ("IHK Köln", QUALIFICATION, 2030, "Insgesamt", 9),
        ("IHK Köln", QUALIFICATION, 2030, "Frauen", 4),
        ("IHK Köln", QUALIFICATION, 2030, "Geflüchtete", 2),
    ]
)


@pytest.fixture
def steward():
    return person()


@pytest.fixture
def submission():
    """Of a round that asks for totals alone."""
    found = make_submission()
    asked(found, [])
    return found


def asked(submission, breakdown):
    RoundIndicator.objects.create(
        round=submission.round,
        indicator=Indicator.objects.get(code="training_placements"),
        asked_of=["chamber"],
        breakdown=breakdown,
    )


def test_each_cell_that_the_round_does_not_ask_for_is_held_and_named(submission, steward):
    run = stage(FILE, steward)

    assert (counts(run), problems(run)) == ((1, 0, 0, 2), HELD)
    assert run.problems.first().message["group_de"]


def test_what_is_recorded_by_a_breakdown_already_goes_on(submission, steward):
    put(item_of(submission), 3, target_group="W")

    assert counts(stage(FILE, steward)) == (2, 1, 0, 0)


def test_round_that_asks_for_it_takes_it(steward):
    asked(make_submission(), ["target_group"])

    assert counts(stage(FILE, steward)) == (3, 0, 0, 0)


def test_values_by_occupation_are_held_in_the_same_way(submission, steward):
    rows = [("IHK Köln", QUALIFICATION, 2030, "26112", 5)]
    run = stage(workbook(rows, header=("Kammer", "Kennzahl", "Jahr", "KldB", "Wert")), steward)

    assert problems(run) == [("error", "occupation_not_of_round", "E2")]


def test_correction_to_the_total_frees_the_row_and_to_another_group_does_not(submission, steward):
    run = stage(workbook([("IHK Köln", QUALIFICATION, 2030, "Frauen", 4)]), steward)
    row = run.staged.get()

    def corrected(group):
        said = RowCorrection(
            organisation="IHK-142",
            indicator="training_placements",
            year=2030,
            region="05",
            occupation="_T",
            target_group=group,
            entry=Entry(value=Decimal(4)),
        )
        return correct_row(run_id=run.pk, row_id=row.pk, actor=steward, corrected=said).verdict

    assert corrected("B1") == Verdict.HELD
    assert corrected("_T") == Verdict.NEW
    assert problems(run) == []
