"""What a check would have found in a round, before it counts for anybody: a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from measures.checks import Finding, run_checks
from measures.models import PlausibilityCheck, ReportingRound, Submission
from measures.selectors.checks.definitions import definition_of
from measures.selectors.checks.facts import submission_facts
from measures.selectors.checks.findings import load_items


@dataclass(frozen=True)
class Trial:
    """``judged``: submissions with anything recorded; ``found_in``: those of them with findings."""

    judged: int
    found_in: int
    findings: Sequence[Finding]
    organisations: dict[int, str]

    @property
    def cells(self) -> int:
        return len({finding.cell_name for finding in self.findings})


def trial(check: PlausibilityCheck, reporting_round: ReportingRound) -> Trial:
    """The check as it is now, whatever its years and waivers say, on what is recorded now."""
    organisations = dict(
        Submission.objects.filter(round=reporting_round)
        .begun()
        .order_by("organisation__sort_key")
        .values_list("pk", "organisation__short_name")
    )
    definition = replace(definition_of(check), valid_from=0, valid_until=None)
    facts = submission_facts(load_items(organisations), [definition])
    findings = run_checks([definition], facts)
    return Trial(
        judged=len(organisations),
        found_in=len({finding.submission_id for finding in findings}),
        findings=findings,
        organisations=organisations,
    )
