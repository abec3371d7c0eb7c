from partners.middleware import PortalRequest
from partners.permissions import Access


def access(request: PortalRequest) -> dict[str, Access]:
    """What the person at the screen may see and do, for every template."""
    return {"access": request.access}
