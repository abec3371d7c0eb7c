"""Views of the dashboards that a person keeps: on the start page, and as a link by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.enums import SendingInterval
from reporting.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """A view with the filters it was kept with. ``query`` is the end of its address.

    ``next_on``: the day on which its link is next written to the person. ``ended_on``: when the portal ended
    the mails because the person no longer had a right to the view.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_views",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=100)
    view = models.CharField(_("view"), max_length=40)
    query = models.CharField(_("filters"), max_length=500, blank=True)
    is_pinned = models.BooleanField(_("on the start page"), default=True)
    interval = models.CharField(
        _("sent by mail"), max_length=10, choices=SendingInterval, default=SendingInterval.NEVER, blank=True
    )
    next_on = models.DateField(_("next sent on"), null=True, blank=True, editable=False)
    sent_on = models.DateField(_("last sent on"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("mails ended on"), null=True, blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="saved_view_unique_name",
                violation_error_message=_("You have already saved a view under this name."),
            ),
            models.CheckConstraint(
                name="saved_view_interval_known", condition=Q(interval__in=SendingInterval.values)
            ),
            models.CheckConstraint(
                name="saved_view_sent_has_next_day",
                condition=Q(interval=SendingInterval.NEVER, next_on=None)
                | (~Q(interval=SendingInterval.NEVER) & Q(next_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="saved_view_ended_is_not_sent",
                condition=Q(ended_on=None) | Q(interval=SendingInterval.NEVER),
            ),
        ]
        indexes = [
            models.Index(fields=["next_on"], name="saved_view_next", condition=Q(next_on__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name
