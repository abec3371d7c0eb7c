"""Every public address there is at this moment: for search engines, and for a static copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from measures.models import Phase
from partners.enums import PublicPage
from reporting.renderers.data.figures import figure_rows
from reporting.renderers.workbook.data_table import link_of_row
from reporting.selectors.public.data_sets import data_groups
from reporting.selectors.public.releases import data_of, editions, latest_annual


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAddress:
    """A view by name; its path is that of the active language."""

    name: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    changed_at: datetime | None = None

    @property
    def path(self) -> str:
        return reverse(self.name, kwargs=dict(self.arguments))


def public_pages() -> list[PublicAddress]:
    """The pages that search engines are to know."""
    return [
        PublicAddress(name="public:home"),
        *(PublicAddress(name=f"pages:{page.value}") for page in PublicPage),
        PublicAddress(name="public:reports"),
        PublicAddress(name="public:data"),
        *_release_pages(),
        *(PublicAddress(name="public:data_set", arguments={"indicator": code}) for code in _data_sets()),
    ]


def public_files() -> list[PublicAddress]:
    """What the pages lead to: feed and catalogue, documents, manifests and data."""
    return [
        PublicAddress(name="public:feed"),
        *([PublicAddress(name="public:catalogue")] if Phase.objects.exists() else []),
        PublicAddress(name="public:keys"),
        *_release_files(),
        *(
            PublicAddress(name="public:data_csv", arguments={"indicator": code, "name": code})
            for code in _data_sets()
        ),
    ]


def numbers_of_workbooks(language: str) -> set[str]:
    """The pages of numbers that the workbooks of published releases lead to, beside those on their pages."""
    found: set[str] = set()
    for edition in editions():
        for release in edition.releases:
            data, snapshot = data_of(release.report), release.report.snapshot
            if data.portal and snapshot:
                links = (link_of_row(row, data, language, snapshot.sha256) for row in figure_rows(data))
                found.update(link.removeprefix(data.portal) for link in links)
    return found


def _release_pages() -> Iterator[PublicAddress]:
    for edition in editions():
        for release in edition.releases:
            report = release.report
            changed_at = report.withdrawn_at or report.released_at
            place = {"report_type": report.report_type, "scope": report.scope, "year": report.year}
            if release is edition.newest:
                yield PublicAddress(name="public:report_latest", arguments=place, changed_at=changed_at)
            yield PublicAddress(
                name="public:report", arguments=place | {"release": release.number}, changed_at=changed_at
            )


def _release_files() -> Iterator[PublicAddress]:
    for edition in editions():
        for release in edition.releases:
            report = release.report
            place = {
                "report_type": report.report_type,
                "scope": report.scope,
                "year": report.year,
                "release": release.number,
            }
            yield PublicAddress(name="public:manifest", arguments=place)
            yield PublicAddress(name="public:signature", arguments=place)
            for link in release.documents:
                yield PublicAddress(
                    name="public:document", arguments=place | {"name": link.document.file_name}
                )


def _data_sets() -> Iterator[str]:
    annual = latest_annual()
    if annual is not None:
        for group in data_groups(data_of(annual)):
            yield from (each.code for each in group.data_sets)
