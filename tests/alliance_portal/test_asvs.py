"""The table of ASVS requirements has each of them once, counts right and names nothing that is not there."""

import ast
import re
from collections import Counter
from typing import NamedTuple

import pytest

from alliance_portal.embedded.servers import PROJECT

DOCUMENT = PROJECT / "docs" / "asvs.md"
LEVELS_OF_THE_STANDARD = """
1: 22 1111122223 112222222223 222 123
2: 122 112 12223 23
3: 3 113 12223 11222233 11122333 3 22333
4: 12233 23333 22 1222
5: 2 112333 113 222
6: 122 111111112222 11223333 112233 22222333 2223 33 2222
7: 222 1111 22 11222 223 22
8: 1233 1123 133 23
9: 111 1222
10: 22 223 22223 1111122222233333 22222 22 222
11: 2233 22233 11233 1222 23 23 33
12: 12233 11 22223
13: 2333 222223 2233 1222233
14: 22 12223333 122
15: 12233 12233 1222222 3333
16: 2 22222 2222 222 2223
17: 23 22223333 22
"""
"""ASVS 5.0.0: a chapter a line, a section a word, the level of a requirement a digit."""

MET, NOT_APPLICABLE, NOT_MET = "met", "does not apply", "not met"
STATE = re.compile(rf"({MET}|{NOT_APPLICABLE})|({NOT_MET}) since 20\d\d-\d\d-\d\d")
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([\w./-]+)(?:#([\w-]+))?\)")
COLUMNS = 5


class Requirement(NamedTuple):
    number: str
    level: str
    name: str
    state: str
    reason: str


def requirements() -> list[Requirement]:
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| V")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    assert {len(row) for row in cells} == {COLUMNS}
    return [Requirement(*(cell.strip() for cell in row)) for row in cells]


def standard() -> dict[str, str]:
    """The level of each requirement by its number."""
    return {
        f"V{chapter}.{section}.{place}": level
        for line in LEVELS_OF_THE_STANDARD.split("\n")
        if line
        for chapter, sections in [line.split(": ")]
        for section, levels in enumerate(sections.split(), 1)
        for place, level in enumerate(levels, 1)
    }


def state_of(requirement: Requirement) -> str:
    found = STATE.fullmatch(requirement.state)
    return (found[1] or found[2]) if found else ""


def test_standard_has_as_many_requirements_of_each_level_as_it_says():
    assert Counter(standard().values()) == {"1": 70, "2": 183, "3": 92}


def test_each_requirement_of_levels_1_and_2_stands_there_once_with_its_level():
    expected = {number: level for number, level in standard().items() if level != "3"}

    listed = [(each.number, each.level) for each in requirements()]

    assert sorted(listed) == sorted(expected.items())


def test_each_has_a_name_one_of_three_states_and_a_reason():
    assert [each for each in requirements() if not (each.name and state_of(each) and each.reason)] == []


def test_counts_at_the_top_are_those_of_the_table():
    stated = re.findall(r"^\| (1|2|both) \|(.+)\|$", DOCUMENT.read_text(), re.MULTILINE)
    counted = Counter((each.level, state_of(each)) for each in requirements())
    rows = {level: [counted[level, state] for state in (MET, NOT_APPLICABLE, NOT_MET)] for level in "12"}
    rows["both"] = [sum(pair) for pair in zip(rows["1"], rows["2"], strict=True)]

    assert {level: [int(cell) for cell in cells.split("|")] for level, cells in stated} == {
        level: [*row, sum(row)] for level, row in rows.items()
    }


SETTINGS = "".join(path.read_text() for path in (PROJECT / "alliance_portal" / "settings").glob("*.py"))
VARIABLE = re.compile(r"[A-Z][A-Z_]+[A-Z]")


def is_there(name: str, reason: str) -> bool:
    """Whether a test, file, folder or setting that a reason names exists; other code is not looked at."""
    path, _, test = name.partition("::")
    if test:
        return (PROJECT / path).is_file() and test in functions_of(path)
    if "/" in name and " " not in name:
        return (PROJECT / name).exists()
    if VARIABLE.fullmatch(name):
        files = [PROJECT / file for file in CODE.findall(reason) if file.endswith(".py")]
        return name in SETTINGS or any(name in file.read_text() for file in files)
    return True


def functions_of(path: str) -> set[str]:
    tree = ast.parse((PROJECT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_file_and_setting_that_is_named_exists():
    missing = [
        (each.number, name)
        for each in requirements()
        for name in CODE.findall(each.reason)
        if not is_there(name, each.reason)
    ]

    assert missing == []


@pytest.mark.parametrize(
    "name",
    [
        "tests/test_access.py::test_nothing",
        "tests/test_nowhere.py::test_answers_are_those_of_the_table",
        "partners/nowhere.py",
        "NO_SUCH_SETTING",
    ],
)
def test_what_does_not_exist_is_found(name: str):
    assert not is_there(name, f"`{name}` in `partners/forms.py`")


def test_each_that_is_met_names_what_shows_it():
    """A test, file, setting or document; of what must not be there words alone say that it is not."""
    shown = [each for each in requirements() if state_of(each) == MET]

    assert len([each for each in shown if CODE.search(each.reason) or LINK.search(each.reason)]) > 0.95 * len(
        shown
    )


def slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")


def test_every_heading_that_is_linked_exists():
    links = LINK.findall(DOCUMENT.read_text())
    headings = {
        (name, slug(line.lstrip("# ")))
        for name in {name for name, _heading in links}
        for line in (DOCUMENT.parent / name).read_text().splitlines()
        if line.startswith("#")
    }

    assert [link for link in links if link[1] and link not in headings] == []
