"""Countries as people name them."""

import pytest

from content.files import DATA
from content.loading_countries import load_countries
from content.loading_places import load_places
from tgbot.domain.countries import find_country

COUNTRIES = load_countries(DATA)
PLACES = load_places(DATA / "places")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ireland", "IE"),
        ("  ireland ", "IE"),
        ("Irland", "IE"),
        ("UK", "GB"),
        ("england", "GB"),
        ("USA", "US"),
        ("america", "US"),
        ("de", "DE"),
        ("Deutschland", "DE"),
        ("New Zeeland", "NZ"),
    ],
)
def test_a_country_is_found_as_people_write_it(words, code):
    found = find_country(words, PLACES, COUNTRIES)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("words", ["", "x", "my legs", "vitamin d", "Narnia", "🇮", "a" * 100_000])
def test_no_number_is_guessed_for_what_is_not_a_country(words):
    assert find_country(words, PLACES, COUNTRIES) is None
