"""Who has reported: how far the submissions of a year are, by umbrella and by organisation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import ReportingRound
from measures.workflow import ListedStatus
from partners.permissions import Access
from reporting.aggregates.participation import Participant, ParticipantGroup, participation
from reporting.charts.attainment import AttainmentBar, attainment_chart
from reporting.charts.chart import Chart
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.filters import AS_OF, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.links import submission_url
from reporting.dashboards.rows import ViewRow
from reporting.renderers import wording

STATES = (
    ("not_begun", _("Not begun")),
    ("open", _("In progress")),
    ("submitted", _("In review")),
    ("approved", _("Approved")),
)
"""How far submissions are: the names of a group's members, and the headings of the columns."""


def load(filters: Filters, access: Access) -> ViewData:
    groups = participation(ReportingRound.objects.get(year=filters.year), filters.as_of)
    due = sum(group.due for group in groups)
    approved = sum(len(group.approved) for group in groups)
    return ViewData(
        make_rows=lambda: _rows(groups, filters),
        charts=(_chart(groups),) if groups else (),
        tables=(_by_umbrella(groups), *(_members(group, access) for group in groups)),
        completeness=gettext("%(count)s of %(due)s submissions are approved.")
        % {"count": wording.number(approved), "due": wording.number(due)},
    )


def _rows(groups: Sequence[ParticipantGroup], filters: Filters) -> Iterator[ViewRow]:
    """For each umbrella how many submissions are in each state, then each organisation's own state."""
    for group in groups:
        for name, _label in STATES:
            yield ViewRow(
                view=VIEW.code,
                indicator=f"submissions_{name}",
                year=filters.year,
                organisation=group.code,
                value=Decimal(len(getattr(group, name))),
                reported=len(getattr(group, name)),
                due=group.due,
            )
        for each in group.participants:
            yield ViewRow(
                view=VIEW.code,
                indicator=f"submission_{each.status}",
                year=filters.year,
                organisation=each.code,
                value=Decimal(1),
                reported=1,
                due=1,
            )


def _chart(groups: Sequence[ParticipantGroup]) -> Chart:
    """Which share of the submissions due is approved."""
    bars = [
        AttainmentBar(
            name=gettext(group.name),
            caption=gettext("%(count)s of %(due)s approved")
            % {"count": wording.number(len(group.approved)), "due": wording.number(group.due)},
            attainment=Decimal(len(group.approved)) / group.due,
        )
        for group in groups
    ]
    return replace(attainment_chart(bars), code="reported", title=gettext("Approved submissions"))


def _by_umbrella(groups: Sequence[ParticipantGroup]) -> ViewTable:
    lines = [
        TableLine(
            name=gettext(group.name), cells=tuple(_count(group, name) for name in ("due", *dict(STATES)))
        )
        for group in groups
    ]
    return ViewTable(
        caption=gettext("Submissions by umbrella"),
        headings=(
            TableHeading(gettext("Umbrella or partner")),
            TableHeading(gettext("Due"), is_numeric=True),
            *(TableHeading(str(label), is_numeric=True) for _name, label in STATES),
        ),
        lines=tuple(lines),
        note="" if lines else gettext("Nobody is due in this year."),
    )


def _count(group: ParticipantGroup, name: str) -> LinkedNumber:
    found = getattr(group, name)
    text = wording.number(found if isinstance(found, int) else len(found))
    return LinkedNumber(text=text, is_gap=False, url=f"#{_place(group)}")


def _place(group: ParticipantGroup) -> str:
    """Where the members of a group stand on the page."""
    return f"members-{slugify(group.code)}"


def _members(group: ParticipantGroup, access: Access) -> ViewTable:
    """Every organisation due with its state, and the way to its submission for whoever may see it."""
    return ViewTable(
        caption=gettext(group.name),
        headings=(TableHeading(gettext("Organisation")), TableHeading(gettext("Status"))),
        lines=tuple(_member(each, access) for each in group.participants),
        is_folded=True,
        code=_place(group),
    )


def _member(member: Participant, access: Access) -> TableLine:
    return TableLine(
        name=member.name,
        url=submission_url(member, access),
        cells=(str(ListedStatus(member.status).label),),
    )


VIEW = View(
    code="reported",
    title=_("Who has reported"),
    question=_("Whose figures are there, and whose are still missing?"),
    group=GROUPS.places,
    filters=frozenset({AS_OF}),
    load=load,
)
