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
from reporting.aggregates.statements import listed_statuses_then
from reporting.aggregates.targets import load_targets
from reporting.aggregates.totals import Contribution
from reporting.aggregates.trail import data_as_of, histories, key_of, status_then, versions_of
from reporting.dashboards.data import LinkedNumber
from reporting.dashboards.figures import Figures, RatioAttainment, amount_number, load_figures, share_number
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import OF_TRAIL, trail_url
from reporting.enums import Standing
from reporting.frozen.schema import Amount
from reporting.renderers import wording


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
class PromisedShare:
    """The share of a total in another one, where a share was promised; ``denominator`` leads to the other."""

    text: str
    target: str
    denominator_name: str
    denominator: LinkedNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTrail:
    """What a total is made of. Of organisations the reader may not see, only their number and sum."""

    total: LinkedNumber
    coverage: str
    against_target: str
    shares: list[PromisedShare]
    lines: list[ContributionLine]
    hidden_count: int
    hidden_total: LinkedNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigures:
    """The versions that an organisation's statement rests on, its state, and what day they are as of."""

    versions: QuerySet[FigureVersion]
    data_as_of: dt.date | None
    status: ListedStatus


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
    indicator: Indicator, filters: Filters, access: Access, regions: Mapping[str, Region]
) -> TotalTrail:
    """The trail of the indicator's total in the filters' year."""
    targets = load_targets(filters.year, filters.year)
    divided = [each.denominator for each in targets.ratios_of(indicator, filters.year) if each.denominator]
    figures = load_figures(filters, [indicator, *divided], [filters.year], targets=targets)
    total = figures.year_total(indicator, filters.year)
    contributions = figures.contributions(indicator, filters.year)
    visible = [each for each in contributions if access.sees_organisation(each[0].due.organisation_id)]
    statuses = _statuses([each for each, _amount in visible], filters.as_of)
    hidden = [each for each in contributions if not access.sees_organisation(each[0].due.organisation_id)]
    return TotalTrail(
        total=amount_number(total.amount, ""),
        coverage=wording.coverage(total.amount),
        against_target=wording.against_target(total.target, total.attainment),
        shares=[
            _share(each, each.target.denominator, figures)
            for each in figures.ratios(indicator, filters.year)
            if each.target.denominator
        ],
        lines=[
            _line(indicator, *each, filters, regions, status=statuses[each[0].due.submission_id])
            for each in visible
        ],
        hidden_count=len(hidden),
        hidden_total=amount_number(figures.sum(indicator, [amount for _, amount in hidden]), ""),
    )


def _share(promised: RatioAttainment, denominator: Indicator, figures: Figures) -> PromisedShare:
    filters = figures.filters
    return PromisedShare(
        text=share_number(promised.amount, "").text,
        target=wording.percent(promised.target.value),
        denominator_name=denominator.name,
        denominator=amount_number(
            figures.amount(denominator, filters.year), trail_url(denominator.code, filters)
        ),
    )


def _statuses(contributions: Sequence[Contribution], as_of: dt.date | None) -> Mapping[int, ListedStatus]:
    """The states of the submissions for people; of a past day, those that they were in then."""
    if as_of is not None:
        return listed_statuses_then(
            {each.due.submission_id: each.due.status for each in contributions}, as_of
        )
    return Submission.objects.filter(
        pk__in={each.due.submission_id for each in contributions}
    ).listed_statuses()


def stated_figures(item: Item, filters: Filters) -> StatedFigures:
    """The approved versions, or those in review where the reader asked to include them; of a day if asked."""
    as_of = filters.as_of
    if as_of is None:
        status, listed = item.submission.status, ListedStatus(item.listed_status)
    else:
        status = status_then(item, as_of)
        listed = listed_statuses_then({item.submission_id: status}, as_of)[item.submission_id]
    is_current = filters.standing == Standing.WITH_SUBMITTED and status in SubmissionStatus.in_review
    versions = versions_of(item, target_group=filters.target_group, is_current=is_current, as_of=as_of)
    if filters.region:
        versions = versions.filter(region=filters.region)
    return StatedFigures(
        versions=versions,
        data_as_of=data_as_of(item, is_current=is_current, as_of=as_of),
        status=listed,
    )


def figure_lines(
    versions: Sequence[FigureVersion],
    access: Access,
    *,
    with_history: bool = True,
    as_of: dt.date | None = None,
) -> list[FigureLine]:
    """Each figure at its place, with all its versions until a day; two queries more."""
    known = histories(versions, as_of) if with_history else {}
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
    filters: Filters,
    regions: Mapping[str, Region],
    *,
    status: ListedStatus,
) -> ContributionLine:
    place = [indicator.code, filters.year, contribution.due.organisation_code]
    return ContributionLine(
        name=contribution.due.organisation_name,
        home=regions[contribution.due.home].name,
        text=wording.amount(amount),
        is_gap=amount.value is None,
        basis=wording.basis(amount),
        qualities=wording.qualities(amount.qualities),
        status_tone=status.tone,
        status_label=str(status.label),
        is_current=contribution.is_current,
        url=reverse("reporting:figure", args=place) + filters.query(OF_TRAIL) if contribution.parts else "",
    )
