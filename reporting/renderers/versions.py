"""The renderers of each schema version: a snapshot is rendered by those of the version it was stored in."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.charts.drawing import Draw, inline_svg
from reporting.enums import DocumentFormat, DocumentLanguage, Language
from reporting.exceptions import SnapshotVersionError
from reporting.frozen.links import TrailUrl
from reporting.frozen.schema import SnapshotData
from reporting.renderers.blocks import ReportDocument
from reporting.renderers.composition import compose
from reporting.renderers.data.about import About, FileNames, about, by_language_and_format
from reporting.renderers.data.catalogue_entry import Published, render_catalogue_entry
from reporting.renderers.data.csv_table import render_csv, render_csvw
from reporting.renderers.data.json_data import render_json
from reporting.renderers.data.sdmx import render_sdmx_csv, render_sdmx_structure
from reporting.renderers.html import render_html
from reporting.renderers.pdf import render_pdf
from reporting.renderers.until_version_2.composition import compose as compose_until_2
from reporting.renderers.until_version_2.html import render_html as render_html_until_2
from reporting.renderers.until_version_2.parts import Composition as CompositionUntil2
from reporting.renderers.until_version_2.pdf import render_pdf as render_pdf_until_2
from reporting.renderers.workbook.xlsx import render_xlsx


class Composer(Protocol):
    def __call__(
        self,
        snapshot: SnapshotData,
        language: str,
        *,
        sha256: str,
        trail_url: TrailUrl | None = None,
        draw: Draw = inline_svg,
    ) -> ReportDocument | CompositionUntil2: ...


class Renderer(Protocol):
    def __call__(self, snapshot: SnapshotData, language: str, *, sha256: str) -> bytes: ...


class DataRenderer(Protocol):
    """Renders the figures for programs, in both languages at once."""

    def __call__(self, snapshot: SnapshotData, about: About, names: FileNames) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVersion:
    """The renderers that turn a snapshot of one version into pages, documents and data."""

    compose: Composer
    body: str  # the Django template of the report inside a page of the portal
    stylesheet: str  # as the static files name it
    documents: Mapping[DocumentFormat, Renderer]
    data: Mapping[DocumentFormat, DataRenderer] = field(default_factory=dict)  # since version 3


_UNTIL_VERSION_2 = ReportVersion(
    compose=compose_until_2,
    body="reporting/until_version_2/document.html",
    stylesheet="portal/report_until_version_2.css",
    documents={DocumentFormat.HTML: render_html_until_2, DocumentFormat.PDF: render_pdf_until_2},
)
"""Version 2 adds a section that version 1 never has; without it every byte is the same."""

_VERSION_3 = ReportVersion(
    compose=compose,
    body="reporting/document.html",
    stylesheet="portal/report.css",
    documents={
        DocumentFormat.HTML: render_html,
        DocumentFormat.PDF: render_pdf,
        DocumentFormat.XLSX: render_xlsx,
    },
    data={
        DocumentFormat.CSV: render_csv,
        DocumentFormat.CSVW: render_csvw,
        DocumentFormat.JSON: render_json,
        DocumentFormat.SDMX: render_sdmx_csv,
        DocumentFormat.SDMX_STRUCTURE: render_sdmx_structure,
    },
)

VERSIONS: Mapping[int, ReportVersion] = {1: _UNTIL_VERSION_2, 2: _UNTIL_VERSION_2, 3: _VERSION_3}
"""Each schema version with the renderers made for it. Snapshots are never deleted, so no entry is."""


DocumentKind = tuple[DocumentLanguage, DocumentFormat]

CATALOGUE_ENTRY: DocumentKind = (DocumentLanguage.BOTH, DocumentFormat.DCAT)
"""The document that names all others with their sizes and hashes."""


def version_of(snapshot: SnapshotData) -> ReportVersion:
    try:
        return VERSIONS[snapshot.schema_version]
    except KeyError:
        raise SnapshotVersionError(
            _("This release of the portal cannot show reports of version %(version)s.")
            % {"version": snapshot.schema_version}
        ) from None


def documents_of(snapshot: SnapshotData, languages: Sequence[str]) -> Sequence[DocumentKind]:
    """What is made of a snapshot, in the order of ``DocumentFormat``; the catalogue entry comes last."""
    version = version_of(snapshot)
    readable = [
        (DocumentLanguage(language), document_format)
        for language in Language
        if language in languages
        for document_format in version.documents
    ]
    data = [(DocumentLanguage.BOTH, document_format) for document_format in version.data]
    return [*readable, *data, *([CATALOGUE_ENTRY] if data else [])]


def render_document(  # each names itself
    snapshot: SnapshotData,
    language: str,
    document_format: DocumentFormat,
    *,
    sha256: str,
    names: FileNames = by_language_and_format,
) -> bytes:
    """Any document but the catalogue entry, which is made of all others."""
    version = version_of(snapshot)
    if language != DocumentLanguage.BOTH:
        with override(language):
            return version.documents[document_format](snapshot, language, sha256=sha256)
    with override(Language.GERMAN):
        return version.data[document_format](snapshot, about(snapshot, sha256=sha256), names)


def render_documents(
    snapshot: SnapshotData,
    languages: Sequence[str],
    *,
    sha256: str,
    names: FileNames = by_language_and_format,
) -> Iterator[tuple[DocumentLanguage, DocumentFormat, bytes]]:
    """Every document: those for readers in each of ``languages``, then the data and the catalogue entry.

    The entry names every document before it with its size and hash.
    """
    made: list[Published] = []
    for language, document_format in documents_of(snapshot, languages):
        if (language, document_format) == CATALOGUE_ENTRY:
            content = render_catalogue_entry(about(snapshot, sha256=sha256), made)
        else:
            content = render_document(snapshot, language, document_format, sha256=sha256, names=names)
        made.append(
            Published(
                language=language,
                format=document_format,
                file_name=names(language, document_format),
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
        yield language, document_format, content
