"""What the documents for people point to is there."""

import ast
import re
from pathlib import Path

import pytest

from alliance_portal.embedded.servers import PROJECT
from alliance_portal.structure import APPS

DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CODE = re.compile(r"`([^`\n]+)`")
ROOTS = (*APPS, "static", "templates", "locale", "docs", "tests", "samples", "bench")

INSIDE = ("", "measures/", "measures/importing/", "measures/services/imports/", "reporting/")
"""Where a path in a document may begin."""

FILES = {path.name for folder in ROOTS for path in (PROJECT / folder).rglob("*.*")}


def unknown_path(name: str) -> str:
    """The name, if it is that of a file or folder and there is none of it."""
    if re.fullmatch(r"[\w.-]+\.(py|typ|yaml)", name) and "/" not in name:
        is_known = name in FILES or (PROJECT / name).exists()
    elif re.fullmatch(r"[\w-]+/[\w/.-]*", name) and (name.endswith((".py", "/")) or name.startswith(ROOTS)):
        is_known = any((PROJECT / start / name).exists() for start in INSIDE)
    else:
        return ""
    return "" if is_known or "CODE" in name else name


def unknown_object(name: str) -> str:
    """The name, if it is a dotted one of the portal's code that no module, definition or task has."""
    if not re.fullmatch(rf"({'|'.join(APPS)})(\.[A-Za-z_]\w*)+", name):
        return ""
    parts = name.split(".")
    module = PROJECT.joinpath(*parts)
    if module.is_dir() or module.with_suffix(".py").is_file() or name in task_names():
        return ""
    definer = PROJECT.joinpath(*parts[:-1])
    file = definer / "__init__.py" if definer.is_dir() else definer.with_suffix(".py")
    return "" if file.is_file() and parts[-1] in defined_in(file) else name


def defined_in(file: Path) -> set[str]:
    """The names that a module defines or passes on."""
    found: set[str] = set()
    for node in ast.parse(file.read_text()).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.ImportFrom(names=names):
                found.update(alias.name for alias in names)
    return found


def task_names() -> set[str]:
    texts = (path.read_text() for path in PROJECT.glob("*/tasks.py"))
    return {name for text in texts for name in re.findall(r'name="([\w.]+)"', text)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_files_and_code_named_in_a_document_exist(document: Path):
    text = document.read_text()
    links = [document.parent / link for link in LINK.findall(text) if "://" not in link]
    names = CODE.findall(text)

    assert [str(path) for path in links if not path.exists()] == []
    assert [name for name in map(unknown_path, names) if name] == []
    assert [name for name in map(unknown_object, names) if name] == []


@pytest.mark.parametrize(
    "name",
    [
        "measures/services/imports/nowhere.py",
        "importing/nowhere.py",
        "nowhere.py",
        "docs/nowhere.md",
        "reporting/nowhere/",
    ],
)
def test_path_that_leads_nowhere_is_found(name: str):
    assert unknown_path(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "measures/",
        "importing/text/markers.py",
        "markers.py",
        "templates/base.html",
        "make check",
        "text/plain",
    ],
)
def test_path_that_is_there_or_none_is_left_alone(name: str):
    assert unknown_path(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "measures.nowhere",
        "measures.models.Nothing",
        "measures.services.review.approve",
        "partners.sorting.x.y",
    ],
)
def test_code_that_does_not_exist_is_found(name: str):
    assert unknown_object(name) == name


@pytest.mark.parametrize(
    "name",
    ["measures.models", "measures.models.Figure", "measures.services.review.take_step", "manage.py"],
)
def test_code_that_exists_is_left_alone(name: str):
    assert unknown_object(name) == ""


def test_commands_of_the_readme_exist():
    text = (PROJECT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    commands = {path.stem for path in PROJECT.glob("*/management/commands/*.py")}

    assert set(re.findall(r"`?make ([a-z-]+)", text)) - targets - {"sure"} == set()
    assert set(re.findall(r"manage\.py (\w+)", text)) - commands == set()
