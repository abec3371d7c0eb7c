"""The import end to end against a plain django-import-export resource: same tables and triggers, one run."""

import io
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

import xlsxwriter
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from import_export import resources
from import_export.formats.base_formats import XLSX

from measures.enums import Breakdown
from measures.models import Figure, FigureVersion, Indicator, Item, Occupation
from measures.services.catalogue import load_catalogue
from measures.services.imports import apply_import, read_import, receive_file
from partners.enums import OrganisationKind, Role
from partners.models import Membership, Organisation, User

OUR_ROWS, THEIR_ROWS, TIMES = 10_000, 2_000, 5
AT_LEAST = 150
MAIN_GROUP = 2

Cell = str | int
FigureRow = tuple[Item, Occupation, int]


class FigureResource(resources.ModelResource):
    """As plain as it gets: the model and the key its rows are found again by."""

    class Meta:
        model = Figure
        import_id_fields = ("item", "region", "occupation", "target_group")


@dataclass(frozen=True)
class Measured:
    """Seconds, each for its number of rows."""

    ours: list[float]
    theirs_trial: float
    theirs_real: float

    @property
    def our_rate(self) -> float:
        return OUR_ROWS / statistics.median(self.ours)

    @property
    def their_rate(self) -> float:
        return THEIR_ROWS / (self.theirs_trial + self.theirs_real)

    @property
    def ratio(self) -> float:
        return self.our_rate / self.their_rate


def measure() -> Measured:
    with _scratch_database(), tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        load_catalogue()
        steward = _steward()
        rows = _rows()
        files = [_workbook(list(islice(rows, OUR_ROWS))) for _ in range(TIMES)]
        theirs = _plain_workbook(list(islice(rows, THEIR_ROWS)))
        # In turn, so that whatever else the machine does hits both alike.
        ours = [_seconds(_import(files[0], steward))]
        trial = _seconds(_import_plainly(theirs, dry_run=True))
        ours.append(_seconds(_import(files[1], steward)))
        real = _seconds(_import_plainly(theirs, dry_run=False))
        ours += [_seconds(_import(content, steward)) for content in files[2:]]
        _check()
        return Measured(ours, trial, real)


def describe(measured: Measured) -> list[str]:
    times = ", ".join(f"{seconds:.2f} s" for seconds in measured.ours)
    theirs = f"{measured.theirs_trial:.1f} s + {measured.theirs_real:.1f} s"
    machine = (
        f"{timezone.localdate():%Y-%m-%d}, Python {platform.python_version()}, "
        f"PostgreSQL {connection.pg_version // 10000}, {os.cpu_count()} cores."
    )
    return [
        "## Import",
        "",
        f"{OUR_ROWS:,} figures from an .xlsx file, end to end (reading, staging, checks, versions),",
        "against a plain django-import-export resource with its defaults",
        f"at {THEIR_ROWS:,} rows (trial run and import, as its admin does), into the same tables",
        f"with the same triggers, in turn, in one run. At least {AT_LEAST} times is asked.",
        "",
        "| | rows | time | rows a second |",
        "|---|---:|---:|---:|",
        f"| the portal, {TIMES} files, median | {OUR_ROWS:,} | {times} | {measured.our_rate:,.0f} |",
        f"| django-import-export | {THEIR_ROWS:,} | {theirs} | {measured.their_rate:,.0f} |",
        f"| **ratio** | | | **{measured.ratio:,.0f}** |",
        "",
        machine,
    ]


@contextmanager
def _scratch_database() -> Iterator[None]:
    connection.settings_dict["TEST"]["NAME"] = "portal_bench"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _steward() -> User:
    user = User.objects.create_user("bench@portal.invalid")
    ministry = Organisation.objects.get(code="BMAS")
    Membership.objects.create(user=user, organisation=ministry, role=Role.DATA_STEWARD)
    return user


def _rows() -> Iterator[FigureRow]:
    """Figures of the chambers by occupation: no two with the same key."""
    indicators = Indicator.objects.filter(
        asked_of__contains=[OrganisationKind.CHAMBER], breakdown__contains=[Breakdown.OCCUPATION]
    )
    items = (
        Item.objects.filter(indicator__in=indicators, submission__organisation__kind=OrganisationKind.CHAMBER)
        .select_related("indicator", "submission__round", "submission__organisation")
        .order_by("pk")
    )
    occupations = Occupation.objects.filter(level=MAIN_GROUP)
    for number, (item, occupation) in enumerate(product(items, occupations)):
        yield item, occupation, number % 997


def _workbook(rows: Sequence[FigureRow]) -> bytes:
    """The layout chambers use: names, not codes of ours."""
    return _written(
        ["Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert"],
        (
            [
                item.submission.organisation.short_name,
                item.indicator.name_de,
                item.submission.round.year,
                occupation.code,
                occupation.label_de,
                value,
            ]
            for item, occupation, value in rows
        ),
    )


def _plain_workbook(rows: Sequence[FigureRow]) -> bytes:
    """Keys as they are stored: nothing to look up, and no level of occupations to settle."""
    Item.objects.filter(pk__in={item.pk for item, _occupation, _value in rows}).update(
        occupation_level=MAIN_GROUP
    )
    return _written(
        ["item", "region", "occupation", "target_group", "value"],
        (
            [item.pk, item.submission.organisation.region_id, occupation.code, "_T", value]
            for item, occupation, value in rows
        ),
    )


def _written(header: list[str], rows: Iterator[list[Cell]] | Any) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet("Meldung")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return written.getvalue()


def _import(content: bytes, actor: User) -> Callable[[], None]:
    def run() -> None:
        received = receive_file(
            upload=ContentFile(content, name="bench.xlsx"), name="bench.xlsx", actor=actor
        )
        read_import(run_id=received.pk, asks_for_mapping=False)
        applied = apply_import(run_id=received.pk, actor=actor)
        if applied.new_count != OUR_ROWS:
            raise RuntimeError(f"{applied.new_count} of {OUR_ROWS} rows were imported")

    return run


def _import_plainly(content: bytes, *, dry_run: bool) -> Callable[[], None]:
    """A trial run or the import itself, each reading the file as the admin of django-import-export does."""

    def run() -> None:
        dataset = XLSX().create_dataset(content)
        result = FigureResource().import_data(dataset, dry_run=dry_run)
        if result.has_errors() or result.totals["new"] != THEIR_ROWS:
            raise RuntimeError(f"django-import-export: {result.totals}")

    return run


def _seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _check() -> None:
    """Both ways stored every figure with its version."""
    expected = OUR_ROWS * TIMES + THEIR_ROWS
    if (Figure.objects.count(), FigureVersion.objects.count()) != (expected, expected):
        raise RuntimeError("Some figures or versions are missing")
