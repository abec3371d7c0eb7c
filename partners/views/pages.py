"""The pages that every public site of an authority must have: shown to everybody, written in the portal."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import LANGUAGE_QUERY_PARAMETER

from partners.enums import PageLanguage, PublicPage
from partners.exceptions import PageTextChangedError
from partners.forms import BarrierForm, PageTextForm
from partners.models import User
from partners.selectors.page_texts import as_html, current_text, newest_texts, versions_of
from partners.services.page_texts import recipient_of_barrier_reports, report_barrier, write_text
from partners.sign_in.kept_forms import fill_in, filled, keeps_posted_form
from partners.tasks import send_mails_after_commit

if TYPE_CHECKING:
    from partners.middleware import PortalRequest

FORM_WORKS_FOR = 24 * 3600
"""Seconds after which the form to report a barrier has to be opened again."""
RATES = {"barrier": "20/h/ip"}


@login_not_required
@require_safe
def public_page(request: "PortalRequest", page: PublicPage) -> HttpResponse:
    """The text that stands, or the one that comes with the portal."""
    text = current_text(page, get_language() or "de")
    context = {
        "page": page,
        "html": as_html(text.body) if text and text.body else "",
        "written_at": text and text.written_at,
        "operator": settings.OPERATOR,
        "takes_reports": bool(recipient_of_barrier_reports()),
        "may_change": request.access.manages_data,
    }
    return render(request, f"pages/{page}.html", context)


@login_not_required
@csrf_exempt  # visitors get no cookie, and the form acts in nobody's name: its token says that it was opened
@require_http_methods(["GET", "HEAD", "POST"])
def barrier_report(request: "PortalRequest") -> HttpResponse:
    """The form to report a barrier. What is sent goes out as a mail; nothing else is kept.

    A button for another language sends it to be shown again in that language.
    """
    if not recipient_of_barrier_reports():
        raise Http404
    signer = TimestampSigner(salt="barrier")
    is_sent = request.method == "POST" and LANGUAGE_QUERY_PARAMETER not in request.POST
    form = BarrierForm(request.POST if is_sent else None, initial={"page": request.GET.get("seite", "")})
    if request.method == "POST" and not is_sent:
        fill_in(form, request.POST)
    was_opened = True
    if is_sent:
        try:
            signer.unsign(request.POST.get("opened", ""), max_age=FORM_WORKS_FOR)
        except BadSignature:
            was_opened = False
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    if was_opened and form.is_valid():
        if ratelimit.consume(request, app="partners", action="barrier", config=RATES):
            with transaction.atomic():
                report_barrier(**form.cleaned_data)
                send_mails_after_commit()
            return render(request, "pages/barrier_report.html", {"is_sent": True})
        status = HTTPStatus.TOO_MANY_REQUESTS
    context = {
        "form": form,
        "typed_form": "barrier-form",
        "opened": signer.sign("form"),
        "was_opened": was_opened,
        "is_too_often": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    return render(request, "pages/barrier_report.html", context, status=status)


@dataclass(frozen=True)
class PageLine:
    """A page in one language, in the list of those that may be written."""

    page: PublicPage
    language: PageLanguage
    version: int
    text: object

    @property
    def url(self) -> str:
        return reverse("partners:page_text_change", args=[self.page.value, self.language.value])


@require_safe
def page_text_list(request: "PortalRequest") -> HttpResponse:
    _require_data_management(request)
    newest = newest_texts()
    lines = [
        PageLine(page, language, text.version if text else 0, text)
        for page in PublicPage
        for language in PageLanguage
        for text in [newest.get((page.value, language.value))]
    ]
    return render(request, "pages/page_text_list.html", {"lines": lines})


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def page_text_change(request: "PortalRequest", page: str, language: str) -> HttpResponse:
    """Write the next version of a text: shown as it will look before it is saved."""
    _require_data_management(request)
    if page not in PublicPage.values or language not in PageLanguage.values:
        raise Http404
    versions = versions_of(page, language)
    seen = versions[0].version if versions else 0
    form = PageTextForm(
        request.POST if request.method == "POST" else None,
        initial={"body": versions[0].body if versions else "", "seen": seen},
    )
    form = filled(request, form)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            write_text(
                page=page,
                language=language,
                body=form.cleaned_data["body"],
                seen=form.cleaned_data["seen"],
                actor=get_object_or_404(User, pk=request.access.user_id),
            )
        except PageTextChangedError as error:
            form.add_error(None, str(error))
            form.data = request.POST.dict() | {
                "seen": str(seen)
            }  # whoever saves again has seen the other text
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, gettext("The text is published."))
            return redirect("partners:page_text_list")
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    wants_preview = "preview" in request.POST and form.is_valid()
    context = {
        "page": PublicPage(page),
        "language": PageLanguage(language),
        "form": form,
        "versions": versions,
        "standing": as_html(versions[0].body) if versions and versions[0].body else "",
        "preview": as_html(form.cleaned_data["body"]) if wants_preview else "",
        "crumbs": [(gettext("Public texts"), reverse("partners:page_text_list"))],
    }
    return render(request, "pages/page_text_form.html", context, status=status)


def _require_data_management(request: "PortalRequest") -> None:
    if not request.access.manages_data:
        raise PermissionDenied
