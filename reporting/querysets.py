import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from partners.enums import OrganisationKind, Role
from partners.models import Organisation
from partners.permissions import Access
from reporting.enums import ProductionStatus, ReportStatus

TRIES = 3


def bodies_of(access: Access) -> frozenset[str]:
    """The scopes of reports about the Länder and umbrellas for which the person works."""
    return frozenset(
        _scope(membership.organisation)
        for membership in access.memberships
        if membership.role in Role.bound_to_organisation
    )


def scope_of(organisation_id: int) -> str:
    """The scope of reports about an organisation, whether or not there are any."""
    return _scope(Organisation.objects.get(pk=organisation_id))


def _scope(organisation: Organisation) -> str:
    return organisation.region_id if organisation.kind == OrganisationKind.LAND else organisation.code


class ProgressReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Released reports are for everyone who is signed in; the rest for those who read everything.

        Who asked for the report of the Land or umbrella they work for sees it before its release as well.
        """
        if access.reads_all:
            return self
        own = Q(requested_by=access.user_id, scope__in=bodies_of(access))
        return self.filter(Q(status__in=ReportStatus.published) | own)

    def of_edition(self, report: Any) -> Self:
        """The reports of the same type, year and scope."""
        return self.filter(report_type=report.report_type, year=report.year, scope=report.scope)

    def newest_waiting(self) -> Self:
        """Of each type, year and scope the last one that waits for its release or publication."""
        edition = ("report_type", "year", "scope")
        waiting = self.filter(status__in=(ReportStatus.READY, ReportStatus.SCHEDULED))
        return waiting.order_by(*edition, "-requested_at", "-pk").distinct(*edition)

    def public(self) -> Self:
        """What everybody reads: published, the withdrawn included, with data protected against disclosure."""
        return self.filter(status__in=ReportStatus.published, manifest__is_public=True)

    def to_publish(self, now: dt.datetime) -> Self:
        """Those decided on for a moment that has come."""
        return self.filter(status=ReportStatus.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")

    def pending(self) -> Self:
        """Reports that wait for a worker or whose worker died. Their data are tried three times."""
        return self.filter(status__in=ReportStatus.pending).filter(
            Q(attempts__lt=TRIES) | Q(snapshot__isnull=False)
        )

    def given_up(self) -> Self:
        """Reports whose data could not be frozen three times."""
        return self.filter(status__in=ReportStatus.pending, snapshot__isnull=True, attempts__gte=TRIES)


class DocumentProductionQuerySet(models.QuerySet[Any]):
    def pending(self) -> Self:
        """Documents that wait for a worker or whose worker died; three tries each."""
        return self.filter(status__in=ProductionStatus.pending, attempts__lt=TRIES)

    def given_up(self) -> Self:
        return self.filter(status__in=ProductionStatus.pending, attempts__gte=TRIES)


class NarrativeQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those who read everything see all texts, others those they are asked for or may write.

        Whoever has left all organisations sees none, asked or not.
        """
        if access.reads_all:
            return self
        if not access.roles:
            return self.none()
        return self.filter(
            models.Q(assignee=access.user_id) | models.Q(organisation__in=list(access.acts_for))
        )


class SavedViewQuerySet(models.QuerySet[Any]):
    def of(self, access: Access) -> Self:
        """A person's own; nobody sees those of others."""
        return self.filter(person_id=access.user_id)

    def pinned(self) -> Self:
        return self.filter(is_pinned=True)

    def due(self, day: dt.date) -> Self:
        """Those whose link is to be written by now, the oldest first."""
        return self.filter(next_on__lte=day).order_by("next_on", "pk")


class ReportScheduleQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """One's own; all, for those who read everything."""
        return self if access.reads_all else self.filter(owner=access.user_id)

    def due(self, now: dt.datetime) -> Self:
        return self.filter(next_at__lte=now).order_by("next_at", "pk")


class ReportPreviewQuerySet(models.QuerySet[Any]):
    def open(self, now: dt.datetime) -> Self:
        """Links that still work: until they end, are withdrawn, or everybody reads the report."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=now,
            report__status__in=(ReportStatus.READY, ReportStatus.SCHEDULED),
        )


class SubscriberQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed_since(self, moment: dt.datetime) -> Self:
        return self.filter(confirmed_at=None, asked_at__lt=moment)
