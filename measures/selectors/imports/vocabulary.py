"""What the reader is given: the names and codes of the catalogue, the limits of the settings."""

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from measures.enums import TOTAL, UNASSIGNED
from measures.importing.vocabulary import (
    IndicatorTerm,
    Limits,
    OccupationTerm,
    OrganisationTerm,
    Term,
    Vocabulary,
)
from measures.models import Indicator, Occupation, ReportingRound, TargetGroup
from partners.models import Affiliation, Organisation, Region
from partners.models.organisations import FOUNDED

OTHER_NAMES = ArrayAgg(
    "aliases__name", filter=Q(aliases__isnull=False), order_by="aliases__name", default=Value([])
)


def vocabulary_from_database(supplier: Organisation | None) -> Vocabulary:
    today = timezone.localdate()
    rounds = {given.year: given.is_open_on(today) for given in ReportingRound.objects.all()}
    return Vocabulary(
        organisations=_organisations(),
        regions=_regions(),
        indicators=_indicators(Indicator.objects.filter(is_recorded=True)),
        target_groups=_target_groups(),
        occupations=_occupations(Occupation.objects.all()),
        years=frozenset(rounds),
        open_years=frozenset(year for year, is_open in rounds.items() if is_open),
        supplier=supplier.code if supplier else None,
    )


def vocabulary_of_grid(indicators: Collection[int], occupations: Collection[str] = ()) -> Vocabulary:
    """What headings of a block can name that is pasted into a grid; ``occupations`` by their codes."""
    return Vocabulary(
        regions=_regions(),
        indicators=_indicators(Indicator.objects.filter(pk__in=indicators)),
        target_groups=_target_groups(),
        occupations=_occupations(Occupation.objects.filter(code__in=occupations)) if occupations else (),
    )


def _occupations(occupations: QuerySet[Occupation]) -> tuple[OccupationTerm, ...]:
    listed = occupations.exclude(code__in=[TOTAL, UNASSIGNED]).order_by("code")
    return tuple(OccupationTerm(code, label) for code, label in listed.values_list("code", "label_de"))


def _regions() -> tuple[Term, ...]:
    return tuple(
        Term(region.code, _names(region.name_de, region.name_en, *region.aliases))
        for region in Region.objects.order_by("code")
        if region.code != Region.UNASSIGNED
    )


def _target_groups() -> tuple[Term, ...]:
    return tuple(
        Term(group.code, _names(group.name_de, group.name_en, *group.aliases))
        for group in TargetGroup.objects.exclude(code=TOTAL)
    )


def _indicators(indicators: QuerySet[Indicator]) -> tuple[IndicatorTerm, ...]:
    return tuple(
        IndicatorTerm(
            code=indicator.code,
            names=_names(indicator.name_de, indicator.name_en, *indicator.other_names),
            unit=indicator.unit,
            decimals=indicator.decimals,
            negative=indicator.may_be_negative,
            breakdown=tuple(indicator.breakdown),
            sums_over=tuple(indicator.sums_over),
            asked_of=tuple(indicator.asked_of),
            period=indicator.period,
            measure=_names(indicator.measure.name_de, indicator.measure.name_en) if indicator.measure else (),
            definitions=_names(indicator.definition_de, indicator.definition_en),
            sources=_names(indicator.source_de, indicator.source_en),
        )
        for indicator in indicators.select_related("measure").annotate(other_names=OTHER_NAMES)
    )


def _organisations() -> tuple[OrganisationTerm, ...]:
    umbrellas: dict[int, str] = defaultdict(str)
    umbrellas.update(
        Affiliation.objects.valid(timezone.localdate()).values_list("member_id", "umbrella__code")
    )
    return tuple(
        OrganisationTerm(
            code=organisation.code,
            names=_names(
                organisation.name_de,
                organisation.short_name,
                organisation.name_en,
                *organisation.other_names,
            ),
            kind=organisation.kind,
            region=organisation.region_id,
            umbrella=umbrellas[organisation.pk],
            valid_from=organisation.valid_from if organisation.valid_from > FOUNDED else None,
            valid_until=organisation.valid_until,
            successor=organisation.successor.code if organisation.successor else "",
        )
        for organisation in Organisation.objects.select_related("successor").annotate(other_names=OTHER_NAMES)
    )


def _names(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def limits() -> Limits:
    return Limits(
        file_bytes=settings.IMPORT_MAX_UPLOAD_BYTES,
        unpacked_bytes=settings.IMPORT_MAX_UNPACKED_BYTES,
        sheets=settings.IMPORT_MAX_SHEETS,
        rows=settings.IMPORT_MAX_ROWS,
        columns=settings.IMPORT_MAX_COLUMNS,
        cells=settings.IMPORT_MAX_CELLS,
        memory_bytes=settings.IMPORT_MAX_MEMORY_BYTES,
        seconds=settings.IMPORT_MAX_SECONDS,
    )
