"""More time for one organisation."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.exceptions import RoundRefusedError
from measures.forms.rounds import ExtensionForm
from measures.services.rounds import extend_submission
from measures.views.rounds import demand_steward
from measures.views.submissions import find_submission, signed_in
from partners.middleware import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def submission_extend(request: PortalRequest, pk: int) -> HttpResponse:
    """Extend the window of one submission with a reason, or withdraw that."""
    submission = find_submission(request, pk)
    demand_steward(request)
    initial = {"until": submission.extended_until, "reason": submission.extension_reason}
    form = ExtensionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            extend_submission(submission_id=pk, actor=signed_in(request), **form.cleaned_data)
        except RoundRefusedError as error:
            form.add_error("until", str(error))
        else:
            is_withdrawn = form.cleaned_data["until"] is None
            messages.success(
                request,
                _("The extension has been withdrawn.")
                if is_withdrawn
                else _("The window has been extended."),
            )
            return redirect("measures:submission_detail", pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"submission": submission, "form": form}
    return render(request, "measures/rounds/extend.html", context, status=status)
