"""What rests on the figures a step of an import wrote, and so keeps them from being undone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from measures.enums import TOTAL
from measures.models import (
    FigureVersion,
    ImportRun,
    ImportStep,
    Indicator,
    Item,
    Occupation,
    Submission,
    TargetGroup,
)
from measures.selectors.imports import step_sql
from measures.selectors.imports.chains import Chains
from measures.selectors.imports.item_states import params, states_once_undone, touched
from measures.selectors.imports.planning import expecting
from measures.selectors.imports.provenance import stated
from measures.selectors.imports.returning import approved_again
from partners.models import Region, User
from partners.permissions import Access


class DependentKind(StrEnum):
    """Why a figure cannot be undone."""

    EDIT = "edit"
    IMPORT = "import"
    APPROVAL = "approval"
    REPORT = "report"
    LEVEL = "level"
    RULE = "rule"
    GONE = "gone"


@dataclass(frozen=True)
class Reason:
    """One thing that rests on the step's figures: how many of them, and the first few."""

    kind: DependentKind
    text: str
    count: int
    examples: tuple[str, ...]
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Dependents:
    """``count`` figures of the step are in force; ``blocked`` of them cannot be undone, for ``reasons``.

    A figure may have several reasons, so their counts may add up to more than ``blocked``. ``submissions``
    are those in which something would change, ``returning`` those of them that would be approved again.
    """

    count: int
    blocked: int
    reasons: tuple[Reason, ...]
    submissions: tuple[Submission, ...]
    returning: frozenset[int] = frozenset()

    @property
    def free(self) -> int:
        return self.count - self.blocked

    @property
    def to_reopen(self) -> list[Submission]:
        """Submissions in review or approved that go back for correction."""
        return [submission for submission in self.submissions if not submission.is_editable]

    @property
    def to_return(self) -> list[Submission]:
        """Submissions whose correction is withdrawn: they are approved again, as they were."""
        return [submission for submission in self.submissions if submission.pk in self.returning]

    @property
    def to_stay(self) -> list[Submission]:
        """Submissions that change and stay where they are."""
        return [
            submission
            for submission in self.submissions
            if submission.is_editable and submission.pk not in self.returning
        ]


def dependents_of(step: ImportStep, access: Access | None = None) -> Dependents:
    """What could be undone of the step now and what could not, and why; a constant number of queries.

    ``access``: of whoever would undo it; without one no correction is withdrawn.
    """
    chains = Chains.of_runs([step.import_run_id])
    asked = question(step, chains)
    with transaction.atomic(), connection.cursor() as cursor, expecting(step.figure_count):
        cursor.execute(step_sql.DEPENDENTS, asked)
        rows = cursor.fetchall()
        free = [ref for kind, ref, *_more in rows if kind == "free" and ref is not None]
        returning = approved_again(step.import_run, free, access or Access(), asked)
    counts = {kind: count for kind, _ref, count, _at, _ids in rows}
    changing = Submission.objects.filter(pk__in=free)
    return Dependents(
        count=counts["in_force"],
        blocked=counts["blocked"],
        reasons=tuple(_reasons(row for row in rows if row[4] is not None)),
        submissions=tuple(changing.select_related("organisation", "round")),
        returning=returning,
    )


def question(step: ImportStep, chains: Chains) -> dict[str, Any]:
    """What the statements of ``step_sql`` ask for."""
    back = states_once_undone(step, chains, touched(step, chains))
    return {**chains.params(step), **params(back)}


Row = tuple[str, int | None, int, dt.datetime | None, list[int] | None]


def _reasons(rows: Iterable[Row]) -> Iterable[Reason]:
    rows = sorted(
        rows, key=lambda row: (list(DependentKind).index(DependentKind(row[0])), -row[2], row[1] or 0)
    )
    cells = _cells({pk for row in rows for pk in row[4] or ()})
    names = _names(rows)
    for kind, ref, count, at, ids in rows:
        yield Reason(
            kind=DependentKind(kind),
            text=_reason_text(DependentKind(kind), names.get((kind, ref), ""), ref, at),
            count=count,
            examples=tuple(cells[pk] for pk in ids or ()),
            at=at,
        )


def _reason_text(kind: DependentKind, name: str, ref: int | None, at: dt.datetime | None) -> str:
    texts = {
        DependentKind.EDIT: _("changed later by %(name)s, last on %(when)s"),
        DependentKind.IMPORT: _("replaced later by the import “%(name)s” on %(when)s"),
        DependentKind.APPROVAL: _("approved with the submission %(name)s on %(when)s"),
        DependentKind.REPORT: _("used in the progress report %(year)s"),
        DependentKind.LEVEL: _("“%(name)s” is recorded by another level of regions or occupations by now"),
        DependentKind.RULE: _("“%(name)s” is no longer asked for in this form"),
        DependentKind.GONE: _(
            "what they belong to no longer exists, or is no longer asked of the organisation"
        ),
    }
    when = date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else "–"
    return texts[kind] % {"name": name or _("the system"), "when": when, "year": ref}


def _names(rows: Iterable[Row]) -> Mapping[tuple[str, int | None], str]:
    refs: dict[str, set[int]] = {}
    for kind, ref, *_more in rows:
        if ref is not None:
            refs.setdefault(kind, set()).add(ref)
    sources: dict[str, Any] = {
        DependentKind.EDIT: User.objects.all(),
        DependentKind.IMPORT: ImportRun.objects.all(),
        DependentKind.APPROVAL: Submission.objects.select_related("organisation", "round"),
        DependentKind.LEVEL: Indicator.objects.all(),
        DependentKind.RULE: Indicator.objects.all(),
    }
    return {
        (kind, found.pk): str(found)
        for kind, ids in refs.items()
        if kind in sources
        for found in sources[kind].filter(pk__in=ids)
    }


def _cells(ids: Iterable[int]) -> Mapping[int, str]:
    """The figures of these versions as a person finds them again, whatever of their key still exists."""
    versions = list(FigureVersion.objects.filter(pk__in=set(ids)))
    items = Item.objects.select_related("submission__organisation", "submission__round", "indicator").in_bulk(
        {version.item_id for version in versions}
    )
    regions = Region.objects.in_bulk({version.region_id for version in versions})
    occupations = Occupation.objects.in_bulk({version.occupation_id for version in versions} - {TOTAL})
    groups = TargetGroup.objects.in_bulk({version.target_group_id for version in versions} - {TOTAL})
    return {
        version.pk: ", ".join(
            [
                *_owner(items.get(version.item_id)),
                str(regions.get(version.region_id, version.region_id)),
                *_part(occupations, version.occupation_id),
                *_part(groups, version.target_group_id),
            ]
        )
        + f": {stated(version)}"
        for version in versions
    }


def _owner(item: Item | None) -> list[str]:
    if item is None:
        return []
    submission = item.submission
    return [submission.organisation.short_name, item.indicator.name, str(submission.round.year)]


def _part(known: Mapping[str, Any], code: str) -> list[str]:
    return [] if code == TOTAL else [str(known.get(code, code))]
