"""Calls to the provider, within limits: what it answers is one JSON object, small, in time, and its own.

Nothing that it answers leads anywhere else, and however slow it is, most threads stay free for pages.
"""

import json
from collections.abc import Callable
from concurrent.futures import Future
from http import HTTPStatus
from threading import BoundedSemaphore, Thread
from typing import Any, NoReturn

import requests
from django.conf import settings

MOST_BYTES = 1024 * 1024
AT_ONCE = max(1, settings.WEB_LIMITS["THREADS"] // 2)
free = BoundedSemaphore(AT_ONCE)


class ProviderSession(requests.Session):
    """What allauth asks the provider with."""

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """The answer, read as a whole; raises ``RequestException`` if it is none that the portal takes.

        A redirect is not followed: it could carry the portal's secret to somewhere else.
        """
        seconds = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": seconds}

        def ask() -> requests.Response:
            with super(ProviderSession, self).request(method, url, *args, **kwargs) as response:
                return _read(response)

        return _within(seconds, ask)


def _within(seconds: float, ask: Callable[[], requests.Response]) -> requests.Response:
    """Ask in a thread of its own: ``timeout`` is for each piece that arrives, and a slow sender has many."""
    if not free.acquire(blocking=False):
        raise requests.ConnectionError("As many calls to the provider are waiting as may.")
    answer: Future[requests.Response] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:  # noqa: BLE001 - raised where the answer is waited for
            answer.set_exception(error)
        finally:
            free.release()

    Thread(target=run, name="provider", daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except TimeoutError as error:
        raise requests.Timeout("The provider has not answered in time.") from error


def _read(response: requests.Response) -> requests.Response:
    if response.is_redirect:
        raise requests.TooManyRedirects("The provider leads elsewhere.")
    content = bytearray()
    for part in response.iter_content(64 * 1024):
        content += part
        if len(content) > MOST_BYTES:
            raise requests.exceptions.ContentDecodingError("The provider's answer is too long.")
    if response.status_code == HTTPStatus.OK:
        _check(bytes(content))
        response.headers["Content-Type"] = "application/json"
    response._content = bytes(content)  # noqa: SLF001 - requests has no other way to bound what is read
    return response


def _check(content: bytes) -> None:
    """Refuse what is no JSON object, in the sense of the standard, or is nested beyond measure."""
    try:
        found = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise requests.exceptions.InvalidJSONError("The provider's answer cannot be read.") from error
    if not isinstance(found, dict):
        raise requests.exceptions.InvalidJSONError("The provider's answer is no JSON object.")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")
