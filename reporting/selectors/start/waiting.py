"""What waits for a person: decisions on submissions, proposals, imports, reports and resets."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from measures.import_workflow import ImportStatus
from measures.models import ImportRun, Submission
from measures.permissions import prepared_by
from measures.rules.rights import organisations_with
from measures.selectors.batches import waiting_batches
from measures.selectors.meetings.commitments import commitments_to_decide
from measures.workflow import WORKFLOW, Right, SubmissionAction
from partners.models import FactorReset, Membership
from partners.permissions import Access
from reporting.enums import ReportStatus
from reporting.models import ProgressReport
from reporting.selectors.editions import edition_names
from reporting.selectors.narratives import address_of, narratives_to_decide, report_name
from reporting.selectors.start.parts import FEW, Badge, Empty, Section, StartEntry
from reporting.triggers import prepared


def waiting(access: Access) -> Section | None:
    """For those who decide or import: what only they, or others like them, can take further."""
    decides = access.reviews or access.coordinates or access.manages_data
    if not (decides or access.writes_figures):
        return None
    entries = [
        *_decisions(access, SubmissionAction.APPROVE, Right.REVIEWS),
        *_decisions(access, SubmissionAction.ENDORSE, Right.COORDINATES_MEMBER),
        *_batches(access),
        *_reports(access),
        *_texts(access),
        *_imports(access),
        *_resets(access),
        *_roles(access),
        *_reports_on_commitments(access),
    ]
    return Section(
        key="waiting",
        heading=gettext("What waits for you"),
        entries=entries,
        empty=None if entries else _nothing(access),
    )


def _decisions(access: Access, action: SubmissionAction, right: Right) -> Iterator[StartEntry]:
    """An entry for each round with submissions that others prepared."""
    organisations = organisations_with(access, right)
    if organisations == frozenset():
        return
    step = WORKFLOW.step(action)
    found = list(
        Submission.objects.of_any(organisations)
        .focused_on(access)
        .filter(status__in=step.sources)
        .with_request()
        .select_related("round")
        .order_by("-round__year", "submitted_at")
    )
    own = prepared_by(access.user_id, [each.pk for each in found])
    of_others = [each for each in found if each.pk not in own]
    is_approval = action == SubmissionAction.APPROVE
    for year, submissions in groupby(of_others, key=lambda each: each.round.year):
        to_decide = list(submissions)
        asked_back = sum(each.is_asked_back for each in to_decide)
        status = "waiting" if is_approval else "submitted"
        yield StartEntry(
            title=_to_decide(len(to_decide), is_approval=is_approval),
            url=f"{reverse('measures:review_list')}?year={year}&status={status}",
            badges=[Badge("warning", _asked_back(asked_back))] if asked_back else (),
            notes=[
                gettext("Round %(year)s") % {"year": year},
                gettext("the oldest since %(day)s") % {"day": _day(to_decide[0].submitted_at)},
            ],
        )


def _to_decide(count: int, *, is_approval: bool) -> str:
    text = (
        ngettext("%(count)s submission to review", "%(count)s submissions to review", count)
        if is_approval
        else ngettext("%(count)s submission to endorse", "%(count)s submissions to endorse", count)
    )
    return text % {"count": count}


def _asked_back(count: int) -> str:
    return ngettext("%(count)s asked back", "%(count)s asked back", count) % {"count": count}


def _batches(access: Access) -> Iterator[StartEntry]:
    """Those to be confirmed; none while other work is chosen, as in the list of the review."""
    if access.focus is not None:
        return
    for batch in waiting_batches(access).exclude(proposed_by=access.user_id)[:FEW]:
        yield StartEntry(
            title=ngettext(
                "Confirm the approval of %(count)s submission",
                "Confirm the approval of %(count)s submissions",
                batch.submission_count,
            )
            % {"count": batch.submission_count},
            url=reverse("measures:review_batch", args=[batch.pk]),
            notes=[
                gettext("proposed by %(person)s") % {"person": batch.proposed_by},
                gettext("possible until %(moment)s")
                % {"moment": date_format(timezone.localtime(batch.expires_at), "SHORT_DATETIME_FORMAT")},
            ],
        )


def _reports(access: Access) -> Iterator[StartEntry]:
    """Reports that wait for their release, without those that this person prepared."""
    if not access.reviews:
        return
    is_own = RawSQL(prepared("reporting_progressreport", str(access.user_id)), ())  # noqa: S611  # our own text
    reports = (
        ProgressReport.objects.filter(status=ReportStatus.READY)
        .annotate(is_own=is_own)
        .filter(is_own=False)
        .select_related("requested_by")
        .order_by("-requested_at")
    )
    if not (found := list(reports[:FEW])):
        return
    names = edition_names(found)
    for report in found:
        yield StartEntry(
            title=gettext("Release “%(title)s”") % {"title": names.title_of(report)},
            url=reverse("reporting:report_detail", args=[report.pk]),
            notes=[gettext("requested by %(person)s") % {"person": report.requested_by}],
        )


def _texts(access: Access) -> Iterator[StartEntry]:
    """Texts for reports that others wrote and nobody has decided on."""
    for narrative in narratives_to_decide(access, FEW):
        yield StartEntry(
            title=gettext("Decide on the text “%(place)s”") % {"place": narrative.place_name},
            url=address_of(narrative),
            notes=[report_name(narrative)],
        )


def _imports(access: Access) -> Iterator[StartEntry]:
    """One's own uploads that need an answer, or that nobody has applied yet."""
    runs = ImportRun.objects.visible_to(access).filter(
        created_by=access.user_id, status__in=(*ImportStatus.to_map, ImportStatus.READY)
    )
    for run in runs.focused_on(access)[:FEW]:
        yield StartEntry(
            title=run.file_name,
            url=reverse("measures:import_detail", args=[run.pk]),
            badges=[Badge(run.tone, run.state_label)],
            notes=[gettext("uploaded on %(day)s") % {"day": _day(run.created_at)}],
        )


