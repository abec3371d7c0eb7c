import datetime as dt
from collections.abc import Collection
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Greatest
from django.utils import timezone

from measures.rules.rights import organisations_with, organisations_with_any
from measures.workflow import RECORD, Right, SubmissionFact, SubmissionStatus, sql_list
from measures.workflow_triggers import fact
from partners.models import Affiliation
from partners.permissions import Access


class ReportingRoundQuerySet(models.QuerySet[Any]):
    def open(self, day: dt.date | None = None) -> Self:
        today = day or timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)


class SubmissionQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Every list, detail and export starts here: one's own, an umbrella's members', or all."""
        if access.reads_all:
            return self
        return self.filter(organisation__in=access.acts_for)

    def to_record(self, access: Access) -> Self:
        """What waits for this person's own figures today, the most urgent first."""
        return (
            self.in_window()
            .of_any(organisations_with(access, Right.CONTRIBUTES))
            .filter(status__in=RECORD.sources)
            .order_by("last_day", "organisation__sort_key")
        )

    def of_any(self, organisations: Collection[int] | None) -> Self:
        """Those of these organisations; None: of all."""
        return self if organisations is None else self.filter(organisation__in=organisations)

    def in_window(self) -> Self:
        """Of those, the ones whose round is open today, an extension included."""
        today = timezone.localdate()
        return self.annotate(last_day=Greatest("round__closes_on", "extended_until")).filter(
            round__opens_on__lte=today, last_day__gte=today
        )

    def to_fill_in(self, access: Access) -> Self:
        """What this person may bring figures in for today: one's own, one's members', or all."""
        submissions = self.in_window().of_any(organisations_with_any(access, RECORD.rights))
        return submissions.order_by("-round__year", "organisation__sort_key")

    def with_progress(self) -> Self:
        """How many items are due, and on how many there is any figure."""
        items = apps.get_model("measures", "Item").objects.filter(submission=OuterRef("pk")).order_by()
        figures = apps.get_model("measures", "Figure").objects.filter(item=OuterRef("pk"))
        count = Func(F("pk"), function="COUNT", output_field=models.IntegerField())
        return self.annotate(
            item_count=Subquery(items.annotate(n=count).values("n")),
            reported_count=Subquery(items.filter(Exists(figures)).annotate(n=count).values("n")),
        )

    def with_request(self) -> Self:
        """Whether the organisation has asked for it back from review, since it last submitted."""
        in_review = sql_list(SubmissionStatus.in_review)
        asked = fact(SubmissionFact.ASKED_BACK, "measures_submission.id")
        is_open = RawSQL(f"(measures_submission.status IN ({in_review}) AND {asked})", ())  # noqa: S611  # our own text
        return self.annotate(is_asked_back=Cast(is_open, models.BooleanField()))

    def with_umbrella(self) -> Self:
        """Whose member the organisation was on the round's reference date."""
        day = Func(OuterRef("round__year"), 12, 31, function="MAKE_DATE", output_field=models.DateField())
        affiliations = Affiliation.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            member=OuterRef("organisation"),
            valid_from__lte=day,
        )
        return self.annotate(
            umbrella=Subquery(affiliations.values("umbrella__short_name")[:1]),
            umbrella_key=Subquery(affiliations.values("umbrella__sort_key")[:1]),
        )


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        if access.reads_all:
            return self
        return self.filter(submission__organisation__in=access.acts_for)


class FigureQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        if access.reads_all:
            return self
        return self.filter(item__submission__organisation__in=access.acts_for)


class TotalQuerySet(models.QuerySet[Any]):
    pass


class ImportRunQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those made for one's organisations, one's own uploads, or all.

        Who has left an organisation does not find what they uploaded there: of their own they find those with
        figures of somebody they act for, and while they record for all they sent it for, any other.
        """
        if access.reads_all:
            return self
        is_still_theirs = Q(sent_for__contained_by=list(access.contributes_to)) & ~Q(sent_for=[])
        has_theirs = Q(organisations__overlap=list(access.uploads_for))
        return self.filter(
            Q(supplier__in=access.acts_for) | (Q(created_by=access.user_id) & (is_still_theirs | has_theirs))
        )


class ControlTotalQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those over one's own regions, those over organisations that are all one's own, or all."""
        if access.reads_all:
            return self
        own = list(access.uploads_for)
        is_over_own = Q(import_run__organisations__contained_by=own) & ~Q(import_run__organisations=[])
        return self.filter(Q(organisation__in=own) | (Q(organisation=None) & is_over_own))


class ConfirmedQuerySet(models.QuerySet[Any]):
    """Profiles and names confirmed of a supplier's files."""

    def visible_to(self, access: Access) -> Self:
        if access.reads_all:
            return self
        return self.filter(supplier__in=access.acts_for)


class FigureUseQuerySet(models.QuerySet[Any]):
    def of_number(self, indicator: str, year: int, region: str | None = None) -> Self:
        """The versions that a number in a report was added up from."""
        uses = self.filter(
            version__item__indicator__code=indicator, version__item__submission__round__year=year
        )
        return uses if region is None else uses.filter(version__region=region)
