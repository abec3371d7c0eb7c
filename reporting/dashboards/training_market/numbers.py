"""How supply, demand and their ratios are written, and where they lead."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext

from partners.models import Region
from reporting.charts.laender_map import LandMark
from reporting.dashboards.data import LinkedNumber
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import OF_TRAIL, page_url
from reporting.frozen import codes, formation
from reporting.frozen.schema import Amount, AmountState, Basis
from reporting.market import balance as market
from reporting.renderers import wording

_SHARES = (codes.SHARE_UNFILLED, codes.SHARE_UNSUCCESSFUL)
_ADDED_UP = (codes.SUPPLY, codes.SEARCHING, codes.DEMAND, codes.DEMAND_EXTENDED)
"""What is missing of these could only make them more; a difference or a ratio could become less by it."""


def formation_url(code: str, filters: Filters, year: int, region: str | None = None) -> str:
    """What a quantity is formed of: the parts of a sum, the numerator and denominator of a ratio."""
    asked = filters if region is None else replace(filters, region=region)
    return page_url("reporting:market_quantity", code, year) + asked.query(OF_TRAIL)


def quantity_text(code: str, amount: Amount) -> str:
    """Counts in full, shares in per cent, ANR, eANR and the index as plain numbers with one decimal."""
    value = market.shown_value(code, amount)
    if value is None:
        return wording.absence(amount.state)
    if code in _SHARES and amount.value is not None:
        return wording.percent_with_decimal(amount.value)
    return wording.number(value) if code in formation.LEVELS else wording.one_decimal(value)


def quantity_number(
    code: str, amount: Amount, filters: Filters, year: int, *, region: str | None = None
) -> LinkedNumber:
    return LinkedNumber(
        text=quantity_text(code, amount),
        is_gap=amount.value is None,
        url=formation_url(code, filters, year, region),
        coverage=" · ".join(_remarks(code, amount)),
    )


def _remarks(code: str, amount: Amount) -> Iterator[str]:
    """What goes with a number: that it is not complete, a minimum, or has examples in it."""
    if amount.state is AmountState.NOT_COMPARABLE:
        yield wording.count(amount)
    if amount.value is None:
        return
    if not amount.is_stated_by_all:
        yield wording.count(amount)
    if amount.basis is Basis.AT_LEAST:
        yield wording.basis(amount) if code in _ADDED_UP else gettext("parts are missing")
    if examples := wording.with_examples(amount.qualities):
        yield examples


def land_mark(code: str, amount: Amount, filters: Filters, land: Region) -> LandMark:
    """A Land on a map: hatched where its ratio is not complete, with a star where examples are in it."""
    number = quantity_number(code, amount, filters, filters.year, region=land.code)
    return LandMark(
        code=land.code,
        name=land.name,
        value=market.shown_value(code, amount),
        text=number.text,
        url=number.url,
        is_complete=amount.is_complete,
        remark=wording.with_examples(amount.qualities),
    )
