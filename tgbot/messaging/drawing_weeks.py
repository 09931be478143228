"""Draws a week: a ring for each day, filled and ticked when the exercises were done, and the cups."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tgbot.domain.charts import Column, WeekChart
from tgbot.domain.weeks import Mark
from tgbot.messaging.ink import APRICOT, BLUE, GREY, INK, ORANGE, PALE, SIDE, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Empty = Callable[[float], Figure]

TITLE: Final = 0.9
RINGS: Final = 2.6
CUPS: Final = 2.4
BELOW: Final = 0.2
"""Inches: the title, the row of rings with its label and the days, the row of cups, the foot."""
RADIUS: Final = 0.4
BAR: Final = 0.6
"""Of the distance between two days."""


def draw_week(chart: WeekChart, empty: "Empty") -> "Figure":
    """The week on a new figure; ``empty`` makes one of so many inches in height."""
    height = TITLE + RINGS + (CUPS if chart.drinks else 0) + BELOW
    figure = empty(height)
    left = SIDE / WIDTH
    figure.text(left, 1 - 0.2 / height, chart.title, size=26, weight="bold", va="top", color=INK)
    axes = figure.add_axes(_box(height - TITLE - RINGS, RINGS, height))
    _draw_rings(axes, chart)
    if chart.drinks:
        _draw_cups(figure.add_axes(_box(BELOW, CUPS, height)), chart)
    return figure


def _box(bottom: float, tall: float, height: float) -> tuple[float, float, float, float]:
    return (SIDE / WIDTH, bottom / height, 1 - 2 * SIDE / WIDTH, tall / height)


def _draw_rings(axes: "Axes", chart: WeekChart) -> None:
    """Days above, rings below; the axes count in inches, so that rings are round."""
    step = (WIDTH - 2 * SIDE) / len(chart.columns)
    axes.set_xlim(0, WIDTH - 2 * SIDE)
    axes.set_ylim(0, RINGS)
    axes.set_axis_off()
    axes.text(0, RINGS - 0.3, chart.exercises, size=19, weight="bold", va="center", color=INK)
    for place, column in enumerate(chart.columns):
        middle = (place + 0.5) * step
        _draw_ring(axes, middle, 1.5, column.mark, chart.rest)
        axes.text(middle, 0.7, column.name, size=19, weight="bold", ha="center", color=INK)
        axes.text(middle, 0.35, column.number, size=17, ha="center", color=GREY)


def _draw_ring(axes: "Axes", x: float, y: float, mark: str, rest: str) -> None:
    """Each mark has its own shape: told apart without any colour."""
    from matplotlib.patches import Circle  # noqa: PLC0415 - as in ``drawing.draw``

    match mark:
        case Mark.DONE:
            axes.add_patch(Circle((x, y), RADIUS, facecolor=BLUE, edgecolor=BLUE))
            tick = ([x - 0.18, x - 0.05, x + 0.2], [y, y - 0.15, y + 0.17])
            axes.plot(*tick, color="white", linewidth=6, solid_capstyle="round")
        case Mark.REST:
            axes.add_patch(Circle((x, y), RADIUS, facecolor=APRICOT, edgecolor=ORANGE, linewidth=2))
            axes.text(x, y, rest, size=17, weight="bold", ha="center", va="center", color=INK)
        case Mark.COMING:
            ring = Circle((x, y), RADIUS, fill=False, edgecolor=BLUE, linewidth=3, linestyle=":")
            axes.add_patch(ring)
        case Mark.OPEN:
            axes.add_patch(Circle((x, y), RADIUS, fill=False, edgecolor=GREY, linewidth=3))
        case _:
            axes.plot([x - 0.12, x + 0.12], [y, y], color=GREY, linewidth=4)


def _draw_cups(axes: "Axes", chart: WeekChart) -> None:
    highest = max(chart.target, 1, *(column.cups for column in chart.columns))
    axes.set_xlim(-0.5, len(chart.columns) - 0.5)
    axes.set_ylim(0, highest * 1.6)
    axes.set_axis_off()
    axes.text(-0.5, highest * 1.5, chart.drinks, size=19, weight="bold", va="center", color=INK)
    for place, column in enumerate(chart.columns):
        axes.bar(place, highest, width=BAR, color=PALE, zorder=1)
        axes.bar(place, max(column.cups, 0), width=BAR, color=BLUE, zorder=2)
        _say_cups(axes, place, column, highest)
    if chart.target:
        axes.axhline(chart.target, color="white", linewidth=7, zorder=3)
        axes.axhline(chart.target, color=ORANGE, linewidth=4, zorder=4)


def _say_cups(axes: "Axes", place: int, column: Column, highest: int) -> None:
    """The number, at the foot of the bar where there is room, else above it."""
    if column.cups < 0:
        return
    roomy = column.cups > highest / 3
    axes.text(
        place,
        highest * 0.06 + (0 if roomy else column.cups),
        str(column.cups),
        size=19,
        weight="bold",
        ha="center",
        va="bottom",
        color="white" if roomy else INK,
        zorder=5,
    )
