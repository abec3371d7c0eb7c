"""Show how much waits in each queue and for how long."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.selectors.backlog import backlogs


class Command(BaseCommand):
    help = """Show how much waits in each queue and for how long.

Asks the database alone, so it answers while no worker runs and the broker is down. Exits with 1 if a queue is
longer or older than the settings QUEUE_ALARM_LENGTH and QUEUE_ALARM_MINUTES allow."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        found = backlogs()
        if options["json"]:
            self.stdout.write(json.dumps({each.queue: each.as_dict() for each in found}))
        else:
            for each in found:
                self.stdout.write(str(each))
        if too_much := [each.queue for each in found if each.is_too_much]:
            raise CommandError(", ".join(too_much))
