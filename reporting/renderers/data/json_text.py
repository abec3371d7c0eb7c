"""How every document in JSON is written."""

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")
"""Numbers as they are, with every digit: a decimal is written as a number, never by way of a float."""


def json_text(content: object) -> bytes:
    return msgspec.json.format(_ENCODER.encode(content), indent=1) + b"\n"
