"""What belongs to a review beside its steps: marks on cells, the discussion, steps taken at once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL, AttachmentKind, BatchOutcome, Side
from measures.models.catalogue import Occupation, TargetGroup
from measures.models.rounds import Item, Submission, SubmissionEvent
from measures.review_triggers import (
    MOST_BY_ONE_PERSON,
    append_only,
    batch_triggers,
    entry_triggers,
    mark_triggers,
)
from measures.rules.cells import cell_name
from measures.triggers import never_truncated
from measures.workflow import SubmissionAction
from partners.models import Organisation, Region


class ReviewMark(models.Model):
    """A cell meant by sending a submission back. It is settled once the cell changes or it is answered.

    That the cell has changed follows from its versions; the answer is kept here.
    """

    event = models.ForeignKey(
        SubmissionEvent, on_delete=models.PROTECT, related_name="marks", verbose_name=_("step in review")
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="review_marks", verbose_name=_("item")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("region")
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", db_index=False, default=TOTAL
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", db_index=False, default=TOTAL
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mark of the review")
        verbose_name_plural = _("marks of the review")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "item", "region", "occupation", "target_group"], name="mark_unique_cell"
            ),
            models.CheckConstraint(
                name="mark_answer_has_who_and_when",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]
        triggers = [*mark_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.event}: {self.cell_name}"

    @property
    def cell_name(self) -> str:
        """The name of the cell in the grid of the submission."""
        return cell_name(self.item_id, self.region_id, self.target_group_id)

    @property
    def cell_label(self) -> str:
        """The cell in words."""
        return f"{self.item.indicator.name}, {self.region.name}, {self.target_group.name}"


class Comment(models.Model):
    """What somebody writes about a submission, or about one of its cells. It stays as it was sent."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="comments", verbose_name=_("submission")
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("item")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    text = models.TextField(_("text"), max_length=4000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("by"),
    )
    side = models.CharField(_("side"), max_length=10, choices=Side)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation of the author"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="comment_side_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(
                name="comment_names_a_whole_cell",
                condition=Q(item=None, region=None, target_group=None)
                | Q(item__isnull=False, region__isnull=False, target_group__isnull=False),
            ),
        ]
        triggers = [append_only(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.submission}: {self.text[:40]}"

    @property
    def cell_name(self) -> str:
        """The name of the cell in the grid; empty where the comment is about the whole submission."""
        if self.item_id is None:
            return ""
        return cell_name(self.item_id, self.region_id, self.target_group_id)


class Attachment(models.Model):
    """A file that goes with a comment; its kind was read from its content."""

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("comment")
    )
    name = models.CharField(_("file name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=8, choices=AttachmentKind)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.FileField(_("content"), upload_to="attachments/")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["comment", "pk"]
        constraints = [
            models.CheckConstraint(name="attachment_kind_known", condition=Q(kind__in=AttachmentKind.values))
        ]
        triggers = [append_only(), never_truncated()]

    def __str__(self) -> str:
        return self.name


class ReviewBatch(models.Model):
    """Submissions chosen from a list for the same step, each in the version that was shown.

    More than ``MOST_BY_ONE_PERSON`` approvals wait for somebody else to confirm them, until they expire.
    """

    action = models.CharField(_("action"), max_length=20, choices=SubmissionAction)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    submission_count = models.PositiveIntegerField(_("submissions"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("steps taken at once")
        verbose_name_plural = _("steps taken at once")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_confirmed_by_somebody_else",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="batch_confirmed_in_time_has_who_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__lt=F("expires_at")),
            ),
            models.CheckConstraint(
                name="batch_action_known",
                condition=Q(action__in=[SubmissionAction.APPROVE, SubmissionAction.ENDORSE]),
            ),
            models.CheckConstraint(name="batch_is_of_some", condition=Q(submission_count__gte=1)),
        ]
        triggers = [*batch_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.submission_count}"

    @property
    def needs_second_person(self) -> bool:
        return self.action == SubmissionAction.APPROVE and self.submission_count > MOST_BY_ONE_PERSON

    @property
    def is_expired(self) -> bool:
        return timezone.now() >= self.expires_at

    def is_completed_by(self, user_id: int | None) -> bool:
        """Whether this person takes the steps that are left: who confirmed them, else who chose them."""
        who = self.confirmed_by_id if self.needs_second_person else self.proposed_by_id
        return not self.is_expired and user_id is not None and user_id == who

    @property
    def is_waiting(self) -> bool:
        return self.needs_second_person and self.confirmed_at is None and not self.is_expired


class BatchEntry(models.Model):
    """One submission of those chosen: the version that was shown, and what became of it."""

    batch = models.ForeignKey(
        ReviewBatch, on_delete=models.PROTECT, related_name="entries", verbose_name=_("steps taken at once")
    )
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="+", verbose_name=_("submission")
    )
    place = models.PositiveIntegerField(_("place"))
    seen = models.CharField(_("version seen"), max_length=90)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=BatchOutcome, default=BatchOutcome.PENDING
    )

    class Meta:
        verbose_name = _("submission chosen")
        verbose_name_plural = _("submissions chosen")
        ordering = ["batch", "place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "submission"], name="batch_entry_unique_submission"),
            models.UniqueConstraint(fields=["batch", "place"], name="batch_entry_unique_place"),
            models.CheckConstraint(
                name="batch_entry_outcome_known", condition=Q(outcome__in=BatchOutcome.values)
            ),
        ]
        triggers = [*entry_triggers(), never_truncated()]

    def __str__(self) -> str:
        return f"{self.batch}: {self.submission}"
