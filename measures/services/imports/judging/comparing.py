"""Staged rows against what is stored and what the rules allow: new, changed, unchanged or held."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.formats import date_format

from measures.enums import Verdict
from measures.models import ImportRun, Submission
from measures.permissions import import_obstacle
from measures.selectors.imports.planning import expecting
from measures.services.imports.judging import queries, sql
from measures.services.imports.staging import staging_sql
from partners.permissions import Access


@dataclass
class Levels:
    """For each item of the file the level its regions and occupations will have; None: as it is."""

    items: list[int] = field(default_factory=list)
    region_levels: list[str | None] = field(default_factory=list)
    occupation_levels: list[int | None] = field(default_factory=list)

    def only(self, items: Collection[int]) -> "Levels":
        kept = [place for place, item in enumerate(self.items) if item in items]
        return Levels(
            [self.items[place] for place in kept],
            [self.region_levels[place] for place in kept],
            [self.occupation_levels[place] for place in kept],
        )

    def params(self) -> dict[str, Any]:
        return {
            "items": self.items,
            "region_levels": self.region_levels,
            "occupation_levels": self.occupation_levels,
        }


def compare(run: ImportRun, access: Access) -> None:
    """Compare every staged row with what is stored and asked for now, and judge it again."""
    with connection.cursor() as cursor:
        cursor.execute(sql.FORGET_ITEMS_GONE, {"run": run.pk})
    queries.forget(run, ["data_as_of_older"])
    differ(run)
    judge(run, access)


def judge(run: ImportRun, *rights: Access) -> None:
    """Hold what cannot be written by all these rights, list what a person should look at, and count."""
    with expecting(run.staged_count):
        _judge(run, rights)


def _judge(run: ImportRun, rights: Sequence[Access]) -> None:
    hold(run, sql.not_due())
    hold(run, sql.not_asked())
    hold(run, sql.not_of_round())
    levels = levels_of(run)
    if levels.items:
        hold(run, sql.off_level(), levels.params())
    _hold_what_may_not_change(run, rights)
    asked = queries.hold(run)
    note_submissions(run)
    _ask_about_older_data(run)
    queries.ask(run, asked)
    group_by_cause(run)
    count(run)


def group_by_cause(run: ImportRun) -> None:
    """Give the problems that were found since the file was read their causes."""
    with connection.cursor() as cursor:
        cursor.execute(staging_sql.ADD_LATER_CAUSES, {"run": run.pk})
        if cursor.rowcount:
            cursor.execute(staging_sql.LINK_LATER_PROBLEMS, {"run": run.pk})


def differ(run: ImportRun) -> int:
    """Compare with what is stored now; returns how many verdicts moved."""
    with expecting(run.staged_count), connection.cursor() as cursor:
        cursor.execute(sql.compare(), {"run": run.pk})
        return cursor.rowcount


def hold(run: ImportRun, found: str, params: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.HOLD.format(found=found), {"run": run.pk, **(params or {})})


def levels_of(run: ImportRun) -> Levels:
    """One level per item: that of its stored figures, else the one most of the file's rows have."""
    regions: dict[int, Counter[str]] = defaultdict(Counter)
    occupations: dict[int, Counter[int]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(sql.LEVELS_IN_FILE, {"run": run.pk})
        for item_id, region_level, digits, rows in cursor.fetchall():
            if region_level != "unassigned":
                regions[item_id][region_level] += rows
            occupations[item_id][digits] += rows if digits else 0
        cursor.execute(sql.LEVELS_STORED, {"items": list(occupations)})
        stored = {item_id: (region_level, digits) for item_id, region_level, digits in cursor.fetchall()}
    levels = Levels()
    for item_id, digits_found in occupations.items():
        region_level, digits = stored.get(item_id, (None, None))
        levels.items.append(item_id)
        levels.region_levels.append(region_level or _most_frequent(regions[item_id]))
        levels.occupation_levels.append(digits or _most_frequent(digits_found) or None)
    return levels


def _most_frequent(found: Counter[Any]) -> Any:
    return found.most_common(1)[0][0] if found else None


def note_submissions(run: ImportRun) -> None:
    """Ask which submissions would change; kept with the run, so that no page has to."""
    with connection.cursor() as cursor:
        cursor.execute(sql.submissions_to_change(), {"run": run.pk})
        run.submissions_to_change = [row[0] for row in cursor.fetchall()]


def submissions_to_change(run: ImportRun) -> QuerySet[Submission]:
    submissions: QuerySet[Submission] = (
        Submission.objects.filter(pk__in=run.submissions_to_change)
        .select_related("round", "organisation")
        .order_by("round__year", "organisation__sort_key")
    )
    return submissions


def _hold_what_may_not_change(run: ImportRun, rights: Sequence[Access]) -> None:
    if all(access.manages_data for access in rights):
        return
    note_submissions(run)
    obstacles = {
        submission: code
        for submission in submissions_to_change(run)
        for access in reversed(rights)  # of several obstacles that of the first
        if (code := import_obstacle(access, submission))
    }
    if obstacles:
        params = {
            "submissions": [submission.pk for submission in obstacles],
            "codes": list(obstacles.values()),
            "params": [json.dumps(described(submission)) for submission in obstacles],
        }
        hold(run, sql.in_submissions(), params)


def described(submission: Submission) -> dict[str, str]:
    """The parameters of a problem about a submission that may not change."""
    return {
        "organisation": submission.organisation.short_name,
        "year": str(submission.round.year),
        "closes_on": date_format(submission.closes_on, "d.m.Y"),
    }


def dated_sheets(run: ImportRun) -> dict[str, Any]:
    """The day the data of each sheet are as of, where the file states it; the latest of several tables."""
    dates: dict[str, dt.date] = {}
    for table in run.tables:
        if table["as_of"]:
            as_of = dt.date.fromisoformat(table["as_of"])
            dates[table["sheet"]] = max(as_of, dates.get(table["sheet"], as_of))
    return {"sheets": list(dates), "dates": list(dates.values())}


def _ask_about_older_data(run: ImportRun) -> None:
    dated = dated_sheets(run)
    if dated["sheets"]:
        with connection.cursor() as cursor:
            cursor.execute(sql.OLDER_DATA, {"run": run.pk, **dated})


def count(run: ImportRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.COUNTS, {"run": run.pk})
        counted = {verdict: (rows, absent) for verdict, rows, absent in cursor.fetchall()}
    for verdict in Verdict:
        setattr(run, f"{verdict.value}_count", counted.get(verdict.value, (0, 0))[0])
    run.absent_count = sum(
        absent for verdict, (_rows, absent) in counted.items() if verdict != Verdict.HELD.value
    )
