"""Lines logged by a task carry its id, and the id of the request that caused it."""

import logging
from typing import Any

from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from alliance_portal.logs import context

logger = logging.getLogger("portal.tasks")

CAUSE = "portal_request_id"


def connect() -> None:
    setup_logging.connect(keep_our_logging)
    before_task_publish.connect(pass_on_the_request)
    task_prerun.connect(begin_task)
    task_postrun.connect(end_task)


def keep_our_logging(**_more: Any) -> None:
    """Celery leaves the logs as the settings have them when somebody answers this signal."""


def pass_on_the_request(headers: dict[str, Any], **_more: Any) -> None:
    if request_id := context.request_id():
        headers.setdefault(CAUSE, request_id)


def begin_task(task_id: str, task: Any, args: Any, kwargs: dict[str, Any], **_more: Any) -> None:
    cause = task.request.get(CAUSE) or context.request_id()
    named = dict(zip(_parameters(task), args, strict=False)) | kwargs
    fields: dict[str, str | int] = {"task": task.name, "task_id": task_id, **context.keys_of(named)}
    if task.request.is_eager:
        context.add(**fields)
    else:
        context.begin(None, **fields | ({"request_id": cause} if cause else {}))
    logger.info("Task begins")


def end_task(task: Any, state: str | None, **_more: Any) -> None:
    logger.info("Task ends: %s", state)
    # What was going on stays known: Celery logs a failure after this signal, and the next task begins anew.


def _parameters(task: Any) -> tuple[str, ...]:
    code = task.run.__code__
    return tuple(name for name in code.co_varnames[: code.co_argcount] if name != "self")
