"""Who records for an organisation, and at which address they are reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from partners.enums import Role
from partners.models import Membership
from partners.selectors.bounces import bounced_among


@dataclass(frozen=True)
class Contact:
    name: str
    email: str
    language: str
    is_bounced: bool


def contacts_of(organisations: Iterable[int]) -> Mapping[int, Sequence[Contact]]:
    """Each person once for each organisation that they record for, in two queries."""
    memberships = (
        Membership.objects.active()
        .filter(organisation__in=set(organisations), role__in=Role.bound_to_organisation)
        .select_related("user")
        .order_by("user__last_name", "user__first_name", "user__email", "role")
    )
    people = {(each.organisation_id, each.user_id): each.user for each in memberships}
    bounced = bounced_among(person.email for person in people.values())
    found: dict[int, list[Contact]] = {}
    for (organisation, _person), person in people.items():
        contact = Contact(str(person), person.email, person.language, person.email.lower() in bounced)
        found.setdefault(organisation, []).append(contact)
    return found
