"""A dashboard's numbers from the shell, as the same rows that its page gives to programs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from partners.enums import Role
from partners.permissions import Access
from reporting.dashboards.choices import load_choices
from reporting.dashboards.formats import as_csv, as_json
from reporting.dashboards.registry import VIEWS, view_of
from reporting.forms.filters import FilterForm

NOT_POSSIBLE = 2
WRITERS = {"csv": as_csv, "json": as_json}


class Command(BaseCommand):
    help = """Print the numbers of a dashboard view: one row a number, codes as in the catalogue.

Shares and attainment are in per cent, unrounded; a number that is not there has its reason in the column
"state". Exit codes: 0 printed, 2 there is no such view, year, region or day."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("view", help=", ".join(view.code for view in VIEWS))
        parser.add_argument(
            "--year", default="", help="without it the last closed year with approved figures"
        )
        parser.add_argument("--region", default="", metavar="CODE")
        parser.add_argument("--as-of", default="", metavar="YYYY-MM-DD")
        parser.add_argument("--format", choices=WRITERS, default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        view = view_of(options["view"])
        if view is None:
            raise CommandError(
                _("There is no view “%(view)s”.") % {"view": options["view"]}, returncode=NOT_POSSIBLE
            )
        access = Access(roles=frozenset({Role.AUDITOR.value}))  # whoever has the shell reads all
        choices = load_choices(access)
        if not choices.rounds:
            raise CommandError(_("There is no reporting round yet."), returncode=NOT_POSSIBLE)
        asked = {name: options[name] for name in ("year", "region", "as_of")}
        form = FilterForm(asked, choices=choices, applying=view.applying, options=view.options)
        filters = form.filters()
        if not form.is_understood:
            raise CommandError("\n".join(form.problems()), returncode=NOT_POSSIBLE)
        content = WRITERS[options["format"]](view.load(filters, access).rows)
        self.stdout.write(content.decode(), ending="")
