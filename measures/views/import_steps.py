"""Undoing what an import wrote, and bringing it back: says what it will do before it does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from measures.exceptions import MeasuresError
from measures.forms.imports import UndoForm
from measures.models import ImportRun, ImportStep
from measures.permissions import may_handle_import
from measures.services import imports
from measures.services.imports.chains import Chains
from measures.views.import_runs import ImportRequest, find_run


@require_http_methods(["GET", "POST"])
def import_undo(request: ImportRequest, pk: int, step: int) -> HttpResponse:
    """What would be undone and what rests on it; with POST it is undone."""
    run = find_run(request, pk)
    found = get_object_or_404(run.steps.select_related("actor"), pk=step)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    dependents = imports.dependents_of(found)
    form = UndoForm(request.POST or None, needs_reason=bool(dependents.to_reopen))
    if request.method == "POST" and form.is_valid():
        return _undo(request, run, found, form)
    context = {
        "run": run,
        "step": found,
        "is_undo": found.undoes_id is not None and not Chains.of_runs([run.pk]).brings_back(found),
        "dependents": dependents,
        "form": form,
        "crumbs": [
            (_("Import"), reverse("measures:import_list")),
            (run.file_name, reverse("measures:import_detail", args=[run.pk])),
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "measures/imports/undo.html", context, status=status)


def _undo(request: ImportRequest, run: ImportRun, step: ImportStep, form: UndoForm) -> HttpResponse:
    try:
        written = imports.undo_step(
            step_id=step.pk,
            actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            access=request.access,
            reason=form.cleaned_data["reason"],
            only_independent=form.cleaned_data["only_independent"],
        )
    except imports.StepHasDependentsError as error:
        messages.warning(request, str(error))
        return redirect("measures:import_undo", run.pk, step.pk)
    except MeasuresError as error:
        messages.error(request, str(error))
    else:
        count = written.figure_count
        messages.success(
            request,
            ngettext(
                "Done: %(count)d value is as it was before.",
                "Done: %(count)d values are as they were before.",
                count,
            )
            % {"count": count},
        )
    return redirect("measures:import_detail", run.pk)
