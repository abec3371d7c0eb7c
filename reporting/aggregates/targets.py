"""What was promised for which year, as dashboards and reports compare it with a total."""

from collections.abc import Iterable

from django.db.models import Prefetch

from measures.models import Indicator, Target
from partners.models import Organisation
from reporting.frozen import schema


class TargetTable:
    """Targets by indicator and year; a target that is a ratio stands with its numerator."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._targets = list(targets)

    def of(self, indicator: Indicator, year: int) -> Target | None:
        """The target of the indicator itself."""
        return next((target for target in self._of(indicator, year) if target.denominator is None), None)

    def ratios_of(self, indicator: Indicator, year: int) -> list[Target]:
        return [target for target in self._of(indicator, year) if target.denominator is not None]

    def next_of(self, indicator: Indicator, year: int) -> Target | None:
        """The target that a value of this year is on the way to: the year's own, or the next after it."""
        later = [
            target
            for target in self._targets
            if target.indicator_id == indicator.pk and target.denominator is None and target.year >= year
        ]
        return min(later, key=lambda target: target.year, default=None)

    def has_any(self, indicator: Indicator) -> bool:
        """Whether the indicator is a headline: something was promised for it in some year."""
        return any(
            target.indicator_id == indicator.pk and target.denominator is None for target in self._targets
        )

    @property
    def ratios(self) -> list[Target]:
        return [target for target in self._targets if target.denominator is not None]

    def _of(self, indicator: Indicator, year: int) -> list[Target]:
        return [
            target for target in self._targets if target.indicator_id == indicator.pk and target.year == year
        ]


def load_targets(first_year: int, last_year: int) -> TargetTable:
    """Two queries: the targets of these years with what they are divided by, and who is responsible."""
    targets = Target.objects.filter(year__range=(first_year, last_year))
    responsible = Prefetch("responsible", Organisation.objects.only("code"))
    return TargetTable(targets.select_related("indicator", "denominator").prefetch_related(responsible))


def as_plain_data(target: Target) -> schema.TargetData:
    return schema.TargetData(
        value=target.value,
        baseline=target.baseline,
        baseline_year=target.baseline_year,
        per_year=target.is_yearly,
        is_ceiling=target.is_ceiling,
        responsible=tuple(organisation.code for organisation in target.responsible.all()),
    )
