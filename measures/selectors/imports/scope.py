"""Whose files an answer holds for. What was confirmed about one supplier's files never reads another's."""

from dataclasses import dataclass

from measures.models import ImportRun
from partners.models import Organisation


@dataclass(frozen=True)
class Scope:
    """``supplier`` None: the files for which a data steward named nobody."""

    supplier: Organisation | None


def scope_of(run: ImportRun) -> Scope | None:
    """The supplier whose answers hold for the file.

    Without a supplier it is the only organisation whoever uploaded it recorded for then. None: they recorded
    for several and named none, so nothing is remembered and nothing taken over.
    """
    if run.supplier is not None or not run.sent_for:
        return Scope(run.supplier)
    if len(run.sent_for) > 1:
        return None
    return Scope(Organisation.objects.get(pk=run.sent_for[0]))
