"""What a reader asked to see, as every view and every export understands it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import lru_cache
from urllib.parse import urlencode

from measures.enums import TOTAL
from reporting.enums import Standing

YEAR, REGION, ORGANISATION, MEASURE = "year", "region", "organisation", "measure"
TARGET_GROUP, STANDING, AS_OF = "target_group", "standing", "as_of"

STATUS_OF_DATA = frozenset({STANDING, AS_OF})
"""Which statements count, and as of when: the filters that every view of figures has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Codes are those of the catalogue; an umbrella stands for its members, no ``as_of`` for today."""

    year: int
    region: str = ""
    organisation: str = ""
    measure: str = ""
    target_group: str = TOTAL
    standing: Standing = Standing.APPROVED
    as_of: dt.date | None = None
    options: tuple[tuple[str, str], ...] = ()
    """What the reader chose among the options of a view, by name, where it is not the default."""

    @property
    def is_whole_alliance(self) -> bool:
        """Whether targets apply: they were promised for everyone everywhere."""
        return not self.region and not self.organisation and self.target_group == TOTAL

    def query(self, only: Collection[str] | None = None) -> str:
        """These as the end of an address; ``only``: the filters that the address knows."""
        return _query(self, None if only is None else frozenset(only))


@lru_cache(maxsize=2_000)
def _query(filters: Filters, only: frozenset[str] | None) -> str:
    """Written once: each number on a page leads somewhere under the same filters."""
    given = {
        YEAR: str(filters.year),
        REGION: filters.region,
        ORGANISATION: filters.organisation,
        MEASURE: filters.measure,
        TARGET_GROUP: "" if filters.target_group == TOTAL else filters.target_group,
        STANDING: "" if filters.standing == Standing.APPROVED else filters.standing.value,
        AS_OF: filters.as_of.isoformat() if filters.as_of else "",
        **dict(filters.options),
    }
    asked = {name: value for name, value in given.items() if value and (only is None or name in only)}
    return f"?{urlencode(asked)}" if asked else ""


FILTERS = tuple(field.name for field in fields(Filters) if field.name != "options")
"""The names of all filters, in the order of the form."""
