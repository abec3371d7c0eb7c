"""Who is due in a round and who has reported, by umbrella."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from measures.models import ApprovedFigure, Item, ReportingRound, Submission
from measures.workflow import ListedStatus, SubmissionStatus
from partners.enums import OrganisationKind
from partners.models import Affiliation, Organisation

LAENDER = gettext_noop("The Länder")
FEDERAL_GOVERNMENT = gettext_noop("Federal Government")
_GROUPS = {
    OrganisationKind.LAND.value: LAENDER,
    OrganisationKind.FEDERAL_MINISTRY.value: FEDERAL_GOVERNMENT,
    OrganisationKind.COMMISSIONER.value: FEDERAL_GOVERNMENT,
}


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation due. ``has_approved``: some statement of it was approved, be it under correction.

    ``status`` is the one for people, which distinguishes a draft from what nobody has begun.
    """

    submission_id: int
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


def participation(reporting_round: ReportingRound) -> list[ParticipantGroup]:
    """Three queries: the submissions due, the tree of that year, the umbrellas. Largest group first."""
    submissions = list(
        Submission.objects.filter(
            Exists(Item.objects.filter(submission=OuterRef("pk"))), round=reporting_round
        )
        .with_listed_status()
        .annotate(has_approved=Exists(ApprovedFigure.objects.filter(item__submission=OuterRef("pk"))))
        .select_related("organisation")
        .order_by("organisation__sort_key")
    )
    above = Affiliation.objects.ancestors_by_member(reporting_round.reference_date)
    umbrellas = Organisation.objects.in_bulk({pk for ancestors in above.values() for pk in ancestors})
    grouped: dict[tuple[str, str], list[Participant]] = defaultdict(list)
    for submission in submissions:
        organisation = submission.organisation
        top = _top(above.get(organisation.pk, ()), above)
        grouped[_group(umbrellas[top] if top else organisation)].append(
            Participant(
                submission.pk,
                organisation.pk,
                organisation.code,
                organisation.short_name,
                submission.listed_status,
                submission.has_approved,
            )
        )
    groups = [ParticipantGroup(code, name, tuple(found)) for (code, name), found in grouped.items()]
    return sorted(groups, key=lambda group: -group.due)


def _top(ancestors: Iterable[int], above: dict[int, set[int]]) -> int | None:
    return next((pk for pk in ancestors if not above.get(pk)), None)


def _group(organisation: Organisation) -> tuple[str, str]:
    name = _GROUPS.get(organisation.kind)
    return (name, name) if name else (organisation.code, organisation.short_name)
