"""Stored snapshots read again, each by the schema version it was written in."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from reporting.exceptions import SnapshotVersionError
from reporting.frozen.schema import SnapshotData

Decoder = Callable[[bytes], SnapshotData]


class _Envelope(msgspec.Struct):
    """The one field that every version has: which one it is."""

    schema_version: int


def decode_version_1(content: bytes) -> SnapshotData:
    return msgspec.json.decode(content, type=SnapshotData)


def decode_version_2(content: bytes) -> SnapshotData:
    """As version 1, with resolutions."""
    return msgspec.json.decode(content, type=SnapshotData)


def decode_version_3(content: bytes) -> SnapshotData:
    """As version 2, with breakdowns by target group and umbrella, the edition and withheld amounts."""
    try:
        return msgspec.json.decode(content, type=SnapshotData)
    except msgspec.ValidationError:
        return msgspec.convert(_with_several_changes(msgspec.json.decode(content)), SnapshotData)


def _with_several_changes(data: dict[str, Any]) -> dict[str, Any]:
    """While version 3 was made, it had one comparison at the most, whose reasons were in both languages."""
    changes = data.get("changes")
    if isinstance(changes, list):
        return data
    rows = changes["rows"] if changes else []
    reasons = [[{"text": reason["de"]} for reason in row.get("reasons", ())] for row in rows]
    rows = [row | {"reasons": each} for row, each in zip(rows, reasons, strict=True)]
    return data | {"changes": [changes | {"rows": rows}] if changes else []}


DECODERS: Mapping[int, Decoder] = {1: decode_version_1, 2: decode_version_2, 3: decode_version_3}
"""Each version ever written, read into today's schema. ``schema_version`` stays the one it was written in,
since the renderers are chosen by it. An entry is never removed."""


def schema_version(content: bytes) -> int | None:
    """The version that stored data were written in; None: they do not say, or are no data of a report."""
    try:
        return msgspec.json.decode(content, type=_Envelope).schema_version
    except msgspec.DecodeError:
        return None


def decode(content: bytes) -> SnapshotData:
    """Read a stored snapshot. One of a version that this program does not know is refused in words."""
    version = schema_version(content)
    decoder = None if version is None else DECODERS.get(version)
    if decoder is None:
        raise SnapshotVersionError(
            _(
                "The data of this report were stored in version %(version)s, which this release of the "
                "portal cannot read. The documents made from them remain valid and can still be downloaded. "
                "Please ask those who run the portal."
            )
            % {"version": "?" if version is None else version}
        )
    return decoder(content)
