"""What fields, elements and findings of a cell of the grid are called."""

from measures.enums import TOTAL


def cell_name(item_id: int, region: str | None, target_group: str | None, occupation: str = TOTAL) -> str:
    """The total over all occupations goes unnamed."""
    name = f"{item_id}-{region}-{target_group}"
    return name if occupation == TOTAL else f"{name}-{occupation}"
