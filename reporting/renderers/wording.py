"""How numbers, dates, gaps and codes read in the active language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext, pgettext_lazy

from reporting.charts.locales import MINUS, NARROW_SPACE, is_english
from reporting.frozen.schema import Amount, AmountState, Basis, RatioTargetData, TargetData
from reporting.frozen.texts import without_private_use

_OFFICE = ZoneInfo("Europe/Berlin")
EXAMPLE = "example"
"""The flag of values that were made up to show the portal with."""

_INCOMPLETE_REASONS = (
    AmountState.UNKNOWN,
    AmountState.CONFIDENTIAL,
    AmountState.NOT_APPLICABLE,
    AmountState.PENDING,
)


def language() -> str:
    return "en" if is_english() else "de"


def in_language(code: str) -> str:
    """Says of a text which language it is in, where nothing else can."""
    words = {"de": gettext("in German"), "en": gettext("in English")}
    return words.get(code, code)


def as_printed(text: str) -> str:
    """What people wrote as it is printed: a dash where it has a hyphen between spaces."""
    return without_private_use(text).replace(" - ", " – ")


def number(value: Decimal | int) -> str:
    return _written(str(value), get_language())


@lru_cache(maxsize=10_000)
def _written(value: str, _language: str | None) -> str:
    """Kept by language: hundreds of numbers of a page are the same on the next one."""
    text = number_format(Decimal(value), use_l10n=True, force_grouping=True)
    return text.replace("-", MINUS)


def quantity(value: Decimal | int, unit: str) -> str:
    """A number of its unit: euros have two decimals, or none."""
    if unit != "EUR" or value == int(value):
        return number(value)
    return number_format(value, decimal_pos=2, use_l10n=True, force_grouping=True).replace("-", MINUS)


def money(value: Decimal) -> str:
    """Euros in full, cents left to the books: rounded half up to whole euros."""
    return number(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def rounded(value: Decimal) -> Decimal:
    """To one decimal, half up, as ratios and percentages are printed."""
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def one_decimal(value: Decimal) -> str:
    """Rounded, and written with its decimal: 101,6 and 100,0."""
    text = number_format(rounded(value), decimal_pos=1, use_l10n=True, force_grouping=True)
    return text.replace("-", MINUS)


def percent(share: Decimal) -> str:
    """Round a share to one decimal, half up: 36,5 % or 36.5%; whole percent without the zero.

    A share above 0 is never rounded to 0, and 100 percent is said of nothing but all of it: 19,992 of 20,000
    are > 99.9%.
    """
    return _never_rounded_to_all(share, rounded_percent)


def percent_with_decimal(share: Decimal) -> str:
    """The same with its decimal always, for columns whose numbers stand below each other: 90,0 %."""
    return _never_rounded_to_all(share, rounded_percent_with_decimal)


def rounded_percent(share: Decimal) -> str:
    """As ``percent``, but nearly all is 100 percent, as reports up to version 2 have it."""
    value = rounded(share * 100)
    if share > 0 and not value:
        return f"<{NARROW_SPACE}{rounded_percent(Decimal('0.001'))}"
    return _with_sign(number(value.quantize(Decimal(1)) if value == value.to_integral_value() else value))


def rounded_percent_with_decimal(share: Decimal) -> str:
    if share > 0 and not rounded(share * 100):
        return rounded_percent(share)
    return _with_sign(one_decimal(share * 100))


def _never_rounded_to_all(share: Decimal, write: Callable[[Decimal], str]) -> str:
    nearly, whole = Decimal("0.999"), Decimal(1)
    if share == whole or rounded(share * 100) != rounded(whole * 100):
        return write(share)
    return f">{NARROW_SPACE}{write(nearly if share < whole else whole)}"


def _with_sign(percents: str) -> str:
    return f"{percents}%" if is_english() else f"{percents}{NARROW_SPACE}%"


def day(value: date) -> str:
    return date_format(value, "j F Y" if is_english() else "j. F Y", use_l10n=False)


def month(value: date) -> str:
    return date_format(value, "F Y", use_l10n=False)


def moment(value: datetime) -> str:
    local = value.astimezone(_OFFICE)
    if is_english():
        return f"{day(local.date())}, {local:%H:%M} ({local.tzname()})"
    return f"{day(local.date())}, {local:%H:%M} Uhr"


_ABSENCES = {
    AmountState.UNKNOWN: gettext_lazy("unknown"),
    AmountState.CONFIDENTIAL: gettext_lazy("confidential"),
    AmountState.NOT_APPLICABLE: gettext_lazy("not applicable"),
    AmountState.PENDING: gettext_lazy("to be supplied"),
    AmountState.NOT_REPORTED: gettext_lazy("not reported"),
    AmountState.INCOMPLETE: gettext_lazy("incomplete"),
    AmountState.NOT_SUMMED: gettext_lazy("not added up"),
    AmountState.NOT_COMPARABLE: gettext_lazy("not comparable"),
    AmountState.WITHHELD: pgettext_lazy("a small number of persons", "withheld"),
}


def absence(state: AmountState) -> str:
    return _absence(state, get_language())


@cache
def _absence(state: AmountState, _language: str | None) -> str:
    """Kept by language: a table may have hundreds of gaps."""
    return str(_ABSENCES[state])


def amount(given: Amount) -> str:
    """Write the value, or the reason why there is none. Never 0 for a gap; an example is called one."""
    text = amount_without_qualities(given)
    return text if given.value is None else marked(text, given)


def amount_without_qualities(given: Amount) -> str:
    """The same for places that say beside the number how certain it is, and whether it is an example."""
    if given.value is not None:
        text = number(given.value)
        return gettext("at least %(number)s") % {"number": text} if given.basis is Basis.AT_LEAST else text
    reason = reason_of_gap(given)
    return f"{absence(given.state)} ({reason})" if reason else absence(given.state)


def reason_of_gap(given: Amount) -> str:
    """What there is to say of a gap beside its name."""
    if given.state is AmountState.NOT_COMPARABLE:
        return not_comparable()
    if given.state is not AmountState.INCOMPLETE:
        return ""
    counted = {entry.state: entry.count for entry in given.absences}
    reasons = [
        gettext("%(count)s of %(due)s %(absence)s")
        % {"count": number(counted[state]), "due": number(given.due), "absence": absence(state)}
        for state in _INCOMPLETE_REASONS
        if state in counted
    ]
    return ", ".join(reasons) or count(given)


def not_comparable() -> str:
    """Why a ratio of two numbers is not formed."""
    return gettext("unequally many organisations state the two numbers")


def marked(text: str, given: Amount) -> str:
    """Call the number an example where it is one, or has one in it."""
    return gettext("%(number)s (example)") % {"number": text} if EXAMPLE in given.qualities else text


def example(given: Amount) -> str:
    """The same for a place below the number."""
    return pgettext("below a number", "example") if EXAMPLE in given.qualities else ""


def with_examples(flags: Iterable[str]) -> str:
    """What goes with a number that is formed of others; empty where no example is among them."""
    return gettext("with example values") if EXAMPLE in flags else ""


def coverage(given: Amount) -> str:
    """How many of those due gave a value; empty where nobody was due."""
    if not given.due:
        return ""
    text = ngettext("%(count)s of %(due)s reported", "%(count)s of %(due)s reported", given.due)
    return text % _counts(given)


def count(given: Amount) -> str:
    return gettext("%(count)s of %(due)s") % _counts(given) if given.due else ""


def _counts(given: Amount) -> dict[str, str]:
    return {"count": number(given.reported), "due": number(given.due)}


def basis_words() -> Mapping[Basis, str]:
    """Each way in which a total comes about other than by adding up what was stated."""
    return {
        Basis.DERIVED: gettext("summed over occupations"),
        Basis.AT_LEAST: gettext("a minimum: parts are missing"),
        Basis.MIXED: gettext("partly stated, partly summed over occupations"),
    }


def basis(given: Amount) -> str:
    """How the total came about, where that is more than adding up what was stated."""
    return basis_words().get(given.basis, "") if given.basis else ""


def quality_words() -> Mapping[str, str]:
    return {
        "preliminary": gettext("contains preliminary values"),
        "estimate": gettext("contains estimates"),
        "revised": gettext("contains revised values"),
        EXAMPLE: gettext("contains example values"),
        "below_half_unit": gettext("contains values below half a unit"),
        "uncertain": gettext("contains uncertain values"),
    }


def qualities(codes: Iterable[str]) -> list[str]:
    words = quality_words()
    return [words[code] for code in codes if code in words]


def target(given: TargetData | RatioTargetData) -> str:
    if isinstance(given, RatioTargetData):
        return gettext("%(percent)s of “%(denominator)s”") % {
            "percent": percent(given.goal),
            "denominator": as_printed(given.denominator.in_language(language())),
        }
    value = number(given.value)
    if given.is_a_maximum:
        value = gettext("at most %(number)s") % {"number": value}
    if given.per_year:
        return gettext("%(number)s a year") % {"number": value}
    return value


def against_target(given: TargetData | RatioTargetData | None, attainment: Decimal | None) -> str:
    """Set a value against its target: 36,5 % of 20.000."""
    if given is None:
        return ""
    if attainment is None:
        return gettext("target %(target)s") % {"target": target(given)}
    if isinstance(given, RatioTargetData):
        words = gettext("%(percent)s of the target (%(target)s)")
    elif given.is_ceiling:
        words = gettext("%(percent)s of the ceiling of %(number)s")
        return words % {"percent": percent(attainment), "number": number(given.value)}
    elif given.baseline:
        words = gettext("%(percent)s of the way to %(target)s")
    else:
        words = gettext("%(percent)s of %(target)s")
    return words % {"percent": percent(attainment), "target": target(given)}


def bar_caption(value: str, target: str, attainment: Decimal | None, *, is_ceiling: bool) -> str:
    """Set a value in words against its target in words, as the caption of a bar."""
    if not target:
        return f"{value} · {gettext('no target')}"
    if attainment is None:
        return f"{value} · {gettext('target %(target)s') % {'target': target}}"
    text = gettext("%(value)s of %(target)s") % {"value": value, "target": target}
    share = percent(attainment)
    return f"{text} · {gettext('%(percent)s of the ceiling') % {'percent': share} if is_ceiling else share}"


def attained(given: TargetData | RatioTargetData | None, attainment: Decimal) -> str:
    """Name an attainment for a cell of a table; of a ceiling it is its utilisation."""
    share = percent_with_decimal(attainment)
    is_ceiling = isinstance(given, TargetData) and given.is_ceiling
    return gettext("%(percent)s of the ceiling") % {"percent": share} if is_ceiling else share


def change(before: Decimal | None, now: Decimal | None) -> str:
    """Write a change with its sign, and in per cent where there is something to compare with."""
    if before is None or now is None:
        return ""
    difference = now - before
    sign = "+" if difference > 0 else ""
    text = f"{sign}{number(difference)}" if difference else "±0"
    if before <= 0 or not difference:
        return text
    return f"{text} ({sign}{rounded_percent(difference / before)})"


def ratio_target(denominator: str, goal: Decimal, reached: Amount) -> str:
    """Describe how far a target that is a share of another figure has come."""
    return gettext("Target: %(goal)s of “%(denominator)s”. Reached: %(reached)s") % {
        "goal": percent(goal),
        "denominator": denominator,
        "reached": amount(reached) if reached.value is None else percent(reached.value),
    }


def unit(code: str) -> str:
    words = {
        "places": gettext("places"),
        "persons": gettext("persons"),
        "mentors": gettext("mentors"),
        "companies": gettext("companies"),
        "consultations": gettext("consultations"),
        "contracts": gettext("contracts"),
        "offers": gettext("offers"),
        "events": gettext("events"),
        "networks": gettext("networks"),
        "laender": gettext("Länder"),
        "EUR": gettext("euros"),
    }
    return words.get(code, code)


def measure_kind(code: str) -> str:
    words = {
        "legislative": gettext("Legislation"),
        "financial": gettext("Funding"),
        "promotional": gettext("Promotion"),
        "advisory": gettext("Advice"),
        "training_offer": gettext("Training offer"),
    }
    return words.get(code, code)


def series_kind(code: str) -> str:
    words = {"flow": pgettext("statistics", "flow"), "stock": pgettext("statistics", "stock")}
    return words.get(code, code)


def period(code: str, year: int) -> str:
    """Describe the period of an indicator's year; the year is the one in which the period ends."""
    words = {
        "calendar_year": gettext("calendar year %(year)s"),
        "market_year": gettext("1 October %(before)s to 30 September %(year)s"),
        "reference_30sep": gettext("as of 30 September %(year)s"),
        "reference_31dec": gettext("as of 31 December %(year)s"),
        "after_30sep": gettext("1 October %(year)s to mid-January %(after)s"),
        "school_year": gettext("school year %(before)s/%(year)s"),
    }
    return words.get(code, "%(year)s") % {"year": year, "before": year - 1, "after": year + 1}


def period_kind(code: str) -> str:
    words = {
        "calendar_year": gettext("calendar year"),
        "market_year": gettext("1 October to 30 September"),
        "reference_30sep": gettext("reference date 30 September"),
        "reference_31dec": gettext("reference date 31 December"),
        "after_30sep": gettext("1 October to mid-January"),
        "school_year": gettext("school year"),
    }
    return words.get(code, code)
