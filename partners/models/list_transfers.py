import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import TransferDirection, TransferProblem, TransferStatus
from partners.querysets import ListTransferQuerySet

KEPT_FOR = dt.timedelta(days=1)


def default_expiry() -> dt.datetime:
    return timezone.now() + KEPT_FOR


class ListTransfer(models.Model):
    """A long list of the administration on its way out to a spreadsheet or in from one; a worker does it.

    ``file``: what was made of an export, or was sent for an import. ``keys``: the records to export, in the
    order of the page. ``preview``: what an import would do or has done.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    direction = models.CharField(_("direction"), max_length=10, choices=TransferDirection)
    list_of = models.CharField(_("list"), max_length=100)
    format = models.CharField(_("format"), max_length=10)
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), upload_to="lists/", blank=True)
    keys = ArrayField(models.BigIntegerField(), verbose_name=_("records"), default=list, editable=False)
    row_count = models.PositiveIntegerField(_("rows"), default=0)  # of an import known once it is read
    status = models.CharField(
        _("status"), max_length=10, choices=TransferStatus, default=TransferStatus.WAITING
    )
    problem = models.CharField(_("problem"), max_length=20, choices=TransferProblem, blank=True)
    preview = models.JSONField(_("preview"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("requested at"), default=timezone.now, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now, editable=False)
    begun_at = models.DateTimeField(_("begun at"), null=True, editable=False)
    expires_at = models.DateTimeField(_("kept until"), default=default_expiry, editable=False)

    objects = ListTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("export or import of a list")
        verbose_name_plural = _("exports and imports of lists")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["waiting_since"],
                name="list_transfer_pending",
                condition=Q(status__in=TransferStatus.pending),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="list_transfer_direction_known", condition=Q(direction__in=TransferDirection.values)
            ),
            models.CheckConstraint(
                name="list_transfer_status_known", condition=Q(status__in=TransferStatus.values)
            ),
            models.CheckConstraint(
                name="list_transfer_failed_has_a_problem",
                condition=Q(status=TransferStatus.FAILED, problem__in=TransferProblem.values)
                | (~Q(status=TransferStatus.FAILED) & Q(problem="")),
            ),
            models.CheckConstraint(
                name="list_transfer_has_its_file",
                condition=~Q(file="")
                | Q(direction=TransferDirection.EXPORT) & ~Q(status=TransferStatus.READY),
            ),
            models.CheckConstraint(
                name="list_transfer_confirms_imports_alone",
                condition=Q(direction=TransferDirection.IMPORT)
                | ~Q(status__in=[TransferStatus.CONFIRMED, TransferStatus.DONE]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_export(self) -> bool:
        return self.direction == TransferDirection.EXPORT

    @property
    def is_pending(self) -> bool:
        return self.status in TransferStatus.pending

    @property
    def has_failed(self) -> bool:
        return self.status == TransferStatus.FAILED

    @property
    def is_written(self) -> bool:
        return self.status == TransferStatus.DONE

    @property
    def waits_for_confirmation(self) -> bool:
        """A preview that nobody has confirmed yet."""
        return self.status == TransferStatus.READY and not self.is_export
