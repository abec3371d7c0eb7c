"""``python -m alliance_portal.healthcheck``: ask the web server in this container whether it is alive."""

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException


def is_healthy(port: int, host: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    sys.exit(not is_healthy(int(os.environ.get("PORT", "8000")), name))
