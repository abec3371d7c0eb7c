"""The audits of what waits for its release: stored with each snapshot, made anew after other releases."""

import logging

from reporting.models import DisclosureAudit, ProgressReport, Snapshot
from reporting.selectors.disclosure import audit_snapshot, valid_audit

logger = logging.getLogger(__name__)


def audit_waiting() -> None:
    """Audit the snapshots whose newest editions wait for their release or publication.

    One that cannot be audited holds up no other; without an audit its editions are not released.
    """
    waiting = ProgressReport.objects.newest_waiting()
    for snapshot_id in set(waiting.values_list("snapshot", flat=True)):
        try:
            audit(snapshot_id=snapshot_id)
        except Exception:
            logger.exception("Snapshot %s could not be audited", snapshot_id)


def audit(*, snapshot_id: int) -> None:
    """Audit a snapshot, unless its audit still holds."""
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    if valid_audit(snapshot) is not None:
        return
    made = audit_snapshot(snapshot)
    columns = ("earlier", "software_version", "findings", "at")
    DisclosureAudit.objects.update_or_create(
        snapshot=snapshot, defaults={column: getattr(made, column) for column in columns}
    )
