"""What is logged, and where to."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"context": {"()": "alliance_portal.logs.formatters.ContextFilter"}},
    "formatters": {
        "line": {"()": "alliance_portal.logs.formatters.LineFormatter"},
        "json": {"()": "alliance_portal.logs.formatters.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["context"], "formatter": "line"},
        "mail": {
            "class": "alliance_portal.logs.reports.ErrorMailHandler",
            "filters": ["context"],
            "level": "ERROR",
        },
    },
    "root": {"handlers": ["console", "mail"], "level": "INFO"},
    # Django's own handlers would show errors a second time, with what people sent.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}


def forward_to(url: str) -> None:
    """Send what is logged to another system besides."""
    LOGGING["handlers"]["syslog"] = {
        "class": "alliance_portal.logs.forwarding.SyslogHandler",
        "url": url,
        "filters": ["context"],
        "formatter": "json",
    }
    LOGGING["root"]["handlers"].append("syslog")
