"""Roles that a sign-in service claims: given at a sign-in, taken away at the first one without the claim."""

import logging
from collections.abc import Collection

from django.db import transaction

from partners.enums import is_entitled
from partners.models import Membership, Organisation, User

logger = logging.getLogger(__name__)


@transaction.atomic
def apply_claimed_roles(*, user: User, claimed: Collection[tuple[str, str]]) -> None:
    """Have the roles claimed, by role and code of the organisation, and no others that were claimed before.

    A role that was given here becomes one of the service once it claims it. One that was ended here stays
    ended. A role that the kind of organisation does not have is not given, whatever is claimed.
    """
    wanted = _known(claimed)
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)  # signing in twice at once gives a role once
    held = {
        (membership.role, membership.organisation_id): membership
        for membership in Membership.objects.select_for_update(of=("self",)).filter(user=user)
    }
    for (role, organisation_id), membership in held.items():
        if membership.is_from_provider and (role, organisation_id) not in wanted:
            membership.delete()
    for role, organisation_id in sorted(wanted):
        known = held.get((role, organisation_id))
        if known is None:
            Membership.objects.create(
                user=user, organisation_id=organisation_id, role=role, is_from_provider=True
            )
        elif not known.is_from_provider and known.valid_until is None:
            known.is_from_provider = True
            known.save(update_fields=["is_from_provider"])


def _known(claimed: Collection[tuple[str, str]]) -> set[tuple[str, int]]:
    organisations = {
        each.code: each for each in Organisation.objects.filter(code__in={c for _, c in claimed})
    }
    wanted = set()
    for role, code in claimed:
        organisation = organisations.get(code)
        if organisation is not None and is_entitled(organisation.kind, role):
            wanted.add((role, organisation.pk))
        else:
            logger.warning("A claimed role is not given: %s at %s", role, code)
    return wanted
