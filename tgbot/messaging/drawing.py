"""Draws a chart as a PNG that reads on a phone: 800 pixels wide, large letters, no colour alone."""

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

from tgbot.domain.charts import Bar, Chart, WeekChart
from tgbot.messaging.drawing_weeks import draw_week
from tgbot.messaging.ink import APRICOT, BLUE, GREY, INCH, INK, ORANGE, PALE, SIDE, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from tgbot.messaging.drawing_weeks import Empty

ABOVE: Final = 1.4
ROW: Final = 1.0
LINE: Final = 0.5
BELOW: Final = 0.5
"""Inches: what stands above all bars, a bar with its name, the line
about the day, and what stands below."""
THICK: Final = 0.42
"""Height of a bar, where the distance between two is 1."""
INSIDE: Final = 0.5
"""Share of the width from which the amount stands inside the bar, in white."""
_ONE_AT_A_TIME: Final = Lock()
"""matplotlib keeps fonts in one cache that is not made for two threads."""


def draw(chart: Chart | WeekChart) -> bytes:
    """The picture; runs for some tenths of a second, so never on the event loop."""
    # Imported here: a bot that sends no picture does without its 40 MB of memory.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    def empty(height: float) -> "Figure":
        figure = Figure(figsize=(WIDTH, height), dpi=INCH, facecolor="white")
        FigureCanvasAgg(figure)
        return figure

    with _ONE_AT_A_TIME, _swept():
        drawn = draw_week(chart, empty) if isinstance(chart, WeekChart) else _draw(chart, empty)
        out = io.BytesIO()
        drawn.savefig(out, format="png", dpi=INCH)
        return out.getvalue()


def _draw(chart: Chart, empty: "Empty") -> "Figure":
    above = ABOVE if chart.subtitle else ABOVE - LINE
    height = above + ROW * len(chart.bars) + BELOW
    figure = empty(height)
    _write(figure, chart, height)
    box = (SIDE / WIDTH, BELOW / height, 1 - 2 * SIDE / WIDTH, ROW * len(chart.bars) / height)
    _draw_bars(figure.add_axes(box), chart)
    return figure


@contextmanager
def _swept() -> Iterator[None]:
    """Frees at once what is made inside: the parts of a figure point at each other.

    Left alone they would grow old, 3 MB each, until a rare collection of everything.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        gc.enable()


def _write(figure: "Figure", chart: Chart, height: float) -> None:
    """Title, the line about the day with a sample of its mark, and the source."""
    left, below = SIDE / WIDTH, 1 - 0.9 / height
    figure.text(left, 1 - 0.2 / height, chart.title, size=26, weight="bold", va="top", color=INK)
    figure.text(left, 0.14 / height, chart.source, size=15, color=GREY)
    if chart.subtitle:
        mark = figure.add_axes((left, below - 0.2 / height, 0.2 / WIDTH, 0.4 / height))
        mark.set_axis_off()
        mark.set_xlim(-1, 1)
        if chart.day_low != chart.day_high:
            mark.axvspan(-0.8, 0.8, color=APRICOT, lw=0)
        mark.axvline(0.8 if chart.day_low != chart.day_high else 0, color=ORANGE, linewidth=5)
        figure.text(left + 0.3 / WIDTH, below, chart.subtitle, size=19, va="center", color=INK)


def _draw_bars(axes: "Axes", chart: Chart) -> None:
    longest = max(chart.day_high, *(bar.amount for bar in chart.bars)) * 1.02
    axes.set_xlim(0, longest)
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    axes.set_axis_off()
    for place, bar in enumerate(chart.bars):
        middle = place + 0.2
        axes.barh(middle, longest, height=THICK, color=PALE, zorder=1)
        axes.barh(middle, bar.amount, height=THICK, color=BLUE, zorder=3)
        _mark_day(axes, chart, middle)
        _name(axes, place - 0.24, bar, longest)
        _say_amount(
            axes, middle, bar, longest, PALE if chart.day_low == chart.day_high else APRICOT
        )


def _mark_day(axes: "Axes", chart: Chart, middle: float) -> None:
    """The day's amount across one bar: a line, with a band before it where it is a span."""
    if not chart.day_high:
        return
    span = chart.day_high - chart.day_low
    axes.barh(middle, span, left=chart.day_low, height=THICK, color=APRICOT, zorder=2)
    top, bottom = middle - THICK * 0.62, middle + THICK * 0.62
    for width, colour in ((9, "white"), (5, ORANGE)):
        axes.plot(
            [chart.day_high] * 2,
            [top, bottom],
            color=colour,
            linewidth=width,
            solid_capstyle="butt",
            zorder=4,
        )


def _name(axes: "Axes", above: float, bar: Bar, longest: float) -> None:
    """The food, and how much of it where there is room for that."""
    name = axes.text(0, above, bar.name, size=19, weight="bold", va="center", color=INK)
    serving = axes.text(longest, above, bar.serving, size=16, va="center", ha="right", color=GREY)
    if name.get_window_extent().x1 + INCH / 8 > serving.get_window_extent().x0:
        serving.remove()


def _say_amount(axes: "Axes", middle: float, bar: Bar, longest: float, ground: str) -> None:
    """The amount, inside a long bar or after a short one, with a rim that keeps it off the mark."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - as in ``draw``

    inside = bar.amount > INSIDE * longest
    axes.annotate(
        bar.shown,
        (bar.amount, middle),
        xytext=(-10 if inside else 8, 0),
        textcoords="offset points",
        size=18,
        weight="bold",
        va="center",
        ha="right" if inside else "left",
        color="white" if inside else INK,
        path_effects=[withStroke(linewidth=5, foreground=BLUE if inside else ground)],
        zorder=5,
    )
