"""Who is due in a round, and what a plan would change about who is asked.

The one rule: of the organisations of the kinds asked that existed on the round's reference date, those
without another such organisation below them. So those due for an indicator are an antichain of the tree.
"""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.db import connection
from django.db.models import Exists, OuterRef

from measures.models import Comment, Indicator, ReportingRound, RoundIndicator, Submission
from partners.models import Organisation

_VALID = "{row}.valid_from <= %(day)s AND ({row}.valid_until IS NULL OR {row}.valid_until >= %(day)s)"

# What was recorded once, went into review or was commented on stays with the organisation, whoever would
# be due instead.
_COMPARED = f"""
WITH RECURSIVE asked AS (
    SELECT * FROM unnest(%(indicators)s::bigint[], %(kinds)s::text[]) AS a(indicator_id, kind)
),
tree AS (
    SELECT a.member_id, a.umbrella_id FROM partners_affiliation a WHERE {_VALID.format(row="a")}
),
above(member_id, umbrella_id) AS (
    SELECT member_id, umbrella_id FROM tree
    UNION
    SELECT b.member_id, t.umbrella_id FROM above b JOIN tree t ON t.member_id = b.umbrella_id
),
candidates AS MATERIALIZED (
    SELECT a.indicator_id, o.id AS organisation_id
    FROM asked a JOIN partners_organisation o ON o.kind = a.kind AND {_VALID.format(row="o")}
),
due AS MATERIALIZED (
    SELECT indicator_id, organisation_id FROM candidates
    EXCEPT
    SELECT c.indicator_id, b.umbrella_id FROM candidates c JOIN above b ON b.member_id = c.organisation_id
),
owners AS MATERIALIZED (
    SELECT i.id AS item_id, i.indicator_id, s.organisation_id,
        EXISTS (SELECT FROM measures_figureversion v WHERE v.item_id = i.id)
        OR EXISTS (SELECT FROM measures_submissionevent e WHERE e.submission_id = s.id)
        OR EXISTS (SELECT FROM measures_comment c WHERE c.item_id = i.id) AS is_recorded
    FROM measures_item i JOIN measures_submission s ON s.id = i.submission_id
    WHERE s.round_id = %(round)s
),
in_line AS (
    SELECT k.indicator_id, b.umbrella_id AS organisation_id
    FROM owners k JOIN above b ON b.member_id = k.organisation_id WHERE k.is_recorded
    UNION
    SELECT k.indicator_id, b.member_id
    FROM owners k JOIN above b ON b.umbrella_id = k.organisation_id WHERE k.is_recorded
)
SELECT coalesce(d.indicator_id, w.indicator_id), coalesce(d.organisation_id, w.organisation_id), w.item_id,
    CASE
        WHEN w.item_id IS NULL AND l.indicator_id IS NOT NULL THEN 'blocked'
        WHEN w.item_id IS NULL THEN 'added'
        WHEN d.indicator_id IS NOT NULL THEN 'unchanged'
        WHEN w.is_recorded THEN 'kept'
        ELSE 'dropped'
    END
FROM due d
FULL JOIN owners w ON w.indicator_id = d.indicator_id AND w.organisation_id = d.organisation_id
LEFT JOIN in_line l ON l.indicator_id = d.indicator_id AND l.organisation_id = d.organisation_id
ORDER BY 1, 2
"""  # noqa: S608  # our own text


@dataclass(frozen=True)
class AskedIndicator:
    """An indicator that a round asks of these kinds of organisations, broken down by these."""

    indicator_id: int
    kinds: tuple[str, ...]
    breakdown: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: RoundIndicator) -> Self:
        return cls(row.indicator_id, tuple(row.asked_of), tuple(row.breakdown))


