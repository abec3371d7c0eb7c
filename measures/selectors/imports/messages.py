"""Sentences about an import, made in the language of whoever reads them.

Problems and refusals are stored as a code with parameters; the reader's own are in ``measures.importing``.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypedDict

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_noop

from measures.importing.problems import PROBLEMS, render
from measures.importing.refusals import REFUSALS

# What only the database can tell.
STAGE_PROBLEMS: Mapping[str, str] = {
    "organisation_not_due": gettext_noop(
        "{organisation} does not report “{indicator}” for {year}: it is not asked for it, or its members "
        "report it themselves. Values held: {count}."
    ),
    "round_closed": gettext_noop(
        "The reporting round {year} is not open for {organisation} (last day: {closes_on}). Ask the data "
        "management team to record a late delivery. Values held: {count}."
    ),
    "submission_locked": gettext_noop(
        "{organisation} has already submitted its figures for {year}; they are in review or approved. Ask "
        "for the submission to be sent back. Values held: {count}."
    ),
    "region_level_conflict": gettext_noop(
        "“{indicator}” of {organisation} for {year} is recorded by another level of regions. One level is "
        "used for all figures. Values held: {count}."
    ),
    "occupation_level_conflict": gettext_noop(
        "“{indicator}” of {organisation} for {year} is recorded by occupations of another number of digits. "
        "One level is used for all figures. Values held: {count}."
    ),
    "indicator_not_recorded": gettext_noop("“{indicator}” is not recorded as figures. Values held: {count}."),
    "occupation_not_asked": gettext_noop(
        "“{indicator}” is not broken down by occupation. Values held: {count}."
    ),
    "target_group_not_asked": gettext_noop(
        "“{indicator}” is not broken down by target group. Values held: {count}."
    ),
    "negative": PROBLEMS["negative"][1],
    "too_precise": PROBLEMS["too_precise"][1],
    "data_as_of_older": gettext_noop(
        "The data of this table are as of {as_of}; what is stored is as of {stored}. Make sure that the "
        "file is not an older edition. Values concerned: {count}."
    ),
    "replaces_others": gettext_noop(
        "What {who} entered by {when} would be replaced. Make sure that the file is right, or explain why. "
        "Values concerned: {count}."
    ),
    "no_jump_from_last_year": gettext_noop(
        "“{indicator}”: {change} % against {year} ({now} after {before}). A value more than half (and at "
        "least 20) above or below last year's needs a reason. Values concerned: {count}."
    ),
    "group_within_total": gettext_noop(
        "“{indicator}” for {year}: {value} is more than the total of {total}. Values concerned: {count}."
    ),
}

EXPLAINABLE = ("replaces_others", "no_jump_from_last_year", "group_within_total")
"""Queries about values that can be written: a reason given once holds as long as the value stays."""

EXPLAINED = gettext_noop("Explained: “{explanation}”.")

STAGE_REFUSALS: Mapping[str, str] = {
    "not_allowed": gettext_noop(
        "The file contains figures of organisations you may not upload for: {names}. Remove them, or ask "
        "the data management team to upload the file."
    ),
    "failed": gettext_noop(
        "Reading the file failed because of a fault in the portal. The file is kept. Please tell the people "
        "who run the portal."
    ),
    "broken_off": gettext_noop(
        "Reading the file was broken off three times, so it was given up. Please split the file or ask the "
        "data management team."
    ),
    "took_too_long": gettext_noop(
        "Reading the file took longer than the portal allows. Please split the file or ask the data "
        "management team."
    ),
}


class Notice(TypedDict):
    """What became of the last try to write: a sentence by its code."""

    code: str
    params: dict[str, Any]


NOTICES: Mapping[str, str] = {
    "cancelled": gettext_noop("The work was stopped. No figure was changed."),
    "outdated": gettext_noop(
        "What is stored has changed since the preview was made. The preview is up to date again: "
        "please check it once more."
    ),
    "holds_rows": gettext_noop(
        "Some values are held. Correct the file and upload it again, or apply the good values only."
    ),
    "needs_reason": gettext_noop(
        "Say why: this changes figures that have been submitted or approved ({submissions})."
    ),
    "not_allowed": STAGE_REFUSALS["not_allowed"],
    "no_longer_allowed": gettext_noop(
        "Whoever asked for this may not do it any more. No figure was changed. Please ask the data "
        "management team."
    ),
    "failed": gettext_noop(
        "A fault in the portal broke the work off. No figure was changed. Please tell the people who run "
        "the portal."
    ),
    "broken_off": gettext_noop(
        "The work was broken off three times, so it was given up. No figure was changed. Please try again "
        "later or ask the data management team."
    ),
    "took_too_long": gettext_noop(
        "The work took longer than the portal allows, so it was given up. No figure was changed. Please "
        "split the file or ask the data management team."
    ),
    "refused": gettext_noop("This was not possible: {message}"),
}

FAULTS = ("failed", "broken_off", "took_too_long")

_NUMBERS = frozenset({"now", "before", "change", "sum", "total", "value", "count"})
_OF_TOTALS = frozenset({"control_total_differs", "parts_differ", "subtotal_differs", "total_unclear"})
"""What these found is a number that was read, not a cell's text."""

_PROBLEM_TEXTS = {code: text for code, (_severity, text) in PROBLEMS.items()} | dict(STAGE_PROBLEMS)
_REFUSAL_TEXTS = dict(REFUSALS) | dict(STAGE_REFUSALS)


def problem_text(code: str, found: str, params: Mapping[str, str]) -> str:
    told = {"found": found, **_in_language(params)}
    numbers = _NUMBERS | ({"found"} if code in _OF_TOTALS else set())
    told |= {name: _written(str(told[name])) for name in numbers & told.keys()}
    text = render(_PROBLEM_TEXTS[code], told)
    return f"{text} {render(EXPLAINED, told)}" if params.get("explanation") else text


def refusal_text(refusal: Mapping[str, Any]) -> str:
    return render(_REFUSAL_TEXTS[refusal["code"]], _in_language(refusal.get("params") or {}))


def notice_text(notice: Notice) -> str:
    return render(NOTICES[notice["code"]], notice["params"])


def notice_told(notice: Notice | None) -> dict[str, str] | None:
    """What the page says of the last try to write, and how loud."""
    if notice is None or notice["code"] not in NOTICES:
        return None
    tone = "info" if notice["code"] == "cancelled" else "danger" if notice["code"] in FAULTS else "warning"
    return {"tone": tone, "text": notice_text(notice)}


def _written(number: str) -> str:
    """A stored number as the reader's language writes it, its sign kept; anything else as it is."""
    sign, digits = (number[0], number[1:]) if number[:1] in ("+", "−") else ("", number)
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return number
    places = max(0, -int(value.normalize().as_tuple().exponent)) if value.is_finite() else 0
    return sign + str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


def _in_language(params: Mapping[str, str]) -> dict[str, str]:
    """Of ``indicator_de`` and ``indicator_en`` the one to read becomes ``indicator``."""
    ending = "_en" if get_language() == "en" else "_de"
    chosen = {key.removesuffix(ending): value for key, value in params.items() if key.endswith(ending)}
    return {**params, **chosen}
