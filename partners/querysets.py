import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

from django.db import connection, models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.enums import Role, TransferStatus

DESCENDANTS = """
WITH RECURSIVE below(id) AS (
    SELECT unnest(%(roots)s::bigint[])
    UNION
    SELECT a.member_id FROM partners_affiliation a JOIN below ON a.umbrella_id = below.id
    WHERE a.valid_from <= %(day)s AND (a.valid_until IS NULL OR a.valid_until >= %(day)s)
)
SELECT id FROM below
"""


def valid_on(day: dt.date) -> Q:
    """Rows whose validity covers ``day``; both ends belong to it."""
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))


class OrganisationQuerySet(models.QuerySet[Any]):
    def valid(self, day: dt.date | None = None) -> Self:
        return self.filter(valid_on(day or timezone.localdate()))

    def with_descendants(self, day: dt.date | None = None) -> Self:
        """These organisations and everyone below them in the tree as it stood on ``day``."""
        roots = list(self.values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(DESCENDANTS, {"roots": roots, "day": day or timezone.localdate()})
            ids = [row[0] for row in cursor.fetchall()]
        return self.model.objects.filter(pk__in=ids)


class AffiliationQuerySet(models.QuerySet[Any]):
    def valid(self, day: dt.date | None = None) -> Self:
        return self.filter(valid_on(day or timezone.localdate()))

    def ancestors_by_member(self, day: dt.date) -> dict[int, set[int]]:
        """For every organisation with an umbrella on ``day``: the ids of all above it."""
        parents: dict[int, list[int]] = defaultdict(list)
        for member_id, umbrella_id in self.valid(day).values_list("member_id", "umbrella_id"):
            parents[member_id].append(umbrella_id)

        def above(member_id: int, seen: set[int]) -> Iterable[int]:
            for umbrella_id in parents.get(member_id, ()):
                if umbrella_id not in seen:
                    seen.add(umbrella_id)
                    yield umbrella_id
                    yield from above(umbrella_id, seen)

        return {member_id: set(above(member_id, set())) for member_id in list(parents)}


class MandateQuerySet(models.QuerySet[Any]):
    def valid(self, day: dt.date | None = None) -> Self:
        return self.filter(valid_on(day or timezone.localdate()))


UNCONFIRMED = Q(role__in=Role.confirm_one_another, granted_by__isnull=False, confirmed_by=None)


class MembershipQuerySet(models.QuerySet[Any]):
    def current(self, day: dt.date | None = None) -> Self:
        """Those of the day, or of today, roles that wait for their confirmation included."""
        return self.filter(valid_on(day or timezone.localdate()), user__is_active=True)

    def active(self, day: dt.date | None = None) -> Self:
        """Those that count on the day, or today."""
        return self.current(day).exclude(UNCONFIRMED)

    def awaiting_confirmation(self) -> Self:
        return self.filter(UNCONFIRMED)


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


class FactorResetQuerySet(models.QuerySet[Any]):
    def undecided(self) -> Self:
        return self.filter(confirmed_at=None, withdrawn_at=None)

    def open(self) -> Self:
        return self.undecided().filter(expires_at__gt=timezone.now())


class ImpersonationQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class OutgoingMailQuerySet(models.QuerySet[Any]):
    def due(self) -> Self:
        """To be sent now, or to be given up because what it holds has run out."""
        now = timezone.now()
        return self.filter(next_try_at__isnull=False).filter(Q(next_try_at__lte=now) | Q(expires_at__lte=now))

    def finished_before(self, moment: dt.datetime) -> Self:
        return self.filter(next_try_at=None, created_at__lt=moment)


class NoticeQuerySet(models.QuerySet[Any]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def awaiting_mail(self) -> Self:
        return self.filter(awaits_mail=True)

    def with_year(self) -> Self:
        """Each with the year of the round it is about, as text; empty where it is about none."""
        return self.annotate(year=Coalesce(KT("facts__year"), Value(""), output_field=models.TextField()))


class ListTransferQuerySet(models.QuerySet[Any]):
    def kept_for(self, person_id: int | None) -> Self:
        """A person's own, for as long as they are kept. Nobody else sees them."""
        return self.filter(person=person_id, expires_at__gt=timezone.now())

    def pending(self) -> Self:
        return self.filter(status__in=TransferStatus.pending)

    def expired(self) -> Self:
        return self.filter(expires_at__lte=timezone.now())
