"""The kinds of notices about rounds, submissions and commitments, each with its sentence. No models.

The facts of a notice about a submission are its organisation, its year, and who did what.
"""

import datetime as dt
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from partners.notices.kinds import Facts, NoticeKind

LONGEST_QUOTE = 300


class Topic(StrEnum):
    """The codes of the kinds."""

    ROUND_OPENED = "round_opened"
    DUE = "due"
    REMINDED = "reminded"
    RETURNED = "returned"
    MEMBER_RETURNED = "member_returned"
    EXTENSION = "extension"
    APPROVED = "approved"
    ENDORSED = "endorsed"
    REOPENED = "reopened"
    CORRECTION_WITHDRAWN = "correction_over"
    COMMENTED = "commented"
    THANKS = "thanks"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ASKED_BACK = "asked_back"
    MARK_ANSWERED = "mark_answered"
    WAITS = "waits"
    PROPOSED = "proposed"
    COMMITMENT_NAMED = "commitment_named"
    COMMITMENT_MOVED = "commitment_moved"
    COMMITMENT_STATE = "commitment_state"
    COMMITMENT_DUE = "commitment_due"


def _day(text: str) -> str:
    return date_format(dt.date.fromisoformat(text), "SHORT_DATE_FORMAT")


def _quoted(text: str) -> str:
    """Words of a person as part of a sentence, shortened where they are long."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()} …"


def _with_reason(sentence: str, facts: Facts) -> str:
    reason = facts.get("reason", "")
    if not reason:
        return sentence
    return _("%(sentence)s Reason: “%(reason)s”") % {"sentence": sentence, "reason": _quoted(reason)}


def _opened(facts: Facts) -> str:
    return _("%(organisation)s: the reporting round %(year)s is open. Figures are due on %(day)s.") % {
        **facts,
        "day": _day(facts["due_on"]),
    }


def _due(facts: Facts) -> str:
    """``days``: how many are left when the reminder is written, below zero when the day is over."""
    days, named = facts["days"], {**facts, "day": _day(facts["due_on"]), "distance": abs(facts["days"])}
    if days == 0:
        return _("%(organisation)s: the figures for %(year)s are due today.") % named
    if days > 0:
        return (
            ngettext(
                "%(organisation)s: the figures for %(year)s are due in %(distance)d day, on %(day)s.",
                "%(organisation)s: the figures for %(year)s are due in %(distance)d days, on %(day)s.",
                days,
            )
            % named
        )
    late = (
        ngettext(
            "%(organisation)s: the figures for %(year)s were due %(distance)d day ago, on %(day)s.",
            "%(organisation)s: the figures for %(year)s were due %(distance)d days ago, on %(day)s.",
            -days,
        )
        % named
    )
    if facts.get("is_closed"):
        return _("%(sentence)s The round is closed: please get in touch with the data management team.") % {
            "sentence": late
        }
    return late


def _reminded(facts: Facts) -> str:
    return _(
        "%(organisation)s: the figures for %(year)s are still missing (due on %(day)s). "
        "%(actor)s writes: “%(text)s”"
    ) % {**facts, "day": _day(facts["due_on"])}


def _returned(facts: Facts) -> str:
    sentence = _with_reason(
        _("%(actor)s has sent back the submission %(year)s of %(organisation)s.") % facts, facts
    )
    marks = facts.get("marks", 0)
    if not marks:
        return sentence
    return ngettext(
        "%(sentence)s %(count)d cell is marked.", "%(sentence)s %(count)d cells are marked.", marks
    ) % {"sentence": sentence, "count": marks}


def _extension(facts: Facts) -> str:
    if facts["until"] is None:
        sentence = _("The extension for the submission %(year)s of %(organisation)s has been withdrawn.")
        return _with_reason(sentence % facts, facts)
    sentence = _("%(organisation)s has until %(day)s for the submission %(year)s.")
    return _with_reason(sentence % {**facts, "day": _day(facts["until"])}, facts)


def _approved(facts: Facts) -> str:
    return _("%(actor)s has approved the submission %(year)s of %(organisation)s.") % facts


def _endorsed(facts: Facts) -> str:
    return _("%(actor)s has endorsed the submission %(year)s of %(organisation)s.") % facts


def _reopened(facts: Facts) -> str:
    if facts.get("is_over"):  # of notices written before they had a kind of their own
        return _correction_withdrawn(facts)
    sentence = _("%(actor)s has reopened the submission %(year)s of %(organisation)s for a correction.")
    return _with_reason(sentence % facts, facts)


def _correction_withdrawn(facts: Facts) -> str:
    sentence = _("%(actor)s has withdrawn the correction of the submission %(year)s of %(organisation)s.")
    return _with_reason(sentence % facts, facts)


def _commented(facts: Facts) -> str:
    return _("%(actor)s has written about the submission %(year)s of %(organisation)s: “%(text)s”") % {
        **facts,
        "text": _quoted(facts["text"]),
    }


def _thanks(facts: Facts) -> str:
    days = facts["days"]
    return (
        ngettext(
            "Thank you: %(organisation)s has submitted for %(year)s %(days)d day before the due date.",
            "Thank you: %(organisation)s has submitted for %(year)s %(days)d days before the due date.",
            days,
        )
        % facts
    )


def _submitted(facts: Facts) -> str:
    return _("%(organisation)s has submitted the figures for %(year)s. They wait for you.") % facts


def _withdrawn(facts: Facts) -> str:
    return _("%(organisation)s has withdrawn the submission %(year)s.") % facts


def _asked_back(facts: Facts) -> str:
    sentence = _("%(organisation)s asks to have the submission %(year)s sent back.") % facts
    return _with_reason(sentence, facts)


def _mark_answered(facts: Facts) -> str:
    return _("%(actor)s has answered a mark on the submission %(year)s of %(organisation)s: “%(text)s”") % {
        **facts,
        "text": _quoted(facts["text"]),
    }


def _waits(facts: Facts) -> str:
    return (
        ngettext(
            "%(count)d submission of the round %(year)s has been waiting for you for three days or longer.",
            "%(count)d submissions of the round %(year)s have been waiting for you for three days or longer.",
            facts["count"],
        )
        % facts
    )


def _proposed(facts: Facts) -> str:
    return (
        ngettext(
            "%(actor)s proposes to approve %(count)d submission. A second person is to confirm.",
            "%(actor)s proposes to approve %(count)d submissions. A second person is to confirm.",
            facts["count"],
        )
        % facts
    )


def _named(facts: Facts) -> str:
    if facts["due_on"] is None:
        return _("%(organisation)s is responsible for the resolution “%(resolution)s”.") % _of_resolution(
            facts
        )
    return _(
        "%(organisation)s is responsible for the resolution “%(resolution)s”, due on %(day)s."
    ) % _of_resolution(facts)


def _moved(facts: Facts) -> str:
    if facts["due_on"] is None:
        sentence = _("%(organisation)s: the resolution “%(resolution)s” no longer has a due date.")
    else:
        sentence = _("%(organisation)s: the resolution “%(resolution)s” is now due on %(day)s.")
    return sentence % _of_resolution(facts)


def _decided(facts: Facts) -> str:
    sentence = _("%(actor)s has set the commitment “%(resolution)s” of %(organisation)s to “%(state)s”.")
    named = {**_of_resolution(facts), "state": _in_reading_language(facts["state"])}
    return _with_reason(sentence % named, facts)


def _commitment_due(facts: Facts) -> str:
    """``days``: how many are left when the reminder is written, below zero when the day is over."""
    days, named = facts["days"], {**_of_resolution(facts), "distance": abs(facts["days"])}
    if days == 0:
        return _("%(organisation)s: the commitment “%(resolution)s” is due today.") % named
    if days > 0:
        return (
            ngettext(
                "%(organisation)s: the commitment “%(resolution)s” is due in %(distance)d day, on %(day)s.",
                "%(organisation)s: the commitment “%(resolution)s” is due in %(distance)d days, on %(day)s.",
                days,
            )
            % named
        )
    return (
        ngettext(
            "%(organisation)s: the commitment “%(resolution)s” was due %(distance)d day ago, on %(day)s.",
            "%(organisation)s: the commitment “%(resolution)s” was due %(distance)d days ago, on %(day)s.",
            -days,
        )
        % named
    )


def _of_resolution(facts: Facts) -> dict[str, Any]:
    day = _day(facts["due_on"]) if facts["due_on"] else ""
    return {**facts, "resolution": _in_reading_language(facts["resolution"]), "day": day}


def _in_reading_language(text: Facts) -> str:
    """A text that is stored in every language, in that of the reader."""
    return str(text[get_language() or "de"])


def _kind(code: Topic, label: Any, sentence: Any, **more: bool) -> NoticeKind:
    return NoticeKind(code.value, label, sentence, **more)


KINDS = (
    _kind(Topic.ROUND_OPENED, gettext_lazy("A reporting round is open"), _opened, is_mandatory=True),
    _kind(Topic.DUE, gettext_lazy("Figures are due"), _due, is_mandatory=True, is_urgent=True),
    _kind(
        Topic.REMINDED,
        gettext_lazy("A reminder of your figures"),
        _reminded,
        is_mandatory=True,
        is_urgent=True,
    ),
    _kind(
        Topic.RETURNED,
        gettext_lazy("A submission is sent back"),
        _returned,
        is_mandatory=True,
        is_urgent=True,
    ),
    _kind(Topic.EXTENSION, gettext_lazy("An extension is given or withdrawn"), _extension),
    _kind(Topic.REOPENED, gettext_lazy("A submission is reopened"), _reopened),
    _kind(Topic.CORRECTION_WITHDRAWN, gettext_lazy("A correction is withdrawn"), _correction_withdrawn),
    _kind(Topic.COMMENTED, gettext_lazy("Somebody writes about a submission"), _commented),
    _kind(Topic.MARK_ANSWERED, gettext_lazy("A mark is answered"), _mark_answered),
    _kind(Topic.APPROVED, gettext_lazy("A submission is approved"), _approved),
    _kind(Topic.ENDORSED, gettext_lazy("A submission is endorsed"), _endorsed),
    _kind(Topic.THANKS, gettext_lazy("Thanks for an early submission"), _thanks),
    _kind(Topic.SUBMITTED, gettext_lazy("A submission waits for endorsement or approval"), _submitted),
    _kind(Topic.MEMBER_RETURNED, gettext_lazy("A member's submission is sent back"), _returned),
    _kind(Topic.WITHDRAWN, gettext_lazy("A submission is withdrawn"), _withdrawn),
    _kind(Topic.ASKED_BACK, gettext_lazy("A submission is asked back"), _asked_back),
    _kind(Topic.WAITS, gettext_lazy("Submissions have been waiting for you"), _waits),
    _kind(Topic.PROPOSED, gettext_lazy("Approvals wait for a second person"), _proposed),
    _kind(Topic.COMMITMENT_NAMED, gettext_lazy("A resolution names your organisation"), _named),
    _kind(Topic.COMMITMENT_MOVED, gettext_lazy("A resolution is due on another day"), _moved),
    _kind(Topic.COMMITMENT_STATE, gettext_lazy("The state of a commitment is set"), _decided),
    _kind(Topic.COMMITMENT_DUE, gettext_lazy("A commitment is due"), _commitment_due),
)
