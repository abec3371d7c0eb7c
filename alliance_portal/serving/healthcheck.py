"""``python -m alliance_portal.serving.healthcheck``: ask this container's web server whether it lives.

Where the web server has a certificate (``GRANIAN_SSL_CERTIFICATE``), it asks callers for one too and is shown
its own.
"""

import os
import ssl
import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection


def answers(port: int, path: str, environment: Mapping[str, str] = os.environ) -> bool:
    """``/healthz``: the process lives. ``/readyz``: all that it works with answers."""
    try:
        connection = _connection(port, environment)
    except OSError:  # no such certificate
        return False
    try:
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _connection(port: int, environment: Mapping[str, str]) -> HTTPConnection:
    certificate = environment.get("GRANIAN_SSL_CERTIFICATE")
    if not certificate:
        return HTTPConnection("127.0.0.1", port, timeout=5)
    context = ssl.create_default_context(cafile=environment["GRANIAN_SSL_CA"])
    context.load_cert_chain(certificate, environment["GRANIAN_SSL_KEYFILE"])
    return HTTPSConnection("localhost", port, timeout=5, context=context)


if __name__ == "__main__":
    sys.exit(not answers(int(os.environ.get("PORT", "8000")), "/healthz"))
