"""The overview of a year in the reader's language: every number with a link to what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from partners.permissions import Access
from reporting.aggregates.participation import Participant, ParticipantGroup
from reporting.aggregates.regions import region_label
from reporting.dashboards.data import Cell, LinkedNumber
from reporting.dashboards.figures import RatioAttainment, amount_number, share_number, total_number
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import submission_url, trail_url
from reporting.dashboards.overview.headlines import Overview
from reporting.renderers import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class AttainmentLine:
    """A figure of one year against its target, as a row of the table below the chart."""

    name: str
    year: str
    number: LinkedNumber
    target: str
    attainment: str
    coverage: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.number, self.target or None, self.attainment or None, self.coverage or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LandNumbers:
    """A Land's numbers in the order of the columns; None where nobody is due."""

    name: str
    numbers: tuple[LinkedNumber | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGap:
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCounts:
    name: str
    due: int
    not_begun: int
    open: int
    submitted: int
    approved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLink:
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMembers:
    name: str
    members: tuple[MemberLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingState:
    """Who stands behind a count of submissions not begun, in progress, submitted or approved."""

    label: str
    groups: tuple[GroupMembers, ...]


def attainment_lines(overview: Overview) -> list[AttainmentLine]:
    """The chart as a table: every headline in both years, then the targets that are shares."""
    lines = [
        AttainmentLine(
            name=headline.indicator.name,
            year=str(total.year),
            number=total_number(headline.indicator, total, overview.filters),
            target=wording.target(total.target) if total.target else "",
            attainment="" if total.attainment is None else wording.attained(total.target, total.attainment),
            coverage=wording.count(total.amount),
        )
        for headline in overview.asked_headlines
        for total in headline.totals
    ]
    return [*lines, *(_ratio_line(each, overview.filters) for each in overview.ratios)]


def land_lines(overview: Overview) -> list[LandNumbers]:
    return [
        LandNumbers(
            name=region_label(line.region),
            numbers=tuple(
                None
                if amount is None
                else amount_number(
                    amount,
                    trail_url(headline.indicator.code, overview.filters, region=line.region.code),
                    is_brief=True,
                )
                for headline, amount in zip(overview.columns, line.amounts, strict=True)
            ),
        )
        for line in overview.lands
    ]


def land_total(overview: Overview) -> list[LinkedNumber]:
    return [
        total_number(headline.indicator, headline.total, overview.filters) for headline in overview.columns
    ]


def columns_without_value(overview: Overview) -> list[ColumnGap]:
    return [
        ColumnGap(name=headline.indicator.name, text=wording.amount(headline.total.amount))
        for headline in overview.without_column
        if headline.is_asked
    ]


def group_counts(groups: Sequence[ParticipantGroup]) -> list[GroupCounts]:
    return [
        GroupCounts(
            name=gettext(group.name),
            due=group.due,
            not_begun=len(group.not_begun),
            open=len(group.open),
            submitted=len(group.submitted),
            approved=len(group.approved),
        )
        for group in groups
    ]


def reporting_states(groups: Sequence[ParticipantGroup], access: Access) -> list[ReportingState]:
    by_state = (
        (_not_begun, [(group.name, group.not_begun) for group in groups]),
        (_open, [(group.name, group.open) for group in groups]),
        (_submitted, [(group.name, group.submitted) for group in groups]),
        (_approved, [(group.name, group.approved) for group in groups]),
    )
    return [
        ReportingState(
            label=label(count),
            groups=tuple(
                GroupMembers(name=gettext(name), members=tuple(_member(member, access) for member in members))
                for name, members in parts
                if members
            ),
        )
        for label, parts in by_state
        if (count := sum(len(members) for _name, members in parts))
    ]


def _ratio_line(each: RatioAttainment, filters: Filters) -> AttainmentLine:
    numerator, denominator = each.target.indicator, each.target.denominator
    return AttainmentLine(
        name=gettext("%(numerator)s, as a share of %(denominator)s")
        % {"numerator": numerator.name, "denominator": denominator.name if denominator else ""},
        year=str(each.target.year),
        number=share_number(each.amount, trail_url(numerator.code, filters, year=each.target.year)),
        target=wording.percent(each.target.value),
        attainment="" if each.attainment is None else wording.percent_with_decimal(each.attainment),
        coverage="",
    )


def _not_begun(count: int) -> str:
    return ngettext("%(count)s submission not begun yet", "%(count)s submissions not begun yet", count) % {
        "count": count
    }


def _open(count: int) -> str:
    return ngettext("%(count)s submission in progress", "%(count)s submissions in progress", count) % {
        "count": count
    }


def _submitted(count: int) -> str:
    return ngettext("%(count)s submission in review", "%(count)s submissions in review", count) % {
        "count": count
    }


def _approved(count: int) -> str:
    return ngettext("%(count)s approved submission", "%(count)s approved submissions", count) % {
        "count": count
    }


def _member(member: Participant, access: Access) -> MemberLink:
    """A name, with the way to its submission for whoever may see it."""
    return MemberLink(name=member.name, url=submission_url(member, access))
