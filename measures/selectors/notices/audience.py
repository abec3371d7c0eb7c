"""Who works with submissions now: who records for an organisation, coordinates it, or reviews all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from measures.models import Submission
from measures.workflow import SubmissionStatus
from partners.enums import Role, is_entitled
from partners.models import Affiliation, Membership

Nobody: frozenset[int] = frozenset()


@dataclass(frozen=True)
class NoticeAudience:
    """People by what they are to each organisation, as ``partners.permissions`` has it; by id.

    All of them may see the submissions of these organisations at this moment.
    """

    contributors: Mapping[int, frozenset[int]] = field(default_factory=dict)
    coordinators: Mapping[int, frozenset[int]] = field(default_factory=dict)
    reviewers: frozenset[int] = Nobody
    stewards: frozenset[int] = Nobody

    def recording_for(self, organisation_id: int) -> frozenset[int]:
        return self.contributors.get(organisation_id, Nobody)

    def coordinating(self, organisation_id: int) -> frozenset[int]:
        """Coordinators of the bodies above; not those who record for it themselves."""
        return self.coordinators.get(organisation_id, Nobody) - self.recording_for(organisation_id)

    def reviewing_next(self, organisation_id: int) -> frozenset[int]:
        """Whose turn it is after submitting: its umbrella's, or where there is nobody the ministry's."""
        return self.coordinating(organisation_id) or self.reviewers

    def everybody(self, organisation_id: int) -> frozenset[int]:
        """All who work with its submission, in whatever role."""
        return (
            self.recording_for(organisation_id)
            | self.coordinating(organisation_id)
            | self.reviewers
            | self.stewards
        )


def waits_for_endorsement(submission: Submission) -> bool:
    """Whether somebody in a body above the organisation could still endorse what was submitted."""
    organisation = submission.organisation_id
    return submission.status == SubmissionStatus.SUBMITTED and bool(
        audience_of([organisation]).coordinating(organisation)
    )


def audience_of(organisations: Iterable[int]) -> NoticeAudience:
    """The people of these organisations, of those above them, and those who review; in two queries."""
    wanted = set(organisations)
    above = Affiliation.objects.ancestors_by_member(timezone.localdate())
    bodies = wanted | {body for each in wanted for body in above.get(each, ())}
    found = (
        Membership.objects.active()
        .filter(
            Q(organisation__in=bodies, role__in=Role.bound_to_organisation)
            | Q(role__in=[Role.REVIEWER, Role.DATA_STEWARD])
        )
        .order_by()
        .values_list("user_id", "organisation_id", "organisation__kind", "role")
    )
    bound: dict[tuple[int, str], set[int]] = defaultdict(set)
    overall: dict[str, set[int]] = defaultdict(set)
    for user, organisation, kind, role in found:
        if is_entitled(kind, role):
            (bound[organisation, role] if role in Role.bound_to_organisation else overall[role]).add(user)
    return NoticeAudience(
        contributors={
            each: frozenset(bound[each, Role.CONTRIBUTOR] | bound[each, Role.COORDINATOR]) for each in wanted
        },
        coordinators={
            each: frozenset(user for body in above.get(each, ()) for user in bound[body, Role.COORDINATOR])
            for each in wanted
        },
        reviewers=frozenset(overall[Role.REVIEWER]),
        stewards=frozenset(overall[Role.DATA_STEWARD]),
    )
