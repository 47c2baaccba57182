"""Environment variables: nonsense raises and names the variable; a secret may stand in a file."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.config import env


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("FLAG", value)
    assert env.flag("FLAG", default=not meant) is meant


@pytest.mark.parametrize("value", ["perhaps", "2", "yes please"])
def test_any_other_flag_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FLAG", value)
    with pytest.raises(ImproperlyConfigured, match="FLAG must be 1 or 0"):
        env.flag("FLAG")


@pytest.mark.parametrize("value", ["", "-1", "4.5", "four", "0"])
def test_a_number_below_the_least_or_none_at_all_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("COUNT", value)
    with pytest.raises(ImproperlyConfigured, match="COUNT must be a whole number of at least 1"):
        env.number("COUNT", 4, least=1)


def test_the_least_number_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNT", "1")
    assert env.number("COUNT", 4, least=1) == 1


@pytest.mark.parametrize(("value", "taken"), [("65535", True), ("65536", False), ("0", False)])
def test_a_port_is_one_that_exists(monkeypatch: pytest.MonkeyPatch, value: str, taken: bool) -> None:
    monkeypatch.setenv("PORT", value)
    if taken:
        assert env.port() == int(value)
        return
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number from 1 to 65535"):
        env.port()


@pytest.mark.parametrize("value", ["Nowhere", "", "../London", "Europe"])
def test_a_time_zone_that_nobody_knows_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ZONE", value)
    with pytest.raises(ImproperlyConfigured, match="ZONE must be a time zone such as Europe/London"):
        env.time_zone("ZONE", "Europe/London")
    monkeypatch.setenv("ZONE", "Europe/Belfast")
    assert env.time_zone("ZONE", "Europe/London") == "Europe/Belfast"


@pytest.mark.parametrize("url", ["banana", "mysql://me:secret@db/register", "me:secret@db/register", ""])
def test_an_address_of_another_kind_stops_the_start_and_is_not_repeated(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SERVER_URL must begin with one of postgresql://") as told:
        env.of_scheme(url, "SERVER_URL", {"postgresql"})
    assert "secret" not in str(told.value)
    assert env.of_scheme("postgresql://db/register", "SERVER_URL", {"postgresql"})


def test_a_word_that_is_not_among_the_choices_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVEL", "loud")
    with pytest.raises(ImproperlyConfigured, match="LEVEL must be one of HIGH, LOW"):
        env.choice("LEVEL", "LOW", {"LOW", "HIGH"})
    monkeypatch.setenv("LEVEL", "high")
    assert env.choice("LEVEL", "LOW", {"LOW", "HIGH"}) == "HIGH"


def test_a_secret_in_a_file_comes_before_the_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("SECRET", "from the variable")
    assert env.required("SECRET") == "from the variable"
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "secret"))
    assert env.required("SECRET") == "from the file"


def test_a_file_that_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "nothing here"))
    with pytest.raises(ImproperlyConfigured, match="SECRET_FILE cannot be read"):
        env.text("SECRET")


def test_a_missing_or_an_empty_secret_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    for variables in ({}, {"SECRET": ""}, {"SECRET_FILE": str(tmp_path / "empty")}):
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            with pytest.raises(ImproperlyConfigured, match="SECRET is not set"):
                env.required("SECRET")


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example, ,b.example,")
    assert env.words("HOSTS") == ["a.example", "b.example"]


def test_a_password_is_put_into_an_address_whatever_letters_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.with_password("redis://valkey:6379/0", "NO_PASSWORD") == "redis://valkey:6379/0"
    monkeypatch.setenv("PASSWORD", "a/b@c:d%")
    assert env.with_password("postgresql://me@db:5432/register", "PASSWORD") == (
        "postgresql://me:a%2Fb%40c%3Ad%25@db:5432/register"
    )
    assert (
        env.with_password("redis://:old@valkey:6379/0", "PASSWORD")
        == "redis://:a%2Fb%40c%3Ad%25@valkey:6379/0"
    )


def test_every_variable_is_in_the_table_of_the_documentation() -> None:
    root = Path(__file__).resolve().parents[2]
    table = (root / "docs" / "configuration.md").read_text(encoding="utf-8")
    calls = re.findall(
        r"""env\.(?:text|flag|number|time_zone|words|required|choice|with_password)\(\s*(?:\w+, )?f?"([A-Z_]+)\"""",
        "".join(
            (root / "tracker" / "config" / f"{name}.py").read_text() for name in ("settings", "gunicorn")
        ),
    )
    assert calls
    assert [name for name in sorted(set(calls)) if f"`{name}`" not in table] == []
