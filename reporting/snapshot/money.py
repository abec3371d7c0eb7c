"""What was spent on measures, by source and year."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from measures.enums import Quality
from measures.models import MeasureFunding
from reporting.aggregates.sums import NOT_REPORTED
from reporting.frozen.contents import MoneyRow
from reporting.frozen.values import Amount, AmountState, Basis, plain
from reporting.snapshot import words


def money_rows(years: Sequence[int]) -> tuple[MoneyRow, ...]:
    """Each source that a measure names; a year without an amount is not reported.

    A source known from example amounts alone is none.
    """
    named: dict[tuple[str, str], list[MeasureFunding]] = defaultdict(list)
    for each in MeasureFunding.objects.select_related("measure", "source").order_by(
        "measure__code", "source__code", "year"
    ):
        named[each.measure.code, each.source.code].append(each)
    return tuple(
        MoneyRow(
            measure=measure,
            source=words.name_of(found[0].source),
            amounts=tuple(_spent(found, year) for year in years),
        )
        for (measure, _source), found in named.items()
        if any(each.quality != Quality.EXAMPLE for each in found)
    )


def _spent(found: Sequence[MeasureFunding], year: int) -> Amount:
    of_year = [each for each in found if each.year == year and each.amount is not None]
    if not of_year:
        return NOT_REPORTED
    return Amount(
        state=AmountState.VALUE,
        value=plain(sum((each.amount or Decimal(0) for each in of_year), Decimal(0))),
        basis=Basis.STATED,
        reported=1,
        due=1,
        qualities=tuple(sorted({each.quality for each in of_year} - {Quality.FINAL})),
    )
