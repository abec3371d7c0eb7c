"""Recording: the list of submissions, the grid, submitting, and every version of every figure."""

from dataclasses import asdict
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.exceptions import (
    ExplanationRefusedError,
    StepNotPossibleError,
    SubmissionChangedMeanwhileError,
    SubmissionHasFindingsError,
)
from measures.forms.explanations import ExplanationsForm
from measures.forms.grid import GridForm, among
from measures.forms.recording import CorrectionForm, SubmissionFilterForm, SubmitForm
from measures.models import Figure, FigureVersion, Submission
from measures.permissions import can
from measures.selectors.changes import authors_of
from measures.selectors.entry_grid import empty_grid, entry_grid
from measures.selectors.review_marks import marks_of, open_marks
from measures.selectors.submission_lists import listed
from measures.selectors.submission_versions import SubmissionVersion, version_of
from measures.services.explanations import explain_findings
from measures.services.review import start_correction, submit_submission
from measures.views.grid.keeping import DISCARD, show_kept
from measures.views.grid.saving import mark_cells, store_cells
from measures.views.grid.showing import around_cells, around_grid
from measures.views.submissions import (
    PAGE_SIZE,
    demand_step,
    demand_unchanged,
    find_submission,
    find_with_version,
    list_filter,
    meanwhile,
    moved_on,
    not_taken,
    seen_version,
    signed_in,
)
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in import kept_forms
from partners.sign_in.kept_forms import filled, keeps_posted_form


