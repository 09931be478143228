"""Settings: one plain line for each wrong one, and the same list in three places."""

import re
from pathlib import Path

import pytest

from tgbot.errors import SettingsError
from tgbot.settings import Settings, address, read_settings, require_token

ROOT = Path(__file__).parents[2]
NAMES = {f"TGBOT_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TGBOT_API_BASE", "api.telegram.org"),
        ("TGBOT_API_BASE", "https://api.telegram.org/bot"),
        ("TGBOT_MODE", "carrier pigeon"),
        ("TGBOT_WEBHOOK_LISTEN", "8080"),
        ("TGBOT_WEBHOOK_LISTEN", "host:99999"),
        ("TGBOT_WEBHOOK_SECRET", "with a space"),
        ("TGBOT_WEBHOOK_SECRET", "x" * 257),
        ("TGBOT_DATABASE_URL", "mysql://x"),
        ("TGBOT_LOG_LEVEL", "LOUD"),
        ("TGBOT_ADMIN_IDS", "1,two"),
        ("TGBOT_SENDS_PER_SECOND", "0"),
        ("TGBOT_SENDS_PER_SECOND", "many"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as wrong:
        read_settings()
    line = str(wrong.value)
    assert line.startswith(f"{name}: ")
    assert "\n" not in line


@pytest.mark.parametrize(
    "name",
    ["API_BASE", "MODE", "DATABASE_URL", "WEBHOOK_LISTEN", "ADMIN_IDS", "SENDS_PER_SECOND"],
)
def test_what_was_set_is_not_repeated_because_it_may_be_a_secret(monkeypatch, name):
    monkeypatch.setenv(f"TGBOT_{name}", "canary canary")
    with pytest.raises(SettingsError) as wrong:
        read_settings()
    assert "canary" not in str(wrong.value)


@pytest.mark.parametrize("token", ["", "abc", "123", "123:", "12:a b", "x:abc"])
def test_a_missing_or_odd_token_is_said_plainly(token):
    with pytest.raises(SettingsError, match="TGBOT_TOKEN"):
        require_token(read_settings(token=token))


def test_secrets_do_not_show():
    settings = read_settings(token="123:canary", webhook_secret="canary")
    assert "canary" not in repr(settings)
    assert "canary" not in str(settings)


def test_ids_and_addresses_are_read(monkeypatch):
    monkeypatch.setenv("TGBOT_ADMIN_IDS", "1, 22,")
    monkeypatch.setenv("TGBOT_DATABASE_URL", "postgresql://u@h/d")
    settings = read_settings()
    assert settings.admin_ids == (1, 22)
    assert settings.database == "postgresql+psycopg://u@h/d"
    assert address("[::1]:80") == ("::1", 80)


def test_readme_and_example_list_exactly_these_settings():
    readme = set(
        re.findall(r"^\| `(TGBOT_[A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE)
    )
    example = set(
        re.findall(r"^#? ?(TGBOT_[A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    assert readme == NAMES
    assert example == NAMES
