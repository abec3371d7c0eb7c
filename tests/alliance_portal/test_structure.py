"""The check of the structure finds what is wrong, in small projects that each break one rule."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_portal import structure

ROOMS = """
| room | what it does |
|---|---|
| `alliance_portal` | wires |
| `partners`, `measures` | who and what |
| `measures/models` | tables |
| `reporting` | what is published |
| `bench` | what is measured |
"""
GUIDE = f"# Contributing\n{ROOMS}\n{structure.BEGIN}\n{structure.END}\n\nMore text.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a module in ``measures`` that imports from ``partners``, and its guide."""
    for app in structure.PACKAGES:
        write(tmp_path, f"{app}/__init__.py", "")
    shutil.copy(structure.__file__, tmp_path / "alliance_portal" / "structure.py")
    write(tmp_path, "partners/names.py", "NAME = 'a'\n")
    write(tmp_path, "measures/models/__init__.py", "")
    write(tmp_path, "measures/models/figures.py", "from partners.names import NAME\n\nFIGURE = NAME\n")
    write(tmp_path, "docs/contributing.md", GUIDE)
    run(tmp_path, "update")
    return tmp_path


def write(project: Path, name: str, content: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text(content)


def run(project: Path, command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "alliance_portal.structure", command],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_structure_of_the_portal_is_in_order():
    assert list(structure.problems()) == []


def test_structure_in_order_passes(project: Path):
    assert run(project, "check") == (0, "")


def test_table_names_each_room_with_what_it_imports(project: Path):
    guide = (project / "docs" / "contributing.md").read_text()

    assert "| `measures/models` | 1 | 100 | `partners` |\n" in guide
    assert "| `partners` | 1 | 100 | – |\n" in guide
    assert guide.startswith(f"# Contributing\n{ROOMS}\n")
    assert guide.endswith("\nMore text.\n")


@pytest.mark.parametrize(
    ("room", "other", "name"),
    [
        ("measures/forms", "measures/importing/text", "measures/importing"),
        ("measures/forms", "measures", "measures"),
        ("measures", "measures/services/imports", "measures/services"),
        ("measures/importing/rows", "measures/importing/text", "measures/importing/text"),
        ("measures/importing/rows", "partners/models", "partners"),
    ],
)
def test_imported_room_is_named_as_far_as_its_path_differs(room: str, other: str, name: str):
    assert structure.seen_from(room, other) == name


def test_table_out_of_date_is_found_and_brought_up_to_date(project: Path):
    write(project, "reporting/views.py", "from measures.models.figures import FIGURE\n")

    assert run(project, "check") == (
        1,
        "the table of rooms in docs/contributing.md is out of date: run make structure\n",
    )
    run(project, "update")
    assert run(project, "check") == (0, "")


def test_room_may_have_fifteen_modules_and_no_more(project: Path):
    for number in range(structure.MOST_MODULES - 1):
        write(project, f"measures/models/part_{number}.py", "PART = 1\n")
    run(project, "update")
    assert run(project, "check") == (0, "")

    write(project, "measures/models/one_more.py", "PART = 1\n")
    run(project, "update")
    assert run(project, "check") == (1, "measures/models has 16 modules, more than 15: divide it\n")


@pytest.mark.parametrize("line", ["", "| `measures/forms` | |\n", "| `measures/forms` | 1 | 100 | – |\n"])
def test_room_without_a_line_that_describes_it_is_found(project: Path, line: str):
    write(project, "measures/forms/__init__.py", "FORM = 1\n")
    write(project, "docs/contributing.md", GUIDE.replace("| `measures/models`", f"{line}| `measures/models`"))
    run(project, "update")

    assert run(project, "check") == (
        1,
        "measures/forms is not described in docs/contributing.md: say in one line what it does\n",
    )


def test_room_that_is_described_twice_is_found(project: Path):
    again = "| `measures/models` | more |\n| `bench`"
    write(project, "docs/contributing.md", GUIDE.replace("| `bench`", again))
    run(project, "update")

    assert run(project, "check") == (
        1,
        "measures/models is described more than once in docs/contributing.md: keep one line\n",
    )


def test_module_may_have_four_hundred_lines_and_no_more(project: Path):
    write(project, "partners/names.py", "NAME = 'a'\n" * 400)
    run(project, "update")
    assert run(project, "check") == (0, "")

    write(project, "partners/names.py", "NAME = 'a'\n" * 401)
    run(project, "update")
    assert run(project, "check") == (1, "partners/names.py has 401 lines, more than 400: divide it\n")


def test_migrations_may_be_long_and_many(project: Path):
    for number in range(structure.MOST_MODULES + 1):
        write(project, f"measures/migrations/{number:04}_step.py", "STEP = 1\n" * 401)

    assert run(project, "check") == (0, "")


def test_circle_of_imports_is_found_through_several_modules(project: Path):
    write(project, "partners/places.py", "from partners.names import NAME\n")
    write(project, "partners/regions.py", "from partners.places import NAME\n")
    write(project, "partners/names.py", "from partners.regions import NAME\n")
    run(project, "update")

    circle = "partners.names -> partners.regions -> partners.places -> partners.names"
    assert run(project, "check") == (1, f"modules import each other in a circle: {circle}\n")


def test_circle_of_imports_for_types_is_found(project: Path):
    write(
        project,
        "partners/names.py",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from partners.places import Place\n",
    )
    write(project, "partners/places.py", "import partners.names\n\n\nclass Place: ...\n")
    run(project, "update")

    circle = "partners.names -> partners.places -> partners.names"
    assert run(project, "check") == (1, f"modules import each other in a circle: {circle}\n")


def test_guide_without_its_markers_is_an_error(project: Path):
    write(project, "docs/contributing.md", f"# Contributing\n{ROOMS}")
    code, message = run(project, "check")

    assert code != 0
    assert "lacks the lines <!-- rooms --> and <!-- /rooms -->" in message


def test_unknown_command_is_refused(project: Path):
    assert run(project, "improve") == (2, "usage: python -m alliance_portal.structure update|check\n")
