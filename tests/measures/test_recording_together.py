"""Two people at once, in real threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from measures.exceptions import StepNotPossibleError, SubmissionNotEditableError
from measures.models import ApprovedFigure, Figure, FigureVersion
from measures.services.recording import (
    CellEntry,
    FigureChangedMeanwhileError,
    SaveOutcome,
    save_figures,
)
from measures.typed_values import NOTHING
from tests.factories import UserFactory
from tests.measures.submissions import (
    NRW,
    approve_submission,
    item_of,
    make_submission,
    move,
    number,
    put,
    save_figure,
    submit_submission,
)

pytestmark = pytest.mark.usefixtures("transactional_db")


def together(*tasks):
    """Start every task at the same moment; give back what each returned or raised."""
    start = Barrier(len(tasks))

    def run(task):
        try:
            start.wait(timeout=10)
            return task()
        except Exception as error:  # noqa: BLE001  # what was raised is the result
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_two_people_saving_the_same_cell_lose_nothing():
    item = item_of(make_submission())
    people = [UserFactory(), UserFactory()]

    results = together(
        *(
            lambda person=person, value=value: save_figure(
                item_id=item.pk, region=NRW, entry=number(value), seen=NOTHING, actor=person
            )
            for person, value in zip(people, (734, 740), strict=True)
        )
    )

    [refused] = [result for result in results if isinstance(result, Exception)]
    [saved] = [result for result in results if not isinstance(result, Exception)]
    assert isinstance(refused, FigureChangedMeanwhileError)
    assert {saved.stored, refused.entered} == {number(734), number(740)}
    assert (Figure.objects.get().value, refused.current) == (saved.stored.value, saved.stored)
    assert FigureVersion.objects.filter(item=item).count() == 1


def test_two_people_submitting_at_once_leave_one_event():
    submission = make_submission()
    people = [UserFactory(), UserFactory()]

    results = together(
        *(
            lambda person=person: submit_submission(submission_id=submission.pk, actor=person)
            for person in people
        )
    )

    assert [type(result) for result in results if isinstance(result, Exception)] == [StepNotPossibleError]
    assert submission.events.count() == 1


def test_figure_saved_while_somebody_approves_is_either_approved_or_refused():
    submission = make_submission()
    item = item_of(submission)
    put(item, 5)
    move(submission, "submitted")
    approver, contributor = UserFactory(), UserFactory()

    _approved, saved = together(
        lambda: approve_submission(submission_id=submission.pk, actor=approver),
        lambda: save_figure(item_id=item.pk, region=NRW, entry=number(6), seen=number(5), actor=contributor),
    )

    assert isinstance(saved, SubmissionNotEditableError)
    assert ApprovedFigure.objects.get().value == Figure.objects.get().value


@pytest.mark.long
def test_many_people_saving_blocks_at_once_lose_nothing_that_was_acknowledged():
    """Whoever is answered "saved" is in the versions, and each version follows the one that was seen."""
    submission = make_submission()
    item = item_of(submission)
    groups = ("_T", "J1", "J2")
    people = [UserFactory() for _person in range(6)]

    def save_in_turn(person):
        acknowledged = []
        seen = dict.fromkeys(groups, NOTHING)
        for round_ in range(10):
            value = number(person.pk * 100 + round_)
            cells = [
                CellEntry(item.pk, NRW, entry=value, seen=seen[group], target_group=group) for group in groups
            ]
            for result in save_figures(submission_id=submission.pk, cells=cells, actor=person):
                group = result.cell.target_group
                if result.outcome == SaveOutcome.SAVED:
                    acknowledged.append((group, value.value, seen[group].value))
                seen[group] = result.stored
        return acknowledged

    saved = together(*(lambda person=person: save_in_turn(person) for person in people))

    acknowledged = [step for steps in saved for step in steps]
    versions = FigureVersion.objects.filter(item=item).order_by("pgh_id")
    for group in groups:
        values = [version.value for version in versions if version.target_group_id == group]
        followed = {value: before for each, value, before in acknowledged if each == group}
        assert len(values) == len(followed)
        assert [followed[value] for value in values] == [None, *values[:-1]]
