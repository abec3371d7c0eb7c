"""Submissions that an import took out of approval, and whether undoing it gives them back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from measures.models import ImportRun, Submission, SubmissionEvent
from measures.permissions import may_take
from measures.selectors.imports.returning_sql import APPROVED_AGAIN
from measures.workflow import SubmissionAction
from partners.permissions import Access


def reopened_by(run: ImportRun, submission_ids: Iterable[int], access: Access) -> list[int]:
    """Of these submissions those whose last step is the correction that the import began.

    And that this person may withdraw, figures aside.
    """
    last = SubmissionEvent.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    begun = (
        Submission.objects.filter(pk__in=list(submission_ids))
        .annotate(
            last_action=Subquery(last.values("action")[:1]), last_run=Subquery(last.values("import_run")[:1])
        )
        .filter(last_action=SubmissionAction.CORRECT, last_run=run.pk)
        .select_related("round")
        .order_by("pk")
    )
    return [each.pk for each in begun if may_take(access, SubmissionAction.WITHDRAW_CORRECTION, each)]


def approved_again(
    run: ImportRun, submission_ids: Iterable[int], access: Access, asked: Mapping[str, Any]
) -> frozenset[int]:
    """Of these submissions those that undoing would make equal to what was approved.

    ``asked``: the parameters of ``step_sql.QUESTIONS``, with the items' Datenstand after the undoing.
    """
    begun = reopened_by(run, submission_ids, access)
    if not begun:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(APPROVED_AGAIN, {**asked, "submissions": begun})
        return frozenset(row[0] for row in cursor.fetchall())
