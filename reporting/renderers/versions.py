"""The renderers of each schema version: a snapshot is rendered by those of the version it was stored in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.enums import DocumentFormat, Language
from reporting.exceptions import SnapshotVersionError
from reporting.frozen.schema import SnapshotData
from reporting.renderers.composition import TrailUrl, compose
from reporting.renderers.html import render_html
from reporting.renderers.parts import Composition
from reporting.renderers.pdf import render_pdf


class Composer(Protocol):
    def __call__(
        self, snapshot: SnapshotData, language: str, *, sha256: str, trail_url: TrailUrl | None = None
    ) -> Composition: ...


class Renderer(Protocol):
    def __call__(self, snapshot: SnapshotData, language: str, *, sha256: str) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """The renderers that turn a snapshot of one version into pages and documents."""

    compose: Composer
    body: str  # the Django template of the report inside a page of the portal
    documents: Mapping[DocumentFormat, Renderer]


VERSIONS: Mapping[int, ReportVersion] = {
    1: ReportVersion(
        compose=compose,
        body="reporting/document.html",
        documents={DocumentFormat.HTML: render_html, DocumentFormat.PDF: render_pdf},
    ),
}
"""Each schema version with the renderers made for it. Snapshots are never deleted, so no entry is."""


def version_of(snapshot: SnapshotData) -> ReportVersion:
    try:
        return VERSIONS[snapshot.schema_version]
    except KeyError:
        raise SnapshotVersionError(
            _("This release of the portal cannot show reports of version %(version)s.")
            % {"version": snapshot.schema_version}
        ) from None


def render_documents(
    snapshot: SnapshotData, languages: Sequence[str], *, sha256: str
) -> Iterator[tuple[Language, DocumentFormat, bytes]]:
    """Every format in each of ``languages``: language, format, content."""
    renderers = version_of(snapshot).documents
    for language in Language:
        if language in languages:
            for document_format, render in renderers.items():
                with override(language):
                    yield language, document_format, render(snapshot, language, sha256=sha256)
