"""Which rule of the database refused a change."""

from django.db import IntegrityError


def broken_rule(error: IntegrityError) -> str:
    """The name of the constraint or trigger rule that refused the change."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
