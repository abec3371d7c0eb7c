"""What was promised, as reports up to version 2 put it."""

from decimal import Decimal

from django.utils.translation import gettext

from reporting.frozen.schema import RatioTargetData, TargetData
from reporting.renderers import wording


def target_of(given: TargetData | RatioTargetData) -> str:
    if isinstance(given, RatioTargetData):
        return wording.target(given)
    value = wording.number(given.value)
    if given.is_ceiling:
        return gettext("up to %(number)s") % {"number": value}
    return gettext("%(number)s a year") % {"number": value} if given.per_year else value


def against_target(given: TargetData | RatioTargetData, attainment: Decimal | None) -> str:
    if attainment is None:
        return gettext("target %(target)s") % {"target": target_of(given)}
    if isinstance(given, RatioTargetData) or given.is_ceiling:
        return wording.against_target(given, attainment)
    return gettext("%(percent)s of %(target)s") % {
        "percent": wording.percent(attainment),
        "target": target_of(given),
    }
