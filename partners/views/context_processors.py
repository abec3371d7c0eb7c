from partners.middleware import PortalRequest
from partners.permissions import Access


def access(request: PortalRequest) -> dict[str, Access]:
    """Give every page's template the rights of the person who asks for the page."""
    return {"access": request.access}
