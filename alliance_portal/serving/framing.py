"""Whether a request has one end for all who read it, so that none hides another behind it.

granian's parser refuses most of what could be read in two ways. What it lets pass, as it may by RFC 9112, is
refused here: a proxy in front might have chosen the other way.
"""

from typing import Any

CHUNKED = b"chunked"


def is_ambiguous(scope: dict[str, Any]) -> bool:
    """Whether host, length or coding is missing, stated twice or other than the portal takes it."""
    lengths, codings, hosts = (
        [value for name, value in scope["headers"] if name == wanted]
        for wanted in (b"content-length", b"transfer-encoding", b"host")
    )
    return (
        len(hosts) > 1
        or (not any(hosts) and scope["http_version"] == "1.1")  # granian makes an empty one of none
        or len(lengths) > 1
        or not all(length.isdigit() for length in lengths)
        or [coding.lower() for coding in codings] not in ([], [CHUNKED])
        or bool(lengths and codings)
    )
