"""What a report rests on: files, their own totals, and the figures' footnotes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext, ngettext

from measures.enums import TOTAL
from measures.models import (
    ApprovedFigure,
    ControlTotal,
    FigureVersion,
    Indicator,
    Item,
    SourceFile,
    StagedFigure,
)
from partners.models import Organisation
from reporting.frozen import schema
from reporting.frozen.schema import Remark, Text
from reporting.frozen.texts import without_private_use
from reporting.renderers.bilingual import in_both_languages

_FEW = 3


Used = QuerySet[ApprovedFigure]
"""The approved figures that a report's numbers are added up from: never listed here, always a subquery."""


def sources(used: Used) -> tuple[schema.SourceData, ...]:
    """The files behind these figures, by name; what was typed in stands last, without a file."""
    versions = _versions(used)
    rows = (
        versions.filter(import_run__isnull=False)
        .values("import_run__source_file")
        .annotate(figures=Count("pk"), sheets=Count("sheet", distinct=True), run=Max("import_run"))
        .order_by("import_run__source_file__name", "import_run__source_file")
    )
    files = SourceFile.objects.select_related("uploaded_by").in_bulk(
        [row["import_run__source_file"] for row in rows]
    )
    suppliers = _suppliers(versions)
    found = [
        schema.SourceData(
            name=without_private_use(files[row["import_run__source_file"]].name),
            sha256=files[row["import_run__source_file"]].sha256,
            organisation=suppliers[row["import_run__source_file"]],
            sheets=row["sheets"],
            figures=row["figures"],
        )
        for row in rows
    ]
    typed = versions.filter(import_run=None).count()
    if typed:
        found.append(
            schema.SourceData(
                name="",
                sha256="",
                organisation=in_both_languages(lambda: gettext("Several organisations")),
                sheets=0,
                figures=typed,
            )
        )
    return tuple(found)


def _versions(used: Used) -> QuerySet[FigureVersion]:
    versions: QuerySet[FigureVersion] = FigureVersion.objects.filter(pk__in=used.values("version_id"))
    return versions


def _suppliers(versions: QuerySet[FigureVersion]) -> dict[int, Text]:
    """Who sent each file: the organisation named with the upload, or the one whose figures it holds."""
    named: dict[int, Text] = {}
    owners: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = list(
        versions.filter(import_run__isnull=False)
        .values_list("import_run__source_file", "import_run__supplier", "item__submission__organisation")
        .distinct()
    )
    organisations = Organisation.objects.in_bulk({pk for _file, *pks in rows for pk in pks if pk})
    for source_file, supplier_id, owner_id in rows:
        owner = organisations[owner_id]
        owners[source_file].add((owner.name_de, owner.name_en))
        if supplier_id:
            supplier = organisations[supplier_id]
            named[source_file] = Text(de=supplier.name_de, en=supplier.name_en or "")
    for source_file, names in owners.items():
        if source_file not in named:
            (only, *others) = sorted(names)
            named[source_file] = _several(len(names)) if others else Text(de=only[0], en=only[1])
    return named


def control_totals(
    used: Used, years: Sequence[int], indicators: Sequence[Indicator]
) -> tuple[schema.ControlTotalData, ...]:
    """The totals that the files behind these figures state of themselves, each cell once.

    A total depends on each of its parts. So all of them have to be approved as the file states
    them. ``indicators`` are those without small numbers to be withheld: a total of less than the whole
    Alliance could give one away.
    """
    runs = _versions(used).filter(import_run__isnull=False).values("import_run")
    rows = (
        ControlTotal.objects.filter(
            ~Exists(_parts_not_approved()),
            import_run__in=runs,
            year__in=years,
            target_group=TOTAL,
            indicator__in=indicators,
        )
        .select_related("import_run__source_file", "indicator")
        .order_by("import_run__source_file__name", "sheet", "import_run_id", "pk")
    )
    latest = {(row.import_run.source_file_id, row.sheet, row.cell): row for row in rows}
    return tuple(
        schema.ControlTotalData(
            file=row.import_run.source_file.name,
            sheet=row.sheet,
            cell=row.cell,
            indicator=row.indicator.code,
            year=row.year,
            stated=row.stated,
            sum=row.sum,
            ok=row.is_ok,
        )
        for row in latest.values()
    )


def _parts_not_approved() -> QuerySet[StagedFigure]:
    """What a control total's file states of the same indicator and year, other than what is approved."""
    approved = ApprovedFigure.objects.filter(
        Q(value=OuterRef("value")) | Q(absence=OuterRef("absence")),
        item=OuterRef("item_id"),
        region=OuterRef("region"),
        occupation=OuterRef("occupation"),
        target_group=OuterRef("target_group"),
    )
    return StagedFigure.objects.filter(
        ~Exists(approved),
        import_run=OuterRef("import_run"),
        indicator=OuterRef("indicator__code"),
        year=OuterRef("year"),
        target_group=TOTAL,
    )


def footnotes(used: Used) -> dict[tuple[str, int], tuple[Remark, ...]]:
    """The notes on approved figures, with whose they are, by indicator and year."""
    rows = (
        used.filter(target_group=TOTAL)
        .exclude(note="")
        .order_by("item__submission__organisation__sort_key", "note")
        .values_list(
            "item__indicator__code",
            "item__submission__round__year",
            "item__submission__organisation__short_name",
            "note",
        )
        .distinct()
    )
    found: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for indicator, year, organisation, note in rows:
        found[indicator, year][note].append(organisation)
    return {
        key: tuple(_footnote(note, organisations) for note, organisations in notes.items())
        for key, notes in found.items()
    }


def _several(count: int) -> Text:
    return in_both_languages(
        lambda: ngettext("%(count)s organisation", "%(count)s organisations", count) % {"count": count}
    )


def _footnote(note: str, organisations: Sequence[str]) -> Remark:
    """Whose note it is: few by their names, many by their number."""
    if len(organisations) > _FEW:
        return Remark(text=note, by=_several(len(organisations)))
    return Remark(text=note, by=Text(de=", ".join(organisations)))


def data_status(items: QuerySet[Item]) -> dict[tuple[str, int], dt.date]:
    """The latest day that approved data of an indicator's year were as of."""
    rows = (
        items.filter(approved_data_as_of__isnull=False)
        .values_list("indicator__code", "submission__round__year")
        .annotate(day=Max("approved_data_as_of"))
    )
    return {(indicator, year): day for indicator, year, day in rows}
