"""A progress report from the shell: the same snapshot and the same documents as the queue makes."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reporting.editions.deriving import derive
from reporting.editions.types import ANNUAL, REPORT_TYPES, ReportType
from reporting.enums import Language
from reporting.exceptions import ReportError
from reporting.frozen.schema import SnapshotData
from reporting.renderers.versions import render_documents
from reporting.selectors.editions import ALL, scopes_of
from reporting.selectors.reports import headline_lines
from reporting.services.reports import editions_with_values, take_snapshot

NOT_POSSIBLE, NOT_WRITTEN = 2, 3


class Command(BaseCommand):
    help = """Freeze the approved figures of a year and write the progress report in every format.

Exit codes: 0 written, also where nothing is approved yet (the report then says "not reported"), 2 there is no
such reporting round or report, 3 the documents could not be written."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--type", choices=list(REPORT_TYPES), default=ANNUAL, dest="report_type")
        parser.add_argument(
            "--scope",
            default="",
            help="the code of the Land or umbrella that the report is about, or * for all that have values",
        )
        parser.add_argument(
            "--language",
            choices=Language.values,
            action="append",
            help="of the documents for readers: de or en; without it both",
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        report_type = REPORT_TYPES[options["report_type"]]
        try:
            scopes = self._scopes(report_type, options["scope"], options["year"])
            snapshot = take_snapshot(year=options["year"], actor=None)
            editions = {scope: derive(snapshot.frozen, report_type, scope) for scope in scopes}
        except ReportError as error:
            raise CommandError(str(error.message), returncode=NOT_POSSIBLE) from error
        if not snapshot.uses.exists():
            self.stderr.write(
                _("No figures are approved up to %(year)s. The report says so for each of them.")
                % {"year": snapshot.year}
            )
        try:
            for scope, data in editions.items():
                languages = options["language"] or report_type.languages
                self._write(data, snapshot.sha256, languages, options["out"], _stem(report_type, data, scope))
        except OSError as error:
            raise CommandError(
                _("The report could not be written: %(error)s") % {"error": error}, returncode=NOT_WRITTEN
            ) from error
        self.stdout.write(_("Snapshot %(sha256)s") % {"sha256": snapshot.sha256})
        for data in editions.values():
            for line in headline_lines(data):
                self.stdout.write(f"  {line}")

    def _scopes(self, report_type: ReportType, asked: str, year: int) -> list[str]:
        known = [code for code, _name in scopes_of(report_type, year)]
        if asked == ALL and report_type.has_scope:
            return editions_with_values(report_type.code, known, year)
        if asked not in known:
            raise ReportError(
                _("There is no report of this kind about “%(scope)s”. There are: %(known)s")
                % {"scope": asked, "known": ", ".join(known)}
            )
        return editions_with_values(report_type.code, [asked], year)

    def _write(
        self, data: SnapshotData, sha256: str, languages: Sequence[str], folder: Path, stem: str
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)

        def name(language: str, document_format: str) -> str:
            return f"{stem}-{language}.{document_format}"

        documents = render_documents(data, languages, sha256=sha256, names=name)
        for language, document_format, content in documents:
            path = folder / name(language, document_format)
            path.write_bytes(content)
            self.stdout.write(f"{path}  {hashlib.sha256(content).hexdigest()}")


def _stem(report_type: ReportType, data: SnapshotData, scope: str) -> str:
    """What the files are called, as they always were for the annual report."""
    kind = "progress-report" if report_type.code == ANNUAL else f"{report_type.code}-report"
    return "-".join(part for part in (kind, str(data.year), scope) if part)
