"""Notices for people, the mails they go into, and which of them somebody does not want by mail."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models.organisations import Organisation
from partners.notices.kinds import kind_of
from partners.querysets import NoticeQuerySet

KEPT_FOR = dt.timedelta(days=365)


class NoticeDigest(models.Model):
    """The one mail with notices that a person gets on a day. The key keeps two workers from sending two."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    day = models.DateField(_("day"))
    address = models.EmailField(_("e-mail address"))
    notice_count = models.PositiveIntegerField(_("notices"))
    at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("mail with notices")
        verbose_name_plural = _("mails with notices")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="notice_digest_one_a_day"),
            models.CheckConstraint(name="notice_digest_of_some", condition=Q(notice_count__gte=1)),
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.person}: {self.day}"


class Notice(models.Model):
    """Something that concerns a person, in the portal and by mail.

    ``facts`` are what the sentence of its ``kind`` is made of. ``organisation``: whose matter it is; a person
    who does not see that any more sees nothing of the notice. ``key`` names what happened, once per person.
    ``awaits_mail`` until it has gone into a mail, or no mail of it is wanted or needed.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=30)
    facts = models.JSONField(_("facts"), default=dict)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    address = models.CharField(_("address"), max_length=200)
    subject = models.CharField(_("what it is about"), max_length=60, blank=True)
    key = models.CharField(_("key"), max_length=100)
    at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, editable=False)
    awaits_mail = models.BooleanField(_("awaits its mail"), default=True, editable=False)
    digest = models.ForeignKey(
        NoticeDigest,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="notices",
        verbose_name=_("mail with notices"),
    )

    objects = NoticeQuerySet.as_manager()
    is_visible: bool = True
    """Set by the list for its reader: whether they may still see what it is about."""

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_once_per_person"),
            models.CheckConstraint(name="notice_has_a_kind", condition=~Q(kind="") & ~Q(key="")),
            models.CheckConstraint(
                name="notice_leads_into_the_portal",
                condition=Q(address__startswith="/") & ~Q(address__startswith="//"),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_newest_first"),
            models.Index(fields=["-at", "-id"], name="notice_of_all_newest_first"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["person"], name="notice_awaits_mail", condition=Q(awaits_mail=True)),
            models.Index(fields=["subject"], name="notice_subject", condition=~Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    @property
    def label(self) -> str:
        """The name of its kind."""
        kind = kind_of(self.kind)
        return str(kind.label) if kind else ""

    @property
    def sentence(self) -> str:
        """What happened, in the language of the moment; nothing of what its reader may not see any more."""
        kind = kind_of(self.kind)
        if not self.is_visible or kind is None:
            return gettext("This notice is about something that you can no longer see.")
        return kind.sentence(self.facts)


@pghistory.track(
    pghistory.InsertEvent("insert"),
    pghistory.DeleteEvent("delete"),
    model_name="NoticeOptOutVersion",
    append_only=True,
    meta={
        "verbose_name": _("kind of notices declined or wanted by mail"),
        "verbose_name_plural": _("kinds of notices declined or wanted by mail"),
        "ordering": ["pgh_id"],
    },
)
class NoticeOptOut(models.Model):
    """A person does not want notices of this kind by mail. In the portal they stand all the same."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=30)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("kind of notices not wanted by mail")
        verbose_name_plural = _("kinds of notices not wanted by mail")
        ordering = ["person", "kind"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notice_opt_out_unique")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


NoticeOptOutVersion = NoticeOptOut.pgh_event_model  # type: ignore[attr-defined]  # pghistory.track makes it
