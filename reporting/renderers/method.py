"""The method every progress report states, in the active language."""

from django.utils.translation import gettext

from reporting.frozen.schema import DisclosureData


def method_texts(disclosure: DisclosureData | None, *, has_targets: bool) -> tuple[str, ...]:
    texts = [
        gettext(
            "Only approved values are counted. A sum adds the values present and says how many of the "
            "organisations due gave one."
        ),
        gettext(
            "“Not reported” means that no statement exists. “Incomplete” means that some of those due "
            "stated why there is no value, or said nothing, and none gave a value. A printed 0 is a "
            "reported zero."
        ),
        gettext(
            "The year of a figure is the year in which its period ends. What follows 30 September carries"
            " the year of that 30 September."
        ),
        *(_on_targets() if has_targets else ()),
        gettext(
            "Target groups overlap and are never added up. Stocks and differences to a baseline are never"
            " added over years. Figures of different units never meet in a sum."
        ),
        gettext("Percentages are rounded for print only, half up, to one decimal."),
    ]
    if disclosure:
        texts.append(
            gettext(
                "“Withheld” protects individuals: of the people whom measures are for, a count of one or two "
                "is not printed, nor is a count that lacks only one or two of its total, nor what would "
                "allow either to be worked out from the other tables and earlier reports. The partners' own "
                "posts are not withheld. A withheld value is part of every total."
            )
        )
    return tuple(texts)


def _on_targets() -> tuple[str, ...]:
    return (
        gettext(
            "Attainment is (value − baseline) ÷ (target − baseline). Without a baseline a rising target "
            "starts at 0. It is not cut off at 100 percent. For an upper limit (“at most”) the share used "
            "is shown instead."
        ),
    )
