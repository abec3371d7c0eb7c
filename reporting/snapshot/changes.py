"""What reads otherwise than in the previous release, and why."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from measures.models import SubmissionEvent
from measures.workflow import SubmissionAction
from reporting.disclosure.cells import CellKey
from reporting.disclosure.printed import amounts_of
from reporting.enums import ReportStatus
from reporting.frozen.contents import ChangeRow, Changes
from reporting.frozen.schema import IndicatorData
from reporting.frozen.values import Amount, AmountState, Remark, Text
from reporting.models import ProgressReport, Snapshot

_Key = tuple[str, int]


def changes_since_release(
    indicators: Sequence[IndicatorData], *, report_type: str, scope: str
) -> Changes | None:
    """Nothing where no report of this type and scope has been released yet."""
    released = (
        ProgressReport.objects.filter(
            report_type=report_type, scope=scope, status__in=ReportStatus.published, snapshot__isnull=False
        )
        .select_related("snapshot")
        .order_by("-released_at", "-pk")
        .first()
    )
    if released is None or released.snapshot is None:
        return None
    previous: Snapshot = released.snapshot
    was_protected = previous.frozen.disclosure is not None
    known = {each.code: each for each in previous.frozen.indicators}
    names = {each.code for each in indicators}
    # What was not withheld before there was protection is not printed again.
    compared = [each for each in indicators if was_protected or not each.is_protected]
    changed = list(_changed(compared, known))
    withheld = _withheld_in_part(indicators)
    reasons = _reasons([(each.indicator, each.year) for each in changed], previous)
    return Changes(
        year=previous.year,
        taken_at=previous.taken_at,
        sha256=previous.sha256,
        rows=tuple(
            ChangeRow(
                indicator=each.indicator,
                name=each.name,
                unit=each.unit,
                year=each.year,
                before=each.before,
                now=each.now,
                # The reasons are in the organisations' own words, which may give away what is withheld.
                reasons=()
                if (each.indicator, each.year) in withheld
                else tuple(reasons[each.indicator, each.year]),
            )
            for each in changed
        ),
        added=tuple(each.name for each in indicators if each.code not in known),
        dropped=tuple(each.name for each in known.values() if each.code not in names),
    )


def _changed(indicators: Sequence[IndicatorData], known: dict[str, IndicatorData]) -> Iterator[ChangeRow]:
    """The totals of years that both have, where the printed number or the reason for none is another one."""
    for indicator in indicators:
        if indicator.code not in known:
            continue
        before = {figure.year: figure.amount for figure in known[indicator.code].years}
        for figure in indicator.years:
            amount = before.get(figure.year)
            if amount is not None and _printed(amount) != _printed(figure.amount):
                yield ChangeRow(
                    indicator=indicator.code,
                    name=indicator.name,
                    unit=indicator.unit,
                    year=figure.year,
                    before=amount,
                    now=figure.amount,
                )


def _withheld_in_part(indicators: Sequence[IndicatorData]) -> set[_Key]:
    return {
        (indicator.code, year)
        for indicator in indicators
        for year, _cell, amount in amounts_of(indicator, CellKey())
        if amount.state is AmountState.WITHHELD
    }


def _printed(amount: Amount) -> tuple[AmountState, object]:
    return amount.state, amount.value


def _reasons(changed: Sequence[_Key], previous: Snapshot) -> defaultdict[_Key, list[Remark]]:
    """What organisations gave as the reason when they began to correct what had been approved."""
    found: defaultdict[_Key, list[Remark]] = defaultdict(list)
    if not changed:
        return found
    concerned = reduce(
        or_,
        (Q(submission__items__indicator__code=code, submission__round__year=year) for code, year in changed),
    )
    rows = (
        SubmissionEvent.objects.filter(concerned, action=SubmissionAction.CORRECT, at__gt=previous.taken_at)
        .exclude(reason="")
        .order_by("submission__organisation__sort_key", "at", "pk")
        .values_list(
            "submission__items__indicator__code",
            "submission__round__year",
            "submission__organisation__short_name",
            "reason",
        )
    )
    for code, year, organisation, reason in rows:
        remark = Remark(text=reason, by=Text(de=organisation))
        if remark not in found[code, year]:
            found[code, year].append(remark)
    return found
