"""What a steward does with plausibility checks: add, change, activate, end."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.enums import CheckKind
from measures.exceptions import CheckRefusedError
from measures.forms.checks import CheckForm, CheckReasonForm, EndCheckForm, KindForm
from measures.models import Indicator, PlausibilityCheck, ReportingRound, TargetGroup
from measures.permissions import may_change_checks
from measures.selectors.submission_lists import running_year
from measures.services.checks import activate_check, add_check, change_check, end_check
from measures.views.submissions import signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


def _demand_steward(request: PortalRequest) -> None:
    if not may_change_checks(request.access):
        raise PermissionDenied


def _status(form: forms.Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK


def _codes(kind: str) -> dict[str, Any]:
    """What can be named in a formula."""
    if kind != CheckKind.FORMULA:
        return {}
    return {"indicators": Indicator.objects.all(), "groups": TargetGroup.objects.all()}


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def check_create(request: PortalRequest) -> HttpResponse:
    """First the kind, then what can be set of it. What is added is a draft."""
    _demand_steward(request)
    kind = request.GET.get("kind", "")
    if kind not in CheckKind.values:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        return render(request, "measures/checks/kind.html", {"form": KindForm()}, status=status)
    form = CheckForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        indicators=list(Indicator.objects.all()),
        year=running_year(ReportingRound.objects.all()) or timezone.localdate().year,
    )
    form = filled(request, form)
    if form.is_valid():
        try:
            check = add_check(
                code=form.cleaned_data["code"],
                kind=kind,
                plan=form.plan,
                actor=signed_in(request),
                reason=form.cleaned_data["reason"],
            )
        except CheckRefusedError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("The check is a draft. Try it on past rounds, then activate it."))
            return redirect("measures:check_trial", check.code)
    context = {"form": form, "kind": CheckKind(kind), **_codes(kind)}
    return render(request, "measures/checks/form.html", context, status=_status(form))


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def check_change(request: PortalRequest, code: str) -> HttpResponse:
    _demand_steward(request)
    check = get_object_or_404(PlausibilityCheck, code=code)
    form = CheckForm(
        request.POST if request.method == "POST" else None,
        kind=check.kind,
        indicators=list(Indicator.objects.all()),
        check=check,
    )
    form = filled(request, form)
    if form.is_valid():
        try:
            change_check(
                check_id=check.pk,
                plan=form.plan,
                actor=signed_in(request),
                reason=form.cleaned_data["reason"],
            )
        except CheckRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The check has been changed."))
            return redirect("measures:check_detail", code)
    context = {"form": form, "check": check, "kind": CheckKind(check.kind), **_codes(check.kind)}
    return render(request, "measures/checks/form.html", context, status=_status(form))


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def check_activate(request: PortalRequest, code: str) -> HttpResponse:
    _demand_steward(request)
    check = get_object_or_404(PlausibilityCheck, code=code)
    form = filled(request, CheckReasonForm(request.POST if request.method == "POST" else None))
    if form.is_valid():
        try:
            activate_check(check_id=check.pk, actor=signed_in(request), reason=form.cleaned_data["reason"])
        except CheckRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The check counts from now on."))
            return redirect("measures:check_detail", code)
    context = {"form": form, "check": check}
    return render(request, "measures/checks/activate.html", context, status=_status(form))


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def check_end(request: PortalRequest, code: str) -> HttpResponse:
    _demand_steward(request)
    check = get_object_or_404(PlausibilityCheck, code=code)
    form = filled(request, EndCheckForm(request.POST if request.method == "POST" else None))
    if check.is_draft:
        del form.fields["last_year"]
    if form.is_valid():
        try:
            end_check(
                check_id=check.pk,
                last_year=form.cleaned_data.get("last_year"),
                actor=signed_in(request),
                reason=form.cleaned_data["reason"],
            )
        except CheckRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The check has ended."))
            return redirect("measures:check_detail", code)
    context = {"form": form, "check": check}
    return render(request, "measures/checks/end.html", context, status=_status(form))
