"""The ASGI application that the web server runs: Django's WSGI application behind limits.

A request is received without a thread (``bodies``), waits in a queue of limited length for one of a few
threads, is answered by Django there (``bridge``), and its answer is sent without a thread. Nobody who sends
or reads slowly, or asks for much, can keep the others from their pages. ``/healthz`` and ``/readyz`` need
no thread at all.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.urls import Resolver404, resolve
from django.utils import translation

from alliance_portal.serving.bodies import Bodies, Body, BodyRefusedError, Receive, SenderGoneError
from alliance_portal.serving.bridge import PIECE, Answer, WSGIApplication, environ_of, run
from alliance_portal.serving.exchange import is_exchange
from alliance_portal.serving.framing import is_ambiguous
from alliance_portal.serving.limits import WebLimits
from alliance_portal.serving.pages import Headers, answer_json, answer_page
from alliance_portal.serving.readiness import Readiness
from alliance_portal.serving.watchdog import Watchdog
from alliance_portal.stores import outage

Send = Callable[[dict[str, Any]], Awaitable[None]]
Scope = dict[str, Any]

logger = logging.getLogger(__name__)

SECONDS_TO_TAKE_A_PIECE = 60
"""A reader that takes nothing for so long is given up."""
READING = frozenset({"GET", "HEAD"})


class NoThreadError(Exception):
    """Too many requests wait, this one has waited for too long, or the database has gone meanwhile."""


class Front:
    def __init__(self, application: WSGIApplication, limits: WebLimits) -> None:
        self.application = application
        self.limits = limits
        self.bodies = Bodies(limits)
        self.readiness = Readiness()
        self.executor = ThreadPoolExecutor(limits.threads, thread_name_prefix="request")
        self.threads = asyncio.Semaphore(limits.threads)
        self.long_ones = asyncio.Semaphore(limits.long_at_once)
        self.waiting = 0
        self.started: dict[object, float] = {}
        self.watchdog = Watchdog(limits, self.started)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        watching = asyncio.ensure_future(self.watchdog.watch())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        self.watchdog.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_ambiguous(scope):  # and nothing that may come behind it is looked at
            await self._refuse(scope, send)
            return
        if scope["path"] in ("/healthz", "/readyz"):
            await _send_page(send, *await self._state(scope))
            return
        if _is_in_vain(scope):
            await _send_page(send, *answer_page(HTTPStatus.SERVICE_UNAVAILABLE, scope, self.limits))
            return
        view = _view_name(scope["path"])
        try:
            body = await self.bodies.receive(
                receive, announced=_announced(scope), at_most=self._body_limit(view)
            )
        except SenderGoneError:  # or what came was no body: granian tells the two apart for nobody
            await self._refuse(scope, send)
            return
        except BodyRefusedError as error:
            await _send_page(send, *answer_page(error.status, scope, self.limits))
            return
        try:
            answer = await self._work(scope, body, takes_long=_takes_long(view))
        except NoThreadError:
            await _send_page(send, *answer_page(HTTPStatus.SERVICE_UNAVAILABLE, scope, self.limits))
        except ValueError:  # what WSGI cannot express
            await _send_page(send, *answer_page(HTTPStatus.BAD_REQUEST, scope, self.limits))
        except Exception:
            logger.exception("A request failed outside of Django")
            await _send_page(send, *answer_page(HTTPStatus.INTERNAL_SERVER_ERROR, scope, self.limits))
        else:
            await _send_answer(send, answer)
        finally:
            body.close()

    async def _refuse(self, scope: Scope, send: Send) -> None:
        status, headers, content = answer_page(HTTPStatus.BAD_REQUEST, scope, self.limits)
        await _send_page(send, status, [*headers, (b"connection", b"close")], content)

    async def _state(self, scope: Scope) -> tuple[HTTPStatus, Headers, bytes]:
        if scope["method"] not in READING:
            return answer_json(HTTPStatus.METHOD_NOT_ALLOWED, {})
        if scope["path"] == "/healthz":
            return answer_json(HTTPStatus.OK, {"web": "ok"})
        parts = await self.readiness.parts()
        status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return answer_json(status, {name: "ok" if works else "down" for name, works in parts.items()})

    def _body_limit(self, view: str) -> int:
        return self.limits.upload_bytes if _takes_files(view) else self.limits.form_bytes

    async def _work(self, scope: Scope, body: Body, *, takes_long: bool) -> Answer:
        environ = environ_of(self.application, scope, body.file)
        async with self._thread(takes_long=takes_long):
            if _is_in_vain(scope):  # since it began to wait
                raise NoThreadError
            token = object()
            self.started[token] = time.monotonic()
            work = asyncio.get_running_loop().run_in_executor(self.executor, self._run, environ)
            try:
                # The thread goes on even if nobody waits for its answer, and is counted until it ends.
                return await asyncio.shield(work)
            except asyncio.CancelledError:
                await asyncio.wait([work])
                raise
            finally:
                del self.started[token]

    def _run(self, environ: dict[str, Any]) -> Answer:
        try:
            return run(self.application, environ)
        finally:
            close_old_connections()  # an answer that is a file is closed outside of this thread

    async def _acquire(self, semaphore: asyncio.Semaphore, ends: float) -> None:
        if semaphore.locked():
            if self.waiting >= self.limits.waiting:
                raise NoThreadError
            self.waiting += 1
            try:
                await asyncio.wait_for(semaphore.acquire(), ends - time.monotonic())
            except TimeoutError:
                raise NoThreadError from None
            finally:
                self.waiting -= 1
        else:
            await semaphore.acquire()  # at once

    @asynccontextmanager
    async def _thread(self, *, takes_long: bool) -> AsyncIterator[None]:
        taken: list[asyncio.Semaphore] = []
        ends = time.monotonic() + self.limits.wait_seconds
        try:
            for semaphore in [self.long_ones, self.threads] if takes_long else [self.threads]:
                await self._acquire(semaphore, ends)
                taken.append(semaphore)
            yield
        finally:
            for semaphore in taken:
                semaphore.release()


def _is_in_vain(scope: Scope) -> bool:
    """Whether a page could not be made now. What pages are made of comes from the disk."""
    return outage.is_known() and not scope["path"].startswith("/" + settings.STATIC_URL.lstrip("/"))


def _announced(scope: Scope) -> int | None:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else None
    return None


def _view_name(path: str) -> str:
    """The view's name. Public pages stand below their language, which is found only while it is active."""
    try:
        with translation.override(translation.get_language_from_path(path)):
            return resolve(path).view_name
    except Resolver404:
        return ""


def _takes_files(view: str) -> bool:
    return view in settings.WEB_VIEWS_TAKING_FILES or is_exchange(view)


def _takes_long(view: str) -> bool:
    return view in settings.WEB_VIEWS_TAKING_LONG or is_exchange(view)


async def _send_page(send: Send, status: HTTPStatus, headers: Headers, content: bytes) -> None:
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": status.value, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": content})


async def _send_answer(send: Send, answer: Answer) -> None:
    loop = asyncio.get_running_loop()
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        more = True
        while more:
            if answer.is_in_memory:
                piece = answer.content.read(PIECE)
            else:
                piece = await loop.run_in_executor(None, answer.content.read, PIECE)
            more = len(piece) == PIECE
            message = {"type": "http.response.body", "body": piece, "more_body": more}
            await asyncio.wait_for(send(message), SECONDS_TO_TAKE_A_PIECE)
    except TimeoutError:
        logger.info("A reader took nothing for %s s and was given up", SECONDS_TO_TAKE_A_PIECE)
    finally:
        answer.content.close()
