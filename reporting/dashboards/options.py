"""What a view lets its reader choose beside the filters, such as how far an offer may reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.dashboards.choices import Choices
from reporting.dashboards.filters import Filters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """``name`` stands in the address, unless the choice is the default."""

    name: str
    label: "StrOrPromise"
    choices: Callable[[Choices], "Sequence[tuple[str, StrOrPromise]]"]
    default: str

    def of(self, filters: Filters) -> str:
        return dict(filters.options).get(self.name, self.default)
