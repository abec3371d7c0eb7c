"""The plausibility checks for everybody who is signed in, each with its log; and what one would find."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.models import CheckWaiver, PlausibilityCheck, ReportingRound, Submission
from measures.permissions import may_change_checks, may_try_checks, may_waive_checks
from measures.selectors.checks.definitions import definition_of, indicator_names
from measures.selectors.checks.described import settings_of, validity
from measures.selectors.checks.log import check_log, waiver_scope
from measures.selectors.checks.trial import trial
from measures.views.submissions import PAGE_SIZE
from partners.middleware import PortalRequest


@require_safe
def check_list(request: PortalRequest) -> HttpResponse:
    names = indicator_names()
    rows = [
        (check, settings_of(definition_of(check).parameters, names), _validity(check))
        for check in PlausibilityCheck.objects.in_order()
    ]
    context = {"rows": rows, "may_change": may_change_checks(request.access)}
    return render(request, "measures/checks/list.html", context)


@require_safe
def check_detail(request: PortalRequest, code: str) -> HttpResponse:
    """The definition, where it is waived, and the change log."""
    check = get_object_or_404(PlausibilityCheck, code=code)
    waivers = list(
        CheckWaiver.objects.visible_to(request.access)
        .filter(plausibility_check=check)
        .select_related("organisation", "indicator", "given_by", "ended_by")
    )
    names = indicator_names()
    context = {
        "check": check,
        "settings": settings_of(definition_of(check).parameters, names),
        "validity": _validity(check),
        "waivers": [(waiver, waiver_scope(waiver)) for waiver in waivers],
        "log": check_log(check, waivers, names),
        "may_change": may_change_checks(request.access),
        "may_try": may_try_checks(request.access),
        "may_waive": may_waive_checks(request.access),
    }
    return render(request, "measures/checks/detail.html", context)


@require_safe
def check_trial(request: PortalRequest, code: str) -> HttpResponse:
    """What the check finds in a round: how many submissions and cells, and which."""
    if not may_try_checks(request.access):
        raise PermissionDenied
    check = get_object_or_404(PlausibilityCheck, code=code)
    rounds = list(ReportingRound.objects.all())
    asked = request.GET.get("year", "")
    chosen = next((each for each in rounds if str(each.year) == asked), None) or _last_closed(rounds)
    found = trial(check, chosen) if chosen else None
    page = Paginator(found.findings if found else [], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "check": check,
        "rounds": rounds,
        "chosen": chosen,
        "trial": found,
        "page": page,
        "rows": [(finding, found.organisations[finding.submission_id]) for finding in page] if found else [],
        "may_change": may_change_checks(request.access),
    }
    return render(request, "measures/checks/trial.html", context)


def _validity(check: PlausibilityCheck) -> str:
    return validity(check.valid_from, check.valid_until)


def _last_closed(rounds: list[ReportingRound]) -> ReportingRound | None:
    """The last that is over with anything recorded; without one, the last that is over, or the first."""
    begun = Submission.objects.filter(round=OuterRef("pk")).begun()
    recorded = ReportingRound.objects.filter(Exists(begun), closes_on__lt=timezone.localdate()).first()
    return recorded or next((each for each in rounds if each.is_closed), rounds[-1] if rounds else None)
