"""Discussions, reminders, and the follow-up of commitments as entries of the history."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from measures.enums import ReminderKind
from measures.models import (
    Comment,
    Commitment,
    CommitmentEvent,
    CommitmentReminder,
    CommitmentReport,
    CommitmentVersion,
    Reminder,
    Resolution,
    ReviewMark,
)
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch
from measures.selectors.history.logs import Log, entries_of_logs, name_of, of_context, with_names
from measures.selectors.history.sources import HistorySource
from partners.models import Organisation, User

IN_DISCUSSION = {
    "commented": gettext_lazy("Comment written"),
    "answered": gettext_lazy("Mark of the review answered"),
}
ON_COMMITMENTS = {
    "reported": gettext_lazy("Commitment reported on"),
    "decided": gettext_lazy("Commitment decided on"),
    "insert": gettext_lazy("Commitment added"),
    "delete": gettext_lazy("Commitment removed"),
}
OF_A_COMMITMENT = ("commitment", gettext_lazy("By the due date of a commitment"))
"""The event of a reminder that is of no round."""


def discussion_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in two queries and one for the attachments."""
    return entries_of_logs(
        HistoryKind.DISCUSSION,
        [
            Log(
                rows=Comment.objects.select_related(
                    "author", "submission__organisation", "submission__round", "item__indicator"
                ).prefetch_related("attachments"),
                person="author",
                organisation="submission__organisation",
                events={"commented": Q()},
                entry=_of_comment,
            ),
            Log(
                rows=ReviewMark.objects.exclude(answered_at=None).select_related(
                    "answered_by",
                    "item__indicator",
                    "item__submission__organisation",
                    "item__submission__round",
                ),
                at="answered_at",
                pk="pk",
                person="answered_by",
                organisation="item__submission__organisation",
                events={"answered": Q()},
                entry=_of_answer,
            ),
        ],
        search,
    )


def reminder_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in five queries. Those by the clock are nobody's; what reached nobody is left out.

    Found by whoever wrote them, and by whoever got them.
    """
    written: dict[int, Reminder | CommitmentReminder] = {}

    def keeping(describe: Callable[[Any, int], HistoryEntry]) -> Callable[[Any, int], HistoryEntry]:
        def entry(reminder: Any, place: int) -> HistoryEntry:
            written[place] = reminder
            return describe(reminder, place)

        return entry

    of_commitments = CommitmentReminder.objects.filter(recipient_count__gt=0).annotate(
        organisation_number=_of_its_commitment("organisation"),
        resolution_number=_of_its_commitment("resolution"),
        is_there=Exists(Commitment.objects.filter(pk=OuterRef("commitment"))),
    )
    found = entries_of_logs(
        HistoryKind.REMINDERS,
        [
            Log(
                rows=Reminder.objects.filter(recipient_count__gt=0).select_related(
                    "actor", "round", "submission__organisation"
                ),
                person="actor",
                organisation="submission__organisation",
                events={kind.value: Q(kind=kind) for kind in ReminderKind},
                entry=keeping(_of_reminder),
                people="recipients",
            ),
            Log(
                rows=of_commitments,
                organisation="organisation_number",
                events={OF_A_COMMITMENT[0]: Q()},
                entry=keeping(_of_commitment_reminder),
                people="recipients",
            ),
        ],
        search,
    )
    people = User.objects.in_bulk({pk for reminder in written.values() for pk in reminder.recipients})
    found = [replace(each, remark=_in_words(written[each.pk], people)) for each in found]
    return _with_commitments(found, written)


def _of_its_commitment(key: str) -> Coalesce:
    """A key of the commitment of a reminder; of one that was taken back, its last version has it."""
    kept = Commitment.objects.filter(pk=OuterRef("commitment"))
    versions = CommitmentVersion.objects.filter(pgh_obj=OuterRef("commitment")).order_by("-pgh_id")
    return Coalesce(Subquery(kept.values(key)[:1]), Subquery(versions.values(key)[:1]))


def _with_commitments(entries: Iterable[HistoryEntry], written: Mapping[int, Any]) -> list[HistoryEntry]:
    """Those of commitments get whose they are, of which resolution, and a page that is still there."""
    reminders = {at: each for at, each in written.items() if isinstance(each, CommitmentReminder)}
    numbers = [(each.organisation_number, each.resolution_number) for each in reminders.values()]  # type: ignore[attr-defined]  # annotated
    organisations = Organisation.objects.in_bulk({number for number, _ in numbers})
    resolutions = Resolution.objects.in_bulk({number for _, number in numbers})

    def complete(entry: HistoryEntry, reminder: Any) -> HistoryEntry:
        organisation = organisations.get(reminder.organisation_number)
        resolution = resolutions.get(reminder.resolution_number)
        page = reverse("measures:meeting_detail", args=[resolution.meeting_id]) if resolution else ""
        if reminder.is_there:
            page = reverse("measures:commitment_detail", args=[reminder.commitment_id])
        return replace(
            entry,
            title=str(resolution or f"#{reminder.commitment_id}"),
            organisation=organisation.short_name if organisation else "",
            address=page,
        )

    return [complete(each, reminders[each.pk]) if each.pk in reminders else each for each in entries]


def _in_words(reminder: Reminder | CommitmentReminder, people: Mapping[int, User]) -> str:
    """How many got it and who, then what it said."""
    count = reminder.recipient_count
    recipients = ngettext("%(count)d recipient", "%(count)d recipients", count) % {"count": count}
    names = ", ".join(str(people.get(pk, f"#{pk}")) for pk in reminder.recipients)
    sentence = f"{recipients} ({names})" if names else recipients
    text = reminder.text if isinstance(reminder, Reminder) else ""
    return f"{sentence}. {text}" if text else sentence


def commitment_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first, in six queries at most."""
    related = ("commitment__organisation", "commitment__resolution")
    found = entries_of_logs(
        HistoryKind.COMMITMENTS,
        [
            Log(
                rows=CommitmentReport.objects.select_related("author", *related),
                person="author",
                organisation="commitment__organisation",
                events={"reported": Q()},
                entry=_of_report,
            ),
            Log(
                rows=CommitmentEvent.objects.select_related("actor", *related),
                person="actor",
                organisation="commitment__organisation",
                events={"decided": Q()},
                entry=_of_decision,
            ),
            Log.of_versions(
                CommitmentVersion.objects.prefetch_related("organisation", "resolution"),
                ("insert", "delete"),
                _of_version,
                organisation="organisation",
            ),
        ],
        search,
    )
    return with_names(found)


