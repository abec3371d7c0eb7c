"""Explaining the queries of a submission, and judging the explanations in review."""

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.exceptions import (
    ExplanationRefusedError,
    MeasuresError,
    SeparateDutiesError,
    StepNotPossibleError,
)
from measures.forms.explanations import ExplanationsForm, JudgementForm
from measures.permissions import may_judge_explanations
from measures.selectors.checks.findings import findings_by_submission
from measures.services.explanations import explain_findings, is_open, judge_explanation
from measures.views.submissions import demand, find_for_review, find_submission, moved_on, signed_in
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_explain(request: PortalRequest, pk: int) -> HttpResponse:
    """A reason for each query; what is left empty stays open."""
    submission = find_submission(request, pk)
    if not demand(request, submission, SubmissionAction.RECORD):
        return moved_on(request, submission)
    findings = [each for each in findings_by_submission([pk]).get(pk, ()) if each.asks]
    asked = [each for each in findings if is_open(each)]
    form = ExplanationsForm(
        request.POST if request.method == "POST" else None, findings=asked, required=False
    )
    form = filled(request, form)
    if form.is_valid():
        try:
            count = explain_findings(submission_id=pk, texts=form.texts, actor=signed_in(request))
        except StepNotPossibleError:
            return moved_on(request, submission)
        except ExplanationRefusedError as error:
            form.add_error(None, str(error))
        else:
            if count:
                messages.success(request, _("Your explanations have been saved."))
            return redirect("measures:submission_detail", pk=pk)
    context = {
        "submission": submission,
        "form": form,
        "explained": [each for each in findings if each.explained],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "measures/checks/explain.html", context, status=status)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def explanation_judge(request: PortalRequest, pk: int, explanation: int) -> HttpResponse:
    """Accept an explanation, or refuse it with a reason, while the submission is in review."""
    submission, _version = find_for_review(request, pk)
    found = next(
        (
            each
            for each in findings_by_submission([pk]).get(pk, ())
            if each.explained and each.explained.pk == explanation
        ),
        None,
    )
    if found is None:
        raise Http404
    if not may_judge_explanations(request.access, submission):
        raise PermissionDenied
    form = filled(request, JudgementForm(request.POST if request.method == "POST" else None))
    if form.is_valid() and found.explained:
        try:
            judge_explanation(
                explanation_id=explanation,
                submission_id=pk,
                actor=signed_in(request),
                is_accepted=form.is_accepted,
                refusal=form.cleaned_data["refusal"],
                seen_at=_seen_at(request),
            )
        except (ExplanationRefusedError, SeparateDutiesError) as error:
            form.add_error(None, str(error))
        except MeasuresError as error:
            messages.info(request, str(error))
            return redirect("measures:review_detail", pk=pk)
        else:
            done = _("The explanation is accepted.") if form.is_accepted else _("The explanation is refused.")
            messages.success(request, done)
            return redirect("measures:review_detail", pk=pk)
    context = {"submission": submission, "finding": found, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "measures/checks/judge.html", context, status=status)


def _seen_at(request: PortalRequest) -> dt.datetime | None:
    """When the explanation was given that the page showed; None if the page did not state it."""
    try:
        return parse_datetime(request.POST.get("seen_at", ""))
    except ValueError:
        return None
