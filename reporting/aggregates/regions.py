"""The lines of a table by Land: the Länder in official order, then what belongs to none."""

from collections.abc import Iterable

from django.utils.translation import gettext

from partners.models import Region

_LAST = (Region.COUNTRY, Region.UNASSIGNED)


def in_reading_order(regions: Iterable[Region]) -> list[Region]:
    return sorted(regions, key=lambda region: (region.code in _LAST, region.code))


def region_label(region: Region) -> str:
    """The region's name in the active language, as a line of a table that adds up to the whole."""
    if region.code == Region.COUNTRY:
        return gettext("Not broken down by Land")
    if region.code == Region.UNASSIGNED:
        return gettext("Not assigned to a Land")
    return region.name
