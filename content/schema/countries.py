"""Countries and whom to call there."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Country:
    """One country: ISO 3166 code, name, and its emergency numbers.

    ``verified`` says whether a second source lists ``ambulance`` as an emergency number;
    ``crisis_lines`` are numbers for thoughts of self-harm, empty where none was read.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    code: str
    name: str
    ambulance: str
    also_112: bool
    verified: bool
    crisis_lines: tuple[str, ...] = ()
