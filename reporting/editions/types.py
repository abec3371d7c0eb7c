"""The registry of report types: each with who may ask for it, its scope, sections, languages and formats.

An edition is a type of report, of a year and, where the type has a scope, of a Land or an umbrella.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reporting.enums import DocumentFormat, Language, ScopeKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Frequency(StrEnum):
    """How often a report of its kind comes out, in the words of the EU's Publications Office."""

    YEARLY = "ANNUAL"
    IRREGULAR = "IRREG"


class Structure(StrEnum):
    """How a document is built: as a report, or as descriptions of good practice are."""

    REPORT = "report"
    PRACTICE = "practice"


class ReportSection(StrEnum):
    """The parts that not every type of report has; the rest is in every report."""

    LAENDER = "laender"
    UMBRELLAS = "umbrellas"
    TARGET_GROUPS = "target_groups"
    PARTICIPATION = "participation"
    CONTROLS = "controls"
    STATEMENTS = "statements"
    RESOLUTIONS = "resolutions"
    SOURCES = "sources"
    MARKET = "market"
    OFFERS = "offers"
    FUNDING = "funding"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportType:
    """``title`` has places for the year and the name of the scope; documents are called after ``file_stems``.

    Those who approve figures may ask for every report; ``asked_by_the_body``: those who work for the Land or
    umbrella may ask for its report as well.
    """

    code: str
    name: "StrPromise"
    purpose: "StrPromise"
    title: "StrPromise"
    file_stems: Mapping[Language, str]
    scope: ScopeKind = ScopeKind.ALLIANCE
    asked_by_the_body: bool = False
    sections: frozenset[ReportSection]
    languages: tuple[Language, ...] = tuple(Language)
    formats: tuple[DocumentFormat, ...] = tuple(DocumentFormat)
    structure: Structure = Structure.REPORT
    frequency: Frequency = Frequency.YEARLY

    @property
    def has_scope(self) -> bool:
        return self.scope is not ScopeKind.ALLIANCE

    def file_stem(self, language: str) -> str:
        return self.file_stems[Language(language)]


ANNUAL, INTERIM, PRACTICE = "annual", "interim", "practice"

REPORT_TYPES: Mapping[str, ReportType] = {
    each.code: each
    for each in (
        ReportType(
            code=ANNUAL,
            name=_("Annual report"),
            purpose=_("All figures approved for the year, with every section."),
            title=_("Progress report %(year)s"),
            file_stems={Language.GERMAN: "Fortschrittsbericht", Language.ENGLISH: "Progress-report"},
            sections=frozenset(ReportSection),
        ),
        ReportType(
            code=INTERIM,
            name=_("Interim report"),
            purpose=_("How far figures and participation have come while the round goes on."),
            title=_("Interim report %(year)s"),
            file_stems={Language.GERMAN: "Zwischenbericht", Language.ENGLISH: "Interim-report"},
            sections=frozenset(ReportSection)
            - {
                ReportSection.CONTROLS,
                ReportSection.STATEMENTS,
                ReportSection.RESOLUTIONS,
                ReportSection.FUNDING,
            },
            frequency=Frequency.IRREGULAR,
        ),
        ReportType(
            code=PRACTICE,
            name=_("Practice description"),
            purpose=_("The Alliance as a good practice, for readers in other countries."),
            title=_("Practice description, as of %(year)s"),
            file_stems={Language.GERMAN: "Praxisbeschreibung", Language.ENGLISH: "Practice-description"},
            sections=frozenset({ReportSection.STATEMENTS, ReportSection.SOURCES}),
            structure=Structure.PRACTICE,
            frequency=Frequency.IRREGULAR,
        ),
        ReportType(
            code="land",
            name=_("Report of a Land"),
            purpose=_("What was approved for one Land."),
            title=_("Progress report %(year)s: %(scope)s"),
            file_stems={Language.GERMAN: "Landesbericht", Language.ENGLISH: "Land-report"},
            scope=ScopeKind.LAND,
            asked_by_the_body=True,
            sections=frozenset({ReportSection.TARGET_GROUPS, ReportSection.UMBRELLAS}),
        ),
        ReportType(
            code="umbrella",
            name=_("Report of an umbrella organisation"),
            purpose=_("What the members of one umbrella organisation contributed."),
            title=_("Progress report %(year)s: %(scope)s"),
            file_stems={Language.GERMAN: "Verbandsbericht", Language.ENGLISH: "Umbrella-report"},
            scope=ScopeKind.UMBRELLA,
            asked_by_the_body=True,
            sections=frozenset(
                {ReportSection.LAENDER, ReportSection.TARGET_GROUPS, ReportSection.PARTICIPATION}
            ),
        ),
    )
}
"""Every type. Whoever adds one adds an entry; pages, commands, schedules and renderers follow it."""


def report_type_of(code: str) -> ReportType | None:
    return REPORT_TYPES.get(code)
