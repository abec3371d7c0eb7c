"""What an import gives out: the file as it was sent, and the preview for programs."""

from django.http import FileResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from measures.services.imports.report import report_json
from measures.views.import_runs import ImportRequest, find_run


@require_GET
def import_file(request: ImportRequest, pk: int) -> FileResponse:
    """The file as it was sent, to be saved, never shown."""
    run = find_run(request, pk)
    return FileResponse(
        run.source_file.content.open("rb"),
        as_attachment=True,
        filename=run.file_name,
        content_type="application/octet-stream",
    )


@require_GET
def import_report(request: ImportRequest, pk: int) -> StreamingHttpResponse:
    """The preview for programs: every value with its verdict, every problem, whatever their number."""
    run = find_run(request, pk)
    pieces = report_json(run, with_figures=True, judged=True)
    return StreamingHttpResponse(pieces, content_type="application/json")
