"""From every number to what it is made of: organisations, figures, versions, file and cell, in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from measures.models import FigureVersion, ImportRun, Indicator, Item, Submission
from measures.permissions import may_see_import
from measures.selectors.imports.provenance import SourceOfFigure, sources_of
from measures.workflow import ListedStatus, SubmissionStatus
from partners.models import Region
from partners.permissions import Access
from reporting.aggregates.overview import Selection, year_total
from reporting.aggregates.sums import sum_over_organisations
from reporting.aggregates.targets import load_targets
from reporting.aggregates.totals import Contribution, load_totals
from reporting.aggregates.trail import histories, key_of, versions_of
from reporting.enums import Standing
from reporting.frozen.schema import Amount
from reporting.renderers import wording
from reporting.selectors.selection import query


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalText:
    text: str
    is_gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionLine:
    """What one organisation adds to a total; ``url`` leads to its figures where there are any."""

    name: str
    home: str
    text: str
    is_gap: bool
    basis: str
    qualities: list[str]
    status_tone: str
    status_label: str
    is_current: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTrail:
    """What a total is made of. Of organisations the reader may not see, only their number and sum."""

    total: TotalText
    coverage: str
    against_target: str
    lines: list[ContributionLine]
    hidden_count: int
    hidden_total: TotalText


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigures:
    """The versions that an organisation's statement rests on, and what day they are as of."""

    versions: QuerySet[FigureVersion]
    data_as_of: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version of a figure in the reader's words."""

    text: str
    is_gap: bool
    action: str
    who: str
    when: dt.datetime
    quality: str
    note: str
    file_name: str
    file_url: str
    sheet: str
    cell: str
    original: str
    source: SourceOfFigure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure at its place, with all its versions, newest first."""

    region: str
    occupation: str
    target_group: str
    version: VersionLine
    history: list[VersionLine]


def total_trail(
    indicator: Indicator, selection: Selection, access: Access, regions: Mapping[str, Region]
) -> TotalTrail:
    """The trail of the indicator's total in the selection's year."""
    year = selection.year
    totals = load_totals(
        indicators=[indicator],
        years=[year],
        target_group=selection.target_group,
        standing=selection.standing,
    )
    total = year_total(indicator, year, selection, totals, load_targets(year, year))
    contributions = totals.contributions(indicator.code, year, selection.region or None)
    visible = [each for each in contributions if access.sees_organisation(each[0].organisation_id)]
    statuses = Submission.objects.filter(
        pk__in={each.submission_id for each, _amount in visible}
    ).listed_statuses()
    hidden = [each for each in contributions if not access.sees_organisation(each[0].organisation_id)]
    return TotalTrail(
        total=_number(total.amount),
        coverage=wording.coverage(total.amount),
        against_target=wording.against_target(total.target, total.attainment),
        lines=[
            _line(indicator, *each, selection, regions, status=statuses[each[0].submission_id])
            for each in visible
        ],
        hidden_count=len(hidden),
        hidden_total=_number(sum_over_organisations([amount for _, amount in hidden])),
    )


def stated_figures(item: Item, selection: Selection) -> StatedFigures:
    """The approved versions, or those in review where the reader asked to include them."""
    is_current = (
        selection.standing == Standing.WITH_SUBMITTED and item.submission.status in SubmissionStatus.in_review
    )
    versions = versions_of(item, target_group=selection.target_group, is_current=is_current)
    if selection.region:
        versions = versions.filter(region=selection.region)
    return StatedFigures(
        versions=versions, data_as_of=item.data_as_of if is_current else item.approved_data_as_of
    )


def figure_lines(
    versions: Sequence[FigureVersion], access: Access, *, with_history: bool = True
) -> list[FigureLine]:
    """Each figure at its place, with all its versions; two queries more."""
    known = histories(versions) if with_history else {}
    every = {each.pk: each for each in (*versions, *(each for of_key in known.values() for each in of_key))}
    sources = sources_of(every.values())
    return [
        FigureLine(
            region=version.region.name,
            occupation=version.occupation.label,
            target_group=version.target_group.name,
            version=_version_line(version, access, sources),
            history=[_version_line(each, access, sources) for each in known.get(key_of(version), [])],
        )
        for version in versions
    ]


def _version_line(
    version: FigureVersion, access: Access, sources: Mapping[int, SourceOfFigure]
) -> VersionLine:
    """A version in words; its file is a link for those who may open the import."""
    value = version.value
    run = version.import_run
    return VersionLine(
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
        file_url=_address(run, access) if run else "",
        sheet=version.sheet,
        cell=version.cell,
        original=version.original,
        source=sources.get(version.pk),
    )


def _address(run: ImportRun, access: Access) -> str:
    return reverse("measures:import_detail", args=[run.pk]) if may_see_import(access, run) else ""


def _line(  # noqa: PLR0913  # what is shown, and where
    indicator: Indicator,
    contribution: Contribution,
    amount: Amount,
    selection: Selection,
    regions: Mapping[str, Region],
    *,
    status: ListedStatus,
) -> ContributionLine:
    place = [indicator.code, selection.year, contribution.organisation_code]
    return ContributionLine(
        name=contribution.organisation_name,
        home=regions[contribution.home].name,
        text=wording.amount(amount),
        is_gap=amount.value is None,
        basis=wording.basis(amount),
        qualities=wording.qualities(amount.qualities),
        status_tone=status.tone,
        status_label=str(status.label),
        is_current=contribution.is_current,
        url=reverse("reporting:figure", args=place) + query(selection) if contribution.parts else "",
    )


def _number(amount: Amount) -> TotalText:
    return TotalText(text=wording.amount(amount), is_gap=amount.value is None)
