"""What the Alliance set out to do: its measures, and how each is counted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.enums import TOTAL, Breakdown, ContributionRole, SumsOver
from measures.models import (
    Indicator,
    Measure,
    MeasureContribution,
    MeasureFunding,
    Objective,
    Phase,
    Target,
    TargetGroup,
)
from partners.enums import OrganisationKind

if TYPE_CHECKING:
    from django.db import models
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class IndicatorSheet:
    """An indicator with its lists of codes in words."""

    indicator: Indicator
    asked_of: list[str]
    sums_over: list[str]
    breakdown: list[str]
    target_groups: list[str]


@dataclass(frozen=True)
class RoleGroup:
    """Who takes part in a measure in one role."""

    role: str
    contributions: list[MeasureContribution]


@require_safe
def measure_list(request: "HttpRequest") -> "HttpResponse":
    leads = _contributions().filter(role=ContributionRole.LEAD)
    measures = Prefetch(
        "measures",
        queryset=_funded().prefetch_related(
            "target_groups", Prefetch("contributions", queryset=leads, to_attr="leads")
        ),
    )
    objectives = Objective.objects.prefetch_related(measures)
    phase = Phase.objects.order_by("-starts_on").first()
    return render(request, "measures/measure_list.html", {"objectives": objectives, "phase": phase})


@require_safe
def measure_detail(request: "HttpRequest", code: str) -> "HttpResponse":
    measures = _funded().prefetch_related(
        "objectives",
        "target_groups",
        "products",
        "outcomes",
        Prefetch("contributions", queryset=_contributions()),
        _indicators(),
    )
    measure = get_object_or_404(measures, code=code)
    groups = {group.code: group.name for group in TargetGroup.objects.exclude(code=TOTAL)}
    sheets = [
        IndicatorSheet(
            indicator=indicator,
            asked_of=_labels(OrganisationKind, indicator.asked_of),
            sums_over=_labels(SumsOver, indicator.sums_over),
            breakdown=_labels(Breakdown, indicator.breakdown),
            target_groups=[name for group, name in groups.items() if indicator.is_asked_by(group)],
        )
        for indicator in measure.indicators.all()
    ]
    context = {
        "measure": measure,
        "parts": _parts(measure),
        "sheets": sheets,
        "crumbs": [(_("Measures"), reverse("measures:measure_list"))],
    }
    return render(request, "measures/measure_detail.html", context)


def _parts(measure: Measure) -> list[RoleGroup]:
    contributions = list(measure.contributions.all())
    parts = [
        RoleGroup(str(role.label), [part for part in contributions if part.role == role])
        for role in ContributionRole
    ]
    return [part for part in parts if part.contributions]


def _contributions() -> "QuerySet[MeasureContribution]":
    contributions = MeasureContribution.objects.select_related("organisation")
    return contributions.order_by("organisation__sort_key", "valid_from")


def _funded() -> "QuerySet[Measure]":
    funding = MeasureFunding.objects.select_related("source").order_by(
        "source__code", F("year").asc(nulls_first=True)
    )
    return Measure.objects.prefetch_related(Prefetch("funding", queryset=funding))


def _indicators() -> "Prefetch[str]":
    targets = (
        Target.objects.select_related("denominator").prefetch_related("responsible").order_by("year", "pk")
    )
    return Prefetch(
        "indicators", queryset=Indicator.objects.prefetch_related(Prefetch("targets", queryset=targets))
    )


def _labels(choices: "type[models.TextChoices]", codes: list[str]) -> list[str]:
    return [str(choices(code).label) for code in codes]
