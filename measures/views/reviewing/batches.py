"""Endorsing or approving what is ticked in the list: first what would happen, then each on its own."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.enums import BatchOutcome
from measures.exceptions import StepNotPossibleError
from measures.forms.reviewing import BatchForm
from measures.models import ReviewBatch, Submission
from measures.permissions import may_confirm_batch, steps_for_several
from measures.review_triggers import MOST_BY_ONE_PERSON
from measures.selectors.batches import Seen, batches_of, candidates, entries_of, proposed
from measures.services.batches import complete_batch, confirm_batch, create_batch
from measures.views.submissions import seen_version, signed_in
from measures.workflow import WORKFLOW, SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import stands_on


@require_POST
def review_selection(request: PortalRequest) -> HttpResponse:
    """What would happen to each of those that are ticked. Nothing is done yet."""
    asked = _asked(request)
    if asked is None:
        return _back_to_list(request)
    stands_on(request, reverse("measures:review_list"))
    action, seen = asked
    found = candidates(request.access, action, seen)
    included = [each for each in found if each.is_included]
    context = {
        "action": action,
        "candidates": found,
        "included": included,
        "submissions": [each.submission for each in included],
        "is_approval": action == SubmissionAction.APPROVE,
        "needs_second_person": action == SubmissionAction.APPROVE and len(included) > MOST_BY_ONE_PERSON,
        "limit": MOST_BY_ONE_PERSON,
    }
    return render(request, "measures/review_selection.html", context)


@require_POST
def review_batch_create(request: PortalRequest) -> HttpResponse:
    """Take the step with each, or propose it where a second person has to confirm."""
    asked = _asked(request)
    if asked is None:
        return _back_to_list(request)
    action, seen = asked
    try:
        batch = create_batch(action=action, seen=seen, actor=signed_in(request))
    except StepNotPossibleError as error:
        messages.warning(request, str(error))
        return _back_to_list(request)
    return redirect("measures:review_batch", pk=batch.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review_batch(request: PortalRequest, pk: int) -> HttpResponse:
    """What became of each; for the second person what is proposed, and with POST its confirmation."""
    batch = get_object_or_404(batches_of(request.access), pk=pk)
    if request.method == "POST":
        return _confirm_or_complete(request, batch)
    entries = entries_of(batch)
    may_confirm = may_confirm_batch(request.access, batch)
    found = proposed(request.access, batch, entries) if may_confirm else []
    counts = Counter(entry.outcome for entry in entries)
    context = {
        "batch": batch,
        "entries": entries,
        "may_confirm": may_confirm,
        "may_complete": bool(counts[BatchOutcome.PENDING]) and batch.is_completed_by(request.access.user_id),
        "candidates": found,
        "submissions": [each.submission for each in found if each.is_included],
        "done_count": counts[BatchOutcome.DONE],
        "step": WORKFLOW.step(batch.action),
    }
    return render(request, "measures/review_batch.html", context)


def _back_to_list(request: PortalRequest) -> HttpResponse:
    """The list with the choice it had."""
    chosen = request.GET.urlencode()
    return redirect(f"{reverse('measures:review_list')}{'?' if chosen else ''}{chosen}")


def _confirm_or_complete(request: PortalRequest, batch: ReviewBatch) -> HttpResponse:
    actor = signed_in(request)
    needs_confirmation = batch.needs_second_person and batch.confirmed_at is None
    if not request.access.reviews and (needs_confirmation or batch.proposed_by_id != actor.pk):
        raise PermissionDenied
    try:
        if needs_confirmation:
            confirm_batch(batch_id=batch.pk, actor=actor)
        else:
            complete_batch(batch_id=batch.pk, actor=actor)
    except StepNotPossibleError as error:
        messages.warning(request, str(error))
    return redirect("measures:review_batch", pk=batch.pk)


def _asked(request: PortalRequest) -> tuple[SubmissionAction, Seen] | None:
    """The step, and what is ticked in the versions that were shown; None, with a message, for nothing."""
    if request.POST.get("action", SubmissionAction.APPROVE) not in steps_for_several(request.access):
        raise PermissionDenied
    visible = Submission.objects.visible_to(request.access).values_list("pk", flat=True)
    form = BatchForm(request.POST, choices=list(visible))
    if not form.is_valid():
        messages.error(request, _("Nothing is ticked. Tick the submissions it is about."))
        return None
    return form.step_action, {
        pk: seen_version(request, f"seen-{pk}") for pk in form.cleaned_data["submissions"]
    }
