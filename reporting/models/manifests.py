"""The signed manifest of a release."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.triggers import never_truncated
from reporting.manifests.document import Manifest, read_manifest
from reporting.models.reports import ProgressReport


class ReleaseManifest(models.Model):
    """What was released, signed in the moment of the release, and unchanged from then on.

    ``content`` are the very bytes that were signed. ``public_key`` and ``signature`` are in base64.
    ``is_public``: the data were protected against disclosure, so that everybody may read them. What was
    released before the portal could do that stays with those who are signed in.
    """

    report = models.OneToOneField(
        ProgressReport, on_delete=models.PROTECT, related_name="manifest", verbose_name=_("report")
    )
    content = models.TextField(_("content"))
    signature = models.CharField(_("signature"), max_length=100)
    public_key = models.CharField(_("public key"), max_length=50)
    is_public = models.BooleanField(_("for everybody"))
    signed_at = models.DateTimeField(_("signed at"), default=timezone.now)

    class Meta:
        verbose_name = _("manifest")
        verbose_name_plural = _("manifests")
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
            never_truncated(),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.public_key}"

    @property
    def manifest(self) -> Manifest:
        return read_manifest(self.content.encode())
