import datetime as dt
from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from measures.enums import TOTAL, Audience, CheckStatus, CommitmentState, Severity
from measures.rules.rights import organisations_with_any
from measures.workflow import (
    RECORD,
    WORKFLOW,
    ListedStatus,
    SubmissionFact,
    SubmissionStatus,
    sql_list,
)
from measures.workflow_triggers import fact
from partners.enums import OrganisationKind
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

    def focused_on(self, access: Access) -> Self:
        """For lists: those of the organisation that the person has chosen to work for, or all."""
        return self.of_any(access.focus)

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


# As text: it is asked with every cell that is saved, and would take longer to put together than to answer.
_ASKED_BREAKDOWN = """(
    SELECT asked.breakdown FROM measures_roundindicator asked
    JOIN measures_submission s ON s.round_id = asked.round_id
    WHERE s.id = measures_item.submission_id AND asked.indicator_id = measures_item.indicator_id
)"""


def _has_broken_down(column: str) -> RawSQL:
    """Whether any figure of the item is of something else than the total of this column."""
    broken_down = f"""EXISTS (
        SELECT FROM measures_figure f WHERE f.item_id = measures_item.id AND f.{column} <> '{TOTAL}'
    )"""
    return RawSQL(broken_down, (), output_field=models.BooleanField())  # noqa: S611  # our own text


