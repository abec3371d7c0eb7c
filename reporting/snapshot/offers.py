"""Three offers after 30 September, as a report keeps the way there and the verdict."""

from collections.abc import Sequence

from measures.models import Indicator
from reporting.aggregates.offers import PLACED, STAGES, Stations
from reporting.aggregates.totals import Totals
from reporting.frozen.contents import Offers, OfferStage
from reporting.frozen.values import Amount, AmountState
from reporting.snapshot import words

_NOT_ASKED = Amount(state=AmountState.NOT_REPORTED)


def offers_of(totals: Totals, indicators: Sequence[Indicator], year: int) -> Offers | None:
    """Nothing where nobody is due for any of its numbers."""
    known = {each.code: each for each in indicators if each.code in STAGES}
    amounts = {code: totals.total(code, year) if code in known else _NOT_ASKED for code in STAGES}
    if not any(amount.due for amount in amounts.values()):
        return None
    promise = Stations(amounts).promise
    return Offers(
        stages=tuple(
            OfferStage(
                code=code,
                name=words.name_of(known[code]),
                amount=amounts[code],
                is_part=code in PLACED,
            )
            for code in STAGES
            if amounts[code].due
        ),
        verdict=promise.verdict.value,
        lacking=promise.lacking,
    )
