from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from measures.models import PlausibilityCheck
from measures.selectors.checks.definitions import definition_of
from measures.selectors.checks.described import settings_of, validity
from measures.services.catalogue import FOLDER, catalogued_checks
from partners.services.catalogue import read_lists

HEAD = """\
# Plausibility checks

What an installation begins with. This page is made from `measures/catalogue/checks.yaml` by `manage.py
describe_checks docs/checks.md`; a test compares it. In the portal, under “Prüfregeln”, everybody who is
signed in reads the checks as they are now, with a log of who changed what, when and why. A data steward
adds checks there, tries them on past rounds and activates them; the same definition then feeds the check,
its message, the instructions of the portal's workbook and the import.

An *error* is corrected, a *query* corrected or explained, a *note* is for information. A check has the
same severity typed or imported. A *waiver* makes a note of what a check finds, for an organisation or
all, until a year.

The modified z-score is 0.6745 · (value − median) / MAD (Iglewicz and Hoaglin 1993), with the median and
the median absolute deviation of the values compared with, the judged one left out. Where more than half
of them are equal, 1.253314 times the mean absolute deviation takes the place of MAD / 0.6745; where all
are equal, nothing is found. Sums and parts are compared within what rounding to multiples of 3 allows,
where an item was imported and has only such values.
"""


class Command(BaseCommand):
    help = "Writes the page of the documentation on the plausibility checks, from the catalogue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to; without, it is shown")

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        with override("en"):
            page = "\n".join([HEAD, *_sections()])
        if file is None:
            self.stdout.write(page)
        else:
            file.write_text(page, encoding="utf-8")


def _sections() -> Iterator[str]:
    rows = read_lists(FOLDER / "indicators.yaml")["indicators"]
    names = {row["code"]: row["name_en"] for row in rows}
    for check in catalogued_checks():
        yield f"## `{check.code}`\n"
        yield f"{check.text_en}  \n*{check.text_de}*\n"
        yield "| | |\n|---|---|"
        for label, value in _facts(check, names):
            yield f"| {label} | {value} |"
        yield ""


def _facts(check: PlausibilityCheck, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield "Severity", check.get_severity_display().lower()
    yield "Kind", check.get_kind_display()
    yield "Status", check.get_status_display().lower()
    yield "Counts", validity(check.valid_from, check.valid_until)
    for setting in settings_of(definition_of(check).parameters, names):
        yield setting.label, setting.value
