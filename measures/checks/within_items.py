"""Checks that look at one indicator at a time: its cells, its years, its groups and occupations."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from django.utils.translation import gettext as _

from measures.checks.facts import ItemFacts, Key, Place, SubmissionFacts
from measures.checks.outliers import modified_z_score
from measures.checks.parameters import (
    ChangeOnYear,
    Compared,
    Missing,
    OfHistory,
    OfPeers,
    Range,
    SumOfParts,
    WholeNumbers,
)
from measures.checks.parameters import PartOfTotal as PartOfTotalParameters
from measures.checks.wording import percent, score, written
from measures.enums import TOTAL, Absence


class Found(NamedTuple):
    """A cell that a check finds something in, and what.

    ``others``: the cells of this year that it is compared with. ``values``: the numbers of ``text`` by name.
    """

    item: ItemFacts
    key: Key
    text: str
    others: tuple[Place, ...] = ()
    values: Mapping[str, Decimal] = MappingProxyType({})


def out_of_range(check: Range, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key, stated in item.statements.items():
            if stated.value is None:
                continue
            if check.minimum is not None and stated.is_complete and stated.value < check.minimum:
                yield Found(
                    item,
                    key,
                    _("%(value)s is below %(limit)s.")
                    % {"value": written(stated.value), "limit": written(check.minimum)},
                )
            if check.maximum is not None and stated.value > check.maximum:
                yield Found(
                    item,
                    key,
                    _("%(value)s is above %(limit)s.")
                    % {"value": written(stated.value), "limit": written(check.maximum)},
                )


def not_whole(check: WholeNumbers, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key, stated in item.statements.items():
            if stated.value is not None and stated.value % 1:
                yield Found(
                    item, key, _("%(value)s is not a whole number.") % {"value": written(stated.value)}
                )


def group_above_total(check: PartOfTotalParameters, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        if item.may_be_negative:
            continue
        for key, group in item.statements.items():
            total = item.value(key._replace(target_group=TOTAL))
            if key.target_group == TOTAL or group.value is None or total is None:
                continue
            if group.value > total + item.tolerance(1):
                yield Found(
                    item,
                    key,
                    _("%(value)s is more than the total of %(total)s.")
                    % {"value": written(group.value), "total": written(total)},
                    others=(Place(item.item_id, key._replace(target_group=TOTAL)),),
                    values={"value": group.value, "total": total},
                )


def parts_off_total(check: SumOfParts, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key, total in item.statements.items():
            if not total.is_stated or total.value is None or total.parts_sum is None:
                continue
            tolerance = item.tolerance(total.parts) + check.tolerance
            is_complete = not total.parts_absent
            too_much = total.parts_sum > total.value + tolerance and (is_complete or not item.may_be_negative)
            too_little = is_complete and total.parts_sum < total.value - tolerance
            if too_much or too_little:
                yield Found(
                    item,
                    key,
                    _("The occupations add up to %(sum)s, the stated total is %(total)s.")
                    % {"sum": written(total.parts_sum), "total": written(total.value)},
                )


def changed_much(check: ChangeOnYear, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key, now in item.statements.items():
            before = item.last_year.get(key)
            if now.value is None or before is None:
                continue
            change = now.value - before
            is_large = check.absolute is None or abs(change) >= check.absolute
            if before > 0:
                is_far = check.relative is None or abs(change) > before * check.relative
            else:
                is_far = check.absolute is not None  # a share of nothing says nothing
            if change and is_large and is_far:
                how_much = percent(change / before) if before > 0 else written(change)
                yield Found(
                    item,
                    key,
                    _("%(change)s on %(year)s") % {"change": how_much, "year": item.year - 1},
                    values={"now": now.value, "before": before},
                )


def outlier_of_history(check: OfHistory, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key in item.statements:
            value, before = item.value(key), item.history.get(key, ())
            if value is None or len(before) < check.minimum_values:
                continue
            found = modified_z_score(value, before)
            if found is not None and abs(found) > check.threshold:
                yield Found(
                    item,
                    key,
                    _(
                        "%(value)s is far from the values of the %(count)s years before (modified z-score "
                        "%(score)s)."
                    )
                    % {"value": written(value), "count": len(before), "score": score(found)},
                )


def outlier_among_peers(check: OfPeers, facts: SubmissionFacts) -> Iterator[Found]:
    """By its value, or by how it has changed since last year: then only peers with both years count."""
    for item in facts.of(check.indicators):
        for key in item.statements:
            value, peers = item.value(key), item.peers.get(key.target_group, ())
            others = [peer.now for peer in peers]
            if check.compared is Compared.CHANGE:
                before = item.last_year.get(key)
                value = value / before if value is not None and before is not None and before > 0 else None
                others = [peer.now / peer.before for peer in peers if peer.before and peer.before > 0]
            if value is None or len(others) < check.minimum_values:
                continue
            found = modified_z_score(value, others)
            if found is not None and abs(found) > check.threshold:
                words = _PEERS[check.compared]
                shown = written(value) if check.compared is Compared.VALUE else percent(value - 1)
                yield Found(
                    item, key, words() % {"value": shown, "count": len(others), "score": score(found)}
                )


_PEERS = {
    Compared.VALUE: lambda: _(
        "%(value)s is far from what %(count)s organisations of the same kind state (modified z-score "
        "%(score)s)."
    ),
    Compared.CHANGE: lambda: _(
        "The change against last year, %(value)s, is far from that of %(count)s organisations of the same "
        "kind (modified z-score %(score)s)."
    ),
}


def missing(check: Missing, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key in item.cells:
            stated = item.statements.get(key)
            if stated is not None and (stated.value is not None or stated.absence not in check.absences):
                continue
            if check.only_after_stated and key not in item.last_year:
                continue
            if stated is None:
                text = _("Nothing is stated, neither a value nor a reason for none.")
            else:
                text = _("There is no value: %(absence)s.") % {"absence": Absence(stated.absence or "").label}
            if key in item.last_year:
                text = _("%(text)s In %(year)s it was %(value)s.") % {
                    "text": text,
                    "year": item.year - 1,
                    "value": written(item.last_year[key]),
                }
            yield Found(item, key, text)
