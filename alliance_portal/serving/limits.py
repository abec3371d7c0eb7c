"""How much a request may cost. The numbers come from the settings; tests bring their own."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class WebLimits:
    threads: int
    """Requests that are worked on at the same time, in each process."""
    long_at_once: int
    """How many of them may be such as take long; the others stay free for pages."""
    waiting: int
    """Requests that wait for a thread; further ones are refused."""
    wait_seconds: float
    stuck_seconds: float
    """A process whose threads have all been at work for so long, or that stands still, ends itself."""
    upload_bytes: int
    form_bytes: int
    all_bodies_bytes: int
    """What the bodies that one process is receiving or working on may take together."""
    body_idle_seconds: float
    """A sender that sends nothing for so long is given up."""
    body_grace_seconds: float
    """After this the body must have come at ``body_bytes_per_second`` at least, on average."""
    body_bytes_per_second: int

    @classmethod
    def from_settings(cls) -> "WebLimits":
        return cls(**{name.lower(): value for name, value in settings.WEB_LIMITS.items()})