def _resets(access: Access) -> Iterator[StartEntry]:
    """Resets of second factors that another person has asked for and a second one confirms."""
    if not access.manages_data:
        return
    resets = FactorReset.objects.open().exclude(requested_by=access.user_id).exclude(person=access.user_id)
    for reset in resets.select_related("person", "requested_by")[:FEW]:
        yield StartEntry(
            title=gettext("Confirm the reset for %(person)s") % {"person": reset.person},
            url=reverse("partners:factor_reset_list"),
            notes=[gettext("requested by %(person)s") % {"person": reset.requested_by}],
        )


def _roles(access: Access) -> Iterator[StartEntry]:
    """Roles that another administrator has given, and a second one confirms."""
    if not access.manages_data:
        return
    roles = (
        Membership.objects.current()
        .awaiting_confirmation()
        .exclude(granted_by=access.user_id)
        .exclude(user=access.user_id)
    )
    for role in roles.select_related("user", "organisation")[:FEW]:
        yield StartEntry(
            title=gettext("Confirm the role of %(person)s") % {"person": role.user},
            url=reverse("admin:partners_membership_change", args=[role.pk]),
            notes=[role.organisation.short_name, role.get_role_display()],
        )


def _reports_on_commitments(access: Access) -> Iterator[StartEntry]:
    """Commitments on which the organisations have reported, and nobody has decided since."""
    for commitment in commitments_to_decide(access)[:FEW]:
        yield StartEntry(
            title=gettext("Decide on: %(resolution)s") % {"resolution": commitment.resolution.title},
            url=reverse("measures:commitment_detail", args=[commitment.pk]),
            notes=[commitment.organisation.short_name, commitment.get_state_display()],
        )


def _day(moment: dt.datetime | None) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""


def _nothing(access: Access) -> Empty:
    if access.reviews or access.coordinates:
        return Empty(
            title=gettext("Nothing waits for you"),
            text=gettext("Submissions appear here as soon as they are handed over for review."),
            url=reverse("measures:review_missing"),
            label=gettext("Who is missing"),
        )
    return Empty(
        title=gettext("Nothing waits for you"),
        text=gettext("Spreadsheets that you upload appear here until they are applied."),
        url=reverse("measures:import_list"),
        label=gettext("Upload a spreadsheet"),
    )
