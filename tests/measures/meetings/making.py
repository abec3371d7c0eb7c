"""Meetings, resolutions and commitments for tests."""

import datetime as dt
from typing import Any

from measures.models import Commitment, Meeting, Resolution
from measures.services.meetings.commitments import decide_commitment, report_commitment
from partners.models import Organisation, User
from tests.factories import MembershipFactory

DAY = dt.date(2030, 4, 3)


def make_meeting(*codes: str, people: tuple[User, ...] = (), **values: Any) -> Meeting:
    """With these organisations and people; open to all partners, unless said otherwise."""
    meeting = Meeting.objects.create(**{"title_de": "Spitzentreffen", "day": DAY} | values)
    meeting.organisations.set(Organisation.objects.filter(code__in=codes))
    meeting.people.set(people)
    return meeting


def make_resolution(*codes: str, meeting: Meeting | None = None, **values: Any) -> Resolution:
    resolution = Resolution.objects.create(
        meeting=meeting or make_meeting(), **{"title_de": "Mehr Praktikumsplätze"} | values
    )
    for code in codes:
        Commitment.objects.create(resolution=resolution, organisation=Organisation.objects.get(code=code))
    return resolution


def make_commitment(code: str = "DIHK", **values: Any) -> Commitment:
    return make_resolution(code, **values).commitments.get()


def works_for(code: str, role: str = "contributor") -> User:
    return MembershipFactory(role=role, organisation_code=code).user


def steward() -> User:
    return works_for("BMAS", "data_steward")


def reported(commitment: Commitment, author: User, state: str = "kept", text: str = "Erledigt.") -> int:
    made = report_commitment(commitment_id=commitment.pk, state=state, text=text, evidence="", actor=author)
    return made.pk


def decided(
    commitment: Commitment, actor: User, state: str = "kept", seen: int | None = None, reason: str = "Belegt."
) -> Commitment:
    return decide_commitment(
        commitment_id=commitment.pk, state=state, reason=reason, actor=actor, seen_report=seen
    )
