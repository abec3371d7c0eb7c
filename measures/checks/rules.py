"""Plausibility rules: each is one function, with its severity and words in one place. No database here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures.enums import TOTAL, Severity

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

JUMP_RATIO = Decimal("0.5")
JUMP_AT_LEAST = 20
ROUNDED_TO = 3


class Key(NamedTuple):
    """A cell of the grid within its item."""

    region: str
    target_group: str


@dataclass(frozen=True)
class StatedFigure:
    """A total as stated or as the sum of its occupations, and what the occupations add up to."""

    value: Decimal | None
    is_stated: bool = True
    parts: int = 0
    parts_absent: int = 0
    parts_sum: Decimal | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the value is the whole: stated, or a sum with no occupation missing."""
        return self.is_stated or not self.parts_absent


@dataclass(frozen=True)
class ItemFacts:
    """What stands on one indicator, and what stood there the year before.

    ``is_rounded``: every value came from a spreadsheet and is a multiple of 3 (rule 14).
    """

    item_id: int
    indicator: str
    may_be_negative: bool
    year: int
    statements: Mapping[Key, StatedFigure]
    is_rounded: bool = False
    last_year: Mapping[Key, Decimal] = field(default_factory=dict)
    labels: Mapping[Key, str] = field(default_factory=dict)

    def label(self, key: Key) -> str:
        return self.labels.get(key, key.target_group)

    def tolerance(self, parts: int) -> int:
        base = ROUNDED_TO if self.is_rounded else 1
        return (parts + 1) * (base // 2)


@dataclass(frozen=True)
class Finding:
    code: str
    severity: Severity
    item_id: int
    key: Key
    indicator: str
    cell: str
    text: str

    @property
    def message(self) -> str:
        return f"{self.indicator}, {self.cell}: {self.text}"

    @property
    def severity_label(self) -> str:
        return str(self.severity.label)


@dataclass(frozen=True)
class PlausibilityCheck:
    """``explanation`` is what instruction sheets and help pages show."""

    code: str
    severity: Severity
    explanation: "StrPromise"
    find: Callable[[ItemFacts], Iterator[tuple[Key, str]]]


def _written(value: Decimal | int) -> str:
    decimals = max(0, -int(Decimal(value).normalize().as_tuple().exponent))
    return str(number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def _percent(ratio: Decimal) -> str:
    sign = "+" if ratio > 0 else "−"
    space = "" if (get_language() or "").startswith("en") else "\u202f"
    return f"{sign}{_written(round(abs(ratio) * 100))}{space}%"


def group_within_total(facts: ItemFacts) -> Iterator[tuple[Key, str]]:
    if facts.may_be_negative:
        return
    for key, group in facts.statements.items():
        total = facts.statements.get(key._replace(target_group=TOTAL))
        if key.target_group == TOTAL or group.value is None or total is None or total.value is None:
            continue
        if total.is_complete and group.value > total.value + facts.tolerance(1):
            yield (
                key,
                _("%(value)s is more than the total of %(total)s.")
                % {"value": _written(group.value), "total": _written(total.value)},
            )


def parts_match_total(facts: ItemFacts) -> Iterator[tuple[Key, str]]:
    for key, total in facts.statements.items():
        if not total.is_stated or total.value is None or total.parts_sum is None:
            continue
        tolerance = facts.tolerance(total.parts)
        is_complete = not total.parts_absent
        too_much = total.parts_sum > total.value + tolerance and (is_complete or not facts.may_be_negative)
        too_little = is_complete and total.parts_sum < total.value - tolerance
        if too_much or too_little:
            yield (
                key,
                _("The occupations add up to %(sum)s, the total says %(total)s.")
                % {"sum": _written(total.parts_sum), "total": _written(total.value)},
            )


def no_jump_from_last_year(facts: ItemFacts) -> Iterator[tuple[Key, str]]:
    for key, now in facts.statements.items():
        before = facts.last_year.get(key)
        if now.value is None or before is None or before <= 0:
            continue
        change = now.value - before
        if abs(change) >= JUMP_AT_LEAST and abs(change) > before * JUMP_RATIO:
            yield (
                key,
                _("%(change)s against %(year)s")
                % {"change": _percent(change / before), "year": facts.year - 1},
            )


CHECKS: tuple[PlausibilityCheck, ...] = (
    PlausibilityCheck(
        "group_within_total",
        Severity.ERROR,
        gettext_lazy("A target group cannot have more than the total of all target groups."),
        group_within_total,
    ),
    PlausibilityCheck(
        "parts_match_total",
        Severity.QUERY,
        gettext_lazy("The occupations add up to the stated total."),
        parts_match_total,
    ),
    PlausibilityCheck(
        "no_jump_from_last_year",
        Severity.QUERY,
        gettext_lazy("A value more than half (and at least 20) above or below last year's needs a reason."),
        no_jump_from_last_year,
    ),
)


def run_checks(items: Iterable[ItemFacts]) -> list[Finding]:
    """Every finding at once: errors first, then in the order of the items."""
    findings = [
        Finding(check.code, check.severity, facts.item_id, key, facts.indicator, facts.label(key), text)
        for facts in items
        for check in CHECKS
        for key, text in check.find(facts)
    ]
    return sorted(findings, key=lambda finding: finding.severity != Severity.ERROR)
