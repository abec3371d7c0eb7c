"""What the page of the grid and the answers to its cells show alike."""

import base64
import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from measures.forms.recording import WordsForm
from measures.models import Submission
from measures.permissions import can, submission_actions, why_read_only
from measures.selectors.discussion import put_comments_on
from measures.selectors.entry_grid import EntryGrid
from measures.selectors.review_marks import current_marks, put_on_cells
from measures.selectors.submission_versions import SubmissionVersion, last_saved_at
from measures.views.submissions import opens_review
from measures.workflow import WORKFLOW, Page, SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in import kept_forms


def around_cells(
    request: PortalRequest, submission: Submission, grid: EntryGrid, *, saved_at: dt.datetime | None = None
) -> dict[str, Any]:
    """``saved_at``: when a figure was last stored or cleared, where that has just been."""
    marks = current_marks(submission)
    put_on_cells(grid, marks)
    may_record = can(request.access, SubmissionAction.RECORD, submission)
    return {
        "submission": submission,
        "cell_url": reverse("measures:submission_cell", args=[submission.pk]),
        "marks": marks,
        "grid": grid,
        "unsaved": [cell for cell in grid.cells.values() if cell.typed is not None],
        "may": {SubmissionAction.RECORD.value: may_record},
        "explains_here": may_record,
        "saved_at": saved_at or last_saved_at(submission),
        "is_answer": False,
    }


def around_grid(
    request: PortalRequest, submission: Submission, grid: EntryGrid, version: SubmissionVersion
) -> dict[str, Any]:
    """What the page shows around the grid, and an answer to a cell does not."""
    actions = submission_actions(request.access, submission)
    steps = WORKFLOW.offered(Page.RECORDING, actions)
    comments = put_comments_on(grid, submission)
    ask_back = reverse(WORKFLOW.step(SubmissionAction.ASK_BACK).route, args=[submission.pk])
    return {
        "version": version,
        "may": {action.value: action in actions for action in SubmissionAction},
        "opens_review": opens_review(request, submission),
        "steps": steps,
        "plain_steps": [each for each in steps if not each.has_own_page],
        "why_read_only": why_read_only(request.access, submission),
        "form": kept_forms.filled(request, WordsForm(), ask_back),
        "comment_count": comments.total(),
        **for_scripts(
            request,
            address=reverse("measures:submission_detail", args=[submission.pk]),
            paste_url=reverse("measures:submission_paste", args=[submission.pk]),
        ),
    }


def for_scripts(request: PortalRequest, *, address: str, paste_url: str) -> dict[str, str]:
    """What a form of cells at ``address`` needs to keep values, and to paste."""
    return {
        "paste_url": paste_url,
        "kept_mark": kept_forms.mark_for(request, address),
        "kept_key": _key_of_kept_values(request),
    }


def _key_of_kept_values(request: PortalRequest) -> str:
    """The key under which a person's browser keeps values that could not be saved.

    The server alone knows it: without signing in as that person, what a browser has kept cannot be read.
    """
    digest = salted_hmac("measures.kept_values", str(request.user.pk), algorithm="sha256").digest()
    return base64.b64encode(digest).decode()
