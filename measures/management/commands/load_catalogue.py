from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from measures.services.catalogue import load_catalogue


class Command(BaseCommand):
    help = (
        "Loads the partners, measures, indicators and targets of the Alliance and opens their rounds. "
        "What is there already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--overwrite", action="store_true", help="reset what was changed since to the catalogue's files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        written = load_catalogue(overwrite=options["overwrite"])
        for name, count in written.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {count}")
