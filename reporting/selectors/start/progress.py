"""How far the running round is, for those who follow more than their own organisation."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from measures.models import ReportingRound, Submission
from measures.selectors.submission_lists import listed, running_year
from partners.permissions import Access
from reporting.selectors.start.parts import Empty, Section, StartEntry


def progress(access: Access) -> Section | None:
    """An umbrella's members, or all: how many submissions are in which state."""
    if not (access.reads_all or access.coordinates):
        return None
    year = running_year(ReportingRound.objects.all())
    submissions = Submission.objects.visible_to(access)
    if not access.reads_all:
        submissions = submissions.filter(organisation__in=access.coordinates)
    chips = listed(submissions.due(), words="", year=year, status="", groups={}).chips if year else []
    entries = [
        StartEntry(
            title=f"{chip.label}: {chip.count}",
            url=f"{reverse('measures:review_list')}?{urlencode({'year': year, 'status': chip.status})}",
        )
        for chip in chips
        if chip.count
    ]
    return Section(
        key="progress",
        heading=gettext("Round %(year)s") % {"year": year} if year else gettext("Rounds"),
        entries=entries,
        empty=None if entries else _nobody(access),
        more_url=f"{reverse('measures:review_missing')}?year={year}" if entries else "",
        more_label=gettext("Who is missing"),
    )


def _nobody(access: Access) -> Empty:
    is_steward = access.manages_data
    return Empty(
        title=gettext("Nobody is due"),
        text=gettext("With a round, everybody due gets a submission to record into."),
        url=reverse("measures:round_create") if is_steward else "",
        label=gettext("Open a new round") if is_steward else "",
    )
