"""What all pictures share: their width, and colours that nobody needs to see to read them."""

from typing import Final

INCH: Final = 100
"""Pixels; the picture is 8 inches wide, so that a letter of 20 points is 28 pixels high."""
WIDTH: Final = 8.0
SIDE: Final = 0.3
"""Inches: the picture, and each side of it."""
BLUE: Final = "#005a9c"
ORANGE: Final = "#b34700"
APRICOT: Final = "#f6cfae"
PALE: Final = "#e4e4e4"
INK: Final = "#111111"
GREY: Final = "#444444"
"""Blue and orange are told apart by all kinds of colour-blindness, and by their lightness."""
