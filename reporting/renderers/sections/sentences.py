"""The summary in words: sentences made from the numbers."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from reporting.frozen import codes
from reporting.frozen.codes import PromiseVerdict
from reporting.frozen.links import Counted
from reporting.frozen.schema import Amount, Basis, IndicatorData, YearFigure
from reporting.renderers import wording
from reporting.renderers.grammar import (
    all_of,
    capitalised,
    counted,
    listed,
    of_counted,
    plural,
    quoted,
    small_number,
)
from reporting.renderers.linked_text import linked
from reporting.renderers.sections.target_sentences import against_ratio, against_target, or_more
from reporting.renderers.writer import Writer

_WITHOUT = (codes.UNFILLED, codes.UNPLACED)
_OF_THE_PROMISE = (codes.UNPLACED, codes.THREE)
_MONEY = "EUR"
_STATES = ("kept", "not_kept", "in_work", "open", "dropped")


def headline_sentences(writer: Writer) -> Iterator[str]:
    """One for each headline figure with a value in the report year, then one for all without."""
    silent: list[str] = []
    for indicator in writer.snapshot.headlines:
        figure = indicator.years[-1]
        name = writer.text(indicator.name)
        if figure.amount.value is None:
            silent.append(quoted(name))
            continue
        url = writer.address(indicator.code, figure.year)
        yield " ".join(_of_headline(indicator, figure, name, url))
    if silent:
        yield ngettext(
            "For %(year)s no value can be stated for %(names)s.",
            "For %(year)s no values can be stated for %(names)s.",
            len(silent),
        ) % {"year": writer.year, "names": listed(silent)}


def _of_headline(indicator: IndicatorData, figure: YearFigure, name: str, url: str) -> Iterator[str]:
    """What is said of a number leads where it does: its page has target, attainment and change."""
    value = figure.amount.value or Decimal(0)
    yield ngettext(
        "%(name)s: %(counted)s was reported for %(year)s.",
        "%(name)s: %(counted)s were reported for %(year)s.",
        plural(value),
    ) % {
        "name": name,
        "counted": linked(or_more(counted(value, indicator.unit), figure.amount), url),
        "year": figure.year,
    }
    if figure.target is not None:
        yield against_target(figure.target, figure.amount, figure.attainment, indicator.unit, url)
    elif figure.ratio is not None and figure.attainment is not None:
        yield against_ratio(figure.ratio, figure.attainment, url)
    before = indicator.years[-2] if len(indicator.years) > 1 else None
    if before is not None and before.amount.value is not None:
        if indicator.is_parted(before.year, figure.year):
            yield gettext("It is counted otherwise than in %(year)s: the two years are not compared.") % {
                "year": before.year
            }
        elif may_be_compared(before.amount, figure.amount):
            yield _change(before.amount.value, value, indicator.unit, before.year, url)
    if wording.EXAMPLE in figure.amount.qualities:
        yield gettext("The number contains example values.")
    elif figure.amount.reported < figure.amount.due:
        yield ngettext(
            "One of %(due)s organisations due gave a value.",
            "%(count)s of %(due)s organisations due gave a value.",
            figure.amount.reported,
        ) % {
            "count": linked(capitalised(small_number(figure.amount.reported)), url),
            "due": linked(small_number(figure.amount.due), url),
        }


def may_be_compared(before: Amount, now: Amount) -> bool:
    """Whether both years rest on statements of equally many organisations, and neither is a minimum."""
    is_a_minimum = Basis.AT_LEAST in (before.basis, now.basis)
    return before.reported == now.reported and before.due == now.due and not is_a_minimum


def _change(before: Decimal, now: Decimal, unit: str, year: int, url: str) -> str:
    difference = now - before
    if not difference:
        return gettext("The number is the same as in %(year)s.") % {"year": year}
    many = plural(difference)
    how_much = counted(abs(difference), unit)
    if before > 0:
        how_much += f" ({wording.percent(abs(difference) / before)})"
    if difference > 0:
        text = ngettext(
            "That is %(counted)s more than in %(year)s.", "That is %(counted)s more than in %(year)s.", many
        )
    elif unit == _MONEY:
        text = ngettext(
            "That is %(counted)s less than in %(year)s.", "That is %(counted)s less than in %(year)s.", many
        )
    else:
        text = ngettext(
            "That is %(counted)s fewer than in %(year)s.", "That is %(counted)s fewer than in %(year)s.", many
        )
    return text % {"counted": linked(how_much, url), "year": year}


def participation_sentence(writer: Writer) -> str:
    due = sum(each.due for each in writer.snapshot.participation)
    approved = sum(each.approved for each in writer.snapshot.participation)
    if not due:
        return ""
    url = writer.address(Counted.PARTICIPATION, writer.year)
    values = {
        "due": linked(small_number(due), url),
        "approved": linked(small_number(approved), url),
        "all": linked(capitalised(all_of(due)), url),
        "year": writer.year,
    }
    if approved == due:
        return (
            ngettext(
                "The one organisation due for %(year)s has reported, and its report is approved.",
                "%(all)s organisations due for %(year)s have reported, and their reports are approved.",
                due,
            )
            % values
        )
    if not approved:
        return (
            ngettext(
                "Of the one organisation due for %(year)s no report is approved yet.",
                "Of the %(due)s organisations due for %(year)s no report is approved yet.",
                due,
            )
            % values
        )
    return (
        ngettext(
            "The report of one of the %(due)s organisations due for %(year)s is approved.",
            "The reports of %(approved)s of the %(due)s organisations due for %(year)s are approved.",
            approved,
        )
        % values
    )


def market_sentences(writer: Writer) -> Iterator[str]:
    """Supply against demand on 30 September, and how that has changed."""
    market = writer.snapshot.market
    if market is None:
        return

    def address(code: str) -> str:
        return writer.address(code, writer.year)

    latest = {each.code: each.amounts[-1] for each in market.series}
    named: set[str] = set()
    supply, demand, ratio = (latest[code].value for code in (codes.SUPPLY, codes.DEMAND_EXTENDED, codes.EANR))
    if supply is not None and demand is not None and ratio is not None:
        named |= {codes.SUPPLY, codes.DEMAND_EXTENDED, codes.EANR}
        yield gettext(
            "On 30 September %(year)s there was a supply of %(supply)s and a demand (extended definition) "
            "of %(demand)s: %(ratio)s places for every 100 people who wanted one."
        ) % {
            "year": writer.year,
            "supply": linked(of_counted(supply, "places"), address(codes.SUPPLY)),
            "demand": linked(of_counted(demand, "persons"), address(codes.DEMAND_EXTENDED)),
            "ratio": linked(wording.one_decimal(ratio), address(codes.EANR)),
        }
        ratios = next(each.amounts for each in market.series if each.code == codes.EANR)
        before = ratios[-2].value if len(ratios) > 1 else None
        if before is not None and not market.is_parted(market.years[-2], market.years[-1]):
            yield _ratio_change(before, ratio, market.years[-2], address(codes.EANR))
    unfilled, unplaced = (
        latest[code].value if code in latest and latest[code].is_complete else None for code in _WITHOUT
    )
    if unfilled is not None and unplaced is not None:
        named |= set(_WITHOUT)
        yield gettext("%(places)s; %(people)s.") % {
            "places": ngettext(
                "%(number)s place was unfilled", "%(number)s places were unfilled", plural(unfilled)
            )
            % {"number": linked(wording.number(unfilled), address(codes.UNFILLED))},
            "people": ngettext(
                "%(number)s applicant was without a place",
                "%(number)s applicants were without a place",
                plural(unplaced),
            )
            % {"number": linked(wording.number(unplaced), address(codes.UNPLACED))},
        }
    if any(wording.EXAMPLE in latest[code].qualities for code in named):
        yield gettext("These numbers contain example values.")


def _ratio_change(before: Decimal, now: Decimal, year: int, url: str) -> str:
    """Of the ratios as they are printed: what cannot be seen is no change."""
    difference = wording.rounded(now) - wording.rounded(before)
    values = {"points": linked(wording.one_decimal(abs(difference)), url), "year": year}
    if not difference:
        return gettext("The ratio is the same as in %(year)s.") % values
    if difference > 0:
        return gettext("The ratio is %(points)s points higher than in %(year)s.") % values
    return gettext("The ratio is %(points)s points lower than in %(year)s.") % values


def offers_sentence(writer: Writer) -> str:
    offers = writer.snapshot.offers
    if offers is None:
        return ""
    verdicts = {
        PromiseVerdict.KEPT: gettext("The promise of three offers for everybody without a place was kept."),
        PromiseVerdict.NOT_KEPT: gettext(
            "The promise of three offers for everybody without a place was not kept."
        ),
    }
    if offers.verdict in verdicts:
        rests_on_examples = any(
            wording.EXAMPLE in each.amount.qualities for each in offers.stages if each.code in _OF_THE_PROMISE
        )
        remark = f" {gettext('This rests on example values.')}" if rests_on_examples else ""
        return f"{verdicts[PromiseVerdict(offers.verdict)]}{remark}"
    names = [quoted(writer.text(each.name)) for each in offers.stages if each.code in offers.lacking]
    if not names:
        return gettext("Whether the promise of three offers was kept cannot be stated yet.")
    return gettext(
        "Whether the promise of three offers was kept cannot be stated yet: complete numbers are lacking "
        "for %(names)s."
    ) % {"names": listed(names)}


def commitments_sentence(writer: Writer) -> str:
    """How many resolutions are in which state, in the order of the states."""
    states = Counter(each.state for each in writer.snapshot.resolutions)
    if not states:
        return ""

    url = writer.address(Counted.RESOLUTIONS, writer.year)

    def words(state: str, count: int) -> str:
        return {
            "kept": ngettext("one was kept", "%(count)s were kept", count),
            "not_kept": ngettext("one was not kept", "%(count)s were not kept", count),
            "in_work": ngettext("one is in progress", "%(count)s are in progress", count),
            "open": ngettext("one is open", "%(count)s are open", count),
            "dropped": ngettext("one was dropped", "%(count)s were dropped", count),
        }[state] % {"count": linked(small_number(count), url)}

    total = sum(states.values())
    if total == 1:
        state = next(iter(states))
        return {
            "kept": gettext("The one resolution of the partners in this report was kept."),
            "not_kept": gettext("The one resolution of the partners in this report was not kept."),
            "in_work": gettext("The one resolution of the partners in this report is in progress."),
            "open": gettext("The one resolution of the partners in this report is open."),
            "dropped": gettext("The one resolution of the partners in this report was dropped."),
        }[state]
    parts = [words(state, states[state]) for state in _STATES if states[state]]
    return gettext("%(count)s resolutions of the partners stand in this report: %(parts)s.") % {
        "count": linked(capitalised(small_number(total)), url),
        "parts": listed(parts),
    }
