"""What the checks find, with what was explained and judged of it, and where a check is waived."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from measures.checks import Definition, Explained, Finding, Key, Waived, run_checks
from measures.enums import TOTAL, Severity
from measures.models import CheckWaiver, FigureExplanation, Item
from measures.selectors.checks.definitions import counting_definitions
from measures.selectors.checks.facts import LoadedItems, submission_facts
from measures.selectors.plausibility import STORED, FigureSource, load_item_totals, load_names


def findings_of(loaded: LoadedItems, definitions: Collection[Definition] | None = None) -> list[Finding]:
    """What the checks that count find in these items, errors first; a constant number of queries."""
    checks = counting_definitions() if definitions is None else definitions
    findings = run_checks(checks, submission_facts(loaded, checks))
    return _with_explanations(_with_waivers(findings, loaded.items))


def load_items(
    submission_ids: Iterable[int],
    source: FigureSource = STORED,
    *,
    indicators: Iterable[str] | None = None,
) -> LoadedItems:
    """``indicators``: only their items."""
    found = Item.objects.filter(submission__in=list(submission_ids))
    if indicators is not None:
        found = found.filter(indicator__code__in=list(indicators))
    items = list(
        found.with_asked_breakdown()
        .select_related("indicator", "submission__round", "submission__organisation__region")
        .order_by("submission__organisation__sort_key", "submission", "indicator__position")
    )
    return LoadedItems(items, load_item_totals(items, source), load_names(), source)


def findings_by_submission(submission_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """What the checks find in each submission that they find anything in, in a constant number of queries."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings_of(load_items(submission_ids)):
        found[finding.submission_id].append(finding)
    return dict(found)


def holding_approval(submission_ids: Iterable[int]) -> dict[int, list[Finding]]:
    """What keeps each of these submissions from being approved, where anything does."""
    found = findings_by_submission(submission_ids)
    held = {pk: [each for each in findings if each.holds_approval] for pk, findings in found.items()}
    return {pk: findings for pk, findings in held.items() if findings}


def _with_waivers(findings: list[Finding], items: Collection[Item]) -> list[Finding]:
    """The same findings; where a check is waived they are notes that say why."""
    if not findings:
        return findings
    waivers = list(
        CheckWaiver.objects.in_force()
        .filter(plausibility_check__code__in={finding.code for finding in findings})
        .select_related("plausibility_check", "given_by")
        .order_by("-last_year", "pk")
    )
    by_item = {item.pk: item for item in items}
    return [_waived(finding, by_item[finding.item_id], waivers) for finding in findings]


def _waived(finding: Finding, item: Item, waivers: Iterable[CheckWaiver]) -> Finding:
    for waiver in waivers:
        if (
            waiver.plausibility_check.code == finding.code
            and waiver.first_year <= item.submission.round.year <= waiver.last_year
            and waiver.organisation_id in (None, item.submission.organisation_id)
            and waiver.indicator_id in (None, item.indicator_id)
        ):
            return finding.waived_with(
                Waived(waiver.pk, waiver.reason, str(waiver.given_by), waiver.last_year)
            )
    return finding


Place = tuple[int, Key, str]
"""Item, cell and rule."""


def _with_explanations(findings: list[Finding]) -> list[Finding]:
    """The same findings; queries about a value that was explained and is unchanged become notes."""
    asked = {finding.item_id for finding in findings if finding.severity == Severity.QUERY}
    if not asked:
        return findings
    explanations: dict[Place, FigureExplanation] = {
        (each.item_id, Key(each.region_id, each.target_group_id), each.rule): each
        for each in FigureExplanation.objects.filter(item__in=asked, occupation=TOTAL).prefetch_related(
            "explained_by", "judged_by"
        )  # most often there is none, and then nobody is looked for
    }
    return [_explained(finding, explanations) for finding in findings]


def _explained(finding: Finding, explanations: Mapping[Place, FigureExplanation]) -> Finding:
    known = explanations.get((finding.item_id, finding.key, finding.code))
    if known is None or finding.severity != Severity.QUERY:
        return finding
    if (known.value, known.absence) != (finding.value, finding.absence):
        return finding
    return finding.explained_with(
        Explained(
            pk=known.pk,
            text=known.text,
            by=str(known.explained_by),
            by_id=known.explained_by_id,
            at=known.explained_at,
            is_accepted=known.is_accepted,
            refusal=known.refusal,
            judged_by=str(known.judged_by or ""),
            judged_at=known.judged_at,
        )
    )
