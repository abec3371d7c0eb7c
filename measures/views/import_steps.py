"""Undoing what an import wrote, and bringing it back: the effect is shown before anything is done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures import tasks
from measures.exceptions import MeasuresError
from measures.forms.imports.steps import ExplainForm, UndoForm
from measures.models import ImportStep
from measures.permissions import import_obstacle, may_handle_import
from measures.selectors.imports.chains import Chains
from measures.selectors.imports.dependents import dependents_of
from measures.selectors.imports.preview import find_cause
from measures.services.imports.errors import (
    ImportNotReadyError,
    ImportObstructedError,
    StepHasDependentsError,
)
from measures.services.imports.judging.explanations import explain_queries
from measures.services.imports.requests import request_undo
from measures.views.import_runs import ImportRequest, find_run, find_visible, page_context
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: ImportRequest, pk: int, step: int) -> HttpResponse:
    """What would be undone and what rests on it; with POST it is undone."""
    run = find_run(request, pk)
    found = get_object_or_404(run.steps.select_related("actor"), pk=step)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    dependents = dependents_of(found, request.access)
    form = filled(request, UndoForm(request.POST or None, needs_reason=bool(dependents.to_reopen)))
    obstructed = [str(each) for each in dependents.submissions if import_obstacle(request.access, each)]
    if request.method == "POST" and form.is_valid():
        if obstructed:
            raise PermissionDenied
        if dependents.blocked and not form.cleaned_data["only_independent"]:
            messages.warning(request, str(StepHasDependentsError()))
            return redirect("measures:import_undo", run.pk, found.pk)
        return _undo(request, found, form)
    context = {
        "run": run,
        "step": found,
        "is_undo": found.undoes_id is not None and not Chains.of_runs([run.pk]).brings_back(found),
        "dependents": dependents,
        "obstacle": str(ImportObstructedError(obstructed)) if obstructed else "",
        "form": form,
        "crumbs": [
            (_("Import"), reverse("measures:import_list")),
            (run.file_name, reverse("measures:import_detail", args=[run.pk])),
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "measures/imports/undo.html", context, status=status)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def import_explain(request: ImportRequest, pk: int, cause: int) -> HttpResponse:
    """Why the values of a query are right, in one text for all its cells."""
    visible = find_visible(request, pk)
    run, asked = visible.run, find_cause(visible, str(cause))
    if asked is None or not asked.may_be_explained:
        raise Http404
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    form = filled(request, ExplainForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            explain_queries(
                run_id=run.pk,
                actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
                text=form.cleaned_data["text"],
                cause_id=asked.pk,
            )
        except MeasuresError as error:
            messages.error(request, str(error))
        return redirect("measures:import_detail", run.pk)
    context = page_context(run, 3) | {"cause": asked, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "measures/imports/explain.html", context, status=status)


def _undo(request: ImportRequest, step: ImportStep, form: UndoForm) -> HttpResponse:
    try:
        request_undo(
            step_id=step.pk,
            actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            reason=form.cleaned_data["reason"],
            only_independent=form.cleaned_data["only_independent"],
        )
    except ImportNotReadyError as error:
        messages.error(request, str(error))
    else:
        tasks.call_writer_after_commit()
    return redirect("measures:import_detail", step.import_run_id)
