"""What every service is handed: the open transaction, the time, what the bot knows, and who asks."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from content.schema.countries import Country
from tgbot.services.knowledge import Knowledge
from tgbot.storage.people import Person


@dataclass(frozen=True, slots=True)
class Request:
    """One use case's surroundings: the transaction, the time, the content, and who asks."""

    connection: AsyncConnection
    now: datetime
    knowledge: Knowledge
    person: Person

    def say(self, key: str, **values: object) -> str:
        """A sentence of the content with its values filled in."""
        return self.knowledge.catalogue.messages.text(key, **values)

    @property
    def country(self) -> Country:
        """The person's country, or what stands for "not known"."""
        return self.knowledge.catalogue.country(self.person.country)

    @property
    def zone(self) -> ZoneInfo:
        """Where the person's clock is; UTC until it is known."""
        return ZoneInfo(self.person.zone or "UTC")

    @property
    def local(self) -> datetime:
        """The time now on the person's own clock."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The date on the person's own clock."""
        return self.local.date()

    def of_zone(self, zone: str) -> "Request":
        """The same request after the person's zone was set."""
        return replace(self, person=replace(self.person, zone=zone))
