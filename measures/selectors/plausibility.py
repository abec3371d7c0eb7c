"""Load what the plausibility checks judge: the totals of submissions, and those of the year before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models.functions import Coalesce, Mod
from django.utils.translation import gettext as _

from measures.checks import Finding, ItemFacts, Key, StatedFigure, run_checks
from measures.checks.rules import ROUNDED_TO
from measures.enums import TOTAL, Origin, Severity, TotalBasis
from measures.models import CurrentTotal, Figure, FigureExplanation, Item, TargetGroup
from measures.typed_values import Entry
from partners.models import Region

Owner = tuple[int, int]
"""Organisation and indicator."""


@dataclass(frozen=True)
class DimensionNames:
    """What regions and target groups are called, by code and in their order."""

    regions: Mapping[str, str]
    groups: Mapping[str, str]


def load_names() -> DimensionNames:
    return DimensionNames(
        regions={region.code: region.name for region in Region.objects.all()},
        groups={group.code: group.name for group in TargetGroup.objects.all()},
    )


def totals_of(items: Iterable[Item]) -> dict[int, dict[Key, CurrentTotal]]:
    found: dict[int, dict[Key, CurrentTotal]] = defaultdict(dict)
    for total in CurrentTotal.objects.filter(item__in=[item.pk for item in items]):
        found[total.item_id][Key(total.region_id, total.target_group_id)] = total
    return found


def last_year_of(items: Collection[Item]) -> dict[Owner, dict[Key, Entry]]:
    """What the same organisations stated on the same indicators in the preceding round: two queries."""
    before = {
        pk: (organisation_id, indicator_id)
        for pk, organisation_id, indicator_id in Item.objects.filter(
            indicator__in={item.indicator_id for item in items},
            submission__organisation__in={item.submission.organisation_id for item in items},
            submission__round__year__in={item.submission.round.year - 1 for item in items},
        ).values_list("pk", "submission__organisation", "indicator")
    }
    found: dict[Owner, dict[Key, Entry]] = defaultdict(dict)
    for total in CurrentTotal.objects.filter(item__in=list(before)):
        entry = Entry(value=total.value, absence=total.absence)
        found[before[total.item_id]][Key(total.region_id, total.target_group_id)] = entry
    return found


def facts_of(
    items: Collection[Item],
    totals: Mapping[int, Mapping[Key, CurrentTotal]],
    last_year: Mapping[Owner, Mapping[Key, Entry]],
    names: DimensionNames,
) -> list[ItemFacts]:
    """Put together what the checks need; one query, for which items are rounded."""
    unrounded = set(
        Figure.objects.filter(item__in=[item.pk for item in items])
        .annotate(remainder=Coalesce(Mod("value", ROUNDED_TO), Decimal(0)))
        .exclude(origin=Origin.IMPORT, remainder=0)
        .values_list("item", flat=True)
        .distinct()
    )
    facts = []
    for item in items:
        statements = totals.get(item.pk, {})
        before = last_year.get((item.submission.organisation_id, item.indicator_id), {})
        several_regions = len({key.region for key in statements}) > 1
        facts.append(
            ItemFacts(
                item_id=item.pk,
                indicator=item.indicator.name,
                may_be_negative=item.indicator.may_be_negative,
                year=item.submission.round.year,
                statements={key: _statement(total) for key, total in statements.items()},
                is_rounded=bool(statements) and item.pk not in unrounded,
                last_year={key: entry.value for key, entry in before.items() if entry.value is not None},
                labels={
                    key: f"{names.regions[key.region]}, {names.groups[key.target_group]}"
                    if several_regions
                    else names.groups[key.target_group]
                    for key in statements
                },
            )
        )
    return facts


def findings_by_submission(submission_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """What the checks find in each submission that they find anything in, in a constant number of queries."""
    items = list(
        Item.objects.filter(submission__in=list(submission_ids)).select_related(
            "indicator", "submission__round"
        )
    )
    owner = {item.pk: item.submission_id for item in items}
    found: dict[int, list[Finding]] = defaultdict(list)
    totals = totals_of(items)
    findings = run_checks(facts_of(items, totals, last_year_of(items), load_names()))
    for finding in with_explanations(findings, totals):
        found[owner[finding.item_id]].append(finding)
    return dict(found)


def with_explanations(
    findings: list[Finding], totals: Mapping[int, Mapping[Key, CurrentTotal]]
) -> list[Finding]:
    """The same findings; queries about a value that was explained and is unchanged become notes."""
    asked = {finding.item_id for finding in findings if finding.severity == Severity.QUERY}
    if not asked:
        return findings
    explanations = {
        (each.item_id, Key(each.region_id, each.target_group_id), each.rule): each
        for each in FigureExplanation.objects.filter(item__in=asked, occupation=TOTAL)
    }
    return [_explained(finding, explanations, totals) for finding in findings]


def _explained(
    finding: Finding,
    explanations: Mapping[tuple[int, Key, str], FigureExplanation],
    totals: Mapping[int, Mapping[Key, CurrentTotal]],
) -> Finding:
    known = explanations.get((finding.item_id, finding.key, finding.code))
    if known is None or finding.severity != Severity.QUERY:
        return finding
    if totals[finding.item_id][finding.key].value != known.value:
        return finding
    text = _("%(finding)s Explained: “%(explanation)s”.") % {
        "finding": finding.text,
        "explanation": known.text,
    }
    return replace(finding, severity=Severity.NOTE, text=text)


def _statement(total: CurrentTotal) -> StatedFigure:
    return StatedFigure(
        value=total.value,
        is_stated=total.basis == TotalBasis.STATED,
        parts=total.parts,
        parts_absent=total.parts_absent,
        parts_sum=total.parts_sum,
    )
