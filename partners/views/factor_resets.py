"""Lost second factors: what is asked for, asking, confirming as another person, withdrawing."""

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.exceptions import PartnersError
from partners.forms import FactorResetForm
from partners.models import FactorReset, User
from partners.permissions import may_reset_factors
from partners.services.second_factors import resets as factor_resets
from partners.sign_in.kept_forms import filled, keeps_posted_form
from partners.tasks import send_mails_after_commit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from partners.middleware import PortalRequest

PER_PAGE = 50
LIST = "partners:factor_reset_list"


@require_safe
def factor_reset_list(request: "PortalRequest") -> "HttpResponse":
    _require_administration(request)
    found = FactorReset.objects.select_related("person", "requested_by", "confirmed_by", "withdrawn_by")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for reset in page:
        reset.is_confirmable = (
            reset.is_open
            and reset.requested_by_id != request.user.pk
            and may_reset_factors(request.access, reset.person)
        )
    return render(request, "partners/factor_reset_list.html", {"page": page})


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def factor_reset_request(request: "PortalRequest") -> "HttpResponse":
    _require_administration(request)
    return _factor_reset_request(request)


@reauthentication_required
def _factor_reset_request(request: "PortalRequest") -> "HttpResponse":
    form = filled(request, FactorResetForm(request.POST or None, access=request.access))
    if form.is_valid() and _request(request, form):
        return redirect(LIST)
    crumbs = [(_("Lost second factors"), reverse(LIST))]
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/factor_reset_form.html", {"form": form, "crumbs": crumbs}, status=status)


def _request(request: "PortalRequest", form: FactorResetForm) -> bool:
    with transaction.atomic():
        try:
            reset = factor_resets.request_reset(
                person=form.cleaned_data["email"],
                reason=form.cleaned_data["reason"],
                identity_check=form.cleaned_data["identity_check"],
                actor=_person(request),
            )
        except PartnersError as error:
            form.add_error("email", str(error))
            return False
        send_mails_after_commit()
    messages.success(
        request,
        _("Requested for %(person)s. Somebody else of the data management has to confirm it within a day.")
        % {"person": reset.person},
    )
    return True


@require_POST
def factor_reset_confirm(request: "PortalRequest", pk: int) -> "HttpResponse":
    _find(request, pk)
    return _factor_reset_confirm(request, pk)


@reauthentication_required
def _factor_reset_confirm(request: "PortalRequest", pk: int) -> "HttpResponse":
    return _carry_out(
        request, pk, factor_resets.confirm, _("%(person)s can sign in and set up a new second factor.")
    )


@require_POST
def factor_reset_withdraw(request: "PortalRequest", pk: int) -> "HttpResponse":
    _find(request, pk)
    return _carry_out(request, pk, factor_resets.withdraw, _("The reset for %(person)s was withdrawn."))


def _carry_out(
    request: "PortalRequest", pk: int, service: "Callable[..., FactorReset]", success: str
) -> "HttpResponse":
    with transaction.atomic():
        try:
            reset = service(reset_id=pk, actor=_person(request))
        except PartnersError as error:
            messages.error(request, str(error))
            return redirect(LIST)
        send_mails_after_commit()
    messages.success(request, success % {"person": reset.person})
    return redirect(LIST)


def _find(request: "PortalRequest", pk: int) -> None:
    """The request must be there, and be of somebody whose account this person manages."""
    _require_administration(request)
    reset = get_object_or_404(FactorReset.objects.select_related("person"), pk=pk)
    if not may_reset_factors(request.access, reset.person):
        raise PermissionDenied


def _require_administration(request: "PortalRequest") -> None:
    if not request.access.manages_data:
        raise PermissionDenied


def _person(request: "PortalRequest") -> User:
    assert isinstance(request.user, User)  # noqa: S101  # for the types: the middleware lets nobody else through
    return request.user
