"""What an import gives out: the file as it was sent, the file with its marks, the preview for programs."""

from pathlib import PurePath

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.exceptions import MarkingBusyError
from measures.permissions import may_see_whole_import
from measures.selectors.imports.marked_workbook import can_be_marked, marked_workbook
from measures.selectors.imports.report import report_json
from measures.views.import_runs import ImportRequest, find_run, find_visible

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
def import_marked(request: ImportRequest, pk: int) -> FileResponse | HttpResponseRedirect:
    """The file with its problems marked, or the list of them alone."""
    visible = find_visible(request, pk)
    run = visible.run
    if not can_be_marked(run):
        raise Http404
    try:
        content = marked_workbook(visible, actor_id=request.access.user_id or 0)
    except MarkingBusyError as error:
        messages.info(request, str(error))
        return redirect("measures:import_detail", run.pk)
    return FileResponse(
        content,
        as_attachment=True,
        filename=_("%(name)s (checked).xlsx") % {"name": PurePath(run.file_name).stem},
        content_type=XLSX,
    )


@require_safe
def import_report(request: ImportRequest, pk: int) -> StreamingHttpResponse:
    """The preview for programs: every value with its verdict, every problem, whatever their number."""
    pieces = report_json(find_visible(request, pk), with_figures=True, judged=True)
    disposition = content_disposition_header(as_attachment=False, filename=f"import-{pk}.json") or "inline"
    return StreamingHttpResponse(
        pieces, content_type="application/json", headers={"Content-Disposition": disposition}
    )
