"""What the pages of recording and review share: finding a submission, and why it cannot be changed."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from measures.exceptions import RoundClosedError, StepNotPossibleError
from measures.models import Submission
from measures.permissions import could_ever, submission_actions
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.models import User

PAGE_SIZE = 50


def find_submission(request: PortalRequest, pk: int) -> Submission:
    """The submission, if this person may see it; to everybody else it does not exist."""
    return get_object_or_404(
        Submission.objects.visible_to(request.access).select_related(
            "round", "organisation__region", "submitted_by", "approved_by"
        ),
        pk=pk,
    )


def demand(request: PortalRequest, submission: Submission, action: SubmissionAction) -> bool:
    """Whether the action is possible now; False if the submission has moved on. Who never may gets a 403."""
    if action in submission_actions(request.access, submission):
        return True
    if not could_ever(request.access, action, submission):
        raise PermissionDenied
    return False


def signed_in(request: HttpRequest) -> User:
    """The person at the screen; the login middleware has let nobody else through."""
    return cast("User", request.user)


def moved_on(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Explain that the submission has left the state that the page showed, and show the present one."""
    is_closed = submission.is_editable and not submission.is_in_window
    messages.info(request, str((RoundClosedError if is_closed else StepNotPossibleError).message))
    return redirect("measures:submission_detail", pk=submission.pk)
