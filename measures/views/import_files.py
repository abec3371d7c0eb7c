"""What an import gives out: the file as it was sent, the file with its marks, the preview for programs."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from measures import tasks
from measures.exceptions import MarkingBusyError
from measures.models import ImportRun
from measures.permissions import may_see_whole_import
from measures.selectors.imports.marked.workbook import can_be_marked
from measures.selectors.imports.report import report_json
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports import made_files
from measures.services.imports.made_files import Making
from measures.services.imports.marking import MARKED, REPORT, is_long_report
from measures.views.import_runs import ImportRequest, find_run, find_visible, page_context

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

JSON = "application/json"
SECONDS_TO_COME_AGAIN = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def import_file(request: ImportRequest, pk: int) -> FileResponse:
    """The file as it was sent, to be saved, never shown; for those who may see all of it."""
    run = find_run(request, pk)
    if not (may_see_whole_import(request.access, run) and run.source_file.content):
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
    made = _made(request, visible, MARKED)
    if made.file is None:
        return _waiting(request, run, made, MARKED_WORDS)
    if request.htmx:
        made.file.close()
        return render(request, "measures/imports/_marking.html", {"run": run, "is_ready": True})
    return FileResponse(
        made.file,
        as_attachment=True,
        filename=_("%(name)s (checked).xlsx") % {"name": PurePath(run.file_name).stem},
        content_type=XLSX,
    )


@require_safe
def import_report(request: ImportRequest, pk: int) -> HttpResponseBase:
    """The preview for programs: every value with its verdict, every problem, whatever their number.

    A long one is made by a worker. Until it is there, programs are asked to come again, people see a page.
    """
    visible = find_visible(request, pk)
    file_name = f"import-{pk}.json"
    if not is_long_report(visible.run):
        disposition = content_disposition_header(as_attachment=False, filename=file_name) or "inline"
        return StreamingHttpResponse(
            report_json(visible, with_figures=True, judged=True),
            content_type=JSON,
            headers={"Content-Disposition": disposition},
        )
    made = _made(request, visible, REPORT)
    if made.file is None and not _is_read_by_a_person(request):
        return _come_again(made)
    if made.file is None:
        return _waiting(request, visible.run, made, REPORT_WORDS)
    if request.htmx:
        made.file.close()
        return render(request, "measures/imports/_making_report.html", {"run": visible.run, "is_ready": True})
    return FileResponse(made.file, filename=file_name, content_type=JSON)


@dataclass(frozen=True)
class Made:
    """The file if it is there, else what has become of it."""

    name: str
    file: BinaryIO | None
    state: str | None


@dataclass(frozen=True)
class Words:
    """What is said of a file of this kind, and on which page it is waited for."""

    page: str
    failed: "StrPromise"
    no_room: "StrPromise"
    no_queue: "StrPromise"


MARKED_WORDS = Words(
    "marking",
    failed=gettext_lazy("The file could not be marked. Please try again."),
    no_room=gettext_lazy(
        "The portal's disk is full, so the file could not be marked. Please try again later."
    ),
    no_queue=gettext_lazy("The file cannot be marked at the moment. Please try again later."),
)
REPORT_WORDS = Words(
    "making_report",
    failed=gettext_lazy("The report could not be made. Please try again."),
    no_room=gettext_lazy(
        "The portal's disk is full, so the report could not be made. Please try again later."
    ),
    no_queue=gettext_lazy("The report cannot be made at the moment. Please try again later."),
)


def _made(request: ImportRequest, visible: VisibleImport, kind: str) -> Made:
    """The file as this person may see it now; one that is not there is asked for, once."""
    user_id = request.access.user_id or 0
    name = made_files.name_of(visible, user_id=user_id, kind=kind)
    file = made_files.find(name)
    if file is None and made_files.state_of(name) is None:
        made_files.note(name, Making.ASKED)
        language = get_language() or settings.LANGUAGE_CODE
        if not tasks.request_file(kind, run_id=visible.run.pk, user_id=user_id, language=language, name=name):
            made_files.forget(name)
            return Made(name, None, None)
        file = made_files.find(name)
    return Made(name, file, None if file else made_files.state_of(name))


def _waiting(request: ImportRequest, run: ImportRun, made: Made, words: Words) -> HttpResponse:
    """The page that waits; or back to the import, with the reason."""
    if made.state == Making.ASKED:
        page = f"_{words.page}" if request.htmx else words.page
        return render(request, f"measures/imports/{page}.html", page_context(run, 3) | {"is_ready": False})
    made_files.forget(made.name)
    reasons: dict[str | None, str | StrPromise] = {
        None: words.no_queue,
        Making.BUSY: MarkingBusyError.message,
        Making.NO_ROOM: words.no_room,
    }
    messages.info(request, str(reasons.get(made.state, words.failed)))
    address = reverse("measures:import_detail", args=[run.pk])
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _is_read_by_a_person(request: ImportRequest) -> bool:
    """Browsers name pages first; programs that take anything get data."""
    return bool(request.htmx) or request.get_preferred_type(["application/json", "text/html"]) == "text/html"


def _come_again(made: Made) -> JsonResponse:
    if made.state == Making.ASKED:
        answer = JsonResponse({"status": "pending"}, status=HTTPStatus.ACCEPTED)
    else:
        made_files.forget(made.name)
        answer = JsonResponse({"status": "failed"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(SECONDS_TO_COME_AGAIN)
    return answer
