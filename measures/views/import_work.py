"""An import in a worker's hands: how far it is, stopping it, having it begun again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures import tasks
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.permissions import may_handle_import
from measures.selectors.imports.preview import reason_for_refusal
from measures.selectors.visible_imports import visible_import
from measures.services.imports.dispatch import cancel_import, resume_import
from measures.services.imports.errors import ImportNotReadyError
from measures.services.imports.progress import progress_of
from measures.views.import_runs import ImportRequest, find_run, page_context
from measures.views.submissions import signed_in


def at_work_page(request: ImportRequest, run: ImportRun) -> HttpResponse:
    """The page of an import that waits for a worker or has one; it asks for its progress again and again."""
    progress = progress_of([run.pk])[run.pk]
    stage = _("Being stopped") if run.cancel_requested_at else progress.stage.label
    context = page_context(run, 1 if run.status == ImportStatus.UPLOADED else 4) | {
        "progress": progress,
        "stage": stage,
        "is_new_stage": request.GET.get("stage") != stage,
        "may_cancel": may_handle_import(request.access, run) and not run.cancel_requested_at,
    }
    page = "_at_work" if request.htmx else "at_work"
    return render(request, f"measures/imports/{page}.html", context)


def not_taken_page(request: ImportRequest, run: ImportRun) -> HttpResponse:
    """Why a file was not read to the end, and what can be done about it."""
    may_handle, visible = may_handle_import(request.access, run), visible_import(run, request.access)
    context = page_context(run, 1) | {
        "reason": reason_for_refusal(visible),
        "may_see_file": visible.is_whole and bool(run.source_file.content),
        "may_handle": may_handle,
        "may_point": may_handle and run.is_mappable,
    }
    return render(request, "measures/imports/refused.html", context)


@require_POST
def import_cancel(request: ImportRequest, pk: int) -> HttpResponse:
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    try:
        cancel_import(run_id=run.pk)
    except ImportNotReadyError:
        messages.info(request, _("The work had already ended before it could be stopped."))
    return redirect("measures:import_detail", run.pk)


@require_POST
def import_resume(request: ImportRequest, pk: int) -> HttpResponse:
    """Read a file again whose reading was stopped or broken off."""
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    try:
        resume_import(run_id=run.pk, actor=signed_in(request))
    except ImportNotReadyError as error:
        messages.info(request, str(error))
    else:
        tasks.call_reader_after_commit()
    return redirect("measures:import_detail", run.pk)
