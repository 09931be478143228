"""Finds a person's time zone from what they type: a place, an offset, or the time on their clock."""

from tgbot.domain.places.clock import zones_for_wall_clock
from tgbot.domain.places.gazetteer import Gazetteer, index_places
from tgbot.domain.places.reading import find_zones
from tgbot.domain.places.values import AskWhich, PlaceQuestion, PlaceReply, Unknown, WhyNot, Zones

__all__ = [
    "AskWhich",
    "Gazetteer",
    "PlaceQuestion",
    "PlaceReply",
    "Unknown",
    "WhyNot",
    "Zones",
    "find_zones",
    "index_places",
    "zones_for_wall_clock",
]
