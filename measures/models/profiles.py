"""What was confirmed once about a supplier's files and holds for the next one of that layout."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.enums import AliasKind
from measures.querysets import ConfirmedQuerySet
from partners.models import Organisation


class ConfirmedForSupplier(models.Model):
    """Something a person confirmed of one supplier's files; without a supplier, of files that name nobody."""

    supplier = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("supplier"),
        help_text=_("Empty: files for which no supplier was named."),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    objects = ConfirmedQuerySet.as_manager()

    class Meta:
        abstract = True


class ImportProfile(ConfirmedForSupplier):
    """How tables or sheets of one layout are read, kept under the layout's fingerprint.

    ``answers`` is what the reader takes as confirmed. Never a year: each file has its own.
    """

    fingerprint = models.CharField(_("fingerprint of the layout"), max_length=40)
    label = models.CharField(_("label"), max_length=200, blank=True)
    answers = models.JSONField(_("answers"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import profile")
        verbose_name_plural = _("import profiles")
        ordering = ["supplier__sort_key", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "fingerprint"],
                nulls_distinct=False,
                name="import_profile_unique_supplier_layout",
            )
        ]

    def __str__(self) -> str:
        return self.label or self.fingerprint


class SupplierAlias(ConfirmedForSupplier):
    """A name or sign as a supplier writes it, and the code it stands for; compared after normalisation."""

    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind)
    found = models.CharField(_("as written"), max_length=200)
    code = models.CharField(_("code"), max_length=40)

    class Meta:
        verbose_name = _("supplier's name")
        verbose_name_plural = _("suppliers' names")
        ordering = ["supplier__sort_key", "kind", "found"]
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "kind", "found"],
                nulls_distinct=False,
                name="supplier_alias_unique_text",
            ),
            models.CheckConstraint(name="supplier_alias_kind_known", condition=Q(kind__in=AliasKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.found} = {self.code}"
