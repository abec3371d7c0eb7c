"""How values lie in the cache: as MessagePack, which carries data and nothing that runs.

Django's own way is pickle: whoever can write into Valkey could then have the portal run code of theirs.
"""

from typing import Any

import msgspec


class MessagePackSerializer:
    """Numbers are kept as Valkey's own, so that it can count; tuples come back as lists."""

    def dumps(self, value: Any) -> int | bytes:
        if isinstance(value, int) and not isinstance(value, bool):
            return int(value)
        return msgspec.msgpack.encode(value, enc_hook=_plain)

    def loads(self, data: bytes) -> Any:
        try:
            return int(data)
        except ValueError:
            return msgspec.msgpack.decode(data)


def _plain(value: Any) -> str:
    if isinstance(value, str):  # marked as safe for a page: the cache does not vouch for that
        return value[:]
    raise TypeError(f"The cache keeps plain data, not {type(value).__name__}.")