def _of_comment(comment: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.DISCUSSION,
        pk=place,
        at=comment.at,
        what=IN_DISCUSSION["commented"],
        by=comment.author,
        organisation=comment.submission.organisation.short_name,
        year=comment.submission.round.year,
        indicator=comment.item.indicator.name if comment.item else "",
        remark=comment.text,
        where_from=", ".join(each.name for each in comment.attachments.all()),
        address=reverse("measures:submission_discussion", args=[comment.submission_id]),
    )


def _of_answer(mark: Any, place: int) -> HistoryEntry:
    submission = mark.item.submission
    return HistoryEntry(
        kind=HistoryKind.DISCUSSION,
        pk=place,
        at=mark.answered_at,
        what=IN_DISCUSSION["answered"],
        by=mark.answered_by,
        organisation=submission.organisation.short_name,
        year=submission.round.year,
        indicator=mark.item.indicator.name,
        remark=mark.answer,
        address=reverse("measures:review_detail", args=[submission.pk]),
    )


def _of_reminder(reminder: Any, place: int) -> HistoryEntry:
    return HistoryEntry(
        kind=HistoryKind.REMINDERS,
        pk=place,
        at=reminder.at,
        what=reminder.get_kind_display(),
        by=reminder.actor,
        organisation=reminder.submission.organisation.short_name if reminder.submission else "",
        year=reminder.round.year,
        address=reverse("measures:round_detail", args=[reminder.round.year]),
    )


def _of_commitment_reminder(reminder: Any, place: int) -> HistoryEntry:
    return HistoryEntry(kind=HistoryKind.REMINDERS, pk=place, at=reminder.at, what=OF_A_COMMITMENT[1])


def _of_version(version: Any, place: int) -> HistoryEntry:
    """An organisation that got a part in a resolution, or that it was taken from."""
    resolution = getattr(version, "resolution", None)
    return HistoryEntry(
        kind=HistoryKind.COMMITMENTS,
        pk=place,
        at=version.pgh_created_at,
        what=ON_COMMITMENTS[version.pgh_label],
        title=name_of(version, "resolution", "title"),
        organisation=name_of(version, "organisation", "short_name"),
        address=reverse("measures:meeting_detail", args=[resolution.meeting_id]) if resolution else "",
        **of_context(version),
    )


def _of_report(report: Any, place: int) -> HistoryEntry:
    return _of_commitment(report, place, "reported", report.author, report.get_state_display(), report.text)


def _of_decision(event: Any, place: int) -> HistoryEntry:
    states = f"{event.get_from_state_display()} → {event.get_to_state_display()}"
    return _of_commitment(event, place, "decided", event.actor, states, event.reason)


def _of_commitment(row: Any, place: int, event: str, by: Any, remark: str, reason: str) -> HistoryEntry:  # noqa: PLR0913, PLR0917  # the parts of an entry
    return HistoryEntry(
        kind=HistoryKind.COMMITMENTS,
        pk=place,
        at=row.at,
        what=ON_COMMITMENTS[event],
        by=by,
        title=row.commitment.resolution.title,
        organisation=row.commitment.organisation.short_name,
        remark=remark,
        reason=reason,
        address=reverse("measures:commitment_detail", args=[row.commitment_id]),
    )


DISCUSSION = HistorySource(HistoryKind.DISCUSSION, IN_DISCUSSION.items, discussion_entries)
REMINDERS = HistorySource(
    HistoryKind.REMINDERS, lambda: [*ReminderKind.choices, OF_A_COMMITMENT], reminder_entries
)
COMMITMENTS = HistorySource(HistoryKind.COMMITMENTS, ON_COMMITMENTS.items, commitment_entries)
