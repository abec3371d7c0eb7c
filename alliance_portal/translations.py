"""Keep the German catalogue complete, without GNU gettext.

``python -m alliance_portal.translations update`` collects every message of the code and the templates into
``locale/de/LC_MESSAGES/django.po`` and compiles it; ``check`` fails, naming each, when a message is missing,
empty, fuzzy or no longer used, when its placeholders differ, or when the compiled file is out of date.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"
PYTHON = ("alliance_portal", "partners", "measures", "reporting")
TEMPLATES = ("templates", "partners/templates", "measures/templates", "reporting/templates")

# Which argument is what: (context, message, plural) by position.
KEYWORDS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL = re.compile(r"\b(_|n?p?gettext)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Message:
    """What gettext looks up: a text, perhaps with a plural, perhaps in a context."""

    context: str | None
    text: str
    plural: str | None


def _message(call: ast.Call) -> Message | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    positions = KEYWORDS.get(name)
    if positions is None:
        return None

    def argument(position: int | None) -> str | None:
        if position is None or position >= len(call.args):
            return None
        node = call.args[position]
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None

    context, text, plural = (argument(position) for position in positions)
    return Message(context, text, plural) if text else None


def messages_of_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (message := _message(node)):
            yield message


def messages_of_template(source: str) -> Iterator[Message]:
    """Django turns a template into lines with calls of gettext in them; each is read on its own."""
    lines = templatize(source)
    for match in CALL.finditer(lines):
        for end in (found.end() for found in re.finditer(r"\)", lines[match.start() :])):
            try:
                node = ast.parse(lines[match.start() :][:end], mode="eval").body
            except SyntaxError:
                continue
            if isinstance(node, ast.Call) and (message := _message(node)):
                yield message
            break


def used_messages() -> dict[Message, set[str]]:
    """Every message of the project, and the files that say it."""
    found: dict[Message, set[str]] = {}
    for folder in PYTHON:
        for path in (ROOT / folder).rglob("*.py"):
            for message in messages_of_python(path.read_text()):
                found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    for folder in TEMPLATES:
        for path in (path for path in (ROOT / folder).rglob("*") if path.suffix in {".html", ".txt"}):
            for message in messages_of_template(path.read_text()):
                found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def _entry_message(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def update() -> None:
    """Add what is new (empty), drop what is gone, keep what is translated, in a stable order."""
    old = (
        {_entry_message(entry): entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    )
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "alliance-portal",
        "Language": "de",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    used = used_messages()
    for message in sorted(used, key=lambda m: (m.text, m.context or "", m.plural or "")):
        entry = old.get(message) or polib.POEntry(
            msgctxt=message.context,
            msgid=message.text,
            msgid_plural=message.plural or "",
            msgstr_plural={0: "", 1: ""} if message.plural else {},
        )
        entry.occurrences = [(path, "") for path in sorted(used[message])]
        entry.flags = []
        catalogue.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def problems() -> Iterator[str]:
    """What keeps the German catalogue from being complete, one sentence each."""
    catalogue = polib.pofile(str(CATALOGUE))
    entries = {_entry_message(entry): entry for entry in catalogue}
    used = used_messages()
    for message in sorted(used.keys() - entries.keys(), key=lambda m: m.text):
        yield f"not in the catalogue: {message.text!r} ({', '.join(sorted(used[message]))})"
    for message in sorted(entries.keys() - used.keys(), key=lambda m: m.text):
        yield f"no longer used: {message.text!r}"
    for message, entry in entries.items():
        texts = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
        if entry.fuzzy or not all(texts):
            yield f"not translated: {message.text!r}"
            continue
        allowed = set(PLACEHOLDER.findall(message.text)) | set(PLACEHOLDER.findall(message.plural or ""))
        if any(not set(PLACEHOLDER.findall(text)) <= allowed for text in texts) or set(
            PLACEHOLDER.findall(texts[-1])
        ) != set(PLACEHOLDER.findall(message.plural or message.text)):
            yield f"placeholders differ: {message.text!r}"
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / "django.mo"
        catalogue.save_as_mofile(str(fresh))
        compiled = CATALOGUE.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != fresh.read_bytes():
            yield "the compiled catalogue is out of date: run make messages"


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if arguments == ["update"]:
        update()
        return 0
    if arguments == ["check"]:
        found = list(problems())
        for problem in found:
            sys.stderr.write(f"{problem}\n")
        return 1 if found else 0
    sys.stderr.write("usage: python -m alliance_portal.translations update|check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
