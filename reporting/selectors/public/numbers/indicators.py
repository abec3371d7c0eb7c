"""The page of an indicator's number: of the Alliance, a Land, a target group or an umbrella."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext

from reporting.frozen import codes
from reporting.frozen.finding import FrozenNumber, find_row, parts_of_change, place_of_year
from reporting.frozen.links import FigurePart, PartKind, scope_part
from reporting.frozen.schema import IndicatorData, MeasureData, RatioTargetData, TargetData, YearFigure
from reporting.renderers import wording
from reporting.renderers.sections.market import of_invited
from reporting.renderers.sections.partners import share_of_whole
from reporting.renderers.sections.sentences import may_be_compared
from reporting.selectors.public.data_sets import find_indicator
from reporting.selectors.public.numbers.page import (
    Frozen,
    NumberFact,
    NumberPage,
    NumberPart,
    NumberRelation,
    fact,
    remarks,
)
from reporting.selectors.public.texts import in_language_of_page, written


def indicator_page(frozen: Frozen, code: str, year: int, parts: Sequence[FigurePart]) -> NumberPage | None:
    """Target, attainment, change and footnotes are those of the total, so they stand with nothing else."""
    known, found = find_indicator(frozen.data, code), frozen.find(code, year, *parts)
    if known is None or found is None:
        return None
    measure, indicator = known
    figure = next(each for each in indicator.years if each.year == year)
    is_total = not found.parts
    within = [part for part in parts if part != scope_part(frozen.data)]
    of_number = (
        (*_of_total(frozen, indicator, figure), *_share_of_invited(frozen, indicator, figure))
        if not within
        else _of_part(frozen, indicator, figure, within[0])
    )
    notes = [*remarks(found.amount), *(map(in_language_of_page, figure.notes) if is_total else ())]
    return NumberPage(
        name=in_language_of_page(indicator.name),
        text=wording.amount_without_qualities(found.amount),
        unit=wording.unit(indicator.unit),
        parts=tuple(map(in_language_of_page, found.parts)),
        notes=tuple(dict.fromkeys(notes)),
        definition=in_language_of_page(indicator.definition) if indicator.definition else "",
        facts=tuple(_facts(frozen, measure, indicator, figure, found)),
        relations=(*of_number, *_before(frozen, code, year, within)),
        remarks=tuple(map(written, figure.remarks)) if is_total else (),
    )


def _facts(
    frozen: Frozen, measure: MeasureData, indicator: IndicatorData, figure: YearFigure, found: FrozenNumber
) -> Iterator[NumberFact]:
    """With the data status of the report where the figure has none of its own and is not later."""
    data_as_of = frozen.data.data_status_of(figure)
    yield from fact(gettext("Source"), indicator.source)
    if not found.parts and figure.promised:
        yield from fact(gettext("Target"), wording.target(figure.promised))
    yield from fact(gettext("Year"), wording.period(indicator.period, figure.year))
    if figure.reference_date:
        yield from fact(gettext("Reference date"), date_format(figure.reference_date, "DATE_FORMAT"))
    if data_as_of:
        yield from fact(gettext("Data status"), date_format(data_as_of, "DATE_FORMAT"))
    yield from fact(gettext("Organisations due"), wording.coverage(found.amount))
    yield from fact(gettext("Measure"), measure.name)
    yield from fact(gettext("Lead"), *measure.leads)
    yield from fact(gettext("Contributing"), *measure.contributing)


def _of_total(frozen: Frozen, indicator: IndicatorData, figure: YearFigure) -> Iterator[NumberRelation]:
    if figure.attainment is not None:
        yield _attainment(frozen, figure, figure.attainment)
    yield from _change(frozen, indicator, figure)


def _before(frozen: Frozen, code: str, year: int, within: Sequence[FigurePart]) -> Iterator[NumberRelation]:
    """What the number was in what was released before, where it read otherwise."""
    for changes in frozen.data.changes:
        for row in changes.rows:
            if (row.indicator, row.year, list(parts_of_change(row))) == (code, year, list(within)):
                yield NumberRelation(
                    label=gettext("In the previous release")
                    if changes.is_correction
                    else gettext("In the report of %(year)s") % {"year": changes.year},
                    text=wording.amount(row.before),
                    formula=gettext("Frozen on %(day)s") % {"day": wording.moment(changes.taken_at)},
                )


def _attainment(frozen: Frozen, figure: YearFigure, attainment: Decimal) -> NumberRelation:
    words = ""
    parts: tuple[NumberPart, ...] = ()
    if isinstance(figure.promised, RatioTargetData):
        words = gettext("value ÷ “%(whole)s” ÷ %(goal)s") % {
            "whole": in_language_of_page(figure.promised.denominator),
            "goal": wording.percent(figure.promised.goal),
        }
        parts = _denominator(frozen, figure.promised, figure.year)
    elif figure.target:
        words = _formula(figure.target)
        if figure.amount.value is not None:
            words += f" = {_with_numbers(figure.target, figure.amount.value)}"
    label = gettext("Use of the ceiling") if figure.is_ceiling else gettext("Attainment of the target")
    return NumberRelation(label=label, text=wording.percent(attainment), formula=words, parts=parts)


def _formula(target: TargetData) -> str:
    if target.is_ceiling:
        return gettext("value ÷ ceiling")
    if target.baseline:
        return gettext("(value − baseline) ÷ (target − baseline)")
    return gettext("value ÷ target")


def _with_numbers(target: TargetData, value: Decimal) -> str:
    goal = wording.number(target.value)
    if target.is_ceiling or not target.baseline:
        return f"{wording.number(value)} ÷ {goal}"
    baseline = wording.number(target.baseline)
    return f"({wording.number(value)} − {baseline}) ÷ ({goal} − {baseline})"


def _denominator(frozen: Frozen, promised: RatioTargetData, year: int) -> tuple[NumberPart, ...]:
    """The figure that a share was promised of: the frozen data name it by its name."""
    named = (each.code for each in frozen.data.indicators if each.name == promised.denominator)
    found = (frozen.part(code, year) for code in named)
    return tuple(each for each in found if each)


def _change(frozen: Frozen, indicator: IndicatorData, figure: YearFigure) -> Iterator[NumberRelation]:
    """Where the report would compare both years, too."""
    place = place_of_year(indicator, figure.year)
    before = indicator.years[place - 1] if place else None
    if before is None or before.amount.value is None or figure.amount.value is None:
        return
    if indicator.is_parted(before.year, figure.year) or not may_be_compared(before.amount, figure.amount):
        return
    numbers = wording.number(figure.amount.value), wording.number(before.amount.value)
    part = frozen.part(indicator.code, before.year, name=str(before.year))
    yield NumberRelation(
        label=gettext("Change since %(year)s") % {"year": before.year},
        text=wording.change(before.amount.value, figure.amount.value),
        formula=" − ".join(numbers),
        parts=(part,) if part else (),
    )


def _share_of_invited(
    frozen: Frozen, indicator: IndicatorData, figure: YearFigure
) -> Iterator[NumberRelation]:
    offers = frozen.data.offers
    stages = {each.code: each for each in offers.stages} if offers and figure.year == frozen.data.year else {}
    if indicator.code not in stages or codes.INVITED not in stages:
        return
    share, _reason = of_invited(stages[indicator.code], stages[codes.INVITED].amount)
    invited = frozen.part(codes.INVITED, figure.year)
    if share is not None and invited:
        yield NumberRelation(
            label=gettext("Share of those invited"),
            text=wording.percent_with_decimal(share),
            formula=f"{wording.amount_without_qualities(figure.amount)} ÷ {invited.text}",
            parts=(invited,),
        )


def _of_part(
    frozen: Frozen, indicator: IndicatorData, figure: YearFigure, part: FigurePart
) -> Iterator[NumberRelation]:
    """The whole that it is a part of, and its share in that where the report prints one."""
    row, place = find_row(indicator, *part), place_of_year(indicator, figure.year)
    whole = frozen.part(indicator.code, figure.year, name=frozen.name_of_the_whole)
    if row is None or place is None or whole is None:
        return
    share, _reason = share_of_whole(row, indicator, place)
    if share is None or part[0] == PartKind.REGION:
        yield NumberRelation(label=gettext("Part of"), parts=(whole,))
        return
    yield NumberRelation(
        label=gettext("Share of the whole"),
        text=wording.percent_with_decimal(share),
        formula=f"{wording.amount_without_qualities(row.amounts[place])} ÷ {whole.text}",
        parts=(whole,),
    )
