import pgtrigger
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.enums import RegionLevel


class Region(models.Model):
    """A part of Germany by its official key (AGS), the whole country (``DE``) or no part at all (``_U``)."""

    COUNTRY = "DE"
    UNASSIGNED = "_U"

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    level = models.CharField(_("level"), max_length=12, choices=RegionLevel)
    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=12)
    map_id = models.CharField(_("key in the map"), max_length=8, blank=True)
    is_east = models.BooleanField(_("counts as eastern Germany"), default=False)
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        triggers = [pgtrigger.ReadOnly(name="level_never_changes", fields=["level"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_de
