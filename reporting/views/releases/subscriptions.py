"""Mails about releases: asking for them, confirming, ending them. Without an account and without cookies."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.i18n import LANGUAGE_QUERY_PARAMETER

from partners import tasks as mail_tasks
from partners.sign_in.kept_forms import fill_in
from partners.views.links import without_referrer
from reporting.enums import Language
from reporting.forms.releases import SubscriptionForm
from reporting.services.releases.subscriptions import (
    confirm,
    subscribe,
    subscriber_to_confirm,
    subscriber_to_end,
    unsubscribe,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

RATES = {"subscribe": "20/h/ip"}


@csrf_exempt  # a visitor has no cookies; whoever makes a stranger send this gets the stranger one mail
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: "HttpRequest") -> HttpResponse:
    """Ask for the mails. The answer is the same whether the address has them already or not.

    A button for another language sends the form to be shown again in that language.
    """
    is_sent = request.method == "POST" and LANGUAGE_QUERY_PARAMETER not in request.POST
    form = SubscriptionForm(request.POST if is_sent else None)
    if request.method == "POST" and not is_sent:
        fill_in(form, request.POST)
    if form.is_valid():
        if not ratelimit.consume(request, app="reporting", action="subscribe", config=RATES):
            return _answer(request, form, is_too_often=True, status=HTTPStatus.TOO_MANY_REQUESTS)
        with transaction.atomic():
            subscribe(email=form.cleaned_data["email"], language=Language(get_language() or "de"))
            transaction.on_commit(_wake_mails, robust=True)
        return _answer(request, form, is_asked=True)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _answer(request, form, status=status)


@csrf_exempt  # the link stands for the person
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_confirm(request: "HttpRequest", token: str) -> HttpResponse:
    """Asked first where somebody opens the link: programs that look at mails open it as well."""
    subscriber = subscriber_to_confirm(token)
    if subscriber is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        confirm(subscriber_id=subscriber.pk)
    context = {"is_done": is_done, "email": subscriber.email}
    return without_referrer(render(request, "reporting/releases/subscription_confirm.html", context))


@csrf_exempt  # the reader's mail program sends the form (RFC 8058); the token stands for the person
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription_end(request: "HttpRequest", token: str) -> HttpResponse:
    subscriber = subscriber_to_end(token)
    if subscriber is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        unsubscribe(subscriber_id=subscriber)
    return without_referrer(render(request, "reporting/releases/subscription_end.html", {"is_done": is_done}))


def _answer(
    request: "HttpRequest", form: SubscriptionForm, *, status: HTTPStatus = HTTPStatus.OK, **more: bool
) -> HttpResponse:
    typed_form = "" if more.get("is_asked") else "subscription-form"
    context = {"form": form, "typed_form": typed_form, **more}
    return render(request, "reporting/releases/subscription.html", context, status=status)


def _wake_mails() -> None:
    mail_tasks.send_mails.delay()
