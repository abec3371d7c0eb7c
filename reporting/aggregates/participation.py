"""Who is due in a round and who has reported, by umbrella."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from measures.models import (
    Indicator,
    Item,
    ReportingRound,
    Submission,
    SubmissionEvent,
)
from measures.workflow import ListedStatus, SubmissionStatus
from partners.enums import OrganisationKind
from partners.models import Affiliation, Organisation
from reporting.aggregates.statements import due_then, end_of, listed_statuses_then

LAENDER = gettext_noop("The Länder")
FEDERAL_GOVERNMENT = gettext_noop("Federal Government")
_APPROVALS = SubmissionEvent.objects.filter(submission=OuterRef("pk"), to_status=SubmissionStatus.APPROVED)
"""Of a submission, be it under correction since, or approved without any figure."""
_GROUPS = {
    OrganisationKind.LAND.value: LAENDER,
    OrganisationKind.FEDERAL_MINISTRY.value: FEDERAL_GOVERNMENT,
    OrganisationKind.COMMISSIONER.value: FEDERAL_GOVERNMENT,
}


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation due. ``has_approved``: its submission was approved, be it under correction since.

    ``status`` is the one for people, which distinguishes a draft from what nobody has begun. What has left
    its round since a past day has no submission any more.
    """

    submission_id: int | None
    organisation_id: int
    code: str
    name: str
    status: str
    has_approved: bool


@dataclass(frozen=True, slots=True)
class ParticipantGroup:
    """The members due of an umbrella, of a kind of partner, or a partner alone. ``name`` is a msgid."""

    code: str
    name: str
    participants: tuple[Participant, ...]

    def having(self, statuses: Collection[str]) -> list[Participant]:
        return [each for each in self.participants if each.status in statuses]

    @property
    def due(self) -> int:
        return len(self.participants)

    @property
    def not_begun(self) -> list[Participant]:
        return self.having([ListedStatus.NOT_BEGUN])

    @property
    def open(self) -> list[Participant]:
        """Begun, and with the organisation: drafts and what was sent back."""
        return self.having(SubmissionStatus.editable)

    @property
    def submitted(self) -> list[Participant]:
        return self.having(SubmissionStatus.in_review)

    @property
    def approved(self) -> list[Participant]:
        return self.having([SubmissionStatus.APPROVED])

    @property
    def without_approval(self) -> list[Participant]:
        return [each for each in self.participants if not each.has_approved]


def participation(reporting_round: ReportingRound, as_of: dt.date | None = None) -> list[ParticipantGroup]:
    """By umbrella, the largest group first: as it is now, or as it was when a day ended.

    Three queries: the submissions due, the tree of that year, the umbrellas; four more for a day.
    """
    found = _participants(reporting_round) if as_of is None else _participants_then(reporting_round, as_of)
    return _grouped(found, reporting_round)


def _participants(reporting_round: ReportingRound) -> list[tuple[str, Participant]]:
    """Each with the kind of its organisation."""
    submissions = (
        Submission.objects.filter(
            Exists(Item.objects.filter(submission=OuterRef("pk"))), round=reporting_round
        )
        .with_listed_status()
        .annotate(has_approved=Exists(_APPROVALS))
        .order_by("organisation__sort_key")
    )
    rows = submissions.values_list(
        "organisation__kind",
        "pk",
        "organisation",
        "organisation__code",
        "organisation__short_name",
        "listed_status",
        "has_approved",
    )
    return [(kind, Participant(*participant)) for kind, *participant in rows]


def _participants_then(reporting_round: ReportingRound, day: dt.date) -> list[tuple[str, Participant]]:
    """Who was due when the day ended, each in the state that its submission was in."""
    indicators = list(Indicator.objects.values_list("pk", flat=True))
    due = {each.submission_id: each for each in due_then(indicators, [reporting_round.year], day)}
    statuses = listed_statuses_then({pk: each.status for pk, each in due.items()}, day)
    before = _APPROVALS.filter(at__lt=end_of(day))
    submissions = Submission.objects.filter(pk__in=due).annotate(was_approved=Exists(before))
    approved = dict(submissions.values_list("pk", "was_approved"))
    organisations = Organisation.objects.filter(pk__in={each.organisation_id for each in due.values()})
    kinds = dict(organisations.values_list("pk", "kind"))
    return [
        (
            kinds[each.organisation_id],
            Participant(
                pk if pk in approved else None,
                each.organisation_id,
                each.organisation_code,
                each.organisation_name,
                statuses[pk].value,
                approved.get(pk, False),
            ),
        )
        for pk, each in due.items()
    ]


def _grouped(found: list[tuple[str, Participant]], reporting_round: ReportingRound) -> list[ParticipantGroup]:
    above = Affiliation.objects.ancestors_by_member(reporting_round.reference_date)
    umbrellas: dict[int | None, Organisation] = {
        **Organisation.objects.in_bulk({pk for ancestors in above.values() for pk in ancestors})
    }
    grouped: dict[tuple[str, str], list[Participant]] = defaultdict(list)
    for kind, each in found:
        top = umbrellas.get(_top(above.get(each.organisation_id, ()), above))
        group = _group(top.kind, top.code, top.short_name) if top else _group(kind, each.code, each.name)
        grouped[group].append(each)
    groups = [ParticipantGroup(code, name, tuple(each)) for (code, name), each in grouped.items()]
    return sorted(groups, key=lambda group: -group.due)


def _top(ancestors: Iterable[int], above: dict[int, set[int]]) -> int | None:
    return next((pk for pk in ancestors if not above.get(pk)), None)


def _group(kind: str, code: str, name: str) -> tuple[str, str]:
    of_kind = _GROUPS.get(kind)
    return (of_kind, of_kind) if of_kind else (code, name)
