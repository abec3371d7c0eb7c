"""What every public page carries: its address in each language, and links that a static copy can follow."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path, get_language_info

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """The page in one language."""

    code: str
    label: str
    path: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The public page in each language, absolute for search engines. Addresses begin with their language."""
    _language, _slash, rest = context["request"].path.lstrip("/").partition("/")
    return [
        LanguageLink(
            code=code,
            label=get_language_info(code)["name_local"].capitalize(),
            path=f"/{code}/{rest}",
            url=f"{settings.PORTAL_ADDRESS}/{code}/{rest}",
            is_current=code == get_language(),
        )
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def visitor_language_links(context: Context) -> list[LanguageLink]:
    """For visitors of the public site, whom a form would give a cookie; nobody else's language is a link."""
    request = context.get("request")
    if request is None or get_language_from_path(request.path) is None:
        return []
    if getattr(request, "user", AnonymousUser()).is_authenticated:
        return []
    return language_links(context)


@register.simple_tag(takes_context=True)
def running_url(context: Context, name: str, *args: Any) -> str:
    """The address of a page that needs the running portal: a static copy leads to the portal for it."""
    path = reverse(name, args=args)
    is_copy = getattr(context["request"], "is_static_copy", False)
    return f"{settings.PORTAL_ADDRESS}{path}" if is_copy else path
