from django.conf import settings

from partners.middleware import PortalRequest


def access(request: PortalRequest) -> dict[str, object]:
    """Give every page's template the rights of the person who asks for it, and when their session ends."""
    return {"access": request.access, "session_idle_minutes": settings.SESSION_IDLE_MINUTES}
