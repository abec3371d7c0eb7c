"""The status of an observation in the codes of SDMX's own list, which every reader of SDMX knows."""

from collections.abc import Mapping

from django.utils.translation import pgettext

from reporting.frozen.schema import AmountState
from reporting.renderers.data.dictionary import Code, named
from reporting.renderers.data.figures import DataRow

_OF_STATE = {
    AmountState.CONFIDENTIAL: "Q",
    AmountState.WITHHELD: "Q",
    AmountState.NOT_APPLICABLE: "M",
    AmountState.NOT_REPORTED: "L",
    AmountState.PENDING: "L",
}
"""Every other absence is a missing value without a nearer reason, which STATE has in our own codes."""

_OF_QUALITY = {"estimate": "E", "preliminary": "P", "uncertain": "U"}
"""In the order of weight: of several reservations the first counts."""

_NORMAL, _MISSING = "A", "O"


def status_of(row: DataRow) -> str:
    if row.value is None:
        return _OF_STATE.get(AmountState(row.state), _MISSING)
    flags = row.quality.split()
    return next((status for flag, status in _OF_QUALITY.items() if flag in flags), _NORMAL)


def status_codes() -> tuple[Code, ...]:
    return named(list(_names()), lambda code: _names()[code])


def _names() -> Mapping[str, str]:
    return {
        "A": pgettext("SDMX", "Normal value"),
        "E": pgettext("SDMX", "Estimated value"),
        "L": pgettext("SDMX", "Missing value; data exist but were not collected"),
        "M": pgettext("SDMX", "Missing value; data cannot exist"),
        "O": pgettext("SDMX", "Missing value"),
        "P": pgettext("SDMX", "Provisional value"),
        "Q": pgettext("SDMX", "Missing value; suppressed"),
        "U": pgettext("SDMX", "Low reliability"),
    }
