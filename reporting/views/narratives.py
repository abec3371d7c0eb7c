"""Texts for reports: asking for them, writing, submitting, deciding."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.models import ReportingRound
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form, stands_on
from reporting.enums import Language
from reporting.exceptions import NarrativeError
from reporting.forms.narratives import NarrativeDecisionForm, NarrativeForm, NarrativeTextForm
from reporting.models import Narrative
from reporting.permissions import can_ask_for_narratives, can_write_narrative
from reporting.selectors.narratives import narrative_line, report_name, sides_of, visible_narratives
from reporting.services.narratives import ask_for_narrative, decide_on_narrative, write_narrative
from reporting.views.acting import person_of

TEXTS_ON_A_PAGE = 20


@require_safe
def narrative_list(request: PortalRequest) -> HttpResponse:
    page = Paginator(visible_narratives(request.access), TEXTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [narrative_line(each) for each in page],
        "may_ask": can_ask_for_narratives(request.access),
    }
    return render(request, "reporting/narrative_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def narrative_ask(request: PortalRequest) -> HttpResponse:
    """Ask somebody for a text."""
    if not can_ask_for_narratives(request.access):
        raise PermissionDenied
    years = list(ReportingRound.objects.order_by("-year").values_list("year", flat=True))
    form = NarrativeForm(request.POST if request.method == "POST" else None, years=years)
    if request.method == "POST" and form.is_valid():
        try:
            narrative = ask_for_narrative(**form.cleaned_data, actor=person_of(request))
        except NarrativeError as error:
            form.add_error("place", str(error.message))
        else:
            messages.success(request, _("The text has been asked for."))
            return redirect("reporting:narrative_detail", pk=narrative.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "reporting/narrative_ask.html", {"form": form}, status=status)


@require_safe
def narrative_detail(request: PortalRequest, pk: int) -> HttpResponse:
    return _page(request, _narrative(request, pk))


@keeps_posted_form
@require_POST
def narrative_write(request: PortalRequest, pk: int, language: str) -> HttpResponse:
    """Save the text as a draft, or hand it to the review with the other button."""
    narrative = _narrative(request, pk)
    if not can_write_narrative(request.access, narrative):
        raise PermissionDenied
    form = filled(request, NarrativeTextForm(request.POST, prefix=_language(language).value))
    submits = "submit" in request.POST
    if form.is_valid():
        try:
            write_narrative(
                narrative_id=narrative.pk,
                language=_language(language),
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["seen"],
                actor=person_of(request),
                submits=submits,
            )
        except NarrativeError as error:
            return _page(request, narrative, problem=error, status=HTTPStatus.CONFLICT)
        messages.success(
            request, _("The text waits for its review.") if submits else _("The draft has been saved.")
        )
        return redirect("reporting:narrative_detail", pk=narrative.pk)
    return _page(request, narrative, written=(language, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


@keeps_posted_form
@require_POST
def narrative_decide(request: PortalRequest, pk: int, language: str) -> HttpResponse:
    narrative = _narrative(request, pk)
    if not can_ask_for_narratives(request.access):
        raise PermissionDenied
    form = filled(request, NarrativeDecisionForm(request.POST, prefix=f"decide-{_language(language).value}"))
    if form.is_valid():
        accepts = form.cleaned_data["decision"] == "accept"
        try:
            decide_on_narrative(
                narrative_id=narrative.pk,
                language=_language(language),
                accepts=accepts,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                actor=person_of(request),
            )
        except NarrativeError as error:
            return _page(request, narrative, problem=error, status=HTTPStatus.CONFLICT)
        messages.success(
            request,
            _("The text is accepted. It stands in reports made from now on.")
            if accepts
            else _("The text has been sent back."),
        )
        return redirect("reporting:narrative_detail", pk=narrative.pk)
    return _page(request, narrative, decided=(language, form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(  # noqa: PLR0913  # what is wrong with which form
    request: PortalRequest,
    narrative: Narrative,
    *,
    written: tuple[str, NarrativeTextForm] | None = None,
    decided: tuple[str, NarrativeDecisionForm] | None = None,
    problem: NarrativeError | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Both languages, each with its forms; those that were refused as they were filled in."""
    here = reverse("reporting:narrative_detail", args=[narrative.pk])
    stands_on(request, here)
    sides: list[dict[str, Any]] = []
    for side in sides_of(narrative, request.access):
        write_form = NarrativeTextForm(
            prefix=side.language,
            initial={"text": side.latest.text if side.latest else "", "seen": side.seen},
        )
        decide_form = NarrativeDecisionForm(prefix=f"decide-{side.language}", initial={"seen": side.seen})
        parts = [narrative.pk, side.language]
        write_form = filled(request, write_form, reverse("reporting:narrative_write", args=parts))
        decide_form = filled(request, decide_form, reverse("reporting:narrative_decide", args=parts))
        sides.append(
            {
                "side": side,
                "form": written[1] if written and written[0] == side.language else write_form,
                "decision": decided[1] if decided and decided[0] == side.language else decide_form,
            }
        )
    context = {
        "narrative": narrative,
        "report_name": report_name(narrative),
        "sides": sides,
        "here": here,
        "problem": problem.message if problem else "",
    }
    return render(request, "reporting/narrative_detail.html", context, status=status)


def _narrative(request: PortalRequest, pk: int) -> Narrative:
    visible = Narrative.objects.visible_to(request.access)
    return get_object_or_404(visible.select_related("organisation", "assignee", "asked_by"), pk=pk)


def _language(code: str) -> Language:
    if code not in Language.values:
        raise Http404
    return Language(code)
