"""The code uses the words of docs/glossary.md, and none of those that it retires."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.structure import APPS
from measures.importing.decisions import EVIDENCE
from measures.importing.problems import COMPARISON_PROBLEMS, PROBLEMS, QUESTIONS
from measures.importing.refusals import REFUSALS
from measures.services.catalogue import catalogued_checks
from reporting.checks import CHECKS

GLOSSARY = PROJECT / "docs" / "glossary.md"

OF_DJANGO = frozenset(
    {"TEMPLATES", "extract_template", "field_template_name", "form_template_name", "template_name"}
)
"""Names that are about Django's templates."""

STORED = frozenset({"template", "template_version"})
"""A workbook's property as openpyxl calls it, and a key that imports of the past are stored with."""

KINDS = ("everywhere", "names", "modules")


class Text(NamedTuple):
    """A piece of a file: the name or prose in it, and which of the glossary's kinds it is searched for."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True)
class Retired:
    """The retired words by the kind of text in which they are looked for, with the words to use instead."""

    words: dict[str, dict[str, str]]

    def found_in(self, texts: Iterable[Text]) -> Iterator[str]:
        in_prose = self.words["everywhere"]
        in_names = in_prose | self.words["names"]
        retired_in = {"prose": in_prose, "name": in_names, "module": in_names | self.words["modules"]}
        for line, kind, text in texts:
            wanted = retired_in[kind]
            for word in dict.fromkeys([text.lower(), *map(str.lower, words_of(text))]):
                if word in wanted and text not in OF_DJANGO | STORED:
                    yield f"line {line}: {word if kind == 'prose' else text}, use {wanted[word]}"

    def found_in_code(self, source: str) -> Iterator[str]:
        """Parse the source where one of the words stands in it at all: that takes a fraction of the time."""
        words = {word.lower() for word in (*words_of(source), *re.findall(r"\w+", source))}
        if not words.isdisjoint(word for of_kind in self.words.values() for word in of_kind):
            yield from self.found_in(names_and_docstrings(source))
        if not words.isdisjoint(self.words["everywhere"]):
            yield from self.found_in(comments(source))


def words_of(text: str) -> list[str]:
    """The words of prose or of a name in snake or camel case: ``ImportDeed`` has two, ``is_owed`` as well."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", text)


def retired() -> Retired:
    table = GLOSSARY.read_text().partition("<!-- retired -->\n")[2].partition("<!-- /retired -->")[0]
    words: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for row in table.splitlines()[2:]:
        _start, names, kind, instead, _end = (cell.strip() for cell in row.split("|"))
        words[kind] |= dict.fromkeys(re.findall(r"`(\w+)`", names), instead)
    return Retired(words)


def names_and_docstrings(source: str) -> Iterator[Text]:
    """The names that the code defines, and its docstrings; no other strings."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield Text(node.lineno, "name", node.name)
            case ast.arg():
                yield Text(node.lineno, "name", node.arg)
            case ast.Name(ctx=ast.Store()):
                yield Text(node.lineno, "name", node.id)
            case ast.Attribute(ctx=ast.Store()):
                yield Text(node.lineno, "name", node.attr)
            case ast.alias(asname=str(name)):
                yield Text(node.lineno, "name", name)
            case ast.Expr(value=ast.Constant(value=str(docstring))):
                yield Text(node.lineno, "prose", docstring)


def comments(source: str) -> Iterator[Text]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Text(token.start[0], "prose", token.string)


def texts_of_template(source: str) -> Iterator[Text]:
    """The variables of a Django template."""
    for number, line in enumerate(source.splitlines(), start=1):
        for tag in re.findall(r"{[{%].*?[%}]}", line):
            for name in re.findall(r"\w+", re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)):
                yield Text(number, "name", name)


def texts_of_path(path: Path) -> Iterator[Text]:
    for part in path.with_suffix("").parts:
        yield Text(0, "module", part)


def is_product(path: Path) -> bool:
    return "migrations" not in path.parts


CODE = [
    path
    for app in APPS
    for path in sorted(file.relative_to(PROJECT) for file in (PROJECT / app).rglob("*.py"))
    if is_product(path)
]
TEMPLATES = sorted(file.relative_to(PROJECT) for file in (PROJECT / "templates").rglob("*.html"))


def test_code_uses_no_retired_word():
    words = retired()
    found = [
        f"{path}, {problem}"
        for path in CODE
        for problem in (
            *words.found_in(texts_of_path(path)),
            *words.found_in_code((PROJECT / path).read_text(encoding="utf-8")),
        )
    ]

    assert found == []


def test_variables_of_pages_use_no_retired_word():
    words = retired()
    found = [
        f"{path}, {problem}"
        for path in TEMPLATES
        for problem in words.found_in(texts_of_template((PROJECT / path).read_text(encoding="utf-8")))
    ]

    assert found == []


def test_codes_of_problems_evidence_and_checks_use_no_retired_word():
    checks = (check.code for check in (*CHECKS, *catalogued_checks()))
    codes = [*PROBLEMS, *COMPARISON_PROBLEMS, *QUESTIONS, *REFUSALS, *EVIDENCE, *checks]
    new = [code for code in codes if not code.startswith("template_")]  # these are stored with imports

    assert list(retired().found_in(Text(0, "name", code) for code in new)) == []
    assert len(list(retired().found_in([Text(0, "name", "title_says")]))) == 1


def test_glossary_retires_words_of_every_kind():
    assert {kind for kind, words in retired().words.items() if words} == set(KINDS)


def test_glossary_uses_each_retired_word_once():
    words = [word for found in retired().words.values() for word in found]

    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class ImportDeed: ...", ["line 1: ImportDeed, use action"]),
        (
            "def tell(lease, said): ...",
            [
                "line 1: tell, use report, show, or the noun for what is reported",
                "line 1: said, use state, show, answer, or the noun for what is stated",
            ],
        ),
        ("print_ = 1", ["line 1: print_, use fingerprint"]),
        ("x.is_template = True", ["line 1: is_template, use own workbook"]),
        ("import a as gauge", ["line 1: gauge, use progress"]),
        ('"""Rows are mended."""', ["line 1: mended, use correct"]),
        ("x = 1  # keeps pace", ["line 1: pace, use poll interval"]),
        (
            'x = 1\n"""What is owed."""',
            ["line 2: owed, use due (organisations, indicators), pending (work)"],
        ),
    ],
)
def test_retired_word_is_found(source: str, found: list[str]):
    assert sorted(retired().found_in_code(source)) == sorted(found)


@pytest.mark.parametrize(
    "source",
    [
        'message = _("Say why, and tell us what is owed.")',
        "from django import template",
        "print(fingerprint)",
        "template_name = 'a.html'",
        'x = 1\n"""What the heading says."""',
        "space = namespace = allowed = 1",
    ],
)
def test_other_words_and_texts_for_people_are_left_alone(source: str):
    assert list(retired().found_in_code(source)) == []


def test_retired_word_is_found_in_the_name_of_a_module():
    found = retired().found_in(texts_of_path(Path("measures/beside.py")))

    assert list(found) == ["line 0: beside, use neighbours"]
    assert list(retired().found_in_code("beside = 1")) == []


def test_retired_word_is_found_among_the_variables_of_a_page():
    page = '<p>said</p>{% include "said.html" with a=entry.said %}{{ column.said }}'

    assert len(list(retired().found_in(texts_of_template(page)))) == 2
