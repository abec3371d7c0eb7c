"""Requests to the front as the web server makes them, without a web server."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from alliance_portal.serving.front import Front
from alliance_portal.serving.limits import WebLimits

LIMITS = WebLimits(
    threads=2,
    long_at_once=1,
    waiting=2,
    wait_seconds=0.2,
    stuck_seconds=60,
    upload_bytes=2000,
    form_bytes=1000,
    all_bodies_bytes=3000,
    body_idle_seconds=0.05,
    body_grace_seconds=0.2,
    body_bytes_per_second=1_000_000,
)


@dataclass
class Received:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


async def ask(  # noqa: PLR0913  # a request has many parts
    front: Front,
    path: str = "/",
    *,
    method: str = "GET",
    pieces: Iterable[bytes] = (b"",),
    headers: dict[str, str] | None = None,
    query: bytes = b"",
    pause: float = 0,
    stalls: bool = False,
    reads: asyncio.Event | None = None,
) -> Received:
    """Send a request in pieces, each after a pause; one that stalls never ends. Read after ``reads``."""
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages[-1]["more_body"] = stalls
    coming = iter(messages)
    received = Received()

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause)
        message = next(coming, None)
        if message is None:
            await asyncio.sleep(60)
        return message or {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if reads is not None:
            await reads.wait()
        if message["type"] == "http.response.start":
            received.status = message["status"]
            received.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            received.body += message["body"]

    sent = {"host": "localhost", **(headers or {})}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "http_version": "1.1",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }
    await front(scope, receive, send)
    return received
