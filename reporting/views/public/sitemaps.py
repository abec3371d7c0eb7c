"""What search engines are to know: every public page in each language, and where the list of them is."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting.selectors.public.pages import PublicAddress, public_pages

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from django.template.response import TemplateResponse


class PublicSitemap(Sitemap):
    """Each page with its translation. Who reads neither language gets the German one, as the pages say."""

    i18n = True
    alternates = True

    def items(self) -> list[PublicAddress]:
        return public_pages()

    def location(self, item: PublicAddress) -> str:
        return item.path

    def lastmod(self, item: PublicAddress) -> "datetime | None":
        return item.changed_at

    def get_urls(self, *args: Any, **options: Any) -> list[dict[str, Any]]:
        urls = super().get_urls(*args, **options)
        for url in urls:
            german = next(each for each in url["alternates"] if each["lang_code"] == settings.LANGUAGE_CODE)
            url["alternates"].append(german | {"lang_code": "x-default"})
        return urls

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.PORTAL_ADDRESS).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.PORTAL_ADDRESS).scheme


@login_not_required
@require_safe
def sitemap(request: "HttpRequest") -> "TemplateResponse":
    return views.sitemap(request, {"public": PublicSitemap})


@login_not_required
@require_safe
def robots(request: "HttpRequest") -> HttpResponse:
    """Programs may read the public pages; what asks for a sign-in has nothing for them."""
    lines = [
        "User-agent: *",
        *(f"Allow: /{code}/" for code, _name in settings.LANGUAGES),
        "Allow: /static/",
        "Allow: /sitemap.xml",
        "Disallow: /",
        "",
        f"Sitemap: {settings.PORTAL_ADDRESS}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
