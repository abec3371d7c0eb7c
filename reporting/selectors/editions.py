"""Which reports there can be of a year, and what each is called in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from measures.models import ApprovedFigure, Item, Phase, ReportingRound
from partners.enums import RegionLevel
from partners.models import Affiliation, Organisation, Region
from partners.permissions import Access
from reporting.aggregates.participation import participation
from reporting.dashboards.organisations import load_organisations
from reporting.editions.types import REPORT_TYPES, ReportType
from reporting.enums import ReportStatus, ScopeKind
from reporting.models import ProgressReport
from reporting.permissions import can_request_report
from reporting.snapshot.breakdowns import code_of

ALL = "*"
"""In place of a scope: every Land, every umbrella."""

_MEMBERS = Affiliation.objects.filter(umbrella=OuterRef("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A report that can be asked for; ``scope`` and its name are empty for the Alliance."""

    report_type: ReportType
    scope: str = ""
    scope_name: str = ""

    @property
    def name(self) -> str:
        return self.scope_name or str(self.report_type.name)


@dataclass(frozen=True, slots=True)
class EditionNames:
    """The names of Länder and umbrellas, to call reports by."""

    by_scope: Mapping[tuple[ScopeKind, str], str]

    def title(self, report_type: str, year: int, scope: str) -> str:
        known = REPORT_TYPES.get(report_type)
        if known is None:
            return f"{report_type} {year} {scope}".strip()
        return known.title % {"year": year, "scope": self.scope_name(known, scope)}

    def scope_name(self, report_type: ReportType, scope: str) -> str:
        return self.by_scope.get((report_type.scope, scope), scope)

    def title_of(self, report: ProgressReport) -> str:
        return self.title(report.report_type, report.year, report.scope)


def edition_names(reports: Iterable[ProgressReport]) -> EditionNames:
    """The names that these reports need: two queries, none where all are of the whole Alliance."""
    return names_of_scopes(report.scope for report in reports)


def names_of_scopes(scopes: Iterable[str]) -> EditionNames:
    """As above, for what is not a report yet."""
    if not any(scopes):
        return EditionNames({})
    laender = {(ScopeKind.LAND, region.code): region.name for region in _laender()}
    umbrellas = Organisation.objects.filter(Exists(_MEMBERS)).values_list("code", "short_name")
    return EditionNames(laender | {(ScopeKind.UMBRELLA, code): name for code, name in umbrellas})


def title_of(report: ProgressReport) -> str:
    return edition_names([report]).title_of(report)


def newer_release(report: ProgressReport) -> ProgressReport | None:
    """The last release of the same edition, if it came after this one."""
    released = ProgressReport.objects.of_edition(report).filter(status=ReportStatus.RELEASED)
    return released.filter(release__gt=report.release or 0).order_by("-release").first()


def scopes_of(report_type: ReportType, year: int) -> list[tuple[str, str]]:
    """The Länder, or the umbrellas of that year, by code and name; one without code for the Alliance."""
    if report_type.scope is ScopeKind.LAND:
        return [(region.code, region.name) for region in _laender()]
    if report_type.scope is ScopeKind.UMBRELLA:
        return _umbrellas(year)
    return [("", "")]


def editions_for(access: Access, year: int) -> list[Edition]:
    """What this person may ask for, type by type."""
    return [
        Edition(report_type=report_type, scope=scope, scope_name=name)
        for report_type in REPORT_TYPES.values()
        for scope, name in scopes_of(report_type, year)
        if can_request_report(access, report_type, scope)
    ]


def scopes_with_values(report_type: ReportType, year: int) -> frozenset[str]:
    """The Länder or umbrellas, by code, that a value is approved of in a year of the term up to this."""
    phase = Phase.objects.get(starts_on__year__lte=year, ends_on__year__gte=year)
    items = Item.objects.filter(
        indicator__is_recorded=True,
        indicator__measure__isnull=False,
        submission__round__year__range=(phase.starts_on.year, year),
    )
    values = ApprovedFigure.objects.filter(value__isnull=False)
    if report_type.scope is ScopeKind.LAND:
        stated = values.filter(region=OuterRef("pk"), item__in=items)
        return frozenset(_laender().filter(Exists(stated)).values_list("code", flat=True))
    stating = items.filter(Exists(values.filter(item=OuterRef("pk"))))
    tree = load_organisations()
    return frozenset(
        tree.by_pk[tree.line_of(organisation, in_year)[0]].code
        for organisation, in_year in stating.values_list(
            "submission__organisation_id", "submission__round__year"
        ).distinct()
        if organisation in tree.by_pk
    )


def _laender() -> QuerySet[Region]:
    return Region.objects.filter(level=RegionLevel.LAND).order_by("code")


def organisations_below(umbrella: str, year: int) -> frozenset[int]:
    """The umbrella and everybody below it in that year."""
    tree = load_organisations()
    found = tree.by_code.get(umbrella)
    return tree.with_members(found.pk, year) if found else frozenset()


def members_of(umbrella: str, year: int) -> frozenset[int]:
    """Whose figures of a year stand under an umbrella, or under a kind of partners that has none."""
    due = {
        each.organisation_id
        for each_round in ReportingRound.objects.filter(year=year)
        for group in participation(each_round)
        if code_of(group) == umbrella
        for each in group.participants
    }
    return organisations_below(umbrella, year) | due


def _umbrellas(year: int) -> list[tuple[str, str]]:
    """Those at the top of the tree at the end of the year that have members."""
    tree = load_organisations()
    return [
        (each.code, each.name)
        for each in tree.by_code.values()
        if tree.has_members(each.pk, year) and tree.umbrella_id_of(each.pk, year) is None
    ]
