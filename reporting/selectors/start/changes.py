"""What others have done about a person's organisations, the newest first."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from measures.models import Comment, RoundEvent, Submission, SubmissionEvent
from measures.permissions import may_see_rounds
from partners.permissions import Access
from reporting.enums import ReportStatus
from reporting.models import ProgressReport
from reporting.selectors.editions import edition_names
from reporting.selectors.start.parts import Empty, Section, StartEntry

SHOWN = 8


def changes(access: Access) -> Section | None:
    """Steps of submissions, comments, changes of rounds and released reports; one query for each kind."""
    found = [*_steps(access), *_comments(access), *_rounds(access), *_reports(access)]
    newest = sorted(found, key=_moment, reverse=True)[:SHOWN]
    empty = Empty(
        title=gettext("Nothing has changed yet"),
        text=gettext("What others do about your submissions appears here."),
    )
    return Section(
        key="changes",
        heading=gettext("What has changed"),
        entries=newest,
        empty=None if newest else empty,
        more_url=reverse("partners:notice_list"),
        more_label=gettext("My notices"),
    )


def _moment(entry: StartEntry) -> dt.datetime:
    assert entry.at is not None  # noqa: S101  # every change has its moment
    return entry.at


def _whose(access: Access) -> Q:
    """Submissions of one's own organisations, of an umbrella's members, or all; as chosen for the lists."""
    visible = Q() if access.reads_all else Q(submission__organisation__in=access.acts_for)
    return visible if access.focus is None else visible & Q(submission__organisation__in=access.focus)


def _submission_url(access: Access, submission: Submission) -> str:
    is_own = submission.organisation_id in access.contributes_to and not access.reads_all
    return reverse("measures:submission_detail" if is_own else "measures:review_detail", args=[submission.pk])


def _name(submission: Submission) -> str:
    return f"{submission.organisation.short_name}, {submission.round.year}"


def _steps(access: Access) -> Iterator[StartEntry]:
    events = (
        SubmissionEvent.objects.filter(_whose(access))
        .exclude(actor=access.user_id)
        .select_related("submission__organisation", "submission__round", "actor")
        .order_by("-at", "-pk")
    )
    for event in events[:SHOWN]:
        yield StartEntry(
            title=_name(event.submission),
            url=_submission_url(access, event.submission),
            notes=[event.label, gettext("by %(person)s") % {"person": event.actor}],
            quote=event.reason,
            at=event.at,
        )


def _comments(access: Access) -> Iterator[StartEntry]:
    comments = (
        Comment.objects.filter(_whose(access))
        .exclude(author=access.user_id)
        .select_related("submission__organisation", "submission__round", "author")
        .order_by("-at", "-pk")
    )
    for comment in comments[:SHOWN]:
        yield StartEntry(
            title=_name(comment.submission),
            url=reverse("measures:submission_discussion", args=[comment.submission_id]),
            notes=[gettext("Comment"), gettext("by %(person)s") % {"person": comment.author}],
            quote=comment.text,
            at=comment.at,
        )


def _rounds(access: Access) -> Iterator[StartEntry]:
    """What was done to rounds; extensions only of the organisations that concern this person."""
    events = (
        RoundEvent.objects.filter(Q(submission=None) | _whose(access) if _whose(access) else Q())
        .exclude(actor=access.user_id)
        .exclude(actor=None)
        .select_related("round", "submission__organisation", "actor")
        .order_by("-at", "-pk")
    )
    for event in events[:SHOWN]:
        year = event.round.year
        yield StartEntry(
            title=gettext("Round %(year)s") % {"year": year},
            url=reverse("measures:round_detail", args=[year])
            if may_see_rounds(access)
            else f"{reverse('measures:submission_list')}?year={year}",
            notes=[
                event.get_action_display(),
                *([event.submission.organisation.short_name] if event.submission else []),
                gettext("by %(person)s") % {"person": event.actor},
            ],
            at=event.at,
        )


def _reports(access: Access) -> Iterator[StartEntry]:
    reports = ProgressReport.objects.filter(status=ReportStatus.RELEASED).exclude(released_by=access.user_id)
    if not (found := list(reports.order_by("-released_at")[:SHOWN])):
        return
    names = edition_names(found)
    for report in found:
        yield StartEntry(
            title=names.title_of(report),
            url=reverse("reporting:report_detail", args=[report.pk]),
            notes=[gettext("Released")],
            at=report.released_at,
        )
