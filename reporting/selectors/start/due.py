"""What a person's organisations have to report, the most urgent first."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from measures.enums import Severity
from measures.models import ReportingRound, Submission
from measures.selectors.checks.findings import findings_by_submission
from measures.selectors.review_marks import open_mark_counts
from measures.workflow import ListedStatus, SubmissionStatus
from partners.permissions import Access
from reporting.selectors.start.parts import FEW, Badge, Empty, Section, StartEntry, days_left


def to_report(access: Access) -> Section | None:
    """For those who record: what is open, sent back first; then by the due date.

    Whoever also follows others, such as an umbrella, sees it only if there is something.
    """
    found = _open_submissions(access) if access.contributes_to else []
    follows_others = bool(access.coordinates) or access.reads_all
    if not found and (follows_others or not access.contributes_to):
        return None
    shown = found[:FEW]
    ids = [each.pk for each in shown]
    marks = open_mark_counts(ids)
    severities = {
        pk: Counter(finding.severity for finding in findings)
        for pk, findings in findings_by_submission(ids).items()
    }
    return Section(
        key="to-report",
        heading=gettext("What you have to report"),
        entries=[_entry(each, marks.get(each.pk, 0), severities.get(each.pk, Counter())) for each in shown],
        empty=_nothing_to_report() if not found else None,
        more_url=reverse("measures:submission_list") if len(found) > FEW else "",
        more_label=gettext("All submissions"),
    )


def _open_submissions(access: Access) -> list[Submission]:
    """Those in their window, and those sent back after it has ended; nothing without an item."""
    open_ones = (
        Submission.objects.in_window()
        .of_any(access.contributes_to)
        .filter(status__in=SubmissionStatus.editable)
        .due()
    )
    returned = Submission.objects.of_any(access.contributes_to).filter(status=SubmissionStatus.RETURNED).due()
    found = (
        Submission.objects.filter(Q(pk__in=open_ones.values("pk")) | Q(pk__in=returned.values("pk")))
        .focused_on(access)
        .with_listed_status()
        .with_progress()
        .select_related("round", "organisation")
    )
    return sorted(found, key=lambda each: (not each.is_returned, each.due_on, each.organisation.sort_key))


def _entry(submission: Submission, marks: int, severities: Counter[Severity]) -> StartEntry:
    status = submission.shown_status
    badges = [] if status is ListedStatus.DRAFT else [Badge(status.tone, str(status.label))]
    if submission.is_in_correction:
        badges.append(Badge("info", gettext("In correction")))
    elif submission.is_in_window:
        badges.append(days_left(submission.due_on))
    return StartEntry(
        title=f"{submission.organisation.short_name}, {submission.round.year}",
        url=reverse("measures:submission_detail", args=[submission.pk]),
        badges=badges,
        notes=[
            *_until(submission),
            gettext("%(n)s of %(m)s indicators reported")
            % {"n": submission.reported_count, "m": submission.item_count},
            *_counted(marks, severities[Severity.ERROR], severities[Severity.QUERY]),
        ],
    )


def _until(submission: Submission) -> Collection[str]:
    """Until when it is due; what was approved and is being corrected is not."""
    if not submission.is_in_window:
        return [gettext("The time for recording is over; ask the data management team for an extension.")]
    if submission.is_in_correction:
        return []
    day = date_format(submission.due_on, "SHORT_DATE_FORMAT")
    if submission.is_extended:
        return [gettext("due by %(day)s, extended") % {"day": day}]
    return [gettext("due by %(day)s") % {"day": day}]


def _counted(marks: int, errors: int, queries: int) -> Collection[str]:
    words = []
    if marks:
        words.append(
            ngettext("%(count)s open mark of the review", "%(count)s open marks of the review", marks)
            % {"count": marks}
        )
    if errors:
        words.append(ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors})
    if queries:
        words.append(ngettext("%(count)s open query", "%(count)s open queries", queries) % {"count": queries})
    return words


def _nothing_to_report() -> Empty:
    today = timezone.localdate()
    coming = ReportingRound.objects.filter(opens_on__gt=today).order_by("opens_on").first()
    text = gettext("Everything asked of your organisation has been submitted, or no round is open.")
    if coming:
        text = gettext("The round of %(year)s opens on %(day)s.") % {
            "year": coming.year,
            "day": date_format(coming.opens_on, "SHORT_DATE_FORMAT"),
        }
    return Empty(
        title=gettext("There is nothing to report at the moment"),
        text=text,
        url=reverse("measures:submission_list") + "?year=all",
        label=gettext("All submissions"),
    )
