"""What approving submissions would change in the Alliance's totals, by the rules of all sums."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from measures.models import Indicator, Item
from reporting.aggregates.totals import load_totals
from reporting.frozen.schema import Amount


@dataclass(frozen=True, slots=True)
class TotalChange:
    """The total of an indicator and year as approved now, and as it would be."""

    indicator: Indicator
    year: int
    before: Amount
    after: Amount

    @property
    def difference(self) -> Decimal | None:
        """None where one of the two is no number."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def effect_of_approval(submission_ids: Collection[int]) -> list[TotalChange]:
    """For every indicator due in these submissions; five queries, however many there are."""
    due = (
        Item.objects.filter(submission__in=submission_ids)
        .order_by("submission__round__year", "indicator__position", "indicator__code")
        .values_list("indicator_id", "submission__round__year")
    )
    asked = list(dict.fromkeys(due))
    indicators = Indicator.objects.in_bulk({pk for pk, _year in asked})
    years = {year for _pk, year in asked}
    found = list(indicators.values())
    before = load_totals(indicators=found, years=years)
    after = load_totals(indicators=found, years=years, as_if_approved=submission_ids)
    return [
        TotalChange(
            indicator=indicators[pk],
            year=year,
            before=before.total(indicators[pk].code, year),
            after=after.total(indicators[pk].code, year),
        )
        for pk, year in asked
    ]
