"""The overview of a year in the reader's language: every number with a link to what it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from measures.models import Submission
from partners.permissions import Access
from reporting.aggregates.overview import Headline, Overview, RatioAttainment, Selection, YearTotal
from reporting.aggregates.participation import Participant, ParticipantGroup
from reporting.aggregates.regions import region_label
from reporting.frozen.schema import Amount
from reporting.renderers import wording
from reporting.selectors.selection import trail_url

FEW = 3  # of the submissions to record; all are in the list


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedNumber:
    """A number or its gap. ``coverage`` is shown with it where only some of those due gave a value."""

    text: str
    is_gap: bool
    url: str = ""
    coverage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBefore:
    year: str
    number: LinkedNumber
    against_target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineTile:
    name: str
    is_asked: bool
    number: LinkedNumber
    ratio: Decimal | None
    against_target: str
    coverage: str
    notes: tuple[str, ...]
    before: YearBefore | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttainmentLine:
    """A figure of one year against its target, as a row of the table below the chart."""

    name: str
    year: str
    number: LinkedNumber
    target: str
    attainment: str
    coverage: str


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


def tiles(overview: Overview) -> list[HeadlineTile]:
    return [_tile(headline, overview.selection) for headline in overview.headlines]


def attainment_lines(overview: Overview) -> list[AttainmentLine]:
    """The chart as a table: every headline in both years, then the targets that are shares."""
    lines = [
        AttainmentLine(
            name=headline.indicator.name,
            year=str(total.year),
            number=_number(total.amount, _trail(headline, total.year, overview.selection)),
            target=wording.target(total.target) if total.target else "",
            attainment=_attained(total),
            coverage=wording.count(total.amount),
        )
        for headline in overview.asked_headlines
        for total in headline.totals
    ]
    return [*lines, *(_ratio_line(each, overview.selection) for each in overview.ratios)]


def land_lines(overview: Overview) -> list[LandNumbers]:
    return [
        LandNumbers(
            name=region_label(line.region),
            numbers=tuple(
                None
                if amount is None
                else _number(
                    amount,
                    _trail(headline, overview.selection.year, overview.selection, region=line.region.code),
                    is_brief=True,
                    coverage=wording.count(amount) if 0 < amount.reported < amount.due else "",
                )
                for headline, amount in zip(overview.columns, line.amounts, strict=True)
            ),
        )
        for line in overview.lands
    ]


def land_total(overview: Overview) -> list[LinkedNumber]:
    return [
        _number(headline.total.amount, _trail(headline, headline.total.year, overview.selection))
        for headline in overview.columns
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


def submissions_to_record(access: Access) -> list[Submission]:
    """The first few that wait for the reader."""
    return list(Submission.objects.to_record(access).select_related("round", "organisation")[:FEW])


def _trail(headline: Headline, year: int, selection: Selection, *, region: str | None = None) -> str:
    return trail_url(headline.indicator.code, year, selection, region=region)


def _number(amount: Amount, url: str, *, is_brief: bool = False, coverage: str = "") -> LinkedNumber:
    is_gap = amount.value is None
    text = wording.absence(amount.state) if is_brief and is_gap else wording.amount(amount)
    return LinkedNumber(text=text, is_gap=is_gap, url=url, coverage=coverage)


def _tile(headline: Headline, selection: Selection) -> HeadlineTile:
    total = headline.total
    return HeadlineTile(
        name=headline.indicator.name,
        is_asked=headline.is_asked,
        number=_number(total.amount, _trail(headline, total.year, selection)),
        ratio=total.attainment,
        against_target=wording.against_target(total.target, total.attainment),
        coverage=wording.coverage(total.amount) if total.amount.value is not None else "",
        notes=tuple(_notes(headline, total)),
        before=_before(headline, selection),
    )


def _notes(headline: Headline, total: YearTotal) -> Iterator[str]:
    yield wording.period(headline.indicator.period, total.year)
    yield from filter(None, [wording.basis(total.amount)])
    yield from wording.qualities(total.amount.qualities)


def _before(headline: Headline, selection: Selection) -> YearBefore | None:
    before = headline.before
    if before is None:
        return None
    return YearBefore(
        year=str(before.year),
        number=_number(before.amount, _trail(headline, before.year, selection), is_brief=True),
        against_target=""
        if before.amount.value is None
        else wording.against_target(before.target, before.attainment),
    )


def _attained(total: YearTotal) -> str:
    if total.attainment is None:
        return ""
    share = wording.percent(total.attainment)
    is_ceiling = total.target is not None and total.target.is_ceiling
    return gettext("%(percent)s used") % {"percent": share} if is_ceiling else share


def _ratio_line(each: RatioAttainment, selection: Selection) -> AttainmentLine:
    numerator, denominator = each.target.indicator, each.target.denominator
    value = each.amount.value
    return AttainmentLine(
        name=gettext("%(numerator)s, as a share of %(denominator)s")
        % {"numerator": numerator.name, "denominator": denominator.name if denominator else ""},
        year=str(each.target.year),
        number=LinkedNumber(
            text=wording.amount(each.amount) if value is None else wording.percent(value),
            is_gap=value is None,
            url=trail_url(numerator.code, each.target.year, selection),
        ),
        target=wording.percent(each.target.value),
        attainment="" if each.attainment is None else wording.percent(each.attainment),
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
    may_see = access.reads_all or member.organisation_id in access.acts_for
    url = reverse("measures:submission_detail", args=[member.submission_id]) if may_see else ""
    return MemberLink(name=member.name, url=url)
