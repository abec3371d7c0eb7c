"""Choosing the language: of the pages, and for somebody who is signed in of their mails as well."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, override
from django.views.i18n import LANGUAGE_QUERY_PARAMETER
from django.views.i18n import set_language as set_language_of_pages

from partners.models import User
from partners.services.notices.writing import set_language_of_mails
from partners.sign_in.kept_forms import MARK, carry

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

OF_FORM = "form_language"
"""What the buttons of a form are called that take it along into another language."""


@login_not_required
def set_language(request: HttpRequest) -> "HttpResponseBase":
    """Django's view; mails follow the language in which somebody reads the portal.

    A form whose own button it was is shown again on its page, with what was typed and not saved; its fields
    may be called as those of Django's view, which gets none of them.
    """
    is_lost = MARK in request.POST and not carry(request, OF_FORM)
    if OF_FORM in request.POST:
        chosen_in_form, page = request.POST[OF_FORM], _page(request)
        request.POST = QueryDict(mutable=True)  # type: ignore[assignment]  # as Django's own handlers do
        request.POST.update({LANGUAGE_QUERY_PARAMETER: chosen_in_form, "next": page})
    response: HttpResponse = set_language_of_pages(request)
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "") if request.method == "POST" else ""
    if chosen not in dict(settings.LANGUAGES):
        return response
    if is_lost:
        with override(chosen):
            messages.warning(request, gettext("What you had typed could not be taken along."))
    if isinstance(request.user, User):
        set_language_of_mails(user=request.user, language=chosen)
    return response


def _page(request: HttpRequest) -> str:
    """The page to show again; a form that is sent along may have a field of that name."""
    return request.GET.get("next") or request.POST.get("next") or ""


def ask_again(request: HttpRequest) -> HttpResponse:
    """Show the page again on which a language was chosen with the token of a former sign-in.

    What was typed is kept: by its signed mark, and else by the script of the page.
    """
    carry(request, OF_FORM)
    page = _page(request)
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    messages.warning(
        request,
        gettext(
            "The language is the same as before: you have signed in again since. Please choose it once more."
        ),
    )
    return redirect(page if is_ours else "/")
