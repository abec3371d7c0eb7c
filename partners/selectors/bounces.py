"""Whose addresses take no mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from partners.models import BouncedAddress, Membership, User


@dataclass(frozen=True)
class BouncedPerson:
    """An address that takes no mail, whose it is, and for which organisations they work."""

    bounced: BouncedAddress
    person: User | None
    memberships: Sequence[Membership]


def is_bounced(email: OuterRef) -> Exists:
    """For a query about people: whether the address takes no mail."""
    return Exists(BouncedAddress.objects.annotate(small=Lower("email")).filter(small=Lower(email)))


def bounced_among(emails: Iterable[str]) -> frozenset[str]:
    """Of these addresses, in small letters, those that take no mail."""
    wanted = {email.lower() for email in emails}
    found = BouncedAddress.objects.annotate(small=Lower("email")).filter(small__in=wanted)
    return frozenset(found.values_list("small", flat=True))


def bounced_people(bounced: Sequence[BouncedAddress]) -> list[BouncedPerson]:
    """Each address with its person; invitations go to addresses that are nobody's yet."""
    wanted = [each.email.lower() for each in bounced]
    people = {
        person.email.lower(): person
        for person in User.objects.annotate(small=Lower("email")).filter(small__in=wanted)
    }
    memberships: dict[int, list[Membership]] = {}
    found = Membership.objects.active().filter(user__in=[person.pk for person in people.values()])
    for each in found.select_related("organisation"):
        memberships.setdefault(each.user_id, []).append(each)
    rows = [(each, people.get(each.email.lower())) for each in bounced]
    return [
        BouncedPerson(each, person, memberships.get(person.pk, []) if person else []) for each, person in rows
    ]
