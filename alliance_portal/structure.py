"""Hold the code to its structure, and describe that structure in the guide for contributors.

``python -m alliance_portal.structure update`` writes the table of rooms into docs/contributing.md. ``check``
fails, naming each case, when that table is out of date, a room is not described in the guide, has too many
modules or a module too many lines, or modules import each other in a circle, be it for types alone.
Migrations are left out.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
APPS = ("alliance_portal", "partners", "measures", "reporting")
PACKAGES = (*APPS, "bench")  # what the guide describes
GUIDE = ROOT / "docs" / "contributing.md"
BEGIN, END = "<!-- rooms -->", "<!-- /rooms -->"

MOST_MODULES = 15  # in a room, without its __init__
MOST_LINES = 400  # of a module
GRAIN = 100  # lines are rounded up to it in the table, or every change of the code would change the guide


def module_files() -> list[Path]:
    """The modules of the product and of its benchmark, as paths from the root."""
    files = (file.relative_to(ROOT) for app in PACKAGES for file in (ROOT / app).rglob("*.py"))
    return sorted(file for file in files if "migrations" not in file.parts)


def rooms() -> dict[str, list[Path]]:
    """Every folder with modules in it, and these."""
    found: dict[str, list[Path]] = defaultdict(list)
    for file in module_files():
        found[str(file.parent)].append(file)
    return {room: files for room, files in found.items() if any(count_lines(file) for file in files)}


def count_lines(file: Path) -> int:
    return len((ROOT / file).read_text(encoding="utf-8").splitlines())


def count_modules(files: list[Path]) -> int:
    return sum(file.name != "__init__.py" for file in files)


def import_graph() -> grimp.ImportGraph:
    """Who imports whom, imports for types included. Not from a cache: the files may have just changed."""
    return grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)


def module_name(file: Path) -> str:
    return ".".join(file.parent.parts if file.name == "__init__.py" else file.with_suffix("").parts)


def room_imports(graph: grimp.ImportGraph) -> dict[str, set[str]]:
    """For each room the other rooms that its modules import from."""
    room_of = {module_name(file): room for room, files in rooms().items() for file in files}
    arrows: dict[str, set[str]] = {room: set() for room in rooms()}
    for module, room in room_of.items():
        for imported in graph.find_modules_directly_imported_by(module):
            if room_of.get(imported, room) != room:
                arrows[room].add(seen_from(room, room_of[imported]))
    return arrows


def seen_from(room: str, other: str) -> str:
    """Name the other room as far as its path differs from this one: what lies deeper is its own affair."""
    own, parts = room.split("/"), other.split("/")
    same = next((at for at, (a, b) in enumerate(zip(own, parts, strict=False)) if a != b), len(own))
    return "/".join(parts[: same + 1])


def table(graph: grimp.ImportGraph) -> str:
    """The rooms of the product as a table in Markdown."""
    arrows = room_imports(graph)
    lines = ["| room | modules | lines | imports from |", "|---|---:|---:|---|"]
    for room, files in sorted(rooms().items()):
        total = -(-sum(count_lines(file) for file in files) // GRAIN) * GRAIN
        imported = ", ".join(f"`{other}`" for other in sorted(arrows[room]))
        lines.append(f"| `{room}` | {count_modules(files)} | {total:,} | {imported or '–'} |")
    return "\n".join(lines)


def with_table(text: str, rows: str) -> str:
    """The guide with this table between its two markers."""
    before, _begin, rest = text.partition(f"{BEGIN}\n")
    _old, end, after = rest.partition(f"{END}\n")
    if not end:
        message = f"{GUIDE} lacks the lines {BEGIN} and {END}."
        raise ValueError(message)
    return f"{before}{BEGIN}\n{rows}\n{END}\n{after}"


def described_rooms(text: str) -> Counter[str]:
    """How often the guide describes each room: by a row of two cells, its name first, then a text."""
    described = re.findall(r"^\| (`[^|]+`) \| [^|]*\w[^|]* \|$", text, re.MULTILINE)
    return Counter(room for names in described for room in re.findall(r"`([^`]+)`", names))


def cycles(graph: grimp.ImportGraph) -> list[tuple[str, ...]]:
    """The shortest circle through each import that is part of one; every circle once."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for module in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(module)):
            way_back = graph.find_shortest_chain(importer=imported, imported=module)
            if way_back:
                found.setdefault(frozenset(way_back), (module, *way_back))
    return list(found.values())


def problems() -> Iterator[str]:
    """What is wrong with the structure, one sentence each."""
    graph = import_graph()
    for room, files in sorted(rooms().items()):
        if (modules := count_modules(files)) > MOST_MODULES:
            yield f"{room} has {modules} modules, more than {MOST_MODULES}: divide it"
    text = GUIDE.read_text(encoding="utf-8")
    described = described_rooms(text)
    for room in sorted(rooms().keys() - described.keys()):
        yield f"{room} is not described in {GUIDE.relative_to(ROOT)}: say in one line what it does"
    for room in sorted(room for room, lines in described.items() if lines > 1):
        yield f"{room} is described more than once in {GUIDE.relative_to(ROOT)}: keep one line"
    for file in module_files():
        if (lines := count_lines(file)) > MOST_LINES:
            yield f"{file} has {lines} lines, more than {MOST_LINES}: divide it"
    for cycle in cycles(graph):
        yield f"modules import each other in a circle: {' -> '.join(cycle)}"
    if text != with_table(text, table(graph)):
        yield f"the table of rooms in {GUIDE.relative_to(ROOT)} is out of date: run make structure"


def update() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    GUIDE.write_text(with_table(text, table(import_graph())), encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        update()
        return 0
    if arguments == ["check"]:
        found = list(problems())
        for problem in found:
            sys.stderr.write(f"{problem}\n")
        return 1 if found else 0
    sys.stderr.write("usage: python -m alliance_portal.structure update|check\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
