"""One meaning per class name: whoever reads a name knows the class without looking at the import."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from alliance_portal.embedded.servers import PROJECT

PACKAGES = ("alliance_portal", "partners", "measures", "reporting")
GIVEN_BY_DJANGO = {"Meta", "Command"}


def classes_of(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and node.name not in GIVEN_BY_DJANGO:
            yield node.name


def clashes(modules: Sequence[Path]) -> dict[str, list[str]]:
    """Names that more than one class has, with the modules they stand in."""
    lines: dict[str, list[Path]] = defaultdict(list)
    for module in modules:
        for name in re.findall(r"^\s*class\s+(\w+)", module.read_text(), re.MULTILINE):
            lines[name].append(module)
    possible = {module for found in lines.values() if len(found) > 1 for module in found}
    places: dict[str, list[str]] = defaultdict(list)
    for module in filter(possible.__contains__, modules):  # only these are worth being parsed
        for name in classes_of(module.read_text()):
            places[name].append(module.name)
    return {name: found for name, found in places.items() if len(found) > 1}


def product_modules() -> list[Path]:
    modules = [path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))]
    return [path for path in modules if "migrations" not in path.parts]


def test_no_two_classes_of_the_product_share_a_name():
    modules = product_modules()

    assert len(modules) > 100
    assert clashes(modules) == {}


def test_a_shared_name_is_found_wherever_it_stands(tmp_path):
    (tmp_path / "models.py").write_text("class Target:\n    class Meta: ...\n")
    (tmp_path / "parts.py").write_text("def make():\n    class Target: ...\n\nclass Meta: ...\n")

    assert clashes(sorted(tmp_path.iterdir())) == {"Target": ["models.py", "parts.py"]}
