"""The headings under which the list of views names them, in its order."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class _Groups(NamedTuple):
    alliance: "StrPromise" = _("The Alliance")
    places: "StrPromise" = _("Länder and organisations")
    people: "StrPromise" = _("Target groups and occupations")
    market: "StrPromise" = _("Training market")
    resources: "StrPromise" = _("Measures and money")


GROUPS = _Groups()
