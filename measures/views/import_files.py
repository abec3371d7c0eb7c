"""What an import gives out: the file as it was sent, the file with its marks, the preview for programs."""

from pathlib import PurePath

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from measures import tasks
from measures.exceptions import MarkingBusyError
from measures.models import ImportRun
from measures.permissions import may_see_whole_import
from measures.selectors.imports.marked.workbook import can_be_marked
from measures.selectors.imports.report import report_json
from measures.services.imports import marking
from measures.services.imports.marking import Marking
from measures.views.import_runs import ImportRequest, find_run, find_visible, page_context

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def import_file(request: ImportRequest, pk: int) -> FileResponse:
    """The file as it was sent, to be saved, never shown; for those who may see all of it."""
    run = find_run(request, pk)
    if not may_see_whole_import(request.access, run):
        raise Http404
    return FileResponse(
        run.source_file.content.open("rb"),
        as_attachment=True,
        filename=run.file_name,
        content_type="application/octet-stream",
    )


@require_safe
def import_marked(request: ImportRequest, pk: int) -> HttpResponseBase:
    """The file with its problems marked, or a page that waits while a worker makes it."""
    visible = find_visible(request, pk)
    run = visible.run
    if not can_be_marked(run):
        raise Http404
    user_id = request.access.user_id or 0
    name = marking.name_of(visible, user_id=user_id)
    file = marking.find_marked(name)
    if file is None and marking.state_of(name) is None:
        marking.note(name, Marking.ASKED)
        language = get_language() or settings.LANGUAGE_CODE
        if not tasks.request_marking(run_id=run.pk, user_id=user_id, language=language, name=name):
            marking.forget(name)
            return _not_marked(
                request, run, _("The file cannot be marked at the moment. Please try again later.")
            )
        file = marking.find_marked(name)
    if file is None:
        return _waiting_for_marks(request, run, name)
    if request.htmx:
        file.close()
        return render(request, "measures/imports/_marking.html", {"run": run, "is_ready": True})
    return FileResponse(
        file,
        as_attachment=True,
        filename=_("%(name)s (checked).xlsx") % {"name": PurePath(run.file_name).stem},
        content_type=XLSX,
    )


def _waiting_for_marks(request: ImportRequest, run: ImportRun, name: str) -> HttpResponse:
    state = marking.state_of(name)
    if state == Marking.ASKED:
        page = "_marking" if request.htmx else "marking"
        return render(request, f"measures/imports/{page}.html", page_context(run, 3) | {"is_ready": False})
    marking.forget(name)
    if state == Marking.BUSY:
        return _not_marked(request, run, str(MarkingBusyError.message))
    if state == Marking.NO_ROOM:
        return _not_marked(
            request,
            run,
            _("The portal's disk is full, so the file could not be marked. Please try again later."),
        )
    return _not_marked(request, run, _("The file could not be marked. Please try again."))


def _not_marked(request: ImportRequest, run: ImportRun, why: str) -> HttpResponse:
    messages.info(request, why)
    address = reverse("measures:import_detail", args=[run.pk])
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


@require_safe
def import_report(request: ImportRequest, pk: int) -> StreamingHttpResponse:
    """The preview for programs: every value with its verdict, every problem, whatever their number."""
    pieces = report_json(find_visible(request, pk), with_figures=True, judged=True)
    disposition = content_disposition_header(as_attachment=False, filename=f"import-{pk}.json") or "inline"
    return StreamingHttpResponse(
        pieces, content_type="application/json", headers={"Content-Disposition": disposition}
    )
