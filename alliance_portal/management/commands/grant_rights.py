from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from alliance_portal.installation.database_rights import grant


class Command(BaseCommand):
    help = (
        "Grants the account that web, workers and beat use what they need at the database, and nothing else. "
        "Run as the owner of the tables, after migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="the account's name at the database")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            grant(connection, options["account"])
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"rights granted: {options['account']}")
