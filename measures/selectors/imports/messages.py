"""Sentences about an import, made in the language of whoever reads them.

Problems and refusals are stored as a code with parameters; the types of problems and the reader's own
refusals are in ``measures.importing``.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import attrgetter
from typing import Any, TypedDict

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, gettext_noop

from measures.importing.decisions import AREA, COLUMN, ROW, Decision, in_words
from measures.importing.problems import placeholders, problem_type, render
from measures.importing.refusals import REFUSALS

EXPLAINED = gettext_noop("Explained: “{explanation}”.")

STAGE_REFUSALS: Mapping[str, str] = {
    "not_allowed": gettext_noop(
        "The file contains figures of organisations you may not upload for: {names}. Remove them, or ask "
        "the data management team to upload the file."
    ),
    "uploader_not_allowed": gettext_noop(
        "The file contains figures of organisations for which the person who uploaded it may not "
        "upload any more: {names}. Upload the file once more in your own name."
    ),
    "malware": gettext_noop(
        "The malware scanner found something in the file. It was neither opened nor kept. Please have your "
        "computer checked, and upload the file once it is clean."
    ),
    "failed": gettext_noop(
        "Reading the file failed because of a fault in the portal. The file is kept. Please tell the people "
        "who run the portal."
    ),
    "disk_full": gettext_noop(
        "The server has no room left to read the file. The file is kept. Please have it read again later."
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


class ImportNotice(TypedDict):
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
        "Some values have errors. Correct the file and upload it again, or apply the good values only."
    ),
    "needs_reason": gettext_noop(
        "Give the reason: this changes figures that have been submitted or approved ({submissions})."
    ),
    "not_allowed": STAGE_REFUSALS["not_allowed"],
    "no_longer_allowed": gettext_noop(
        "The person who asked for this may not do it any more. No figure was changed. Please ask the "
        "data management team."
    ),
    "failed": gettext_noop(
        "A fault in the portal interrupted the work. No figure was changed. Please inform the people "
        "who run the portal."
    ),
    "disk_full": gettext_noop(
        "The server has no room left for this. No figure was changed. Please try again later."
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

FAULTS = ("failed", "disk_full", "broken_off", "took_too_long")

_REFUSAL_TEXTS = dict(REFUSALS) | dict(STAGE_REFUSALS)


def problem_text(code: str, found: str, params: Mapping[str, str]) -> str:
    known = problem_type(code)
    filled = {"found": found, **_in_language(params)}
    filled |= {name: _written(str(filled[name])) for name in known.numbers if name in filled}
    text = render(known.message, filled)
    return f"{text} {render(EXPLAINED, filled)}" if params.get("explanation") else text


def kind_text(code: str) -> str:
    """The sentence of a type of problem, with an ellipsis for what differs from one problem to the next."""
    message = problem_type(code).message
    text = gettext(message).format(**dict.fromkeys(placeholders(message), "…"))
    return text.replace("….", "…")


def refusal_text(refusal: Mapping[str, Any]) -> str:
    return render(_REFUSAL_TEXTS[refusal["code"]], _in_language(refusal.get("params") or {}))


def notice_text(notice: ImportNotice) -> str:
    return render(NOTICES[notice["code"]], notice["params"])


def shown_notice(notice: ImportNotice | None) -> dict[str, str] | None:
    """The notice on the last try to write, and its colour family."""
    if notice is None or notice["code"] not in NOTICES:
        return None
    tone = "info" if notice["code"] == "cancelled" else "danger" if notice["code"] in FAULTS else "warning"
    return {"tone": tone, "text": notice_text(notice)}


def why_in_words(decisions: Sequence[Decision]) -> Iterator[str]:
    """One line for each decision, below its sheet and what kind of thing it is about."""
    for sheet, of_sheet in groupby(decisions, key=attrgetter("subject.sheet")):
        yield gettext("Why the sheet “%(sheet)s” was read as it was:") % {"sheet": sheet}
        for decision in of_sheet:
            reasons = "; ".join(piece.message for piece in decision.evidence)
            yield f"  {_subject(decision)}: {_taken_for(decision)} – {reasons}"


def _subject(decision: Decision) -> str:
    subject = decision.subject
    if decision.kind == AREA:
        return gettext("Area %(place)s") % {"place": subject.place}
    if decision.kind == ROW:
        is_one = subject.first_row == subject.last_row
        return (gettext("Row %(place)s") if is_one else gettext("Rows %(place)s")) % {"place": subject.place}
    if decision.kind == COLUMN:
        names = {"column": subject.first_column, "heading": subject.text}
        return (
            gettext("Column %(column)s “%(heading)s”") if subject.text else gettext("Column %(column)s")
        ) % names
    if not subject.text:
        return gettext("Without words of its own")
    words = {"text": subject.text, "place": subject.place}
    return (gettext("“%(text)s” in %(place)s") if subject.place else gettext("“%(text)s”")) % words


def _taken_for(decision: Decision) -> str:
    """The role or kind with the codes it stands for: ``Werte (indicator: internships, year: 2016)``."""
    taken_for = in_words(decision.taken_for)
    if len(decision.meaning) == 1 and decision.meaning[0][0] == decision.taken_for:
        return f"{taken_for} {decision.meaning[0][1]}"
    meaning = ", ".join(f"{in_words(kind)} {code}" for kind, code in decision.meaning)
    return f"{taken_for} ({meaning})" if meaning else taken_for


_PER_CENT = "\N{NO-BREAK SPACE}%"


def _written(number: str) -> str:
    """A stored number as the reader's language writes it, with sign and per cent; all else as it is."""
    sign, rest = (number[0], number[1:]) if number[:1] in ("+", "−") else ("", number)
    digits = rest.removesuffix(_PER_CENT)
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return number
    places = max(0, -int(value.normalize().as_tuple().exponent)) if value.is_finite() else 0
    written = str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))
    return f"{sign}{written}{rest.removeprefix(digits)}"


def _in_language(params: Mapping[str, str]) -> dict[str, str]:
    """Of ``indicator_de`` and ``indicator_en`` the one to read becomes ``indicator``."""
    ending = "_en" if get_language() == "en" else "_de"
    chosen = {key.removesuffix(ending): value for key, value in params.items() if key.endswith(ending)}
    return {**params, **chosen}
