"""The texts of the pages that every public site of an authority must have."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import PageLanguage, PublicPage
from partners.triggers import never_truncated


class PageText(models.Model):
    """A version of a page's text in one language: the last one stands, and none is ever changed or removed.

    Without any version, and after one without a body, the page shows the text that comes with the portal.
    """

    page = models.CharField(_("page"), max_length=20, choices=PublicPage)
    language = models.CharField(_("language"), max_length=2, choices=PageLanguage)
    version = models.PositiveIntegerField(_("version"))
    body = models.TextField(_("text"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("text of a public page")
        verbose_name_plural = _("texts of public pages")
        ordering = ["page", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["page", "language", "version"], name="page_text_one_successor"),
            models.CheckConstraint(name="page_text_page_known", condition=Q(page__in=PublicPage.values)),
            models.CheckConstraint(
                name="page_text_language_known", condition=Q(language__in=PageLanguage.values)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.get_language_display()})"
