"""What a file's columns are: shown as understood, confirmed or corrected, and remembered for the next one."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from measures import tasks
from measures.forms.imports.mapping import MappingForm
from measures.forms.imports.sheets import shown_sheets
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.permissions import may_handle_import
from measures.selectors.imports.preview import questions_of
from measures.selectors.imports.scope import scope_of
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.confirming.confirm import (
    confirm_mapping,
    correct_reading,
    forget_profiles,
)
from measures.services.imports.errors import ImportNotReadyError
from measures.services.imports.profiles import profiles
from measures.views.import_runs import ImportRequest, find_run, page_context
from measures.views.submissions import signed_in
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def import_mapping(request: ImportRequest, pk: int) -> HttpResponse:
    """The file as understood, to be corrected by pointing at it, and confirmed; it is read again by that."""
    run = _run(request, pk)
    if request.htmx and run.status == ImportStatus.UPLOADED:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)  # still being read: ask again
    if not run.is_mappable:
        return _leave(request, run)
    form = filled(request, MappingForm(request.POST or None, run=run))
    if request.method == "POST" and form.is_valid():
        return _read_again(request, run, form)
    sheets, others, hidden = shown_sheets(form)
    scope = scope_of(run)
    context = page_context(run, 2) | {
        "form": form,
        "sheets": sheets,
        "other_tables": others,
        "hidden_sheets": hidden,
        "questions": questions_of(VisibleImport(run)),  # whoever maps a file sees all of it
        "profile": profiles.used_by(run, scope).first(),
        "is_confirmed": profiles.is_confirmed(run),
        "is_remembered": scope is not None,
        "at": request.GET.get("at", ""),
    }
    page = "_mapping" if request.htmx else "mapping"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, f"measures/imports/{page}.html", context, status=status)


def _read_again(request: ImportRequest, run: ImportRun, form: MappingForm) -> HttpResponse:
    try:
        if form.is_correction:
            correct_reading(run_id=run.pk, answers=form.answers(), actor=signed_in(request))
        else:
            confirm_mapping(
                run_id=run.pk,
                answers=form.answers(),
                actor=signed_in(request),
            )
    except ImportNotReadyError as error:
        messages.info(request, str(error))
        return _leave(request, run)
    tasks.call_reader_after_commit()
    if request.htmx and form.is_correction:
        at = form.cleaned_data["correction"].rpartition(":")[0]
        return render(request, "measures/imports/_again.html", {"run": run, "at": at})
    return _leave(request, run)


def _leave(request: ImportRequest, run: ImportRun) -> HttpResponse:
    address = reverse("measures:import_detail", args=[run.pk])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@require_POST
def import_forget(request: ImportRequest, pk: int) -> HttpResponse:
    """Forget how files of this layout are read; the file is read again as if it were the first."""
    run = _run(request, pk)
    try:
        forget_profiles(run_id=run.pk, actor=signed_in(request))
    except ImportNotReadyError as error:
        messages.info(request, str(error))
    else:
        tasks.call_reader_after_commit()
        messages.success(
            request, _("The profile has been forgotten. The file is being read again without it.")
        )
    return redirect("measures:import_detail", run.pk)


def _run(request: ImportRequest, pk: int) -> ImportRun:
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    return run
