"""One line for each event: JSON for machines, words for a terminal; both without what records hold."""

import json
import logging
import re
from datetime import UTC, datetime

from alliance_portal.logs import context

_SHOWN_EXTRAS = ("status_code", "duration_ms", "method", "run_id", "report_id", "event")
_CONTENTS = re.compile(
    r"^(?P<indent>\s*)(?P<kind>DETAIL|CONTEXT):.*(?:\n(?!\s*(?:HINT|File|Traceback)\b).+)*", re.MULTILINE
)
"""What PostgreSQL says of the row it refused: its values."""


class ContextFilter(logging.Filter):
    """Give the line what was going on when it was logged, before another thread writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "context"):
            record.context = context.current()
        return True


def without_contents(text: str) -> str:
    return _CONTENTS.sub(r"\g<indent>\g<kind>: (left out)", text)


class LineFormatter(logging.Formatter):
    """For people: time, level, where from, message, and the context behind it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        fields = getattr(record, "context", {})
        context = " ".join(f"{name}={value}" for name, value in fields.items())
        return super().formatMessage(record) + (f" [{context}]" if context else "")

    def format(self, record: logging.LogRecord) -> str:
        return without_contents(super().format(record))


class JsonFormatter(logging.Formatter):
    """For whatever collects the logs: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_contents(record.getMessage()),
            "process": record.process,
        }
        line |= getattr(record, "context", {})
        line |= {name: getattr(record, name) for name in _SHOWN_EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = without_contents(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = self.formatStack(record.stack_info)
        return json.dumps(line, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode()
