"""Two people at once, in real threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from measures.exceptions import StepNotPossibleError, SubmissionNotEditableError
from measures.models import ApprovedFigure, Figure, FigureVersion
from measures.services.recording import FigureChangedMeanwhileError
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
