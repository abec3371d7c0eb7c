"""``python -m alliance_portal.serving.healthcheck``: ask this container's web server whether it lives."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException


def answers(port: int, path: str) -> bool:
    """``/healthz``: the process lives. ``/readyz``: all that it works with answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not answers(int(os.environ.get("PORT", "8000")), "/healthz"))
