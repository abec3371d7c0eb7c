"""Texts that are in another language than their page, so that they are read aloud as what they are."""

from django import template
from django.utils.html import format_html

from reporting.selectors.public.texts import GermanText

register = template.Library()


@register.filter
def in_its_language(text: str) -> str:
    return format_html('<span lang="de">{}</span>', text) if isinstance(text, GermanText) else text
