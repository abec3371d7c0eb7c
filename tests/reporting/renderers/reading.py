"""A composed document as tests ask about it: its tables by their places, and its words."""

from reporting.renderers.blocks import (
    DocumentSection,
    ListBlock,
    ParagraphBlock,
    PictureBlock,
    ReportDocument,
    TableBlock,
    TilesBlock,
)


def blocks_of(document: ReportDocument, kind: type) -> list:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def table_of(document: ReportDocument, code: str) -> TableBlock:
    return next(each for each in blocks_of(document, TableBlock) if each.anchor == f"table-{code}")


def rows_of(document: ReportDocument, code: str) -> list[list[str]]:
    """The texts of a table, each row as it is printed."""
    return [[cell.text for cell in row.cells] for row in table_of(document, code).rows]


def section_of(document: ReportDocument, code: str) -> DocumentSection:
    return next(each for each in document.sections if each.anchor == f"report-{code}")


def sentences_of(document: ReportDocument, code: str = "glance") -> str:
    """The paragraphs and lists of a section."""
    found = []
    for block in section_of(document, code).blocks:
        if isinstance(block, ParagraphBlock):
            found.append(block.text)
        elif isinstance(block, ListBlock):
            found += block.items
    return "\n".join(found)


def tiles_of(document: ReportDocument) -> list:
    return [tile for block in blocks_of(document, TilesBlock) for tile in block.tiles]


def pictures_of(document: ReportDocument) -> list[PictureBlock]:
    return blocks_of(document, PictureBlock)
