"""All settings, read once from the environment or ``.env`` and passed on."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from tgbot.errors import SettingsError

PREFIX = "TGBOT_"

SECRET_LIMIT = 256
"""Characters of a webhook secret at most (setWebhook, secret_token)."""


class Settings(BaseSettings):
    """Every setting; ``TGBOT_`` in front of the upper-case name is its environment variable."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    token: SecretStr = Field(SecretStr(""), description="The bot's token from @BotFather.")
    api_base: str = Field(
        "https://api.telegram.org",
        description="Scheme, host and port of the Bot API; /bot<token>/<method> is appended.",
    )
    mode: Literal["polling", "webhook"] = Field(
        "polling", description="How updates come in: polling or webhook."
    )
    webhook_url: str = Field("", description="Public https address that Telegram posts to.")
    webhook_listen: str = Field("127.0.0.1:8080", description="host:port the webhook listens on.")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="Secret that Telegram sends with each post: A-Z a-z 0-9 _ -."
    )
    database_url: str = Field(
        "", description="postgresql://… for PostgreSQL; empty means SQLite in the state folder."
    )
    state_dir: Path = Field(Path("state"), description="Folder of the SQLite file and the lock.")
    key_file: Path | None = Field(
        None, description="File of the encryption key. Kept for a later version; not read yet."
    )
    health_listen: str = Field(
        "", description="host:port of /healthz and /readyz; empty switches them off."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram user ids that may see counts, separated by commas."
    )
    sends_per_second: float = Field(
        28, gt=0, le=100_000, description="Budget of sends per second over all chats."
    )

    checkup: Literal["full", "education"] = Field(
        "full",
        description="full, or education: general facts, and no personal urgency or causes.",
    )

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: Any) -> Any:  # noqa: ANN401 - raw input of any kind
        return (
            [part for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("api_base")
    @classmethod
    def _check_base(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise ValueError(
                "must be a scheme, a host and perhaps a port, like https://api.telegram.org"
            )
        return value.rstrip("/")

    @field_validator("webhook_listen", "health_listen")
    @classmethod
    def _check_listen(cls, value: str) -> str:
        if value:
            address(value)
        return value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        if value and not value.startswith(
            ("postgresql://", "postgresql+psycopg://", "sqlite+aiosqlite:///")
        ):
            raise ValueError("must start with postgresql:// (leave it empty for SQLite)")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and not (
            len(secret) <= SECRET_LIMIT
            and all(c.isascii() and (c.isalnum() or c in "_-") for c in secret)
        ):
            raise ValueError("may hold 1 to 256 of the characters A-Z a-z 0-9 _ -")
        return value

    @model_validator(mode="after")
    def _check_webhook(self) -> Self:
        if self.mode == "webhook":
            if not self.webhook_url.startswith(("https://", "http://")):
                raise ValueError("TGBOT_WEBHOOK_URL is needed when TGBOT_MODE is webhook")
            if not self.webhook_secret.get_secret_value():
                raise ValueError("TGBOT_WEBHOOK_SECRET is needed when TGBOT_MODE is webhook")
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{self.state_dir / 'surefoot.db'}"


def address(listen: str) -> tuple[str, int]:
    """Splits ``host:port``.

    Raises:
        ValueError: it is not of that form.
    """
    host, colon, port = listen.rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004 - the largest port
        raise ValueError("must be host:port, like 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def read_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - any setting's value
    """Reads the settings; ``overrides`` win over the environment.

    Raises:
        SettingsError: one line that names the first wrong setting, never its value.
    """
    try:
        return Settings(**overrides)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        words = first["msg"].removeprefix("Value error, ")
        name = f"{PREFIX}{str(first['loc'][0]).upper()}: " if first["loc"] else ""
        raise SettingsError(f"{name}{words}") from None


def require_token(settings: Settings) -> str:
    """The bot's token.

    Raises:
        SettingsError: there is none, or it does not look like one.
    """
    token = settings.token.get_secret_value()
    number, colon, rest = token.partition(":")
    if not token:
        raise SettingsError(
            "TGBOT_TOKEN: is not set; get a token from @BotFather, or try `tgbot demo`"
        )
    if not (number.isdigit() and colon and rest and all(c.isalnum() or c in "_-" for c in rest)):
        raise SettingsError("TGBOT_TOKEN: does not look like a token (digits, a colon, letters)")
    return token
