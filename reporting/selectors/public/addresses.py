"""The permanent addresses of public pages, by language."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from reporting.frozen.links import FigurePart, figure_link, with_scope
from reporting.models import Document, ProgressReport


def report_address(report: ProgressReport, language: str) -> str:
    """The page of this release, for good."""
    return _reversed("report", language, _edition(report) | {"release": report.release})


def edition_address(report: ProgressReport, language: str) -> str:
    """The page of the edition's newest release."""
    return _reversed("report_latest", language, _edition(report))


def document_address(report: ProgressReport, document: Document) -> str:
    """The file, below the language that it is written in; German where it is in both."""
    language = document.language if is_in_one_language(document) else settings.LANGUAGE_CODE
    arguments = _edition(report) | {"release": report.release, "name": document.file_name}
    return _reversed("document", language, arguments)


def number_address(
    report: ProgressReport, language: str, code: str, year: int, parts: Sequence[FigurePart]
) -> str:
    """The page that says what a number of the report is, for readers of the portal, too."""
    sha256 = report.snapshot.sha256 if report.snapshot else ""
    return figure_link("", language, sha256, code, year, *with_scope(report.data, parts)) + "?oeffentlich"


def is_in_one_language(document: Document) -> bool:
    return document.language in dict(settings.LANGUAGES)


def manifest_address(report: ProgressReport, language: str, *, signature: bool = False) -> str:
    name = "signature" if signature else "manifest"
    return _reversed(name, language, _edition(report) | {"release": report.release})


def _edition(report: ProgressReport) -> dict[str, object]:
    return {"report_type": report.report_type, "scope": report.scope, "year": report.year}


def _reversed(name: str, language: str, arguments: dict[str, object]) -> str:
    with translation.override(language):
        return reverse(f"public:{name}", kwargs=arguments)
