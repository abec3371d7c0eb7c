"""``python -m bench.serving.readers TYPES``: tables, catalogue, approved figures, and somebody who reads.

A program of its own, because it needs Django with the settings of the installation that is measured. It
prints the address of the overview of that year and the reader's session, as JSON.
"""

import json
import sys

import django
from django.core.management import call_command


def make(types: int) -> dict[str, str]:
    """Imports are here, as models exist only once Django is set up."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from bench.generated.figures import approve, fill  # noqa: PLC0415
    from measures.models import ReportingRound  # noqa: PLC0415
    from measures.services.catalogue import load_catalogue  # noqa: PLC0415
    from partners.enums import Role  # noqa: PLC0415
    from partners.models import Membership, Organisation, User  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load_catalogue()
    user = User.objects.create_user("reader@example.org", first_name="Kim", last_name="Muster")
    ministry = Organisation.objects.get(code="BMAS")
    Membership.objects.create(user=user, organisation=ministry, role=Role.REVIEWER)
    year = ReportingRound.objects.latest("year").year
    fill(1, last_year=year, types=types)
    approve([year], user)
    client = Client()
    client.force_login(user)
    address = f"{reverse('reporting:view', args=['overview'])}?year={year}"
    return {"address": address, "session": client.cookies["sessionid"].value}


if __name__ == "__main__":
    django.setup()
    json.dump(make(int(sys.argv[1])), sys.stdout)
