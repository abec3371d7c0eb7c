"""Keep the catalogues of translations complete with Babel, without GNU gettext.

``python -m alliance_portal.translations update`` collects every message of the code and the templates into
the catalogue of every folder in ``locale``, such as ``locale/de/LC_MESSAGES/django.po``, and compiles it;
``check`` fails, naming each, when a message is missing, empty, fuzzy or no longer used, when its placeholders
differ, or when the compiled file is out of date. A new language begins with an empty folder.
"""

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
GERMAN = "de"
CATALOGUE = LOCALE / GERMAN / "LC_MESSAGES" / "django.po"
WIDTH = 110
MODULE = "alliance_portal.translations"

# Which arguments, counted from 1, are the message, its plural and its context ("c").
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class PortalCatalogue(Catalog):
    """Its header is the same every time: git knows when it changed, and a date would change every file."""

    def __init__(self, language: str = GERMAN) -> None:
        super().__init__(locale=language, header_comment="#", fuzzy=False)
        self.language = language

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "alliance-portal"),
            ("Language", self.language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", f"{self.plural_forms}\n"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """Ignore the header of the file: it follows from the language."""


def extract_code(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, list[str | None], list[str]]]:
    """Find the messages of Python code, as a method of Babel.

    Babel's own method reads tokens, and before Python 3.12 a call inside an f-string is in none of them.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in keywords:
            yield node.lineno, name, [_text(argument) for argument in node.args], []


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _text(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


def extract_template(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Any]:
    """Find the messages of a Django template, as a method of Babel.

    Django turns the template into calls of gettext with X and white space around them. An indent among them
    would be read as a block.
    """
    lines = (line.lstrip() for line in templatize(file.read().decode()).splitlines())
    return extract_python(BytesIO("\n".join(lines).encode()), keywords, comment_tags, {"encoding": "utf-8"})


METHODS = [
    *(
        (f"{app}/**.py", f"{MODULE}:extract_code")
        for app in ("alliance_portal", "partners", "measures", "reporting")
    ),
    *(
        (f"{folder}/**.{suffix}", f"{MODULE}:extract_template")
        for folder in ("templates", "partners/templates", "measures/templates", "reporting/templates")
        for suffix in ("html", "txt")
    ),
]


@cache
def collected() -> Catalog:
    """Every message of the project, with the files that use it. Looked for once in a process."""
    found = PortalCatalogue()
    for path, _line, text, _comments, context in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS):
        found.add(text, locations=[(path, 0)], context=context)
    return found


def catalogues() -> dict[str, Path]:
    """Where the catalogue of each language is, or will be once its folder is filled."""
    folders = sorted(folder for folder in LOCALE.iterdir() if folder.is_dir())
    return {folder.name: folder / "LC_MESSAGES" / "django.po" for folder in folders}


def stored(path: Path, language: str = GERMAN) -> Catalog:
    catalogue = PortalCatalogue(language)
    if path.exists():
        with path.open(encoding="utf-8") as file:
            PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(file)
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    content = BytesIO()
    write_mo(content, catalogue)
    return content.getvalue()


def update(path: Path = CATALOGUE, language: str = GERMAN) -> None:
    """Add what is new (empty), drop what is gone, keep what is translated, in a stable order."""
    catalogue = stored(path, language)
    catalogue.update(collected(), no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, WIDTH, sort_output=True, ignore_obsolete=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(stored(path, language)))


def problems(path: Path = CATALOGUE, language: str = GERMAN) -> Iterator[str]:
    """What keeps a catalogue from being complete, one sentence each."""
    used = {_key(message): message for message in collected() if message.id}
    catalogue = stored(path, language)
    entries = {_key(message): message for message in catalogue if message.id}
    for key in sorted(used.keys() - entries.keys()):
        users = ", ".join(sorted(user for user, _line in used[key].locations))
        yield f"not in the catalogue: {_texts(used[key].id)[0]!r} ({users})"
    for key in sorted(entries.keys() - used.keys()):
        yield f"no longer used: {_texts(entries[key].id)[0]!r}"
    for message in entries.values():
        if message.fuzzy or not all(_texts(message.string)):
            yield f"not translated: {_texts(message.id)[0]!r}"
        elif message.check(catalogue) or not _has_same_placeholders(message):
            yield f"placeholders differ: {_texts(message.id)[0]!r}"
    file = path.with_suffix(".mo")
    if not file.exists() or file.read_bytes() != compiled(catalogue):
        yield "the compiled catalogue is out of date: run make messages"


def _texts(texts: Any) -> tuple[str, ...]:
    """The message or its translation, and the plural where there is one."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _key(message: Message) -> tuple[tuple[str, ...], str]:
    return _texts(message.id), message.context or ""


def _has_same_placeholders(message: Message) -> bool:
    """Babel lets a translation leave named placeholders out, and knows none in braces.

    A singular may leave its number out ("one file"); the plural, or a message without one, needs them all.
    """
    texts, translations = _texts(message.id), _texts(message.string)
    allowed = {placeholder for text in texts for placeholder in PLACEHOLDER.findall(text)}
    return all(allowed.issuperset(PLACEHOLDER.findall(text)) for text in translations) and set(
        PLACEHOLDER.findall(translations[-1])
    ) == set(PLACEHOLDER.findall(texts[-1]))


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if arguments == ["update"]:
        for language, path in catalogues().items():
            update(path, language)
        return 0
    if arguments == ["check"]:
        found = [
            f"{language}: {problem}"
            for language, path in catalogues().items()
            for problem in problems(path, language)
        ]
        for problem in found:
            sys.stderr.write(f"{problem}\n")
        return 1 if found else 0
    sys.stderr.write("usage: python -m alliance_portal.translations update|check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
