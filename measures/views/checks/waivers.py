"""Leaving organisations out of a check for a time, and ending that."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.exceptions import CheckRefusedError
from measures.forms.checks import CheckReasonForm, WaiverForm
from measures.models import CheckWaiver, Indicator, PlausibilityCheck, ReportingRound
from measures.permissions import may_waive_checks
from measures.selectors.checks.definitions import definition_of
from measures.selectors.checks.log import waiver_scope
from measures.selectors.submission_lists import running_year
from measures.services.checks import end_waiver, waive_check
from measures.views.submissions import signed_in
from partners.middleware import PortalRequest
from partners.models import Organisation
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def check_waive(request: PortalRequest, code: str) -> HttpResponse:
    """From a finding, the organisation, indicator and year come along in the address."""
    if not may_waive_checks(request.access):
        raise PermissionDenied
    check = get_object_or_404(PlausibilityCheck, code=code)
    parameters = definition_of(check).parameters
    year = running_year(list(ReportingRound.objects.all())) or check.valid_from
    given = {name: request.GET.get(name, "") for name in ("organisation", "indicator", "year")}
    given["year"] = given["year"] if given["year"].isdigit() else str(year)
    form = WaiverForm(
        request.POST if request.method == "POST" else None,
        organisations=Organisation.objects.order_by("sort_key"),
        indicators=[each for each in Indicator.objects.all() if parameters.is_of(each.code)],
        initial={
            "organisation": given["organisation"],
            "indicator": given["indicator"],
            "first_year": given["year"],
            "last_year": given["year"],
        },
    )
    form = filled(request, form)
    if form.is_valid():
        try:
            waive_check(check_id=check.pk, plan=form.plan, actor=signed_in(request))
        except CheckRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The waiver counts from now on."))
            return redirect("measures:check_detail", code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "measures/checks/waive.html", {"form": form, "check": check}, status=status)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def waiver_end(request: PortalRequest, pk: int) -> HttpResponse:
    if not may_waive_checks(request.access):
        raise PermissionDenied
    waiver = get_object_or_404(
        CheckWaiver.objects.select_related("plausibility_check", "organisation", "indicator", "given_by"),
        pk=pk,
    )
    check = waiver.plausibility_check
    form = filled(request, CheckReasonForm(request.POST if request.method == "POST" else None))
    if form.is_valid():
        try:
            end_waiver(waiver_id=pk, actor=signed_in(request), reason=form.cleaned_data["reason"])
        except CheckRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The waiver has ended. The check counts again."))
            return redirect("measures:check_detail", check.code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "check": check, "waiver": waiver, "scope": waiver_scope(waiver)}
    return render(request, "measures/checks/waiver_end.html", context, status=status)
