"""Which rule of the database refused a change, and whether it was only kept waiting."""

from django.db import IntegrityError, OperationalError
from psycopg.errors import LockNotAvailable


def broken_rule(error: IntegrityError) -> str:
    """The name of the constraint or trigger rule that refused the change."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")


def was_kept_waiting(error: OperationalError) -> bool:
    """Whether a change gave up because another one held its rows for longer than lock_timeout."""
    return isinstance(error.__cause__, LockNotAvailable)
