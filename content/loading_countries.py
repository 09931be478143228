"""Reads the countries and their emergency numbers."""

from pathlib import Path

from content.files import ContentError, read_yaml
from content.schema.countries import Country


def load_countries(folder: Path) -> tuple[Country, ...]:
    """The countries of ``folder/countries.yaml``, in file order.

    Raises:
        ContentError: the file is missing or wrong, or a country stands in it twice.
    """
    countries = read_yaml(tuple[Country, ...], folder / "countries.yaml")
    codes = [country.code for country in countries]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ContentError(f"countries.yaml: named twice: {', '.join(twice)}")
    return countries
