"""Recompute every stored total and check rules 1 to 10 and 15 over the whole database."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.checks import CHECKS, run_checks
from reporting.services.reports import one_moment


class Command(BaseCommand):
    help = """Recompute every stored total and check rules 1 to 10 and 15. Changes nothing.

Prints a line for every difference and exits with 1 if there is any."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            differences = run_checks(CHECKS)
        if options["json"]:
            found = {"checks": len(CHECKS), "differences": [asdict(each) for each in differences]}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for each in differences:
                self.stdout.write(_("Rule %(rule)s, %(check)s: %(detail)s") % asdict(each))
            self.stdout.write(_("%(count)s checks made.") % {"count": len(CHECKS)})
        if differences:
            count = len(differences)
            raise CommandError(
                ngettext("%(count)s difference found.", "%(count)s differences found.", count)
                % {"count": count}
            )
