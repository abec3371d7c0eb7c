"""Loading what the checks judge: the figures of submissions and those of the year before."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from measures.checks import Finding, ItemFacts, run_checks
from measures.checks.rules import Key
from measures.enums import Origin
from measures.models import Figure, Item, TargetGroup

LastYear = dict[tuple[int, int], dict[Key, Figure]]
"""Figures of the year before by organisation and indicator."""


def figures_of_last_year(items: Iterable[Item]) -> LastYear:
    """The current figures of the same organisations and indicators in the preceding round: one query."""
    items = list(items)
    found: LastYear = defaultdict(dict)
    figures = Figure.objects.filter(
        item__indicator__in={item.indicator_id for item in items},
        item__submission__organisation__in={item.submission.organisation_id for item in items},
        item__submission__round__year__in={item.submission.round.year - 1 for item in items},
    ).select_related("item__submission")
    for figure in figures:
        owner = (figure.item.submission.organisation_id, figure.item.indicator_id)
        found[owner][key_of(figure)] = figure
    return found


def key_of(figure: Figure) -> Key:
    return Key(figure.region_id, str(figure.occupation_id), str(figure.target_group_id))


def facts_of(items: Iterable[Item], figures: Iterable[Figure], last_year: LastYear) -> list[ItemFacts]:
    """Put together what the checks need from rows already loaded."""
    by_item: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_item[figure.item_id].append(figure)
    names = {group.code: group.name for group in TargetGroup.objects.all()}
    facts = []
    for item in items:
        before = last_year.get((item.submission.organisation_id, item.indicator_id), {})
        facts.append(
            ItemFacts(
                item_id=item.pk,
                submission_id=item.submission_id,
                indicator=item.indicator.name,
                may_be_negative=item.indicator.may_be_negative,
                year=item.submission.round.year,
                values={key_of(figure): figure.value for figure in by_item[item.pk]},
                imported=frozenset(
                    key_of(figure) for figure in by_item[item.pk] if figure.origin == Origin.IMPORT
                ),
                last_year={
                    key: Decimal(figure.value) for key, figure in before.items() if figure.value is not None
                },
                target_group_names=names,
            )
        )
    return facts


def findings_by_submission(submission_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """What the checks find in each submission; one without findings is left out. Four queries."""
    items = list(
        Item.objects.filter(submission__in=list(submission_ids)).select_related(
            "indicator", "submission__round"
        )
    )
    figures = Figure.objects.filter(item__in=items)
    facts = facts_of(items, figures, figures_of_last_year(items))
    owner = {item.pk: item.submission_id for item in items}
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in run_checks(facts):
        found[owner[finding.item_id]].append(finding)
    return dict(found)
