"""What a reader asked to see, as every view and every export understands it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
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
        given = {
            YEAR: str(self.year),
            REGION: self.region,
            ORGANISATION: self.organisation,
            MEASURE: self.measure,
            TARGET_GROUP: "" if self.target_group == TOTAL else self.target_group,
            STANDING: "" if self.standing == Standing.APPROVED else self.standing.value,
            AS_OF: self.as_of.isoformat() if self.as_of else "",
            **dict(self.options),
        }
        asked = {name: value for name, value in given.items() if value and (only is None or name in only)}
        return f"?{urlencode(asked)}" if asked else ""


FILTERS = tuple(field.name for field in fields(Filters) if field.name != "options")
"""The names of all filters, in the order of the form."""
