"""The texts of the public pages: which version stands, and how it is shown."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from partners.models import PageText

CLASSES = {
    "heading_open": "kern-heading-small",
    "bullet_list_open": "kern-list kern-list--bullet",
    "ordered_list_open": "kern-list kern-list--number",
    "link_open": "kern-link",
}


def current_text(page: str, language: str) -> PageText | None:
    """The last version of a page's text, if anybody has ever written one."""
    return PageText.objects.filter(page=page, language=language).select_related("written_by").first()


def versions_of(page: str, language: str) -> list[PageText]:
    return list(PageText.objects.filter(page=page, language=language).select_related("written_by"))


def newest_texts() -> dict[tuple[str, str], PageText]:
    """The last version of every text, by page and language."""
    found = PageText.objects.order_by("page", "language", "-version").distinct("page", "language")
    return {(text.page, text.language): text for text in found.select_related("written_by")}


def as_html(body: str) -> SafeString:
    """Markdown as HTML of the portal's looks. HTML in the text is shown, not carried out."""
    markdown = _markdown()
    tokens = markdown.parse(body)
    for token in tokens:
        _dress(token)
        for inner in token.children or ():
            _dress(inner)
    return mark_safe(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S308  # HTML is off, addresses are checked


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def _dress(token: Token) -> None:
    """The page has its heading of the first level already."""
    if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
        token.tag = "h2"
    if token.type in CLASSES:
        token.attrSet("class", CLASSES[token.type])
