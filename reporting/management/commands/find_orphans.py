"""Find files that no row names and rows whose file is gone."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.files.orphans import find_orphans, remove_files_without_row, remove_unfinished


class Command(BaseCommand):
    help = """Find files without a row, rows without a file, and unfinished files of killed processes.

What is younger than a day is left out. Exits with 1 if there is any. With --delete the unfinished files and
those without a row are removed, after which rows without a file alone count."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument(
            "--delete", action="store_true", help="remove unfinished files and files without a row"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = find_orphans()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False))
        else:
            for name in found.rows_without_file:
                self.stdout.write(_("Row without its file: %(name)s") % {"name": name})
            for name in found.files_without_row:
                self.stdout.write(_("File without a row: %(name)s") % {"name": name})
            for name in found.unfinished:
                self.stdout.write(_("Unfinished file: %(name)s") % {"name": name})
        if options["delete"]:
            removed = remove_unfinished(found) + remove_files_without_row(found)
            if not options["json"]:
                self.stdout.write(_("Removed: %(count)s") % {"count": removed})
        if found.rows_without_file or (found and not options["delete"]):
            raise CommandError(_("Files and rows do not agree."))
