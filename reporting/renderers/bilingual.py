"""Fixed words in both languages at once, for what is kept or published once for all readers."""

from collections.abc import Callable

from django.utils.translation import override

from reporting.frozen.schema import Text


def in_both_languages(render: Callable[[], object]) -> Text:
    with override("de"):
        german = str(render())
    with override("en"):
        return Text(de=german, en=str(render()))
