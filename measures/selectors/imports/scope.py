"""Whose files an answer holds for. What was confirmed about one supplier's files never reads another's."""

from dataclasses import dataclass

from measures.models import ImportRun
from partners.models import Organisation
from partners.permissions import Access, access_for


@dataclass(frozen=True)
class Scope:
    """``supplier`` None: the files for which a data steward named nobody."""

    supplier: Organisation | None


def scope_of(run: ImportRun, access: Access) -> Scope | None:
    """The supplier whose answers hold for the file; ``access`` is the uploader's.

    Without a supplier it is the uploader's only organisation. None: the uploader works for several and
    named none, so nothing is remembered and nothing taken over.
    """
    if run.supplier is not None:
        return Scope(run.supplier)
    if access.manages_data:
        return Scope(None)
    organisations = {
        membership.organisation
        for membership in access.memberships
        if membership.organisation_id in access.contributes_to
    }
    return Scope(organisations.pop()) if len(organisations) == 1 else None


def uploader_scope(run: ImportRun) -> Scope | None:
    return scope_of(run, access_for(run.created_by))
