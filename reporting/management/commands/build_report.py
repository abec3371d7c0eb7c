"""A progress report from the shell: the same snapshot and the same documents as the queue makes."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reporting.enums import Language
from reporting.exceptions import ReportError
from reporting.models import Snapshot
from reporting.renderers.versions import render_documents
from reporting.selectors.reports import headline_lines
from reporting.services.reports import take_snapshot

NOT_POSSIBLE, NOT_WRITTEN = 2, 3


class Command(BaseCommand):
    help = """Freeze the approved figures of a year and write the progress report as HTML and PDF.

Exit codes: 0 written, also where nothing is approved yet (the report then says "not reported"), 2 there is no
such reporting round, 3 the documents could not be written."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--language", choices=Language.values, action="append", help="de or en; without it both"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            snapshot = take_snapshot(year=options["year"], actor=None)
        except ReportError as error:
            raise CommandError(str(error.message), returncode=NOT_POSSIBLE) from error
        if not snapshot.uses.exists():
            self.stderr.write(
                _("No figures are approved up to %(year)s. The report says so for each of them.")
                % {"year": snapshot.year}
            )
        try:
            self._write(snapshot, options["language"] or Language.values, options["out"])
        except OSError as error:
            raise CommandError(
                _("The report could not be written: %(error)s") % {"error": error}, returncode=NOT_WRITTEN
            ) from error
        self.stdout.write(_("Snapshot %(sha256)s") % {"sha256": snapshot.sha256})
        for line in headline_lines(snapshot.frozen):
            self.stdout.write(f"  {line}")

    def _write(self, snapshot: Snapshot, languages: list[str], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        documents = render_documents(snapshot.frozen, languages, sha256=snapshot.sha256)
        for language, document_format, content in documents:
            path = folder / f"progress-report-{snapshot.year}-{language}.{document_format}"
            path.write_bytes(content)
            self.stdout.write(f"{path}  {hashlib.sha256(content).hexdigest()}")
