"""Whether what is stored keeps rules 1 to 10 and 15: checks that read the whole database, nothing else."""

from reporting.checks.duties import DUTY_CHECKS
from reporting.checks.files import FILE_CHECKS
from reporting.checks.installed import INSTALLED_CHECKS
from reporting.checks.recomputation import RECOMPUTATIONS
from reporting.checks.rules import RULE_CHECKS
from reporting.checks.running import DatabaseCheck, Violation, run_checks

CHECKS: tuple[DatabaseCheck, ...] = (
    *INSTALLED_CHECKS,
    *RULE_CHECKS,
    *RECOMPUTATIONS,
    *FILE_CHECKS,
    *DUTY_CHECKS,
)

__all__ = ["CHECKS", "DatabaseCheck", "Violation", "run_checks"]
