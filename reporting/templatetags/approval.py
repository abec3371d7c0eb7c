"""The effect of an approval, for the pages of the review: they are in an app that knows no sums."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template

from measures.models import Submission
from reporting.aggregates.approval import TotalChange, effect_of_approval
from reporting.renderers import wording

register = template.Library()


@dataclass(frozen=True)
class EffectLine:
    """A line of the table, in the reader's language."""

    indicator: str
    unit: str
    year: int
    before: str
    before_coverage: str
    after: str
    after_coverage: str
    difference: Decimal | None


@register.inclusion_tag("reporting/partials/_approval_effect.html")
def approval_effect(submissions: Collection[Submission]) -> dict[str, Any]:
    """What approving these submissions would change in the Alliance's totals."""
    changes = effect_of_approval([submission.pk for submission in submissions])
    changed = [_line(change) for change in changes if change.is_changed]
    return {"lines": changed, "unchanged_count": len(changes) - len(changed)}


def _line(change: TotalChange) -> EffectLine:
    return EffectLine(
        indicator=change.indicator.name,
        unit=change.indicator.get_unit_display(),
        year=change.year,
        before=wording.amount(change.before),
        before_coverage=wording.count(change.before),
        after=wording.amount(change.after),
        after_coverage=wording.count(change.after),
        difference=change.difference,
    )
