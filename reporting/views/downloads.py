"""Files as answers: those made for one request, and the documents of reports."""

import base64
import hashlib
import logging
import re

from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from reporting.enums import MEDIA_TYPES, DocumentFormat
from reporting.models import Document

logger = logging.getLogger(__name__)

_OWN_STYLES = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def document_response(document: Document, *, as_attachment: bool = True) -> FileResponse:
    """The file under the name a reader's computer gives it, as what it is registered as."""
    try:
        content = document.file.open()
    except FileNotFoundError as error:
        logger.exception("The file of document %s is missing", document.pk)
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=as_attachment,
        filename=document.file_name,
        content_type=MEDIA_TYPES[DocumentFormat(document.format)],
    )
    if document.format == DocumentFormat.HTML:
        response["Content-Security-Policy"] = _policy_for(document)
    return response


def _policy_for(document: Document) -> str:
    """A page that is one file brings its styles along: they apply, known by their hash, and nothing runs."""
    with document.file.storage.open(str(document.file)) as page:
        styles = _OWN_STYLES.findall(page.read())
    hashes = [base64.b64encode(hashlib.sha256(each).digest()).decode() for each in styles]
    allowed = " ".join(f"'sha256-{each}'" for each in hashes) or "'none'"
    return (
        f"default-src 'none'; style-src {allowed}; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
