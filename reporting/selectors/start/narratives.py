"""The texts for reports that this person is asked to write."""

from django.urls import reverse
from django.utils.translation import gettext

from partners.permissions import Access
from reporting.selectors.narratives import address_of, narratives_to_write
from reporting.selectors.start.parts import FEW, Section, StartEntry, days_left


def texts_to_write(access: Access) -> Section | None:
    """Only where there are any; one query."""
    found = narratives_to_write(access, FEW)
    if not found:
        return None
    return Section(
        key="texts",
        heading=gettext("Texts you are asked for"),
        entries=[
            StartEntry(
                title=line.narrative.place_name,
                url=address_of(line.narrative),
                badges=[days_left(line.narrative.due_on)],
                notes=[
                    line.report,
                    " · ".join(f"{state.language.upper()}: {state.label}" for state in line.states),
                ],
                on=line.narrative.due_on,
            )
            for line in found
        ],
        more_url=reverse("reporting:narrative_list"),
        more_label=gettext("All texts for reports"),
    )