@require_safe
def submission_list(request: PortalRequest) -> HttpResponse:
    form = list_filter(SubmissionFilterForm, request.GET)
    visible = Submission.objects.visible_to(request.access).focused_on(request.access)
    found = listed(visible, **asdict(form.chosen), groups=form.groups)
    ordered = found.submissions.select_related("round", "organisation").with_progress()
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(submission, can(request.access, SubmissionAction.RECORD, submission)) for submission in page]
    context = {"form": form, "page": page, "rows": rows, "chips": found.chips}
    return render(request, "measures/submission_list.html", context)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the grid; posted without JavaScript, store all its cells at once."""
    if request.method == "POST":
        return _save_all(request, pk)
    submission = find_submission(request, pk)
    # The version comes first: what changes in between makes it old, never newer than what is shown.
    version, grid = version_of(pk), entry_grid(submission)
    is_kept = show_kept(request, submission, grid)
    context = around_cells(request, submission, grid) | around_grid(request, submission, grid, version)
    context |= meanwhile(submission, request.GET.get("seen", "")) | {"is_kept": is_kept}
    return render(request, "measures/submission_detail.html", context)


def _save_all(request: PortalRequest, pk: int) -> HttpResponse:
    submission = find_submission(request, pk)
    kept_forms.forget(request)
    if DISCARD in request.POST:
        return redirect("measures:submission_detail", pk=pk)
    form = GridForm(request.POST, find_cells=among(empty_grid(submission).cells))
    form.is_valid()
    stored = store_cells(request, submission, form)
    if stored.status == HTTPStatus.OK:
        messages.success(request, _("Your values have been saved."))
        return redirect("measures:submission_detail", pk=pk)
    submission, version = find_with_version(request, pk)
    grid = entry_grid(submission)
    mark_cells(grid, form, stored)
    context = around_cells(request, submission, grid) | around_grid(request, submission, grid, version)
    context |= {"notice": stored.notice, "is_partly_saved": not stored.notice}
    return render(request, "measures/submission_detail.html", context, status=stored.status)


def step_not_taken(
    request: PortalRequest, pk: int, seen: SubmissionVersion | None, error: Exception
) -> HttpResponse:
    """Show the page once more, for whoever wanted to take a step on it: why not, and what has changed."""
    submission, version = find_with_version(request, pk)
    grid = entry_grid(submission)
    context = around_cells(request, submission, grid) | around_grid(request, submission, grid, version)
    context |= not_taken(submission, seen, error)
    return render(request, "measures/submission_detail.html", context, status=HTTPStatus.CONFLICT)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_submit(request: PortalRequest, pk: int) -> HttpResponse:
    submission, version = find_with_version(request, pk)
    grid = entry_grid(submission)
    data = request.POST if request.method == "POST" else None
    form = filled(request, SubmitForm(data))
    explanations = filled(request, ExplanationsForm(data, findings=grid.queries, required=True))
    context = {
        "submission": submission,
        "version": version,
        "grid": grid,
        "form": form,
        "explanations": explanations,
        "open_marks": [mark.cell_label for mark in open_marks(submission)],
    }
    template = "measures/submission_submit.html"
    seen = seen_version(request)
    try:
        demand_step(request, submission, SubmissionAction.SUBMIT)
        if request.method != "POST":
            return render(request, template, context)
        demand_unchanged(seen, version)
        if not all([form.is_valid(), explanations.is_valid(), not grid.errors]):
            return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        explain_findings(submission_id=pk, texts=explanations.texts, actor=signed_in(request))
        submit_submission(
            submission_id=submission.pk,
            actor=signed_in(request),
            seen=seen,
            comment=form.cleaned_data["comment"],
        )
    except SubmissionChangedMeanwhileError as error:
        context |= not_taken(submission, seen, error)
        return render(request, template, context, status=HTTPStatus.CONFLICT)
    except StepNotPossibleError:
        return moved_on(request, submission)
    except (ExplanationRefusedError, SubmissionHasFindingsError) as error:
        messages.error(request, str(error))
        return redirect("measures:submission_submit", pk=pk)
    messages.success(request, _("The submission has been handed over for review."))
    return redirect("measures:submission_detail", pk=pk)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_correct(request: PortalRequest, pk: int) -> HttpResponse:
    """Reopen an approved submission, with a reason."""
    submission, version = find_with_version(request, pk)
    form = filled(request, CorrectionForm(request.POST if request.method == "POST" else None))
    context = {"submission": submission, "version": version, "form": form}
    template = "measures/submission_correct.html"
    seen = seen_version(request)
    try:
        demand_step(request, submission, SubmissionAction.CORRECT)
        if request.method != "POST":
            return render(request, template, context)
        demand_unchanged(seen, version)
        if not form.is_valid():
            return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        start_correction(
            submission_id=submission.pk,
            actor=signed_in(request),
            seen=seen,
            reason=form.cleaned_data["reason"],
        )
    except SubmissionChangedMeanwhileError as error:
        context |= not_taken(submission, seen, error)
        return render(request, template, context, status=HTTPStatus.CONFLICT)
    except StepNotPossibleError:
        return moved_on(request, submission)
    messages.success(request, _("The submission is a draft again. What was approved stays in force."))
    return redirect("measures:submission_detail", pk=pk)


@require_safe
def submission_history(request: PortalRequest, pk: int) -> HttpResponse:
    submission = find_submission(request, pk)
    versions = (
        FigureVersion.objects.filter(item__submission=submission)
        .select_related(
            "item__indicator",
            "region",
            "occupation",
            "target_group",
            "entered_by",
            "import_run",
            "pgh_context",
        )
        .order_by("-pgh_id")
    )
    page = Paginator(versions, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    authors = authors_of(page)
    rows = [(version, authors.get(version.pgh_id)) for version in page]
    events = submission.events.select_related("actor", "batch__proposed_by")
    context = {
        "submission": submission,
        "page": page,
        "rows": rows,
        "events": events,
        "marks": marks_of(submission),
    }
    return render(request, "measures/submission_history.html", context)


@require_safe
def submission_breakdown(request: PortalRequest, pk: int) -> HttpResponse:
    """Every stored figure, with those by occupation, and where each came from."""
    submission = find_submission(request, pk)
    figures = (
        Figure.objects.filter(item__submission=submission)
        .select_related("item__indicator", "region", "occupation", "target_group", "import_run")
        .order_by("item__indicator__position", "region", "target_group__position", "occupation")
    )
    page = Paginator(figures, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "measures/submission_breakdown.html", {"submission": submission, "page": page})
