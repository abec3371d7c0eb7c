"""The portal's own workbook, to be downloaded from a submission or from the import page."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.forms.own_workbook import TemplateForm
from measures.models import Submission
from measures.selectors.own_workbook import template_of
from measures.views.submissions import find_submission
from partners.middleware import PortalRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def submission_template(request: PortalRequest, pk: int) -> HttpResponse:
    """The workbook of one submission, in the reader's language unless another is asked for."""
    return _workbook(request, find_submission(request, pk))


@require_safe
def import_template(request: PortalRequest) -> HttpResponse:
    """The workbook of the submission chosen on the import page."""
    form = TemplateForm(request.GET, access=request.access)
    if not form.is_valid():
        raise Http404
    return _workbook(request, find_submission(request, form.cleaned_data["submission"]))


def _workbook(request: PortalRequest, submission: Submission) -> HttpResponse:
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else (get_language() or settings.LANGUAGE_CODE)
    template = template_of(submission, language=language)
    return HttpResponse(
        template.content,
        content_type=WORKBOOK,
        headers={
            "Content-Disposition": f'attachment; filename="{template.name}"',
            "Cache-Control": "private, no-store",
        },
    )
