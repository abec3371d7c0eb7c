"""Answering a mark, where the value is right as it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.exceptions import StepNotPossibleError
from measures.forms.reviewing import AnswerForm
from measures.models import ReviewMark
from measures.services.review import answer_mark
from measures.views.submissions import demand, find_submission, moved_on, signed_in
from measures.workflow import SubmissionAction
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def mark_answer(request: PortalRequest, pk: int, mark: int) -> HttpResponse:
    submission = find_submission(request, pk)
    found = get_object_or_404(
        ReviewMark.objects.select_related("item__indicator", "region", "target_group", "event__actor"),
        pk=mark,
        item__submission=submission,
    )
    if not demand(request, submission, SubmissionAction.RECORD):
        return moved_on(request, submission)
    form = filled(request, AnswerForm(request.POST if request.method == "POST" else None))
    if request.method == "POST" and form.is_valid():
        try:
            answer_mark(mark_id=found.pk, actor=signed_in(request), answer=form.cleaned_data["answer"])
        except StepNotPossibleError as error:
            found.refresh_from_db(fields=["answered_at"])
            is_answered = found.answered_at is not None
            why = _("This mark has been answered in the meantime.") if is_answered else str(error)
            messages.info(request, why)
        else:
            messages.success(request, _("Your answer has been saved."))
        return redirect("measures:submission_detail", pk=pk)
    context = {"submission": submission, "mark": found, "form": form}
    return render(
        request, "measures/mark_answer.html", context, status=422 if request.method == "POST" else 200
    )
