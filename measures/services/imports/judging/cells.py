"""The plausibility checks, asked of the cells of submissions as they would be once an import is applied.

The rules are those of the pages (``measures.checks``), and so are the facts, but for where figures are read:
a ``FigureSource`` puts the pending rows of the import in the place of what is stored. A finding belongs to
a file if a pending row of the file is in its cell, or in one that it is compared with.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils.translation import override

from measures.checks import Definition, Finding, Place
from measures.enums import CheckKind, Severity, TotalBasis
from measures.models import ImportRun, Item, PlausibilityCheck
from measures.rules.rounding import rounded
from measures.selectors.checks.definitions import compared_with, definition_of
from measures.selectors.checks.facts import LoadedItems, load_beside
from measures.selectors.checks.findings import findings_of, load_items
from measures.selectors.plausibility import FigureSource, load_names
from measures.services.imports.judging import checks_sql, sql
from measures.services.imports.judging.rules import QueryRule

_SUBMISSIONS_AT_ONCE = 600
"""Four years of all chambers: what the import would leave is worked out once for them, from all its rows."""


class _CellFinding(NamedTuple):
    """A finding in both languages, and which of its cells state a total of their own."""

    german: Finding
    english: Finding
    item: Item
    stated: frozenset[Place]


def rules(
    run: ImportRun,
    checks: Sequence[PlausibilityCheck],
    source: FigureSource,
    rows: Sequence[int] | None = None,
) -> list[QueryRule]:
    """What these checks find as it stands now: a rule for each check that found anything.

    ``source``: what is expected of the import. ``rows``: only in the submissions that these rows belong to.
    """
    by_code = {check.code: check for check in checks}
    found: dict[str, list[_CellFinding]] = defaultdict(list)
    submissions = _submissions(run, source, rows)
    indicators = _indicators(checks, source)
    for first in range(0, len(submissions), _SUBMISSIONS_AT_ONCE):
        several = submissions[first : first + _SUBMISSIONS_AT_ONCE]
        for each in _findings(several, indicators, checks, source):
            found[each.german.code].append(each)
    return [_rule(by_code[code], of_check) for code, of_check in found.items()]


def expect(run: ImportRun) -> FigureSource:
    """From now on in this transaction, expect the pending rows of this import to be applied."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("What is expected lasts as long as a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.import_judged', %(run)s::text, true)", {"run": run.pk})
        cursor.execute(sql.ITEMS_TO_CHANGE, {"run": run.pk})
        return FigureSource(frozenset(row[0] for row in cursor.fetchall()))


