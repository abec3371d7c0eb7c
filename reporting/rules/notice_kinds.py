"""The kinds of notices about reports, each with its sentence. No models."""

import datetime as dt
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from partners.notices.kinds import Facts, NoticeKind
from reporting.enums import ScheduleEnd


class ReportTopic(StrEnum):
    """The codes of the kinds."""

    SCHEDULE_STOPPED = "report_schedule_stopped"
    SCHEDULE_FAILED = "report_schedule_failed"
    PUBLICATION_FAILED = "report_publication_failed"
    TEXT_ASKED = "report_text_asked"
    TEXT_RETURNED = "report_text_returned"


def _stopped(facts: Facts) -> str:
    report = _named(facts, "report")
    if facts.get("end") == ScheduleEnd.NO_TYPE:
        return _("The schedule for “%(report)s” has stopped: there is no longer a report of this kind.") % {
            "report": report
        }
    return _("The schedule for “%(report)s” has stopped: %(owner)s may no longer ask for this report.") % {
        "report": report,
        "owner": facts["owner"],
    }


def _failed(facts: Facts) -> str:
    return _("“%(report)s” was not produced as scheduled: %(problem)s") % {
        "report": _named(facts, "report"),
        "problem": facts["problem"],
    }


def _not_published(facts: Facts) -> str:
    return _(
        "“%(report)s” was due and could not be published: %(problem)s It is tried again every minute."
    ) % {
        "report": _named(facts, "report"),
        "problem": _named(facts, "problem"),
    }


def _named(facts: Facts, fact: str) -> str:
    """In the reader's language, with both names stored in the notice; older ones have a single name."""
    names = facts[fact]
    return str(names if isinstance(names, str) else names[get_language() or "de"])


def _text_asked(facts: Facts) -> str:
    day = date_format(dt.date.fromisoformat(facts["due_on"]), "SHORT_DATE_FORMAT")
    return _("You are asked to write “%(place)s” for the report %(year)s by %(day)s.") % {
        "place": _named(facts, "place"),
        "year": facts["year"],
        "day": day,
    }


def _text_returned(facts: Facts) -> str:
    return _("Your text “%(place)s” for the report %(year)s has been sent back: “%(reason)s”") % {
        "place": _named(facts, "place"),
        "year": facts["year"],
        "reason": facts["reason"],
    }


KINDS = (
    NoticeKind(
        ReportTopic.SCHEDULE_STOPPED, gettext_lazy("A report schedule has stopped"), _stopped, is_urgent=True
    ),
    NoticeKind(ReportTopic.SCHEDULE_FAILED, gettext_lazy("A scheduled report was not produced"), _failed),
    NoticeKind(
        ReportTopic.PUBLICATION_FAILED,
        gettext_lazy("A report could not be published when it was due"),
        _not_published,
        is_urgent=True,
    ),
    NoticeKind(ReportTopic.TEXT_ASKED, gettext_lazy("You are asked for a text of a report"), _text_asked),
    NoticeKind(
        ReportTopic.TEXT_RETURNED, gettext_lazy("Your text for a report is sent back"), _text_returned
    ),
)
