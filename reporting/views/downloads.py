"""Files as answers: those made for one request, and the documents of reports."""

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from reporting.enums import MEDIA_TYPES, DocumentFormat
from reporting.models import Document

OWN_STYLES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The content security policy of a page that is one file: it brings its styles along, and nothing may run."""


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def document_response(document: Document, *, as_attachment: bool = True) -> FileResponse:
    """The file under the name a reader's computer gives it, as what it is registered as."""
    response = FileResponse(
        document.file.open(),
        as_attachment=as_attachment,
        filename=document.file_name,
        content_type=MEDIA_TYPES[DocumentFormat(document.format)],
    )
    if document.format == DocumentFormat.HTML:
        response["Content-Security-Policy"] = OWN_STYLES
    return response
