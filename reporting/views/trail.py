"""From every number to what it is made of: organisations, figures, versions, file and cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from measures.models import FigureVersion, ImportRun, Indicator, Item
from measures.selectors.imports.provenance import SourceOfFigure, sources_of
from measures.workflow import WORKFLOW, SubmissionStatus
from partners.middleware import PortalRequest
from partners.permissions import Access
from reporting.aggregates.overview import year_total
from reporting.aggregates.sums import sum_over_organisations
from reporting.aggregates.targets import load_targets
from reporting.aggregates.totals import Contribution, load_totals
from reporting.aggregates.trail import histories, key_of, versions_of
from reporting.enums import Standing
from reporting.renderers import wording
from reporting.renderers.document import Amount
from reporting.views.selection import RequestedSelection, query, read_selection

FIGURES_ON_A_PAGE = 100


@require_safe
def trail(request: PortalRequest, indicator: str, year: int) -> HttpResponse:
    """What a total is made of. Of organisations the reader may not see, only their number and sum."""
    asked, found = _asked(request, indicator, year)
    totals = load_totals(
        indicators=[found],
        years=[year],
        target_group=asked.selection.target_group,
        standing=asked.selection.standing,
    )
    total = year_total(found, year, asked.selection, totals, load_targets(year, year))
    contributions = totals.contributions(found.code, year, asked.selection.region or None)
    visible, hidden = _split(contributions, request.access)
    context = _about(found, year, asked) | {
        "total": _words(total.amount),
        "coverage": wording.coverage(total.amount),
        "against_target": wording.against_target(total.target, total.attainment),
        "rows": [_row(found, contribution, amount, asked) for contribution, amount in visible],
        "hidden_count": len(hidden),
        "hidden_total": _words(sum_over_organisations([amount for _, amount in hidden])),
    }
    return render(request, "reporting/trail.html", context)


@require_safe
def figure(request: PortalRequest, indicator: str, year: int, organisation: str) -> HttpResponse:
    """One organisation's statement: each figure with its file, sheet and cell, and every version of it."""
    asked, found = _asked(request, indicator, year)
    item = get_object_or_404(
        Item.objects.visible_to(request.access).select_related(
            "submission__organisation", "submission__round"
        ),
        indicator=found,
        submission__round__year=year,
        submission__organisation__code=organisation,
    )
    is_current = (
        asked.selection.standing == Standing.WITH_SUBMITTED
        and item.submission.status in SubmissionStatus.in_review
    )
    versions = versions_of(item, target_group=asked.selection.target_group, is_current=is_current)
    if asked.selection.region:
        versions = versions.filter(region=asked.selection.region)
    page = Paginator(versions, FIGURES_ON_A_PAGE).get_page(request.GET.get("page"))
    as_of = item.data_as_of if is_current else item.approved_data_as_of
    context = _about(found, year, asked) | {
        "organisation": item.submission.organisation,
        "status_tone": item.submission.tone,
        "status_label": item.submission.get_status_display(),
        "data_as_of": wording.day(as_of) if as_of else "",
        "page_obj": page,
        "figures": figure_rows(list(page), request.access),
        "trail_url": reverse("reporting:trail", args=[found.code, year]) + query(asked.selection),
    }
    return render(request, "reporting/figure.html", context)


@dataclass(frozen=True)
class Version:
    """A version of a figure in the reader's words."""

    text: str
    is_gap: bool
    action: str
    who: str
    when: Any
    quality: str
    note: str
    file_name: str
    file_url: str
    sheet: str
    cell: str
    original: str
    source: SourceOfFigure | None


def figure_rows(
    versions: Sequence[FigureVersion], access: Access, *, with_history: bool = True
) -> list[dict[str, Any]]:
    """Each figure at its place, with all its versions; two queries more."""
    known = histories(versions) if with_history else {}
    every = {each.pk: each for each in (*versions, *(each for of_key in known.values() for each in of_key))}
    sources = sources_of(every.values())
    return [
        {
            "region": version.region.name,
            "occupation": version.occupation.label,
            "target_group": version.target_group.name,
            "version": said(version, access, sources),
            "history": [said(each, access, sources) for each in known.get(key_of(version), [])],
        }
        for version in versions
    ]


def said(version: FigureVersion, access: Access, sources: Mapping[int, SourceOfFigure]) -> Version:
    """A version in words; its file is a link for those who may open the import."""
    value = version.value
    run = version.import_run
    return Version(
        text=wording.number(value.normalize() if value else value)
        if value is not None
        else version.get_absence_display(),
        is_gap=value is None,
        action=version.pgh_label,
        who=str(version.entered_by or ""),
        when=version.pgh_created_at,
        quality=version.get_quality_display() if version.quality != "final" else "",
        note=version.note,
        file_name=run.file_name if run else "",
        file_url=reverse("measures:import_detail", args=[run.pk]) if run and _opens(access, run) else "",
        sheet=version.sheet,
        cell=version.cell,
        original=version.original,
        source=sources.get(version.pk),
    )


def _opens(access: Access, run: ImportRun) -> bool:
    return access.reads_all or run.created_by_id == access.user_id or run.supplier_id in access.acts_for


def _asked(request: PortalRequest, code: str, year: int) -> tuple[RequestedSelection, Indicator]:
    asked = read_selection(request, year=year)
    if all(each.year != year for each in asked.rounds):
        raise Http404
    return asked, get_object_or_404(Indicator, code=code, is_recorded=True)


def _about(indicator: Indicator, year: int, asked: RequestedSelection) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "unit": wording.unit(indicator.unit),
        "year": str(year),
        "period": wording.period(indicator.period, year),
        "limits": asked.limits,
        "query": query(asked.selection),
        "dashboard_url": reverse("reporting:dashboard") + query(asked.selection, with_year=True),
    }


def _split(
    contributions: Sequence[tuple[Contribution, Amount]], access: Access
) -> tuple[list[tuple[Contribution, Amount]], list[tuple[Contribution, Amount]]]:
    visible = [each for each in contributions if access.sees_organisation(each[0].organisation_id)]
    hidden = [each for each in contributions if not access.sees_organisation(each[0].organisation_id)]
    return visible, hidden


def _row(
    indicator: Indicator, contribution: Contribution, amount: Amount, asked: RequestedSelection
) -> dict[str, Any]:
    place = [indicator.code, asked.selection.year, contribution.organisation_code]
    address = reverse("reporting:figure", args=place)
    return _words(amount) | {
        "name": contribution.organisation_name,
        "home": asked.regions[contribution.home].name,
        "basis": wording.basis(amount),
        "qualities": wording.qualities(amount.qualities),
        "status_tone": WORKFLOW.state(contribution.status).tone,
        "status_label": SubmissionStatus(contribution.status).label,
        "is_current": contribution.is_current,
        "url": address + query(asked.selection) if contribution.parts else "",
    }


def _words(amount: Amount) -> dict[str, Any]:
    return {"text": wording.amount(amount), "is_gap": amount.value is None}
