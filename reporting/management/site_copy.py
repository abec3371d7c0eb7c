"""A copy of the public site as plain files, for any web server: as a visitor sees it at this moment.

Views are called as for a visitor, without the layers around them: no session, no rates, no log. The pages of
single numbers are those that the copy's own pages and workbooks lead to.
"""

import re
import shutil
from collections import deque
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.finders import get_finders
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import resolve, reverse
from django.utils import translation

from partners.middleware import read_only_transaction
from partners.permissions import Access
from reporting.selectors.public.pages import numbers_of_workbooks, public_files, public_pages

STATIC_FOLDERS = ("kern", "portal")
"""The static files that public pages refer to."""

_TO_A_NUMBER = re.compile(r'(<a [^>]*href=")https?://[^/"]+(/[a-z]{2}/wert/[^"?#]+")')
"""A permanent link as reports print it: with the portal's address in front."""
_ON_THE_SITE = re.compile(r'<a [^>]*href="(/[a-z]{2}/wert/[^"?#]+)"')

_FRONT_DOOR = """<!DOCTYPE html>
<html lang="{code}">
  <head>
    <meta charset="utf-8">
    <title>{portal}</title>
    <meta http-equiv="refresh" content="0; url=/{code}/">
  </head>
  <body>
    <p><a href="/{code}/">{portal}</a></p>
  </body>
</html>
"""


class PageMissingError(Exception):
    """A page that should be there did not answer with itself."""


def copy_site(folder: Path) -> int:
    """Write every public page and file below ``folder``; returns how many."""
    with read_only_transaction():
        waiting = deque(_paths())
        known = set(waiting)
        while waiting:
            language, path = waiting.popleft()
            content, numbers = _answer(path, language)
            _write(folder, path, content)
            waiting += numbers - known
            known |= numbers
    front_door = _FRONT_DOOR.format(code=settings.LANGUAGE_CODE, portal=settings.PORTAL_ADDRESS)
    (folder / "index.html").write_text(front_door, "utf-8")
    _copy_static_files(folder / settings.STATIC_URL.strip("/"))
    return len(known)


def _paths() -> Iterator[tuple[str, str]]:
    """Each address in each language that it is there in."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            addresses = [*public_pages(), *public_files()]
            numbers = map(_of_number, numbers_of_workbooks(language))
            paths = [*(each.path for each in addresses), *(path for _language, path in numbers)]
        yield from ((language, path) for path in paths)
    for name in ("sitemap", "robots"):
        yield settings.LANGUAGE_CODE, reverse(name)


def _answer(path: str, language: str) -> tuple[bytes, set[tuple[str, str]]]:
    """What is at an address, and the pages of numbers that it leads to, which are in the copy as well."""
    with translation.override(language):
        match = resolve(path)
        request = _request_of_a_visitor(path, language)
        request.resolver_match = match
        response = match.func(request, *match.args, **match.kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        if response.status_code != HTTPStatus.OK:
            raise PageMissingError(f"{path}: {response.status_code}")
        content = _content(response)
        if isinstance(response, FileResponse) or not path.endswith("/"):
            return content, set()
        page = _TO_A_NUMBER.sub(r"\1\2", content.decode())
        return page.encode(), set(map(_of_number, _ON_THE_SITE.findall(page)))


def _of_number(address: str) -> tuple[str, str]:
    """The language of a number's page, and its path as a server knows it."""
    path = unquote(address)
    return path.split("/", 2)[1], path


def _request_of_a_visitor(path: str, language: str) -> HttpRequest:
    portal = urlsplit(settings.PORTAL_ADDRESS)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {
        "SERVER_NAME": portal.hostname or "localhost",
        "SERVER_PORT": str(portal.port or 443),
    }
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = language
    request.access = Access()  # type: ignore[attr-defined]  # as the middleware does
    request.is_static_copy = True  # type: ignore[attr-defined]  # read by running_url
    return request


def _content(response: HttpResponseBase) -> bytes:
    """Closing the answer itself would end the request for Django, and its database connection with it."""
    if isinstance(response, FileResponse) and response.file_to_stream is not None:
        with response.file_to_stream as file:
            return bytes(file.read())
    return bytes(response.content)  # type: ignore[attr-defined]  # it does not stream


def _write(folder: Path, path: str, content: bytes) -> None:
    """A page becomes the index of a folder, which web servers show under the folder's address."""
    place = folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def _copy_static_files(folder: Path) -> None:
    """Those that were collected, with the names that pages know them by; without any, as they lie."""
    collected = settings.STATIC_ROOT
    for name in STATIC_FOLDERS:
        if collected is not None:
            shutil.copytree(Path(collected) / name, folder / name)
    if collected is None:
        for finder in get_finders():
            for path, storage in finder.list(ignore_patterns=[]):
                if path.split("/", 1)[0] in STATIC_FOLDERS:
                    place = folder / path
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with storage.open(path) as source:
                        place.write_bytes(source.read())
