import datetime as dt
from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from measures.enums import TOTAL
from measures.rules.rights import organisations_with, organisations_with_any
from measures.workflow import (
    RECORD,
    WORKFLOW,
    ListedStatus,
    Right,
    SubmissionFact,
    SubmissionStatus,
    sql_list,
)
from measures.workflow_triggers import fact
from partners.models import Affiliation
from partners.permissions import Access


def listed_status(submission: str = "") -> Case:
    """The status for people: a draft without any item recorded has not been begun.

    ``submission`` is the way from the row to its submission, such as ``submission__``.
    """
    figures = apps.get_model("measures", "Figure").objects.filter(
        item__submission=OuterRef(f"{submission}pk" if submission else "pk")
    )
    is_begun = ~Q(**{f"{submission}status": WORKFLOW.initial}) | Exists(figures)
    return Case(
        When(is_begun, then=F(f"{submission}status")),
        default=Value(ListedStatus.NOT_BEGUN.value),
        output_field=models.CharField(),
    )


class ReportingRoundQuerySet(models.QuerySet[Any]):
    def open(self, day: dt.date | None = None) -> Self:
        today = day or timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def with_counts(self) -> Self:
        """How many are due, and of these how many have begun, are complete and are approved."""
        submissions = (
            apps.get_model("measures", "Submission").objects.due().filter(round=OuterRef("pk")).order_by()
        )
        parts = {
            "due_count": submissions,
            "begun_count": submissions.begun(),
            "complete_count": submissions.complete(),
            "approved_count": submissions.filter(status=ListedStatus.APPROVED),
        }
        return self.annotate(**{name: Subquery(_counted(found)) for name, found in parts.items()})


class SubmissionQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Every list, detail and export starts here: one's own, an umbrella's members', or all."""
        if access.reads_all:
            return self
        return self.filter(organisation__in=access.acts_for)

    def with_listed_status(self) -> Self:
        return self.annotate(listed_status=listed_status())

    def begun(self) -> Self:
        return self.with_listed_status().exclude(listed_status=ListedStatus.NOT_BEGUN)

    def listed_statuses(self) -> dict[int, ListedStatus]:
        """Their statuses for people, by their ids."""
        found = self.order_by().with_listed_status().values_list("pk", "listed_status")
        return {pk: ListedStatus(status) for pk, status in found}

    def named(self, words: str) -> Self:
        """Those of organisations with all these words in their names or code."""
        fields = ("name_de", "name_en", "short_name", "code")
        found = self
        for word in words.split():
            found = found.filter(
                reduce(or_, (Q(**{f"organisation__{field}__icontains": word}) for field in fields))
            )
        return found

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
        items = _items_of_submission()
        return self.annotate(
            item_count=Subquery(_counted(items)),
            reported_count=Subquery(_counted(items.filter(Exists(_figures_of_item())))),
        )

    def due(self) -> Self:
        """Those that are asked for something."""
        return self.filter(Exists(_items_of_submission()))

    def complete(self) -> Self:
        """Those due with something recorded on each item, whatever state they are in."""
        return self.due().exclude(Exists(_items_of_submission().exclude(Exists(_figures_of_item()))))

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


def _items_of_submission() -> models.QuerySet[Any]:
    return apps.get_model("measures", "Item").objects.filter(submission=OuterRef("pk")).order_by()


def _figures_of_item() -> models.QuerySet[Any]:
    return apps.get_model("measures", "Figure").objects.filter(item=OuterRef("pk"))


def _counted(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The number of rows of a subquery."""
    count = Func(F("pk"), function="COUNT", output_field=models.IntegerField())
    return rows.annotate(n=count).values("n")


class ItemQuerySet(models.QuerySet[Any]):
    def with_listed_status(self) -> Self:
        """The status of their submissions for people."""
        return self.annotate(listed_status=listed_status("submission__"))

    def with_asked_breakdown(self) -> Self:
        """By what the round asks for each indicator: all that the indicator has, or less.

        What is recorded by a breakdown stays in sight although the round does not ask for it.
        """
        asked = apps.get_model("measures", "RoundIndicator").objects.filter(
            round=OuterRef("submission__round"), indicator=OuterRef("indicator")
        )
        figures = _figures_of_item()
        return self.annotate(
            asked_breakdown=Coalesce(Subquery(asked.values("breakdown")[:1]), F("indicator__breakdown")),
            has_target_groups=Exists(figures.exclude(target_group=TOTAL)),
            has_occupations=Exists(figures.exclude(occupation=TOTAL)),
        )

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
