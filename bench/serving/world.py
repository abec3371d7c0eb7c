"""``python -m bench.serving.world COUNT``: tables, catalogue, and people who each have a cell to write to.

A program of its own, because it needs Django with the settings of the installation that is measured. It
prints what the others need to know, as JSON.
"""

import datetime as dt
import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from partners.models import Organisation

INDICATORS = ("additional_places", "training_placements")
"""Two people write to each submission, one indicator each: they meet at its lock."""


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with a cell that nobody else writes to."""

    session: str
    address: str
    item: int
    cell: str


@dataclass(frozen=True)
class World:
    people: list[Person]
    page: str
    version_table: str


def make(count: int) -> World:
    """Imports are here, as models exist only once Django is set up."""
    from django.urls import reverse  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from measures.models import FigureVersion, Indicator, Item, ReportingRound, Submission  # noqa: PLC0415
    from measures.services.catalogue import load_catalogue  # noqa: PLC0415
    from partners.enums import OrganisationKind, RegionLevel  # noqa: PLC0415
    from partners.models import Organisation  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load_catalogue()
    today = timezone.localdate()
    closes_on = today + dt.timedelta(days=30)
    now_open = ReportingRound.objects.create(
        year=today.year + 5, opens_on=today - dt.timedelta(days=1), closes_on=closes_on, due_on=closes_on
    )
    indicators = [Indicator.objects.get(code=code) for code in INDICATORS]
    chambers = Organisation.objects.filter(kind=OrganisationKind.CHAMBER, region__level=RegionLevel.LAND)
    people: list[Person] = []
    for chamber in chambers.order_by("code")[: -(-count // len(indicators))]:
        submission = Submission.objects.create(round=now_open, organisation=chamber)
        for indicator in indicators:
            item = Item.objects.create(
                submission=submission, indicator=indicator, region_level=RegionLevel.LAND
            )
            people.append(
                Person(
                    session=_session_of(f"writer{len(people)}@example.org", chamber),
                    address=reverse("measures:submission_cell", args=[submission.pk]),
                    item=item.pk,
                    cell=f"{item.pk}-{chamber.region_id}-_T",
                )
            )
    page = reverse("measures:submission_list")
    return World(people[:count], page, FigureVersion._meta.db_table)  # noqa: SLF001  # the documented way


def _session_of(email: str, organisation: "Organisation") -> str:
    from django.test import Client  # noqa: PLC0415

    from partners.enums import Role  # noqa: PLC0415
    from partners.models import Membership, User  # noqa: PLC0415

    user = User.objects.create_user(email, first_name="Kim", last_name="Muster")
    Membership.objects.create(user=user, organisation=organisation, role=Role.CONTRIBUTOR)
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    django.setup()
    json.dump(asdict(make(int(sys.argv[1]))), sys.stdout)
