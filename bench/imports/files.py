"""Workbooks to measure with: the layout chambers use, names instead of our codes, no key twice."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, product
from pathlib import Path
from typing import Any

import xlsxwriter

from measures.enums import Breakdown
from measures.models import Indicator, Item, Occupation
from partners.enums import OrganisationKind

MAIN_GROUP = 2
KINDS_WITHIN = 99

Code = tuple[str, str]


def items_by_occupation() -> list[Item]:
    """What chambers report by occupation."""
    indicators = Indicator.objects.filter(
        asked_of__contains=[OrganisationKind.CHAMBER], breakdown__contains=[Breakdown.OCCUPATION]
    )
    return list(
        Item.objects.filter(indicator__in=indicators, submission__organisation__kind=OrganisationKind.CHAMBER)
        .select_related("indicator", "submission__round", "submission__organisation")
        .order_by("pk")
    )


def main_groups() -> list[Code]:
    return list(Occupation.objects.filter(level=MAIN_GROUP).values_list("code", "label_de"))


def kinds() -> list[Code]:
    """Occupations of four digits, as chambers list them: finer than the catalogue."""
    return [
        (f"{code}{number:02}", f"{label} {number}")
        for code, label in main_groups()
        for number in range(1, KINDS_WITHIN + 1)
    ]


def write_as_chambers_do(path: Path, items: Sequence[Item], codes: Sequence[Code], count: int) -> None:
    rows = (
        [
            item.submission.organisation.short_name,
            item.indicator.name_de,
            item.submission.round.year,
            code,
            label,
            number % 997,
        ]
        for number, (item, (code, label)) in enumerate(_pairs(items, codes, count))
    )
    _write(path, ["Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert"], rows)


def write_with_keys(path: Path, items: Sequence[Item], codes: Sequence[Code], count: int) -> None:
    """Keys as they are stored: nothing to look up, and no level of occupations to settle."""
    Item.objects.filter(pk__in=[item.pk for item in items]).update(occupation_level=MAIN_GROUP)
    rows = (
        [item.pk, item.submission.organisation.region_id, code, "_T", number % 997]
        for number, (item, (code, _label)) in enumerate(_pairs(items, codes, count))
    )
    _write(path, ["item", "region", "occupation", "target_group", "value"], rows)


def _pairs(items: Sequence[Item], codes: Sequence[Code], count: int) -> Iterator[tuple[Item, Code]]:
    if len(items) * len(codes) < count:
        raise ValueError(f"{len(items)} items with {len(codes)} codes are no {count} figures")
    return islice(product(items, codes), count)


def _write(path: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Meldung")
        for number, row in enumerate(chain([header], rows)):
            sheet.write_row(number, 0, row)
