"""The page of a number of the training market, or of a stage of the three offers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext

from reporting.aggregates.sums import NOT_REPORTED
from reporting.frozen import codes, formation
from reporting.frozen.contents import Market
from reporting.frozen.finding import FrozenNumber
from reporting.frozen.links import FigurePart
from reporting.frozen.values import Amount
from reporting.market import balance
from reporting.renderers import wording
from reporting.renderers.sections.market import unit_of
from reporting.selectors.public.numbers.page import (
    Frozen,
    NumberPage,
    NumberPart,
    NumberRelation,
    fact,
    in_its_form,
    remarks,
)
from reporting.selectors.public.texts import in_language_of_page


def market_page(frozen: Frozen, code: str, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    """What the frozen data hold beside the indicators' own numbers."""
    found, market = frozen.find(code, year, *parts), frozen.data.market
    if found is None:
        return None
    series = next((each for each in market.series if each.code == code), None) if market else None
    page = NumberPage(
        name=in_language_of_page(found.name),
        text=in_its_form(found.form, found.amount),
        parts=tuple(map(in_language_of_page, found.parts)),
        notes=remarks(found.amount),
    )
    if market is None or series is None:
        facts = (*fact(gettext("Year"), str(year)), frozen.frozen_on)
        return replace(
            page, facts=(*fact(gettext("Organisations due"), wording.coverage(found.amount)), *facts)
        )
    return replace(
        page,
        unit=unit_of(series),
        definition=in_language_of_page(series.definition),
        facts=(
            *fact(gettext("Source"), series.source),
            *fact(gettext("Year"), gettext("30 September %(year)s") % {"year": year}),
            *fact(gettext("Organisations due"), wording.coverage(found.amount)),
            frozen.frozen_on,
        ),
        relations=tuple(_Quantity(frozen, market, series.code, year, parts).relations(found)),
    )


class _Quantity:
    """A quantity of one year, of the country or of a Land, and the numbers around it."""

    def __init__(
        self, frozen: Frozen, market: Market, code: str, year: int, parts: Sequence[FigurePart]
    ) -> None:
        self.frozen = frozen
        self.market = market
        self.code = code
        self.year = year
        self.parts = parts

    def relations(self, found: FrozenNumber) -> Iterator[NumberRelation]:
        terms = tuple(self._terms(self.code))
        if terms:
            yield NumberRelation(label=gettext("Formed of"), parts=terms)
        if self.parts:
            whole = self.frozen.part(self.code, self.year, name=self.frozen.name_of_the_whole)
            yield from (NumberRelation(label=gettext("Part of"), parts=(each,)) for each in [whole] if each)
        elif self.year != self.market.years[0] and not self.market.is_parted(self.year - 1, self.year):
            yield from self._change(found)

    def _change(self, found: FrozenNumber) -> Iterator[NumberRelation]:
        last = self.year - 1
        before, part = self.frozen.find(self.code, last), self.frozen.part(self.code, last, name=str(last))
        if part and before and before.amount.value is not None and found.amount.value is not None:
            yield NumberRelation(
                label=gettext("Change since %(year)s") % {"year": last},
                formula=f"{in_its_form(found.form, found.amount)} − {part.text}",
                parts=(part,),
            )

    def _terms(self, code: str) -> Iterator[NumberPart]:
        """The numbers a quantity is formed of; of a Land, whose sums are not frozen, those behind them."""
        for each in self._codes(code):
            found = self.frozen.part(each, self.year, *self.parts)
            if found:
                yield found
            elif each in formation.INPUTS:
                series = (series for series in self.market.series if series.code == each)
                yield from (NumberPart(name=in_language_of_page(known.name)) for known in series)
            else:
                yield from self._terms(each)

    def _codes(self, code: str) -> tuple[str, ...]:
        if code in formation.RATIOS:
            return formation.RATIOS[code]
        if code == codes.MATCHING_INDEX:
            return formation.FACTORS
        if code not in formation.LEVELS:
            return ()
        inputs = {each: self._amount(each, *self.parts) for each in formation.INPUTS}
        contracts = balance.source_of_contracts(self._amount(codes.SURVEY))
        return tuple(term.code for term in balance.Balance(inputs, contracts).terms(code))

    def _amount(self, code: str, *parts: FigurePart) -> Amount:
        found = self.frozen.find(code, self.year, *parts)
        return found.amount if found else NOT_REPORTED
