"""The practice description: the parts that European descriptions of good practice have, in their order."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext, pgettext

from reporting.frozen.contents import Practice
from reporting.frozen.links import Counted
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    FactLine,
    FactsBlock,
    HeadingBlock,
    ListBlock,
    ParagraphBlock,
)
from reporting.renderers.grammar import counted, of_counted
from reporting.renderers.linked_text import bullets, linked
from reporting.renderers.sections.results import statement_text
from reporting.renderers.writer import Writer


def practice(writer: Writer) -> Iterator[DocumentSection]:
    described = writer.snapshot.practice
    if described is None:
        return
    for anchor, heading, blocks in (
        ("practice-profile", gettext("Profile"), [_profile(writer, described)]),
        ("practice-objectives", gettext("Objectives"), [*_objectives(writer)]),
        ("practice-groups", gettext("Target groups"), [_items(writer.texts(described.target_groups))]),
        (
            "practice-activities",
            gettext("Activities"),
            [*writer.narratives("practice_activities"), *_activities(writer)],
        ),
        ("practice-funding", gettext("Funding"), [_items(writer.texts(described.funding))]),
        ("practice-outputs", gettext("Outputs"), [*_outputs(writer)]),
        (
            "practice-outcomes",
            gettext("Outcomes"),
            [*writer.narratives("practice_outcomes"), *_statements(writer, "outcome")],
        ),
        (
            "practice-lessons",
            gettext("Lessons learnt and success factors"),
            [*writer.narratives("practice_lessons"), *_lessons(writer)],
        ),
        ("practice-sources", gettext("Sources"), [_sources(writer, described)]),
    ):
        filled = [block for block in blocks if block]
        if filled:
            yield DocumentSection(anchor=anchor, heading=heading, blocks=tuple(filled))


def _items(texts: list[str]) -> Block | None:
    return ListBlock(items=tuple(texts)) if texts else None


def _profile(writer: Writer, described: Practice) -> Block:
    alliance = writer.snapshot.alliance
    facts = [
        (gettext("Title"), writer.text(described.title)),
        (_original_title(), described.original_title),
        (gettext("Country"), gettext("Germany")),
        (pgettext("report", "Implementing body"), writer.text(alliance.implementing_body)),
        (gettext("Other organisations"), "; ".join(writer.texts(described.partners))),
        (
            pgettext("report", "Period"),
            gettext("%(first)s to %(last)s")
            % {"first": wording.month(described.starts_on), "last": wording.month(described.ends_on)},
        ),
        (gettext("Website"), alliance.homepage),
    ]
    return FactsBlock(
        facts=tuple(
            FactLine(
                label=label,
                text=text,
                language=writer.other_language("de") if label == _original_title() else "",
            )
            for label, text in facts
            if text
        )
    )


def _original_title() -> str:
    return gettext("Title in the original language")


def _objectives(writer: Writer) -> Iterator[Block]:
    yield from writer.narratives("practice_objectives")
    if writer.snapshot.objectives:
        yield ListBlock(items=tuple(writer.text(each.name) for each in writer.snapshot.objectives))


def _activities(writer: Writer) -> Iterator[Block]:
    """The measures by their kind, each with who leads it."""
    kinds = dict.fromkeys(each.kind for each in writer.snapshot.measures)
    for kind in kinds:
        yield HeadingBlock(anchor=f"practice-activities-{kind}", text=wording.measure_kind(kind))
        yield ListBlock(
            items=tuple(
                gettext("%(measure)s (lead: %(leads)s)")
                % {"measure": writer.text(each.name), "leads": ", ".join(writer.texts(each.leads))}
                if each.leads
                else writer.text(each.name)
                for each in writer.snapshot.measures
                if each.kind == kind
            )
        )


def _outputs(writer: Writer) -> Iterator[Block]:
    """Every value of a figure that something was promised for, with what was promised; then the products."""
    items = []
    for indicator in writer.snapshot.headlines:
        for figure in indicator.years:
            value = figure.amount.value
            if value is None or wording.EXAMPLE in figure.amount.qualities:
                continue
            url = writer.address(indicator.code, figure.year)
            text = gettext("%(year)s: %(counted)s – %(name)s") % {
                "year": figure.year,
                "counted": linked(counted(value, indicator.unit), url),
                "name": writer.text(indicator.name),
            }
            if figure.target is not None:
                goal = linked(of_counted(figure.target.value, indicator.unit), url)
                text += " " + (
                    gettext("(upper limit of %(goal)s)")
                    if figure.target.is_ceiling
                    else gettext("(target of %(goal)s)")
                ) % {"goal": goal}
            items.append((figure.year, text))
    if items:
        yield bullets([text for _year, text in sorted(items, key=lambda item: item[0])])
    else:
        yield ParagraphBlock(text=gettext("No figure of this period has been approved in the portal yet."))
    yield from _statements(writer, "product")


def _statements(writer: Writer, kind: str) -> Iterator[Block]:
    items = tuple(statement_text(writer, each) for each in writer.snapshot.statements if each.kind == kind)
    if items:
        yield ListBlock(items=items)


def _lessons(writer: Writer) -> Iterator[Block]:
    for kind, heading in (
        ("lesson", pgettext("report", "Lessons")),
        ("success", gettext("Success factors")),
    ):
        blocks = list(_statements(writer, kind))
        if blocks:
            yield HeadingBlock(anchor=f"practice-lessons-{kind}", text=heading)
            yield from blocks


def _sources(writer: Writer, described: Practice) -> Block:
    files = len([each for each in writer.snapshot.sources if each.name])
    figures = sum(each.figures for each in writer.snapshot.sources)
    own = gettext("%(alliance)s: catalogue of measures and approved figures") % {
        "alliance": writer.text(writer.snapshot.alliance.name)
    }
    url = writer.address(Counted.FILES, writer.year)
    if files:
        own += " " + ngettext(
            "(%(figures)s, from one file)", "(%(figures)s, from %(files)s files)", files
        ) % {
            "figures": linked(
                ngettext("%(number)s figure", "%(number)s figures", figures)
                % {"number": wording.number(figures)},
                url,
            ),
            "files": linked(wording.number(files), url),
        }
    return bullets([*writer.texts(described.sources), own])
