"""The colours of charts. Each stands for itself beside a label, a shape or a pattern, never alone.

They are told apart with any colour vision. On a dark page the style sheet puts the second colour of a pair in
place of the first (``static/portal/charts.css``), so that a drawing need not be made anew.
"""

INK = "#131525"
QUIET = "#555970"
LINE = "#C0C3D5"
TRACK = "#E3E5EC"
BAR = "#171a6b"
CEILING_BAR = "#a9abd6"
PAPER = "#fefefe"
"""What parts of a drawing are set apart with: the colour of the page below."""

SERIES = ("#171a6c", "#b54a00", "#00705c", "#8a2f74", "#5c5300", "#3f6f9f")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
DASHES = ((1, 0), (7, 3), (2, 3), (9, 3, 2, 3), (4, 4), (12, 3))

BELOW = "#b35807"
ABOVE = "#542789"

DIVERGING = ("#b35806", "#e08214", "#fdb863", "#fee0b6", "#d8daeb", "#b2abd2", "#8073ac", "#542788")
SEQUENTIAL = ("#dbe6f4", "#b3d0e6", "#6baed6", "#3182bd", "#08519c")
EMPTY = "#f0f0f3"
"""The ground of what is hatched: no class of its own."""
HATCH = "#555971"
ON_LIGHT = "#000000"
ON_DARK = "#ffffff"

DARK = {
    INK: "#f3f4f9",
    QUIET: "#b7bbcf",
    LINE: "#5b5f7c",
    TRACK: "#34384f",
    BAR: "#9fa6ff",
    CEILING_BAR: "#6d73c2",
    PAPER: "#000000",
    SERIES[0]: "#a3aaff",
    SERIES[1]: "#ffa066",
    SERIES[2]: "#5fd3bc",
    SERIES[3]: "#f09ad9",
    SERIES[4]: "#dccf5e",
    SERIES[5]: "#8fc4f5",
    BELOW: "#fdb462",
    ABOVE: "#b9a6f2",
}
"""What a colour becomes on a dark page. Fills with a label inside keep theirs, and the label with them."""


def ink_on(fill: str) -> str:
    """The colour of a text on a fill."""
    return ON_DARK if fill in (DIVERGING[0], DIVERGING[-1], SEQUENTIAL[-1]) else ON_LIGHT
