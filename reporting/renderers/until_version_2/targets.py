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
    percent = wording.rounded_percent(attainment)
    if isinstance(given, RatioTargetData):
        words = {"percent": percent, "target": target_of(given)}
        return gettext("%(percent)s of the target (%(target)s)") % words
    if given.is_ceiling:
        words = {"percent": percent, "number": wording.number(given.value)}
        return gettext("%(percent)s of the ceiling of %(number)s") % words
    return gettext("%(percent)s of %(target)s") % {"percent": percent, "target": target_of(given)}


def bar_caption(amount: str, given: TargetData | RatioTargetData | None, attainment: Decimal | None) -> str:
    """A value in words against its target."""
    if given is None:
        return f"{amount} · {gettext('no target')}"
    if attainment is None:
        return f"{amount} · {gettext('target %(target)s') % {'target': target_of(given)}}"
    text = gettext("%(value)s of %(target)s") % {"value": amount, "target": target_of(given)}
    share = wording.rounded_percent(attainment)
    is_ceiling = isinstance(given, TargetData) and given.is_ceiling
    return f"{text} · {gettext('%(percent)s of the ceiling') % {'percent': share} if is_ceiling else share}"
