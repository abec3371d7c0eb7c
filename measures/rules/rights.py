"""What a person is to organisations, in the words of the workflow: asked of one, or of all at once."""

from collections.abc import Iterable

from measures.workflow import Right
from partners.permissions import Access


def organisations_with(access: Access, right: Right) -> frozenset[int] | None:
    """The organisations for which this person has the right; None: all.

    Nobody endorses for an organisation they record for.
    """
    match right:
        case Right.CONTRIBUTES:
            return access.contributes_to
        case Right.COORDINATES_MEMBER:
            return access.coordinates - access.contributes_to
        case Right.REPRESENTS:
            return access.represents
        case Right.REVIEWS:
            return None if access.reviews else frozenset()
        case Right.MANAGES_DATA:
            return None if access.manages_data else frozenset()


def organisations_with_any(access: Access, rights: Iterable[Right]) -> frozenset[int] | None:
    """The organisations for which this person has one of the rights; None: all."""
    found: frozenset[int] = frozenset()
    for right in rights:
        organisations = organisations_with(access, right)
        if organisations is None:
            return None
        found |= organisations
    return found


def rights_over(access: Access, organisation_id: int) -> frozenset[Right]:
    """What this person is to the organisation."""
    return frozenset(
        right
        for right in Right
        if (organisations := organisations_with(access, right)) is None or organisation_id in organisations
    )
