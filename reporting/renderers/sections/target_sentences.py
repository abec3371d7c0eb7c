"""What was promised in words, and whether it was kept: sentences of the summary."""

from decimal import Decimal

from django.utils.translation import gettext, ngettext

from reporting.frozen.links import Counted
from reporting.frozen.schema import (
    Amount,
    Basis,
    IndicatorData,
    RatioTargetData,
    TargetData,
    YearFigure,
)
from reporting.renderers import wording
from reporting.renderers.grammar import (
    capitalised,
    counted,
    listed,
    of_counted,
    plural,
    quoted,
    small_number,
)
from reporting.renderers.linked_text import linked
from reporting.renderers.writer import Writer

REACHED = Decimal(1)


def or_more(text: str, amount: Amount) -> str:
    """A minimum is called one: parts are missing that could only make it more."""
    return gettext("at least %(number)s") % {"number": text} if amount.basis is Basis.AT_LEAST else text


def against_target(
    target: TargetData, amount: Amount, attainment: Decimal | None, unit: str, url: str
) -> str:
    goal = linked(of_counted(target.value, unit), url)
    if target.is_falling:
        return _against_a_way_down(target, amount, unit, url)
    if attainment is None:
        return gettext("The target was a value of %(goal)s.") % {"goal": goal}
    percent = or_more(wording.percent(attainment), amount)
    words = {"percent": linked(percent, url), "goal": goal}
    if target.is_ceiling:
        return _against_ceiling(attainment, words)
    if attainment < REACHED:
        return _short_of_target(target, amount, unit, words, url)
    return _reached(attainment, amount, words)


def _against_ceiling(attainment: Decimal, words: dict[str, str]) -> str:
    if attainment > REACHED:
        return gettext("This exceeds the upper limit of %(goal)s (%(percent)s).") % words
    return gettext("That is %(percent)s of the upper limit of %(goal)s.") % words


def _reached(attainment: Decimal, amount: Amount, words: dict[str, str]) -> str:
    if attainment > REACHED:
        return gettext("This exceeds the target of %(goal)s (%(percent)s).") % words
    if amount.is_complete:
        return gettext("This reaches the target of %(goal)s exactly.") % words
    return gettext("This reaches the target of %(goal)s.") % words


def _short_of_target(target: TargetData, amount: Amount, unit: str, words: dict[str, str], url: str) -> str:
    """With what is lacking: of a minimum at most so much."""
    short = abs(target.value - (amount.value or Decimal(0)))
    text = (
        ngettext(
            "That is %(percent)s of the target of %(goal)s; at most %(short)s is lacking.",
            "That is %(percent)s of the target of %(goal)s; at most %(short)s are lacking.",
            plural(short),
        )
        if amount.basis is Basis.AT_LEAST
        else ngettext(
            "That is %(percent)s of the target of %(goal)s; %(short)s is lacking.",
            "That is %(percent)s of the target of %(goal)s; %(short)s are lacking.",
            plural(short),
        )
    )
    return text % (words | {"short": linked(counted(short, unit), url)})


def _against_a_way_down(target: TargetData, amount: Amount, unit: str, url: str) -> str:
    """The value was to fall to a target, which is kept by whatever is not above it."""
    words = {"goal": linked(of_counted(target.value, unit), url)}
    over = (amount.value or Decimal(0)) - target.value
    if over > 0:
        words["over"] = linked(or_more(counted(over, unit), amount), url)
        text = ngettext(
            "That is %(over)s more than the target of at most %(goal)s.",
            "That is %(over)s more than the target of at most %(goal)s.",
            plural(over),
        )
        return text % words
    if amount.is_complete:
        return gettext("This keeps to the target of at most %(goal)s.") % words
    return gettext("The target was at most %(goal)s.") % words


def against_ratio(target: RatioTargetData, attainment: Decimal, url: str) -> str:
    values = {
        "percent": linked(wording.percent(attainment), url),
        "goal": linked(wording.percent(target.goal), url),
        "whole": quoted(wording.as_printed(target.denominator.in_language(wording.language()))),
    }
    if attainment < REACHED:
        return (
            gettext("That is %(percent)s of what was promised (%(goal)s of the figure %(whole)s).") % values
        )
    return (
        gettext("This keeps what was promised (%(goal)s of the figure %(whole)s; %(percent)s attained).")
        % values
    )


def targets_sentence(writer: Writer) -> str:
    """How many of the year's targets were reached, missed, or cannot be judged."""
    figures = [(each, each.years[-1]) for each in writer.snapshot.headlines]
    judged = [
        is_reached(indicator, figure)
        for indicator, figure in figures
        if figure.promised is not None and not figure.is_ceiling
    ]
    if not judged:
        return ""
    if len(judged) == 1:
        return _of_the_only_target(judged[0]) % {"year": writer.year}
    url = writer.address(Counted.HEADLINES, writer.year)

    def many(count: int) -> str:
        return linked(small_number(count), url)

    reached, missed, unknown = (judged.count(each) for each in (True, False, None))
    parts = []
    if reached:
        parts.append(
            ngettext("one was reached", "%(count)s were reached", reached) % {"count": many(reached)}
        )
    if missed:
        parts.append(
            ngettext("one was not reached", "%(count)s were not reached", missed) % {"count": many(missed)}
        )
    if unknown:
        parts.append(
            ngettext("for one it cannot be stated yet", "for %(count)s it cannot be stated yet", unknown)
            % {"count": many(unknown)}
        )
    return gettext("%(count)s targets had been set for %(year)s: %(parts)s.") % {
        "count": linked(capitalised(small_number(len(judged))), url),
        "year": writer.year,
        "parts": listed(parts),
    }


def _of_the_only_target(verdict: bool | None) -> str:  # noqa: FBT001  # the verdict itself
    if verdict is None:
        return gettext("Whether the one target set for %(year)s was reached cannot be stated yet.")
    if verdict:
        return gettext("The one target set for %(year)s was reached.")
    return gettext("The one target set for %(year)s was not reached.")


def is_reached(indicator: IndicatorData, figure: YearFigure) -> bool | None:
    """Whether the target was reached; None where what is missing could still decide it."""
    if figure.attainment is None:
        return None
    is_enough = figure.attainment >= REACHED
    if figure.amount.is_complete:
        return is_enough
    if figure.target is None or indicator.may_be_negative:
        return None
    # What is missing could only make the value more.
    return is_enough if is_enough is not figure.target.is_falling else None
