"""Published releases: what there is, which one of an edition stands, and its page.

What is published is asked of the database every time. Only what follows from frozen data, which never change,
is kept in the process: whoever asks for that of a report knows already that its reader may see it. Everybody
may see one that is published, readers of the portal perhaps one before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from reporting.editions.deriving import derive
from reporting.editions.types import ANNUAL, report_type_of
from reporting.enums import DocumentFormat
from reporting.exceptions import ReportError
from reporting.frozen.schema import SnapshotData
from reporting.models import Document, ProgressReport, Snapshot
from reporting.querysets import ProgressReportQuerySet
from reporting.renderers.versions import version_of
from reporting.selectors.editions import EditionNames, edition_names
from reporting.selectors.public.addresses import (
    document_address,
    edition_address,
    manifest_address,
    report_address,
)
from reporting.selectors.stored_pages import stored_page


class ReleaseStanding(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"  # a later release of the edition is published
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    document: Document
    address: str

    @property
    def label(self) -> str:
        return f"{self.document.get_format_display()}, {self.document.get_language_display()}"

    @property
    def is_data(self) -> bool:
        return self.document.format not in DocumentFormat.for_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published report under its permanent ``address``; ``notes``: what a reader must know about it."""

    report: ProgressReport
    title: str
    standing: ReleaseStanding
    documents: tuple[DocumentLink, ...]

    @property
    def number(self) -> int:
        return self.report.release or 0

    @property
    def name(self) -> str:
        return gettext("%(title)s, release %(number)s") % {"title": self.title, "number": self.number}

    @property
    def released_at(self) -> datetime | None:
        return self.report.released_at

    @property
    def address(self) -> str:
        return report_address(self.report, get_language() or "de")

    @property
    def edition_address(self) -> str:
        return edition_address(self.report, get_language() or "de")

    @property
    def manifest_address(self) -> str:
        return manifest_address(self.report, get_language() or "de")

    @property
    def signature_address(self) -> str:
        return manifest_address(self.report, get_language() or "de", signature=True)

    @property
    def correction(self) -> str:
        return self._in_language(self.report.correction_de, self.report.correction_en)

    @property
    def withdrawal(self) -> str:
        return self._in_language(self.report.withdrawal_de, self.report.withdrawal_en)

    @property
    def reading(self) -> list[DocumentLink]:
        return [each for each in self.documents if not each.is_data]

    @property
    def in_language_of_page(self) -> list[DocumentLink]:
        """What its page does not show itself: the documents for reading in this language but the page."""
        return [
            each
            for each in self.reading
            if each.document.language == get_language() and each.document.format != DocumentFormat.HTML
        ]

    @property
    def data(self) -> list[DocumentLink]:
        return [each for each in self.documents if each.is_data]

    @staticmethod
    def _in_language(german: str, english: str) -> str:
        return english if get_language() == "en" else german


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEdition:
    """The published releases of a report type, year and scope, the newest first."""

    title: str
    releases: tuple[Release, ...]

    @property
    def newest(self) -> Release:
        """The last release that stands; where all were withdrawn, the last one."""
        standing = (each for each in self.releases if each.standing is ReleaseStanding.CURRENT)
        return next(standing, self.releases[0])

    @property
    def others(self) -> tuple[Release, ...]:
        newest = self.newest
        return tuple(each for each in self.releases if each is not newest)


def published() -> ProgressReportQuerySet:
    """Published releases without their data, edition by edition, the newest first."""
    found: ProgressReportQuerySet = (
        ProgressReport.objects.public()
        .select_related("snapshot", "manifest")
        .defer("snapshot__data", "manifest__content")
        .prefetch_related("documents")
        .order_by("-year", "report_type", "scope", "-release")
    )
    return found


def editions() -> list[PublishedEdition]:
    """Everything published, by edition."""
    found = list(published())
    names = edition_names(found)
    return [
        _edition(list(releases), names)
        for _key, releases in groupby(found, lambda each: (each.year, each.report_type, each.scope))
    ]


def edition_of(report_type: str, year: int, scope: str) -> PublishedEdition | None:
    """The published releases of one edition, if there are any."""
    found = list(published().filter(report_type=report_type, year=year, scope=scope))
    return _edition(found, edition_names(found)) if found else None


def newest_first(found: Iterable[PublishedEdition]) -> list[Release]:
    """The releases of these editions in the order in which they were released, the last one first."""
    every = [release for edition in found for release in edition.releases]
    return sorted(every, key=lambda release: (release.report.released_at, release.report.pk), reverse=True)


def latest_annual() -> ProgressReport | None:
    """The release whose data the public site shows: the Alliance's last annual report that stands."""
    found = published().filter(report_type=ANNUAL, scope="").exclude(withdrawn_at__isnull=False)
    report: ProgressReport | None = found.order_by("-year", "-release").first()
    return report


def data_of(report: ProgressReport) -> SnapshotData:
    """What a report shows of its frozen data, published or not: the part that its type and scope name."""
    return _shown(*_edition_of_data(report))


def body_of(report: ProgressReport, language: str) -> SafeString:
    """The whole report as HTML inside a page, in this language: as its document has it, or rendered anew."""
    body = stored_page(report, language)
    return mark_safe(body or _rendered(*_edition_of_data(report), language))  # noqa: S308  # our own template


def stylesheet_of(report: ProgressReport) -> str:
    return version_of(data_of(report)).stylesheet


def _edition(reports: list[ProgressReport], names: EditionNames) -> PublishedEdition:
    standing = [report for report in reports if report.withdrawn_at is None]
    return PublishedEdition(
        title=names.title_of(reports[0]),
        releases=tuple(
            Release(
                report=report,
                title=names.title_of(report),
                standing=_standing(report, standing),
                documents=tuple(
                    DocumentLink(document=document, address=document_address(report, document))
                    for document in report.documents.all()
                ),
            )
            for report in reports
        ),
    )


def _standing(report: ProgressReport, standing: list[ProgressReport]) -> ReleaseStanding:
    if report.withdrawn_at is not None:
        return ReleaseStanding.WITHDRAWN
    return ReleaseStanding.CURRENT if report is standing[0] else ReleaseStanding.SUPERSEDED


def _edition_of_data(report: ProgressReport) -> tuple[str, str, str]:
    if report.snapshot is None:
        raise ValueError("A report that is shown has its data.")
    return report.snapshot.sha256, report.report_type, report.scope


@lru_cache(maxsize=8)
def _frozen(sha256: str) -> SnapshotData:
    return Snapshot.objects.get(sha256=sha256).frozen


@lru_cache(maxsize=64)
def _shown(sha256: str, report_type: str, scope: str) -> SnapshotData:
    known = report_type_of(report_type)
    if known is None:
        raise ReportError(_("There is no longer a report of this kind."))
    return derive(_frozen(sha256), known, scope)


@lru_cache(maxsize=64)
def _rendered(sha256: str, report_type: str, scope: str, language: str) -> str:
    data = _shown(sha256, report_type, scope)
    version = version_of(data)
    report = version.compose(data, language, sha256=sha256)
    return render_to_string(version.body, {"report": report})
