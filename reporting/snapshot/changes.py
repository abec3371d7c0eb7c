"""What reads otherwise than in what was released before, and why."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from measures.models import SubmissionEvent
from measures.workflow import SubmissionAction
from partners.models import Region
from reporting.disclosure.cells import CellKey
from reporting.disclosure.printed import amounts_of
from reporting.disclosure.tied import with_tied
from reporting.enums import ReportStatus
from reporting.frozen.contents import ChangeRow, Changes
from reporting.frozen.schema import IndicatorData, MeasureData, ObjectiveData, PartRow, RelationData
from reporting.frozen.values import Amount, AmountState, Remark, Text
from reporting.models import ProgressReport, Snapshot
from reporting.snapshot.definitions import redefined

_Key = tuple[str, int]
_PARTS = ("lands", "groups", "umbrellas")
"""Where an indicator has what it is broken down by."""


class _Reason(NamedTuple):
    """With the region of the organisation whose it is."""

    remark: Remark
    region: str

    def concerns(self, region: str) -> bool:
        """Whether it may be the reason for the number of a region; of none in particular if that is empty."""
        return region in ("", self.region) or self.region == Region.COUNTRY


@dataclass(frozen=True, slots=True)
class Printable:
    """What is to be printed now, in the order of the catalogue."""

    objectives: Sequence[ObjectiveData]
    measures: Sequence[MeasureData]
    relations: Sequence[RelationData] = ()

    @property
    def indicators(self) -> list[IndicatorData]:
        return [indicator for measure in self.measures for indicator in measure.indicators]


def changes_of(now: Printable, *, year: int, report_type: str, scope: str) -> tuple[Changes, ...]:
    """Since the report of an earlier year, and since the former release of the report of this year."""
    released = ProgressReport.objects.filter(
        report_type=report_type, scope=scope, status__in=ReportStatus.published, snapshot__isnull=False
    ).select_related("snapshot")
    edition = released.filter(year__lt=year).order_by("-year", "-released_at", "-pk").first()
    release = released.filter(year=year).order_by("-released_at", "-pk").first()
    return tuple(
        _changes_since(report.snapshot, now, is_correction=report is release)
        for report in (edition, release)
        if report and report.snapshot
    )


def _changes_since(previous: Snapshot, now: Printable, *, is_correction: bool) -> Changes:
    was_protected = previous.frozen.disclosure is not None
    known = {each.code: each for each in previous.frozen.indicators}
    codes = {each.code for each in now.indicators}
    # What was not withheld before there was protection is not printed again.
    compared = [each for each in now.indicators if was_protected or not each.is_protected]
    changed = [row for each in compared if each.code in known for row in _changed(each, known[each.code])]
    withheld = with_tied(_withheld_in_part(now.indicators), now.relations)
    return Changes(
        is_correction=is_correction,
        year=previous.year,
        taken_at=previous.taken_at,
        sha256=previous.sha256,
        rows=tuple(_with_reasons(changed, previous, withheld)),
        definitions=tuple(redefined(now.objectives, now.measures, previous.frozen)),
        added=tuple(each.name for each in now.indicators if each.code not in known),
        dropped=tuple(each.name for each in known.values() if each.code not in codes),
    )


def _changed(now: IndicatorData, before: IndicatorData) -> Iterator[ChangeRow]:
    """The totals of years that both have, then their parts, where what is printed is another thing.

    Printed numbers alone are compared: whatever is withheld has none in the frozen data.
    """
    former = {figure.year: figure.amount for figure in before.years}
    for figure in now.years:
        yield from _row(now, figure.year, former, figure.amount)
    for field in _PARTS:
        rows = {row.code: row for row in getattr(before, field)}
        for row in getattr(now, field):
            if row.code in rows:
                yield from _part_rows(now, row, _by_year(before, rows[row.code]), field)


def _part_rows(
    now: IndicatorData, row: PartRow, former: Mapping[int, Amount], field: str
) -> Iterator[ChangeRow]:
    for year, amount in _by_year(now, row).items():
        for change in _row(now, year, former, amount):
            yield replace(
                change,
                part=row.name,
                region=row.code if field == "lands" else "",
                group=row.code if field == "groups" else "",
                umbrella=row.code if field == "umbrellas" else "",
            )


def _by_year(indicator: IndicatorData, row: PartRow) -> dict[int, Amount]:
    return {figure.year: amount for figure, amount in zip(indicator.years, row.amounts, strict=True)}


def _row(
    indicator: IndicatorData, year: int, former: Mapping[int, Amount], amount: Amount
) -> Iterator[ChangeRow]:
    before = former.get(year)
    if before is not None and (before.state, before.value) != (amount.state, amount.value):
        yield ChangeRow(
            indicator=indicator.code,
            name=indicator.name,
            unit=indicator.unit,
            year=year,
            before=before,
            now=amount,
        )


def _withheld_in_part(indicators: Sequence[IndicatorData]) -> set[_Key]:
    return {
        (indicator.code, year)
        for indicator in indicators
        for year, _cell, amount in amounts_of(indicator, CellKey())
        if amount.state is AmountState.WITHHELD
    }


def _with_reasons(rows: Sequence[ChangeRow], previous: Snapshot, withheld: set[_Key]) -> Iterator[ChangeRow]:
    """The reasons stand with the total of an indicator and year, or with its parts where that is as it was.

    With a Land stand those of its organisations in any case. They are in the organisations' own words, which
    may give away what is withheld.
    """
    reasons = _reasons({(each.indicator, each.year) for each in rows} - withheld, previous)
    of_totals = {(each.indicator, each.year) for each in rows if each.part is None}
    for row in rows:
        key = row.indicator, row.year
        is_where_they_stand = row.part is None or bool(row.region) or key not in of_totals
        found = reasons[key] if is_where_they_stand else []
        yield replace(
            row, reasons=tuple(dict.fromkeys(each.remark for each in found if each.concerns(row.region)))
        )


def _reasons(changed: set[_Key], previous: Snapshot) -> defaultdict[_Key, list[_Reason]]:
    """What organisations gave as the reason when they began to correct what had been approved."""
    found: defaultdict[_Key, list[_Reason]] = defaultdict(list)
    if not changed:
        return found
    concerned = reduce(
        or_,
        (
            Q(submission__items__indicator__code=code, submission__round__year=year)
            for code, year in sorted(changed)
        ),
    )
    rows = (
        SubmissionEvent.objects.filter(concerned, action=SubmissionAction.CORRECT, at__gt=previous.taken_at)
        .exclude(reason="")
        .order_by("submission__organisation__sort_key", "at", "pk")
        .values_list(
            "submission__items__indicator__code",
            "submission__round__year",
            "submission__organisation__short_name",
            "submission__organisation__region",
            "reason",
        )
    )
    for code, year, organisation, region, reason in rows:
        found[code, year].append(_Reason(Remark(text=reason, by=Text(de=organisation)), region))
    return found
