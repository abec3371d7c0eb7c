"""Rule 13: how far a value has come on its way to the target."""

from decimal import Decimal

from measures.enums import Favourable
from measures.models import Target


def attainment(value: Decimal | None, target: Target | None, favourable: str) -> Decimal | None:
    """(value − baseline) / (target − baseline), never clipped; a ceiling's utilisation; or nothing.

    Without a baseline a rising target starts at 0, a falling one has no attainment.
    """
    if value is None or target is None:
        return None
    if target.is_ceiling:
        return value / target.value if target.value else None
    baseline = target.baseline
    if baseline is None:
        if favourable == Favourable.DOWN:
            return None
        baseline = Decimal(0)
    if target.value == baseline:
        return None
    return (value - baseline) / (target.value - baseline)
