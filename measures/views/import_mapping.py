"""What a file's columns are: shown as understood, confirmed or corrected, and remembered for the next one."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures import tasks
from measures.enums import ImportStatus
from measures.forms.mapping import MappingForm
from measures.models import ImportRun
from measures.permissions import may_handle_import
from measures.services import imports
from measures.services.imports import profiles
from measures.services.imports.preview import questions_of
from measures.services.imports.scope import uploader_scope
from measures.views.import_runs import ImportRequest, find_run, page_context

MAPPABLE = (ImportStatus.MAPPING, ImportStatus.NEEDS_ANSWERS, ImportStatus.READY)


@require_http_methods(["GET", "POST"])
def import_mapping(request: ImportRequest, pk: int) -> HttpResponse:
    """The columns as understood, to be confirmed or corrected; then the file is read again."""
    run = _run(request, pk)
    if run.status not in MAPPABLE:
        return redirect("measures:import_detail", run.pk)
    form = MappingForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            imports.confirm_mapping(
                run_id=run.pk,
                answers=form.answers(),
                actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            )
        except imports.ImportNotReadyError as error:
            messages.info(request, str(error))
        else:
            transaction.on_commit(partial(tasks.read_import.delay, run.pk))
        return redirect("measures:import_detail", run.pk)
    scope = uploader_scope(run)
    context = page_context(run, 2) | {
        "form": form,
        "questions": questions_of(run),
        "profile": profiles.used_by(run, scope).first(),
        "is_remembered": scope is not None,
    }
    return render(request, "measures/imports/mapping.html", context, status=422 if form.is_bound else 200)


@require_POST
def import_forget(request: ImportRequest, pk: int) -> HttpResponse:
    """Forget how files of this layout are read; the file is read again as if it were the first."""
    run = _run(request, pk)
    try:
        imports.forget_profiles(run_id=run.pk)
    except imports.ImportNotReadyError as error:
        messages.info(request, str(error))
    else:
        transaction.on_commit(partial(tasks.read_import.delay, run.pk))
        messages.success(
            request, _("The profile has been forgotten. The file is being read again without it.")
        )
    return redirect("measures:import_detail", run.pk)


def _run(request: ImportRequest, pk: int) -> ImportRun:
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    return run
