"""What the plausibility checks have found on a page of cells, by what is to be done about it."""

from collections.abc import Sequence

from measures.checks import Finding
from measures.enums import Severity


class WithFindings:
    findings: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        return self._of(Severity.ERROR)

    @property
    def queries(self) -> list[Finding]:
        return self._of(Severity.QUERY)

    @property
    def explained(self) -> list[Finding]:
        """Queries that somebody has explained and nobody has refused."""
        return [each for each in self.findings if each.explained and not each.explained.is_refused]

    @property
    def waived(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.waived]

    @property
    def notes(self) -> list[Finding]:
        """What is for information alone."""
        return [each for each in self._of(Severity.NOTE) if not each.explained and not each.waived]

    def _of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]
