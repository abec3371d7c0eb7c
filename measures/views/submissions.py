"""What the pages of recording and review share: finding a submission and its version, and what changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from measures.exceptions import (
    RoundClosedError,
    SeparateDutiesError,
    StepNotPossibleError,
    SubmissionChangedMeanwhileError,
    VersionMissingError,
)
from measures.forms.recording import SubmissionFilterForm
from measures.models import ReportingRound, Submission
from measures.permissions import can, could_ever, prepared_by
from measures.querysets import SubmissionQuerySet
from measures.selectors.submission_lists import running_year
from measures.selectors.submission_versions import SubmissionVersion, changes_meanwhile, versions_of
from measures.workflow import WORKFLOW, SubmissionAction
from partners.middleware import PortalRequest
from partners.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_SIZE = 50

FilterForm = TypeVar("FilterForm", bound=SubmissionFilterForm)


def list_filter(form: type[FilterForm], asked: Mapping[str, str]) -> FilterForm:
    """The filter of a list of submissions, which opens with the round that is running."""
    rounds = list(ReportingRound.objects.all())
    return form(asked, years=[each.year for each in rounds], running=running_year(rounds))


def find_submission(request: PortalRequest, pk: int) -> Submission:
    """The submission, if this person may see it; to everybody else it does not exist."""
    return get_object_or_404(
        Submission.objects.visible_to(request.access)
        .with_listed_status()
        .with_progress()
        .select_related("round", "organisation__region", "submitted_by", "approved_by"),
        pk=pk,
    )


def find_for_cells(request: PortalRequest, pk: int) -> Submission:
    """The same for an answer to its cells, which shows nothing of how far it is and who took which step."""
    submissions = Submission.objects.visible_to(request.access)
    return get_object_or_404(submissions.select_related("round", "organisation__region"), pk=pk)


def find_with_version(request: PortalRequest, pk: int) -> tuple[Submission, SubmissionVersion]:
    """The submission and its version, read first: what changes in between shows and makes the version old."""
    versions = versions_of([pk])
    submission = find_submission(request, pk)
    return submission, versions[pk]


def opens_review(request: PortalRequest, submission: Submission) -> bool:
    """Whether this person works with the page of the review; whoever only records does not."""
    access = request.access
    return access.reads_all or submission.organisation_id in access.coordinates


def find_for_review(request: PortalRequest, pk: int) -> tuple[Submission, SubmissionVersion]:
    """Find a submission for review; whoever only records for it works with the recording page."""
    submission, version = find_with_version(request, pk)
    if not opens_review(request, submission):
        raise PermissionDenied
    return submission, version


def for_review(request: PortalRequest) -> SubmissionQuerySet:
    """What this person reviews or oversees: everything, or the members of their umbrella."""
    access = request.access
    if not (access.reads_all or access.coordinates):
        raise PermissionDenied
    submissions = Submission.objects.visible_to(access)
    if not access.reads_all:
        submissions = submissions.filter(organisation__in=access.coordinates)
    return submissions.select_related("round", "organisation", "submitted_by").with_umbrella()


def seen_version(request: HttpRequest, name: str = "seen") -> SubmissionVersion | None:
    """The version that the page showed on which the person has decided; None if there is none."""
    return SubmissionVersion.parse(request.POST.get(name, ""))


def meanwhile(submission: Submission, text: str) -> dict[str, Any]:
    """For the page that somebody is led to who decided on an earlier version: what has changed since."""
    seen = SubmissionVersion.parse(text)
    return {"meanwhile": changes_meanwhile(submission, seen) if seen else None}


def not_taken(submission: Submission, seen: SubmissionVersion | None, error: Exception) -> dict[str, Any]:
    """For the page that is shown again: why the step was not taken, and what has changed."""
    why: StrOrPromise = str(error) if seen else VersionMissingError.message
    return {"not_taken": why, **meanwhile(submission, str(seen))}


def demand(request: PortalRequest, submission: Submission, action: SubmissionAction) -> bool:
    """Whether the action is possible now; False if the submission has moved on. Who never may gets a 403."""
    if can(request.access, action, submission):
        return True
    if not could_ever(request.access, action, submission):
        raise PermissionDenied
    if action in WORKFLOW.by_somebody_else and submission.pk in prepared_by(
        request.access.user_id, [submission.pk]
    ):
        raise PermissionDenied(str(SeparateDutiesError.message))
    return False


def demand_step(request: PortalRequest, submission: Submission, action: SubmissionAction) -> None:
    """``demand`` for a step: raises ``StepNotPossibleError`` if the submission has moved on."""
    if not demand(request, submission, action):
        raise StepNotPossibleError


def demand_unchanged(seen: SubmissionVersion | None, version: SubmissionVersion) -> None:
    """Before anything else is shown as wrong: whether the person has decided on the present version."""
    if seen != version:
        raise SubmissionChangedMeanwhileError


def signed_in(request: HttpRequest) -> User:
    """The person at the screen; the login middleware has let nobody else through."""
    return cast("User", request.user)


def moved_on(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Explain that the submission has left the state that the page showed, and show the present one."""
    is_closed = submission.is_editable and not submission.is_in_window
    messages.info(request, str((RoundClosedError if is_closed else StepNotPossibleError).message))
    seen = seen_version(request)
    address = reverse("measures:submission_detail", args=[submission.pk])
    return redirect(f"{address}?seen={seen}" if seen else address)
