"""Plausibility rules: each is one function, with its severity and words in one place. No database here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.enums import TOTAL, Severity

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

JUMP_RATIO = Decimal("0.5")
JUMP_AT_LEAST = 20
ROUNDED_TO = 3


class Key(NamedTuple):
    region: str
    occupation: str
    target_group: str


@dataclass(frozen=True)
class ItemFacts:
    """What is stated on one indicator, and what was stated the year before."""

    item_id: int
    submission_id: int
    indicator: str
    may_be_negative: bool
    year: int
    values: Mapping[Key, Decimal | None]
    """Every stated key; ``None`` where a reason stands in the place of a number."""
    imported: frozenset[Key] = frozenset()
    last_year: Mapping[Key, Decimal] = field(default_factory=dict)
    target_group_names: Mapping[str, str] = field(default_factory=dict)

    def group_name(self, key: Key) -> str:
        return self.target_group_names.get(key.target_group, key.target_group)

    @property
    def rounding_base(self) -> int:
        """3 where every value came from a spreadsheet and is a multiple of 3 (rule 14)."""
        numbers = [value for value in self.values.values() if value]
        is_rounded = (
            bool(numbers)
            and self.imported.issuperset(self.values)
            and all(value % ROUNDED_TO == 0 for value in numbers)
        )
        return ROUNDED_TO if is_rounded else 1

    def tolerance(self, parts: int) -> int:
        return (parts + 1) * (self.rounding_base // 2)


@dataclass(frozen=True)
class Finding:
    code: str
    severity: Severity
    item_id: int
    key: Key
    message: str

    @property
    def severity_label(self) -> str:
        return str(self.severity.label)


@dataclass(frozen=True)
class Check:
    """``explanation`` is what instruction sheets and help pages print."""

    code: str
    severity: Severity
    explanation: "StrPromise"
    find: Callable[[ItemFacts], Iterator[tuple[Key, str]]]


def _written(value: Decimal) -> str:
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    return str(number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def group_within_total(facts: ItemFacts) -> Iterator[tuple[Key, str]]:
    if facts.may_be_negative:
        return
    for key, value in facts.values.items():
        total = facts.values.get(key._replace(target_group=TOTAL))
        if key.target_group == TOTAL or value is None or total is None:
            continue
        if value > total + facts.tolerance(1):
            yield (
                key,
                _("%(indicator)s, %(group)s: %(value)s is more than the total of %(total)s.")
                % {
                    "indicator": facts.indicator,
                    "group": facts.group_name(key),
                    "value": _written(value),
                    "total": _written(total),
                },
            )


def parts_match_total(facts: ItemFacts) -> Iterator[tuple[Key, str]]:
    parts_of: dict[Key, list[Decimal | None]] = defaultdict(list)
    for key, value in facts.values.items():
        if key.occupation != TOTAL:
            parts_of[key._replace(occupation=TOTAL)].append(value)
    for key, parts in parts_of.items():
        total = facts.values.get(key)
        numbers = [value for value in parts if value is not None]
        if total is None or not numbers:
            continue
        added = sum(numbers, Decimal(0))
        tolerance = facts.tolerance(len(parts))
        is_complete = len(numbers) == len(parts)
        too_much = added > total + tolerance and (is_complete or not facts.may_be_negative)
        too_little = is_complete and added < total - tolerance
        if too_much or too_little:
            yield (
                key,
                _("%(indicator)s, %(group)s: the occupations add up to %(sum)s, the total says %(total)s.")
                % {
                    "indicator": facts.indicator,
                    "group": facts.group_name(key),
                    "sum": _written(added),
                    "total": _written(total),
                },
            )


def no_jump_from_last_year(facts: ItemFacts) -> Iterator[tuple[Key, str]]:
    for key, value in facts.values.items():
        before = facts.last_year.get(key)
        if value is None or before is None or before <= 0 or key.occupation != TOTAL:
            continue
        change = value - before
        if abs(change) >= JUMP_AT_LEAST and abs(change) > before * JUMP_RATIO:
            yield (
                key,
                _("%(indicator)s, %(group)s: %(change)s against %(year)s (%(before)s, now %(value)s).")
                % {
                    "indicator": facts.indicator,
                    "group": facts.group_name(key),
                    "change": f"{change / before * 100:+.0f} %",
                    "year": facts.year - 1,
                    "before": _written(before),
                    "value": _written(value),
                },
            )


CHECKS: tuple[Check, ...] = (
    Check(
        "group_within_total",
        Severity.ERROR,
        gettext_lazy("A target group cannot have more than the total of all target groups."),
        group_within_total,
    ),
    Check(
        "parts_match_total",
        Severity.QUERY,
        gettext_lazy("The occupations add up to the stated total."),
        parts_match_total,
    ),
    Check(
        "no_jump_from_last_year",
        Severity.QUERY,
        gettext_lazy("A value more than half (and at least 20) above or below last year's needs a reason."),
        no_jump_from_last_year,
    ),
)


def run_checks(items: Iterable[ItemFacts]) -> list[Finding]:
    """Every finding at once: errors first, then in the order of the items."""
    findings = [
        Finding(check.code, check.severity, facts.item_id, key, message)
        for facts in items
        for check in CHECKS
        for key, message in check.find(facts)
    ]
    return sorted(findings, key=lambda finding: finding.severity != Severity.ERROR)