class DueOutcome(StrEnum):
    """What a plan means for an organisation and an indicator."""

    ADDED = "added"
    DROPPED = "dropped"
    KEPT = "kept"
    """Not due any more, and something is recorded or said about it: it stays."""
    BLOCKED = "blocked"
    """Due, and not asked because one above or below it has recorded something."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Obligation:
    """That an organisation states an indicator; ``item_id`` where the round asks it already."""

    indicator_id: int
    organisation_id: int
    item_id: int | None
    outcome: DueOutcome


@dataclass(frozen=True)
class Comparison:
    """What a plan asks of whom, compared with what the round asks now."""

    obligations: tuple[Obligation, ...]

    def having(self, *outcomes: DueOutcome) -> list[Obligation]:
        return [each for each in self.obligations if each.outcome in outcomes]

    @property
    def is_change(self) -> bool:
        return bool(self.having(DueOutcome.ADDED, DueOutcome.DROPPED))

    @property
    def digest(self) -> str:
        """The same for the same outcome: what a person has seen can be compared with what would happen."""
        text = repr([(o.indicator_id, o.organisation_id, o.outcome.value) for o in self.obligations])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def compare(*, day: dt.date, asked: Iterable[AskedIndicator], round_id: int | None = None) -> Comparison:
    """In one query: who is due on ``day`` by this plan, and what that changes in the round, if any."""
    pairs = [(each.indicator_id, kind) for each in asked for kind in each.kinds]
    parameters = {
        "day": day,
        "round": round_id,
        "indicators": [indicator for indicator, _kind in pairs],
        "kinds": [kind for _indicator, kind in pairs],
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED, parameters)
        return Comparison(
            tuple(
                Obligation(indicator, organisation, item, DueOutcome(outcome))
                for indicator, organisation, item, outcome in cursor
            )
        )


def drift(reporting_round: ReportingRound) -> Comparison:
    """What has changed for a round since by organisations founded, merged or moved."""
    asked = [AskedIndicator.of(row) for row in reporting_round.asked.all()]
    return compare(day=reporting_round.reference_date, asked=asked, round_id=reporting_round.pk)


@dataclass(frozen=True)
class OrganisationCount:
    """An organisation with the indicators that an outcome concerns; of all of a kind if they are many."""

    organisation: Organisation
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class OutcomeShown:
    """An outcome with the organisations it concerns, and how many of them belong to each kind."""

    outcome: DueOutcome
    lines: tuple[OrganisationCount, ...]
    items: int

    @property
    def organisations(self) -> int:
        return len(self.lines)

    @property
    def kinds(self) -> list[tuple[str, int]]:
        found = Counter(str(line.organisation.get_kind_display()) for line in self.lines)
        return sorted(found.items())


@dataclass(frozen=True)
class ComparisonShown:
    """A comparison for people. ``new``: submissions it would create; ``gone``: those it would remove."""

    outcomes: dict[str, OutcomeShown]
    new: int
    gone: int


def shown(comparison: Comparison, round_id: int | None = None) -> ComparisonShown:
    """Three queries: the organisations, the indicators and the submissions concerned."""
    changes = [each for each in comparison.obligations if each.outcome != DueOutcome.UNCHANGED]
    organisations = Organisation.objects.in_bulk({each.organisation_id for each in changes})
    indicators = Indicator.objects.in_bulk({each.indicator_id for each in changes})
    known = dict(
        Submission.objects.filter(round=round_id).values_list(
            "organisation", Exists(Comment.objects.filter(submission=OuterRef("pk")))
        )
    )
    asked: dict[str, dict[int, list[Indicator]]] = defaultdict(lambda: defaultdict(list))
    for each in changes:
        asked[each.outcome][each.organisation_id].append(indicators[each.indicator_id])
    outcomes = {
        outcome.value: OutcomeShown(
            outcome, _lines(asked[outcome], organisations), sum(map(len, asked[outcome].values()))
        )
        for outcome in DueOutcome
    }
    staying = {each.organisation_id for each in comparison.having(DueOutcome.UNCHANGED, DueOutcome.KEPT)}
    added = {each.organisation_id for each in comparison.having(DueOutcome.ADDED)}
    dropped = {each.organisation_id for each in comparison.having(DueOutcome.DROPPED)}
    discussed = {organisation for organisation, is_discussed in known.items() if is_discussed}
    return ComparisonShown(
        outcomes, new=len(added - known.keys()), gone=len(dropped - staying - added - discussed)
    )


def _lines(
    asked: dict[int, list[Indicator]], organisations: dict[int, Organisation]
) -> tuple[OrganisationCount, ...]:
    lines = [OrganisationCount(organisations[pk], _in_order(found)) for pk, found in asked.items()]
    return tuple(sorted(lines, key=lambda line: line.organisation.sort_key))


def _in_order(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    return tuple(sorted(indicators, key=lambda indicator: (indicator.position, indicator.code)))
