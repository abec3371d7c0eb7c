"""What may stand in a figure: its columns and its rules, written down once.

Triggers, the judgement of staged rows, recording, undo, approval, verification and the messages for people
all follow from here. A rule is an SQL predicate over ``Terms``, the expressions by which a statement knows a
figure, its item, its indicator and its submission.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL, UNASSIGNED, Breakdown
from measures.rules.values import DECIMALS_KEPT, NOT_NEGATIVE, ValueRule
from measures.workflow import SubmissionStatus, sql_list
from partners.enums import RegionLevel

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KEY = ("item_id", "region_id", "occupation_id", "target_group_id")
"""What a figure is about. One row per key."""

CODES = ("region", "occupation", "target_group")
"""The codes of a row read from a file; they need not be known yet."""

STAGED_KEY = ("item_id", *CODES)
"""What a staged row is about."""

CONTENT = ("value", "absence", "quality", "is_below_half_unit", "is_uncertain", "note")
"""What is stated. A figure has changed if any of these has; approval copies them."""

PROVENANCE = ("origin", "entered_by_id", "entered_at", "import_run_id", "sheet", "cell", "original")
"""Who stated it, when, and where in which file."""

STATE = (*CONTENT, *PROVENANCE)
"""Everything but the key: what a version keeps and undo puts back."""


def columns(names: Iterable[str], alias: str = "") -> str:
    return ", ".join(f"{alias}.{name}" if alias else name for name in names)


def row_of(alias: str, names: Iterable[str]) -> str:
    return f"({columns(names, alias)})"


def same_key(one: str, other: str, key: Sequence[str] = KEY) -> str:
    """Whether two rows are about the same figure; ``key`` names the columns of the other."""
    return f"{row_of(one, KEY)} = {row_of(other, key)}"


def is_same(one: str, other: str, names: Sequence[str] = CONTENT) -> str:
    return f"{row_of(one, names)} IS NOT DISTINCT FROM {row_of(other, names)}"


def is_changed(one: str, other: str, names: Sequence[str] = CONTENT) -> str:
    return f"{row_of(one, names)} IS DISTINCT FROM {row_of(other, names)}"


def from_excluded(names: Iterable[str]) -> str:
    """The assignments of an upsert that takes over these columns."""
    return ", ".join(f"{name} = excluded.{name}" for name in names)


EDITABLE = sql_list(SubmissionStatus.editable)
"""The states of a submission in which its figures may change."""

WITHOUT_LEVEL = sql_list((TOTAL, UNASSIGNED))
"""The occupations that are possible with every level."""


@dataclass(frozen=True)
class Terms:
    """The SQL expressions by which a statement knows what the rules speak of."""

    value: str
    occupation: str
    target_group: str
    region_level: str = "r.level"
    occupation_level: str = "o.level"
    item_region_level: str = "i.region_level"
    item_occupation_level: str = "i.occupation_level"
    indicator: str = "n"
    status: str = "s.status"


def figure_terms(alias: str, *, item: str = "i") -> Terms:
    """A row of figures, versions or approved figures, with its region ``r``, occupation ``o`` and item."""
    return _terms(alias, item, f"{alias}.occupation_id", f"{alias}.target_group_id")


def staged_terms(alias: str, *, item: str = "i") -> Terms:
    """A staged row, with its region ``r``. Its occupation may be new: the digits are its level."""
    terms = _terms(alias, item, f"{alias}.occupation", f"{alias}.target_group")
    return replace(terms, occupation_level=digits_of(terms.occupation))


def _terms(alias: str, item: str, occupation: str, target_group: str) -> Terms:
    return Terms(
        value=f"{alias}.value",
        occupation=occupation,
        target_group=target_group,
        item_region_level=f"{item}.region_level",
        item_occupation_level=f"{item}.occupation_level",
    )


def digits_of(occupation: str) -> str:
    return f"CASE WHEN {occupation} IN ({WITHOUT_LEVEL}) THEN 0 ELSE length({occupation}) END"


class RuleSubject(Enum):
    """Whose change can break a rule besides that of the figure itself."""

    INDICATOR = "indicator"
    ITEM = "item"
    SUBMISSION = "submission"


@dataclass(frozen=True)
class FigureRule:
    """``name`` is that of the violation, ``is_broken`` the predicate, ``message`` is for whoever records."""

    name: str
    number: int
    """Of the rules of the numbers the one it belongs to."""
    subject: RuleSubject
    reads: str
    """The column of the subject that the rule depends on."""
    is_broken: Callable[[Terms], str]
    message: "StrPromise"
    code: str = ""
    """The problem of a staged row that breaks it; its words are with the other problems of a file."""
    is_cause_by_itself: bool = False
    """Whether each staged row that breaks it is a problem of its own, as the value decides."""
    kept: "StrPromise | None" = None
    """The message for whoever would make the indicator narrower than its figures."""


def _is_asked(breakdown: Breakdown, *, code: str, message: "StrPromise", kept: "StrPromise") -> FigureRule:
    """Only the total is stated, unless the indicator is broken down by this."""
    stated = attrgetter(breakdown.value)
    return FigureRule(
        name=f"figure_{breakdown.value}_is_asked",
        number=1,
        subject=RuleSubject.INDICATOR,
        reads="breakdown",
        is_broken=lambda t: (
            f"{stated(t)} <> '{TOTAL}' AND NOT '{breakdown.value}' = ANY({t.indicator}.breakdown)"
        ),
        message=message,
        code=code,
        kept=kept,
    )


def _of_value(rule: ValueRule, **more: Any) -> FigureRule:
    return FigureRule(
        number=2,
        subject=RuleSubject.INDICATOR,
        is_broken=lambda t: rule.sql.format(value=t.value, indicator=t.indicator),
        code=rule.code,
        is_cause_by_itself=True,
        **more,
    )


FIGURE_RULES = (
    FigureRule(
        name="figure_indicator_is_recorded",
        number=1,
        subject=RuleSubject.INDICATOR,
        reads="is_recorded",
        is_broken=lambda t: f"NOT {t.indicator}.is_recorded",
        message=_("This indicator is not recorded as figures."),
        code="indicator_not_recorded",
        kept=_("Figures of this indicator are stored, so it stays recorded."),
    ),
    FigureRule(
        name="figure_submission_is_editable",
        number=10,
        subject=RuleSubject.SUBMISSION,
        reads="status",
        is_broken=lambda t: f"{t.status} NOT IN ({EDITABLE})",
        message=_("This submission is no longer a draft, so its figures cannot be changed."),
    ),
    FigureRule(
        name="figure_region_level_of_item",
        number=4,
        subject=RuleSubject.ITEM,
        reads="region_level",
        is_broken=lambda t: (
            f"{t.region_level} NOT IN ({t.item_region_level}, '{RegionLevel.UNASSIGNED.value}')"
        ),
        message=_("This region is not asked for here."),
        code="region_level_conflict",
    ),
    FigureRule(
        name="figure_occupation_level_of_item",
        number=4,
        subject=RuleSubject.ITEM,
        reads="occupation_level",
        is_broken=lambda t: f"{t.occupation_level} NOT IN ({t.item_occupation_level}, 0)",
        message=_("This occupation has another number of digits than the others of this indicator."),
        code="occupation_level_conflict",
    ),
    _is_asked(
        Breakdown.OCCUPATION,
        code="occupation_not_asked",
        message=_("This indicator is not broken down by occupation."),
        kept=_("Figures by occupation are stored, so this breakdown stays."),
    ),
    _is_asked(
        Breakdown.TARGET_GROUP,
        code="target_group_not_asked",
        message=_("This indicator is not broken down by target group."),
        kept=_("Figures by target group are stored, so this breakdown stays."),
    ),
    FigureRule(
        name="figure_target_group_of_indicator",
        number=1,
        subject=RuleSubject.INDICATOR,
        reads="target_groups",
        is_broken=lambda t: (
            f"{t.target_group} <> '{TOTAL}' AND NOT {t.target_group} = ANY({t.indicator}.target_groups)"
        ),
        message=_("This indicator is not asked by this target group."),
        code="target_group_of_another_indicator",
        kept=_("Figures for this target group are stored, so it stays asked."),
    ),
    _of_value(
        NOT_NEGATIVE,
        name="figure_not_negative",
        reads="may_be_negative",
        message=_("This indicator cannot be below zero."),
        kept=_("Figures below zero are stored, so they stay allowed."),
    ),
    _of_value(
        DECIMALS_KEPT,
        name="figure_decimals_of_indicator",
        reads="decimals",
        message=_("This value has more decimal places than the indicator."),
        kept=_("Figures with more decimal places are stored, so these stay allowed."),
    ),
)
"""In the order in which they are asked: of several broken rules the first is named."""


def rules_of(*subjects: RuleSubject) -> tuple[FigureRule, ...]:
    return tuple(rule for rule in FIGURE_RULES if rule.subject in subjects)


INDICATOR_RULES = rules_of(RuleSubject.INDICATOR)
LEVEL_RULES = rules_of(RuleSubject.ITEM)
SUBMISSION_RULES = rules_of(RuleSubject.SUBMISSION)
CONTENT_RULES = rules_of(RuleSubject.INDICATOR, RuleSubject.ITEM)
"""All that ask what a figure is, not when it may change."""


def first_broken(
    rules: Iterable[FigureRule], terms: Terms, named: Callable[[FigureRule], str] = attrgetter("name")
) -> str:
    """An expression for the first broken rule, by its name or ``named``; NULL where all are kept."""
    cases = " ".join(f"WHEN {rule.is_broken(terms)} THEN '{named(rule)}'" for rule in rules)
    return f"CASE {cases} END"


def any_broken(rules: Iterable[FigureRule], terms: Terms) -> str:
    return "(" + " OR ".join(f"({rule.is_broken(terms)})" for rule in rules) + ")"


def columns_read(rules: Iterable[FigureRule]) -> tuple[str, ...]:
    """The columns of their subject that rules depend on, each once."""
    return tuple(dict.fromkeys(rule.reads for rule in rules))
