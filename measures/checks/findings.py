"""What the checks find in submissions, each finding with its rule and its severity."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.checks.definitions import Definition
from measures.checks.facts import Key, Place, SubmissionFacts
from measures.checks.within_items import Found
from measures.enums import Severity
from measures.rules.cells import cell_name


@dataclass(frozen=True)
class Explained:
    """Why the organisation says that the value is right, and what the review made of it."""

    pk: int
    text: str
    by: str
    by_id: int
    at: dt.datetime
    is_accepted: bool | None = None
    refusal: str = ""
    judged_by: str = ""
    judged_at: dt.datetime | None = None

    @property
    def is_refused(self) -> bool:
        return self.is_accepted is False


@dataclass(frozen=True)
class Waived:
    """Why the check does not count here, who decided it and until when."""

    pk: int
    reason: str
    by: str
    last_year: int


@dataclass(frozen=True)
class Finding:
    """``severity`` is what it counts as now: explained or waived, it is a note."""

    code: str
    severity: Severity
    submission_id: int
    item_id: int
    key: Key
    indicator: str
    cell: str
    text: str
    rule_text: str = ""
    value: Decimal | None = None
    absence: str | None = None
    explained: Explained | None = None
    waived: Waived | None = None
    others: tuple[Place, ...] = ()
    values: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return f"{self.indicator}, {self.cell}: {self.text}"

    @property
    def severity_label(self) -> str:
        """One word for each severity; what asks no more because of a reason says so."""
        if self.waived:
            return _("waived")
        if self.explained and not self.explained.is_refused:
            return _("Query, explained")
        return str(self.severity.label)

    @property
    def name(self) -> str:
        """Unique among the findings of a submission; a form's fields are named after it."""
        return f"{self.cell_name}-{self.code}"

    @property
    def asks(self) -> bool:
        """Whether it asks for a reason, or did until one was given."""
        return self.severity == Severity.QUERY or self.explained is not None

    @property
    def holds_approval(self) -> bool:
        """Errors do, and queries without an explanation or with a refused one; not what is waived."""
        return self.severity in (Severity.ERROR, Severity.QUERY)

    @property
    def cell_name(self) -> str:
        return cell_name(self.item_id, self.key.region, self.key.target_group)

    def explained_with(self, explained: Explained) -> "Finding":
        """A query that is explained is a note; refused, it stays a query."""
        severity = self.severity if explained.is_refused else Severity.NOTE
        return replace(self, severity=severity, explained=explained)

    def waived_with(self, waived: Waived) -> "Finding":
        return replace(self, severity=Severity.NOTE, waived=waived)


def run_checks(definitions: Iterable[Definition], submissions: Iterable[SubmissionFacts]) -> list[Finding]:
    """Every finding at once: errors first, then in the order of the submissions, items and cells."""
    known = list(definitions)
    found = []
    for place, facts in enumerate(submissions):
        for check in known:
            if check.counts_in(facts.year):
                found += [
                    ((*_order(place, check, each), number), _finding(check, facts, each))
                    for number, each in enumerate(check.find(facts))
                ]
    return [finding for _place, finding in sorted(found, key=lambda each: each[0])]


def _order(place: int, check: Definition, found: Found) -> tuple[int | str | tuple[str, bool, str], ...]:
    item = found.item
    return check.severity.rank, place, item.position, item.code, found.key.place, check.code


def _finding(check: Definition, facts: SubmissionFacts, found: Found) -> Finding:
    item, key = found.item, found.key
    stated = item.statements.get(key)
    return Finding(
        code=check.code,
        severity=check.severity,
        submission_id=facts.submission_id,
        item_id=item.item_id,
        key=key,
        indicator=item.indicator,
        cell=item.label(key),
        text=found.text,
        rule_text=check.text,
        value=stated.value if stated else None,
        absence=stated.absence if stated else None,
        others=found.others,
        values=found.values,
    )
