"""Figures as organisations state them: written to a draft, then submitted and approved on request."""

from collections.abc import Mapping
from decimal import Decimal

from measures.models import Figure, Item, Submission
from measures.selectors.submission_versions import versions_of
from measures.services.review import approve_submissions, submit_submissions
from partners.models import Organisation, User
from tests.factories import UserFactory

Place = str | tuple[str, ...]
Statement = int | str | Decimal


def state(
    organisation: str, indicator: str, year: int, stated: Statement | Mapping[Place, Statement], **columns
) -> Item:
    """``state("IHK-142", "welcome_mentors", 2016, 3)`` is the chamber's total in its own region.

    A mapping goes from a region, or from (region, occupation, target group), to what is stated there. Text
    is an absence.
    """
    item = Item.objects.get(
        submission__organisation__code=organisation,
        submission__round__year=year,
        indicator__code=indicator,
    )
    home = Organisation.objects.get(code=organisation).region_id
    if not isinstance(stated, Mapping):
        stated = {home: stated}
    for place, what in stated.items():
        region, occupation, group = (place, "_T", "_T") if isinstance(place, str) else place
        Figure.objects.create(
            item=item,
            region_id=region,
            occupation_id=occupation,
            target_group_id=group,
            value=None if isinstance(what, str) else what,
            absence=what if isinstance(what, str) else None,
            **columns,
        )
    return item


def state_cells(
    organisation: str, indicator: str, year: int, cells: Mapping[tuple[str, str], Statement], **columns
) -> Item:
    """What is stated of Land by occupation: ``{("05", "43"): 7}``; all occupations have as many digits."""
    digits = {len(occupation) for _region, occupation in cells if occupation.isdigit()}
    Item.objects.filter(
        submission__organisation__code=organisation,
        submission__round__year=year,
        indicator__code=indicator,
    ).update(region_level="land", occupation_level=max(digits, default=0))
    stated = {(region, occupation, "_T"): what for (region, occupation), what in cells.items()}
    return state(organisation, indicator, year, stated, **columns)


def submit(*organisations: str, year: int) -> list[int]:
    found = _submissions(organisations, year)
    steps = submit_submissions(
        seen=versions_of(found), actor=_somebody(), comment="checked", explanation="checked"
    )
    assert steps.held == {}
    return found


def approve(*organisations: str, year: int) -> list[int]:
    found = submit(*organisations, year=year)
    approve_submissions(seen=versions_of(found), actor=_somebody())
    return found


def _submissions(organisations: tuple[str, ...], year: int) -> list[int]:
    found = Submission.objects.filter(organisation__code__in=organisations, round__year=year)
    return list(found.values_list("pk", flat=True))


def _somebody() -> User:
    return UserFactory()
