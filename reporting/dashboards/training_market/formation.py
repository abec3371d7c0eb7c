"""What one number of the training market is formed of, each part with the way to its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from reporting.dashboards.data import LinkedNumber
from reporting.dashboards.figures import amount_number
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import trail_url
from reporting.dashboards.training_market.balances import MarketFigures, load_market
from reporting.dashboards.training_market.numbers import quantity_number, quantity_text
from reporting.frozen import codes, formation
from reporting.market.balance import Balance
from reporting.market.definitions import QUANTITY_TEXTS, QuantityTexts
from reporting.renderers import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class FormationPart:
    """``role``: numerator, denominator, factor, or the sign with which it enters a sum."""

    role: str
    name: str
    number: LinkedNumber
    qualities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formation:
    texts: QuantityTexts
    text: str
    is_gap: bool
    remarks: tuple[str, ...]
    parts: tuple[FormationPart, ...]


def load_formation(code: str, filters: Filters) -> Formation:
    """The quantity of the filters' year and Land."""
    found = load_market(filters, [filters.year])
    balance = found.balance(filters.year, filters.region)
    amount = balance.amount(code)
    return Formation(
        texts=QUANTITY_TEXTS[code],
        text=quantity_text(code, amount),
        is_gap=amount.value is None,
        remarks=tuple(wording.qualities(amount.qualities)),
        parts=tuple(_part(found, balance, role, part, filters) for role, part in _roles(balance, code)),
    )


def _roles(balance: Balance, code: str) -> Iterator[tuple[str, str]]:
    if code in formation.RATIOS:
        numerator, denominator = formation.RATIOS[code]
        yield gettext("Numerator"), numerator
        yield gettext("Denominator"), denominator
    elif code == codes.MATCHING_INDEX:
        for factor in formation.FACTORS:
            yield gettext("Factor"), factor
    else:
        for term in balance.terms(code):
            yield "+" if term.sign > 0 else wording.MINUS, term.code


def _part(found: MarketFigures, balance: Balance, role: str, code: str, filters: Filters) -> FormationPart:
    amount = balance.amount(code)
    if code in QUANTITY_TEXTS:
        name, number = str(QUANTITY_TEXTS[code].name), quantity_number(code, amount, filters, filters.year)
    else:
        indicator = found.indicators.get(code)
        name = indicator.name if indicator else code
        number = amount_number(amount, trail_url(code, filters) if indicator else "", is_brief=True)
    return FormationPart(
        role=role, name=name, number=number, qualities=tuple(wording.qualities(amount.qualities))
    )
