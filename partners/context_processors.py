from django.http import HttpRequest  # noqa: TID251  # a context processor is part of the web layer

from partners.permissions import Access, access_for


def access(request: HttpRequest) -> dict[str, Access]:
    """What the person at the screen may see and do, computed once for the page."""
    return {"access": access_for(request.user)}
