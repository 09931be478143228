"""Checks of the places: every zone exists, no name leads to two zones by accident."""

from collections import defaultdict
from collections.abc import Iterator
from zoneinfo import available_timezones

from content.schema.places import Places


def problems(places: Places) -> Iterator[str]:
    """What is wrong with the places, each as a plain sentence naming the row."""
    known = available_timezones()
    for where, zone in _zones(places):
        if zone not in known:
            yield f"{where}: there is no time zone {zone}"
    yield from _doubles(places)
    for country in places.countries:
        if not country.zones:
            yield f"country {country.code}: it has no zone"
    for region in places.regions:
        if not region.zones and not region.ask:
            yield f"region {region.names[0]}: it has no zone and does not ask for a town"


def _zones(places: Places) -> Iterator[tuple[str, str]]:
    yield from ((f"country {c.code}", zone) for c in places.countries for zone in c.zones)
    yield from ((f"region {r.names[0]}", zone) for r in places.regions for zone in r.zones)
    yield from (("cities", zone) for zone in places.cities)
    yield from ((f"namesake {n.name}", p.zone) for n in places.namesakes for p in n.places)
    yield from (
        (f"abbreviation {a.names[0]}", zone) for a in places.abbreviations for zone in a.zones
    )
    yield from (("popular", offered.zone) for offered in places.popular)
    yield from ((f"link {old}", zone) for old, zone in places.links.items())


def _doubles(places: Places) -> Iterator[str]:
    """Names that several zones list; those of places.namesakes are meant so."""
    zones_of: dict[str, set[str]] = defaultdict(set)
    for zone, towns in places.cities.items():
        for town in towns:
            zones_of[town.casefold()].add(zone)
    meant = {same.name.casefold() for same in places.namesakes}
    for town, zones in sorted(zones_of.items()):
        if len(zones) > 1 and town not in meant:
            yield f"cities: {town} is listed under {', '.join(sorted(zones))}"
