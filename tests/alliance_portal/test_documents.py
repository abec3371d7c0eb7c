"""What the documents for people point to is there."""

import re
from pathlib import Path

import pytest

from alliance_portal.embedded.servers import PROJECT

DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FILE = re.compile(r"`((?:measures|reporting|partners|alliance_portal|static|docs)/[\w/.-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_and_files_named_in_a_document_exist(document: Path):
    text = document.read_text()
    links = [document.parent / link for link in LINK.findall(text) if "://" not in link]
    files = [PROJECT / name for name in FILE.findall(text)]

    assert [str(path) for path in [*links, *files] if not path.exists()] == []


def test_commands_of_the_readme_exist():
    text = (PROJECT / "README.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    commands = {path.stem for path in PROJECT.glob("*/management/commands/*.py")}

    assert set(re.findall(r"`?make ([a-z-]+)", text)) - targets - {"sure"} == set()
    assert set(re.findall(r"manage\.py (\w+)", text)) - commands == set()
