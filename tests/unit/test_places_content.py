import zoneinfo
from dataclasses import replace

import pytest

from content.checks.places import problems
from content.files import DATA, ContentError
from content.loading_places import load_places
from content.schema.places import Region

zoneinfo.reset_tzpath([])

PLACES = load_places(DATA / "places")


def test_the_places_have_no_problem():
    assert list(problems(PLACES)) == []


def test_every_zone_that_people_live_in_can_be_found():
    """Each zone of the time-zone database, old names too, is one of ours or leads to one."""
    ours = {zone for country in PLACES.countries for zone in country.zones} | set(PLACES.links)
    bare = {
        "CET",
        "CST6CDT",
        "EET",
        "EST",
        "EST5EDT",
        "Factory",
        "GMT",
        "GMT+0",
        "GMT-0",
        "GMT0",
        "Greenwich",
    }
    bare |= {
        "HST",
        "MET",
        "MST",
        "MST7MDT",
        "PST8PDT",
        "UCT",
        "UTC",
        "Universal",
        "WET",
        "Zulu",
        "localtime",
    }
    known = {zone for zone in zoneinfo.available_timezones() if not zone.startswith("Etc/")}
    assert known - bare - ours == set()


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (replace(PLACES, cities={"Europe/Nowhere": ("X",)}), "Europe/Nowhere"),
        (
            replace(PLACES, cities={"Europe/Paris": ("X",), "Europe/Rome": ("x",)}),
            "x is listed under",
        ),
        (replace(PLACES, regions=(Region(("Y",), ()),)), "region Y"),
        (replace(PLACES, countries=(replace(PLACES.countries[0], zones=()),)), "country AD"),
    ],
)
def test_a_mistake_is_named(broken, named):
    assert any(named in problem for problem in problems(broken))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ContentError, match=r"countries\.csv"):
        load_places(tmp_path)