class ItemQuerySet(models.QuerySet[Any]):
    def with_listed_status(self) -> Self:
        """The status of their submissions for people."""
        return self.annotate(listed_status=listed_status("submission__"))

    def with_asked_breakdown(self) -> Self:
        """By what the round asks for each indicator: all that the indicator has, or less.

        What is recorded by a breakdown stays in sight although the round does not ask for it.
        """
        asked = RawSQL(_ASKED_BREAKDOWN, (), output_field=ArrayField(models.CharField()))  # noqa: S611  # our own text
        return self.annotate(
            asked_breakdown=Coalesce(asked, F("indicator__breakdown")),
            has_target_groups=_has_broken_down("target_group_id"),
            has_occupations=_has_broken_down("occupation_id"),
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
    def over_occupations(self) -> Self:
        """The totals over all occupations, without those of main groups."""
        return self.filter(occupation=TOTAL)


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

    def focused_on(self, access: Access) -> Self:
        """For lists: those from or about the organisation that the person has chosen to work for, or all."""
        if access.focus is None:
            return self
        own = list(access.focus)
        return self.filter(
            Q(supplier__in=own) | Q(supplier=None, sent_for__overlap=own) | Q(organisations__overlap=own)
        )


class ControlTotalQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those over one's own regions, those over organisations that are all one's own, or all."""
        if access.reads_all:
            return self
        own = list(access.uploads_for)
        is_over_own = Q(import_run__organisations__contained_by=own) & ~Q(import_run__organisations=[])
        return self.filter(Q(organisation__in=own) | (Q(organisation=None) & is_over_own))

    def stated_with(self, submission: models.Model) -> Self:
        """Those that the files state which brought figures of this submission, for what it is asked."""
        return (
            self.filter(
                import_run__figures__item__submission=submission,
                indicator__items__submission=submission,
                year=F("indicator__items__submission__round__year"),
            )
            .select_related("indicator", "region", "target_group", "import_run")
            .distinct()
        )


class ConfirmedQuerySet(models.QuerySet[Any]):
    """Profiles and names confirmed of a supplier's files."""

    def visible_to(self, access: Access) -> Self:
        if access.reads_all:
            return self
        return self.filter(supplier__in=access.acts_for)

    def focused_on(self, access: Access) -> Self:
        """For lists: those of the organisation that the person has chosen to work for, or all."""
        return self if access.focus is None else self.filter(supplier__in=access.focus)


class FigureUseQuerySet(models.QuerySet[Any]):
    def of_number(
        self, indicator: str, year: int, region: str | None = None, target_group: str = TOTAL
    ) -> Self:
        """The versions that a number in a report was added up from, of all target groups or of one."""
        uses = self.filter(
            version__item__indicator__code=indicator,
            version__item__submission__round__year=year,
            version__target_group=target_group,
        )
        return uses if region is None else uses.filter(version__region=region)


def own_organisations(access: Access) -> list[int]:
    """Those a person works for; an IT provider is no partner of the Alliance."""
    return [
        each.organisation_id
        for each in access.memberships
        if each.organisation.kind != OrganisationKind.SERVICE_PROVIDER
    ]


class MeetingQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those open to all partners, for whoever works for one, and those that the person takes part in."""
        if access.reads_all:
            return self
        if not access.roles:
            return self.none()
        own = own_organisations(access)
        invited = self.model.organisations.through.objects.filter(
            meeting=OuterRef("pk"), organisation__in=own
        )
        named = self.model.people.through.objects.filter(meeting=OuterRef("pk"), user=access.user_id)
        is_open = Q(audience=Audience.PARTNERS) if own else Q(pk__in=[])
        return self.filter(is_open | Exists(invited) | Exists(named))


def _share(resolution: str, *states: CommitmentState) -> Exists:
    commitments = apps.get_model("measures", "Commitment").objects
    return Exists(commitments.filter(resolution=OuterRef(resolution), state__in=states))


class ResolutionQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those of meetings that the person sees, and those that their organisations are responsible for."""
        if access.reads_all:
            return self
        meetings = apps.get_model("measures", "Meeting").objects.visible_to(access)
        commitments = apps.get_model("measures", "Commitment").objects
        own = commitments.filter(resolution=OuterRef("pk"), organisation__in=list(access.acts_for))
        return self.filter(Q(meeting__in=meetings.values("pk")) | Exists(own))

    def with_state(self) -> Self:
        """``state``: what follows from the commitments; the worst of them, and kept only with all of them."""
        states = CommitmentState
        return self.annotate(
            state=Case(
                When(_share("pk", states.NOT_KEPT), then=Value(states.NOT_KEPT.value)),
                When(_share("pk", states.IN_WORK), then=Value(states.IN_WORK.value)),
                When(_share("pk", states.OPEN) & _share("pk", states.KEPT), then=Value(states.IN_WORK.value)),
                When(_share("pk", states.OPEN), then=Value(states.OPEN.value)),
                When(_share("pk", states.KEPT), then=Value(states.KEPT.value)),
                When(_share("pk", states.DROPPED), then=Value(states.DROPPED.value)),
                default=Value(states.OPEN.value),
                output_field=models.CharField(),
            )
        )


class CommitmentQuerySet(models.QuerySet[Any]):
    def focused_on(self, access: Access) -> Self:
        """For lists: those of the organisation that the person has chosen to work for, or all."""
        return self if access.focus is None else self.filter(organisation__in=access.focus)

    def unfinished(self) -> Self:
        return self.filter(state__in=CommitmentState.unfinished)

    def with_report(self) -> Self:
        """``newest_report``: its id; ``waits``: nobody has decided on it yet."""
        reports = apps.get_model("measures", "CommitmentReport").objects.filter(commitment=OuterRef("pk"))
        newest = Subquery(reports.order_by("-pk").values("pk")[:1])
        return self.annotate(newest_report=newest).annotate(
            waits=Exists(reports.filter(pk__gt=Coalesce(OuterRef("state_report"), Value(0))))
        )


class PlausibilityCheckQuerySet(models.QuerySet[Any]):
    def in_order(self) -> Self:
        """Those that count, then drafts, then what has ended; of each errors before queries and notes."""
        statuses = [CheckStatus.ACTIVE, CheckStatus.DRAFT, CheckStatus.ENDED]
        return self.order_by(
            Case(*(When(status=each, then=place) for place, each in enumerate(statuses))),
            Case(*(When(severity=each, then=each.rank) for each in Severity)),
            "code",
        )

    def counting(self) -> Self:
        """Those that count, each for the years of its validity; a draft counts for nobody."""
        return self.exclude(status=CheckStatus.DRAFT).filter(
            Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))
        )

    def counting_in(self, year: int) -> Self:
        return self.counting().filter(Q(valid_until=None) | Q(valid_until__gte=year), valid_from__lte=year)


class CheckWaiverQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Those for all, those of one's own organisations, or all."""
        if access.reads_all:
            return self
        return self.filter(Q(organisation=None) | Q(organisation__in=access.acts_for))

    def in_force(self) -> Self:
        """Those that nobody has ended early; each counts in its own years."""
        return self.filter(ended_at=None)
