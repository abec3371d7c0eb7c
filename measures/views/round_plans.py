"""Opening a round and changing one: a form, what it would do, and only then doing it."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.exceptions import RoundChangedMeanwhileError, RoundRefusedError
from measures.forms.rounds import RoundForm
from measures.models import Indicator, ReportingRound
from measures.selectors.due import compare, shown
from measures.selectors.round_plans import RoundPlan, indicators_to_ask, next_plan, plan_of, reminders_of
from measures.services.rounds import change_round, open_round
from measures.views.rounds import demand_steward
from measures.views.submissions import signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import MARK, filled, keeps_posted_form

OPEN, EDIT = "apply", "edit"
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "step", "seen", MARK})
LAST_YEAR = 2100


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: PortalRequest) -> HttpResponse:
    """Open a round, by default as last year's was."""
    demand_steward(request)
    rounds = list(ReportingRound.objects.order_by("-year"))
    source = next((each for each in rounds if str(each.year) == request.GET.get("copy")), None)
    source = source or (rounds[0] if rounds else None)
    year = _year(request.POST) or (rounds[0].year + 1 if rounds else timezone.localdate().year)
    given = next_plan(source, year)
    indicators = list(indicators_to_ask(year))
    taken = {each.year for each in rounds}
    form = RoundForm(_sent(request), given=given, indicators=indicators, taken_years=taken)
    form = filled(request, form)
    context = {"form": form, "source": source, "rounds": rounds}
    return _answer(request, form, context, None)


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def round_change(request: PortalRequest, year: int) -> HttpResponse:
    demand_steward(request)
    reporting_round = get_object_or_404(ReportingRound, year=year)
    possible = indicators_to_ask(year).values("pk")
    indicators = list(
        Indicator.objects.filter(Q(pk__in=possible) | Q(rounds__round=reporting_round))
        .distinct()
        .select_related("measure")
    )
    given = plan_of(reporting_round)
    form = filled(request, RoundForm(_sent(request), given=given, indicators=indicators))
    return _answer(request, form, {"form": form, "round": reporting_round}, reporting_round)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _year(data: Mapping[str, str]) -> int | None:
    text = data.get("year", "")
    is_year = text.isascii() and text.isdigit() and len(text) == 4  # noqa: PLR2004  # digits of a year
    return int(text) if is_year and int(text) <= LAST_YEAR else None


def _answer(
    request: PortalRequest, form: RoundForm, context: dict[str, Any], known: ReportingRound | None
) -> HttpResponse:
    step = request.POST.get("step", "")
    if not form.is_bound or (step == EDIT and form.is_valid()):
        return render(request, "measures/rounds/plan.html", context)
    if not form.is_valid():
        return render(request, "measures/rounds/plan.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if step != OPEN:
        return _preview(request, form, context, known)
    return _apply(request, form, context, known)


def _apply(
    request: PortalRequest, form: RoundForm, context: dict[str, Any], known: ReportingRound | None
) -> HttpResponse:
    try:
        done = _apply_plan(request, form, known)
    except RoundChangedMeanwhileError as error:
        context["not_done"] = str(error)
        return _preview(request, form, context, known, status=HTTPStatus.CONFLICT)
    except RoundRefusedError as error:
        form.add_error(None, str(error))
        return render(request, "measures/rounds/plan.html", context, status=HTTPStatus.CONFLICT)
    text = _("The round has been changed.") if known else _("The round has been opened.")
    messages.success(request, text)
    return redirect("measures:round_detail", done.year)


def _apply_plan(request: PortalRequest, form: RoundForm, known: ReportingRound | None) -> ReportingRound:
    seen = request.POST.get("seen", "")
    if known is None:
        return open_round(plan=form.plan, actor=signed_in(request), seen=seen)
    return change_round(
        round_id=known.pk,
        plan=form.plan,
        actor=signed_in(request),
        seen=seen,
        reason=form.cleaned_data["reason"],
    )


def _preview(
    request: PortalRequest,
    form: RoundForm,
    context: dict[str, Any],
    known: ReportingRound | None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """What it would do, with everything that was typed sent along."""
    plan: RoundPlan = form.plan
    round_id = known.pk if known else None
    comparison = compare(day=plan.reference_date, asked=plan.asked, round_id=round_id)
    context |= {
        "plan": plan,
        "before": plan_of(known) if known else None,
        "reminders": reminders_of(plan),
        "result": shown(comparison, round_id),
        "seen": comparison.digest,
        "hidden": list(_hidden(request)),
    }
    return render(request, "measures/rounds/preview.html", context, status=status)


def _hidden(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in OWN_FIELDS:
            yield from ((name, str(value)) for value in values)
