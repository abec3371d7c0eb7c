"""Whatever steps are taken in whatever order, the log explains where the submission is."""

from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from measures.exceptions import MeasuresError
from measures.models import ApprovedFigure, Figure, Submission
from measures.permissions import facts_of
from measures.selectors.submission_versions import version_of
from measures.services import review
from measures.workflow import WORKFLOW, SubmissionAction, SubmissionFact
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.submissions import item_of, make_submission, put
from tests.properties import share

pytestmark = pytest.mark.django_db

TAKEN = [step.action for step in WORKFLOW.steps if step.is_logged]
CHANGES = st.sampled_from(["one", "two", "clear"])
MOVES = st.lists(st.sampled_from(TAKEN) | CHANGES, min_size=4, max_size=14)


def take(submission: Submission, action: str, people) -> None:
    """A step by somebody: of those, nobody decides on what they submitted themselves."""
    step = WORKFLOW.step(action)
    seen = version_of(submission.pk)
    actor = people[action in WORKFLOW.by_somebody_else]
    if action == SubmissionAction.SUBMIT:
        review.submit_submission(submission_id=submission.pk, actor=actor, seen=seen, explanation="stimmt")
    else:
        review.take_step(step=step, submission_id=submission.pk, actor=actor, seen=seen, reason="Darum")


def write(submission: Submission, what: str) -> None:
    figures = Figure.objects.filter(item=item_of(submission))
    if what == "clear":
        figures.delete()
    elif figures.exists():
        figures.update(value={"one": 1, "two": 2}[what])
    else:
        put(item_of(submission), {"one": 1, "two": 2}[what])


def refused(submission: Submission, move: str, people) -> Exception | None:
    """Take the step or write the figure, judged as at the end of a transaction; why it was refused, if so."""
    try:
        with transaction.atomic():
            if move in TAKEN:
                take(submission, move, people)
            else:
                write(submission, move)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (MeasuresError, IntegrityError) as error:
        return error
    return None


def explained_by_its_log(submission: Submission) -> bool:
    """The chain of steps leads from the beginning to where it is, and each stood in the workflow."""
    events = list(submission.events.order_by("pk"))
    begins = not events or events[0].from_status == WORKFLOW.initial
    chained = all(before.to_status == after.from_status for before, after in pairwise(events))
    known = all((e.action, e.from_status, e.to_status) in WORKFLOW.moves for e in events)
    ends = submission.status == (events[-1].to_status if events else WORKFLOW.initial)
    return begins and chained and known and ends


def stated(model, submission: Submission) -> set:
    rows = model.objects.filter(item__submission=submission)
    return set(rows.values_list("item", "region", "occupation", "target_group", "value", "absence"))


@share(0.5)
@given(moves=MOVES)
def test_no_order_of_steps_reaches_a_state_that_the_log_does_not_explain(moves):
    with transaction.atomic():
        submission = make_submission()
        people = [UserFactory(), UserFactory()]
        for move in moves:
            before = (submission.status, submission.events.count())
            facts = facts_of(submission.pk)
            refusal = refused(submission, move, people)
            if isinstance(refusal, MeasuresError):
                step = WORKFLOW.step(move)
                assert before[0] not in step.sources or not step.suits(facts)
            elif refusal:
                assert broken_rule(refusal) == "figure_submission_is_editable"
            submission.refresh_from_db()
            if move not in TAKEN:
                assert (submission.status, submission.events.count()) == before
            assert explained_by_its_log(submission)
            if submission.status == "approved":
                assert stated(ApprovedFigure, submission) == stated(Figure, submission)
                assert SubmissionFact.AS_APPROVED in facts_of(submission.pk)
        transaction.set_rollback(True)
