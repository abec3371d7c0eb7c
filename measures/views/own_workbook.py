"""The portal's own workbook, to be downloaded from a submission or from the import page."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.forms.own_workbook import OwnWorkbookForm
from measures.models import Submission
from measures.selectors.own_workbook import own_workbook_of
from measures.views.submissions import find_submission
from partners.middleware import PortalRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def submission_own_workbook(request: PortalRequest, pk: int) -> HttpResponse:
    """The workbook of one submission, in the reader's language unless another is asked for."""
    return _workbook(request, find_submission(request, pk))


@require_safe
def import_own_workbook(request: PortalRequest) -> HttpResponse:
    """The workbook of the submission chosen on the import page."""
    form = OwnWorkbookForm(request.GET, access=request.access)
    if not form.is_valid():
        raise Http404
    return _workbook(request, find_submission(request, form.cleaned_data["submission"]))


def _workbook(request: PortalRequest, submission: Submission) -> HttpResponse:
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else (get_language() or settings.LANGUAGE_CODE)
    workbook = own_workbook_of(submission, language=language)
    disposition = content_disposition_header(as_attachment=True, filename=workbook.name) or "attachment"
    return HttpResponse(
        workbook.content,
        content_type=WORKBOOK,
        headers={"Content-Disposition": disposition},
    )