def _submissions(run: ImportRun, source: FigureSource, rows: Sequence[int] | None) -> list[int]:
    """Those of one organisation in a row, so that most of the years they are compared with are read once."""
    if rows is None:
        changed = Item.objects.filter(pk__in=source.expected).order_by(
            "submission__organisation", "submission"
        )
        return list(dict.fromkeys(changed.values_list("submission", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute(sql.submissions_to_change(sql.CHOSEN_ROWS), {"run": run.pk, "rows": list(rows)})
        return [row[0] for row in cursor.fetchall()]


def _indicators(checks: Sequence[PlausibilityCheck], source: FigureSource) -> set[str]:
    """Those that the file has values of, and those that a check compares them with."""
    changed = Item.objects.filter(pk__in=source.expected).values_list("indicator__code", flat=True).distinct()
    return compared_with(_definitions(checks), changed)


def _findings(
    submissions: Sequence[int],
    indicators: Collection[str],
    checks: Sequence[PlausibilityCheck],
    source: FigureSource,
) -> Iterator[_CellFinding]:
    with override("de"):
        loaded = load_items(submissions, source, indicators=indicators)
        loaded = replace(loaded, beside=load_beside(loaded, _definitions(checks)))
        german = _of_file(loaded, checks)
    if not german:
        return
    concerned, codes = {each.submission_id for each in german}, {each.code for each in german}
    with override("en"):
        items = [item for item in loaded.items if item.submission_id in concerned]
        found = [check for check in checks if check.code in codes]
        english = _of_file(replace(loaded, items=items, names=load_names()), found)
    by_number = {item.pk: item for item in items}
    for one, other in zip(german, english, strict=True):
        yield _CellFinding(one, other, by_number[one.item_id], _stated(_places(one), loaded))


def _of_file(loaded: LoadedItems, checks: Sequence[PlausibilityCheck]) -> list[Finding]:
    """What is found where items change, and is not waived."""
    return [
        finding
        for finding in findings_of(loaded, _definitions(checks))
        if not finding.waived and any(place.item_id in loaded.source.expected for place in _places(finding))
    ]


def _definitions(checks: Sequence[PlausibilityCheck]) -> list[Definition]:
    return [definition_of(check) for check in checks]


def _places(finding: Finding) -> tuple[Place, ...]:
    return tuple(dict.fromkeys((Place(finding.item_id, finding.key), *finding.others)))


def _stated(places: Sequence[Place], loaded: LoadedItems) -> frozenset[Place]:
    totals = {place: loaded.item_totals.totals.get(place.item_id, {}).get(place.key) for place in places}
    return frozenset(
        place for place, total in totals.items() if total is None or total.basis == TotalBasis.STATED
    )


def _rule(check: PlausibilityCheck, found: Sequence[_CellFinding]) -> QueryRule:
    severity = Severity(check.severity)
    places = [
        (number, rank, place, place in each.stated)
        for number, each in enumerate(found)
        for rank, place in enumerate(_places(each.german))
    ]
    return QueryRule(
        name=check.code,
        problem=_problem(check),
        severity=severity,
        statement=checks_sql.cells_held if severity == Severity.ERROR else checks_sql.cells_asked,
        settings={
            "with_parts": check.kind == CheckKind.SUM_OF_PARTS,
            "causes": [_cause(each) for each in found],
            "params": [json.dumps(_params(check, each)) for each in found],
            "items": [each.german.item_id for each in found],
            "regions": [each.german.key.region for each in found],
            "groups": [each.german.key.target_group for each in found],
            "values": [each.german.value for each in found],
            "absences": [each.german.absence for each in found],
            "place_numbers": [number for number, _rank, _place, _is_stated in places],
            "place_ranks": [rank for _number, rank, _place, _is_stated in places],
            "place_items": [place.item_id for _number, _rank, place, _is_stated in places],
            "place_regions": [place.key.region for _number, _rank, place, _is_stated in places],
            "place_groups": [place.key.target_group for _number, _rank, place, _is_stated in places],
            "place_stated": [is_stated for _number, _rank, _place, is_stated in places],
        },
    )


def _problem(check: PlausibilityCheck) -> str:
    """The type of problem whose sentence fits: two kinds have one of their own, the others the finding's."""
    if check.severity == Severity.ERROR:
        return "group_within_total" if check.kind == CheckKind.PART_OF_TOTAL else "finding_holds"
    return "no_jump_from_last_year" if check.kind == CheckKind.CHANGE else "finding_asks"


def _cause(found: _CellFinding) -> str:
    return f"{found.item.indicator.code}|{found.item.submission.round.year}"


def _params(check: PlausibilityCheck, found: _CellFinding) -> dict[str, Any]:
    indicator, year = found.item.indicator, found.item.submission.round.year
    kept = found.german.values
    values = {name: _plain(value) for name, value in kept.items()}
    params = {
        "indicator_de": indicator.name_de,
        "indicator_en": indicator.name_en,
        "check_de": check.text_de,
        "check_en": check.text_en,
        "finding_de": found.german.text,
        "finding_en": found.english.text,
        "together": f"{found.item.submission_id}|{found.german.key.region}|{check.code}",
        "year": str(year),
        **values,
    }
    if check.kind == CheckKind.CHANGE:
        params |= {"year": str(year - 1), "change": change_in_words(kept["now"], kept["before"])}
    return params


def _plain(value: Any) -> str:
    return f"{value.normalize():f}"


def change_in_words(now: Decimal, before: Decimal) -> str:
    """In whole per cent, with a sign; the difference itself where there was nothing to take a share of."""
    sign, change = "+" if now > before else "−", abs(now - before)
    return (
        f"{sign}{rounded(change / before * 100)}\N{NO-BREAK SPACE}%"
        if before > 0
        else f"{sign}{_plain(change)}"
    )
