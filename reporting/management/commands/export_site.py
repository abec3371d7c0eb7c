from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.management.site_copy import PageMissingError, copy_site


class Command(BaseCommand):
    help = (
        "Write the public site as plain files into a new folder, so that any web server can carry a release "
        "day. Search, verification and the sign-in lead to the running portal (PORTAL_ADDRESS)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not empty. Name a folder that is empty or not there yet.")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            count = copy_site(folder)
        except PageMissingError as error:
            raise CommandError(f"The copy is not complete: {error}") from error
        self.stdout.write(f"{count} pages and files are in {folder}.")
