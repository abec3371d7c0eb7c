"""``python -m alliance_portal.serving.healthcheck``: ask this container's web server whether it lives."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException


def is_healthy(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_healthy(int(os.environ.get("PORT", "8000"))))
