"""Where passwords come from."""

from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from gazette.deploy.secrets import password_for, variable_of


class Ring(keyring.backend.KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def __init__(self, found: str | None) -> None:
        super().__init__()
        self.found = found

    def get_password(self, service: str, username: str) -> str | None:
        if self.found is None:
            raise keyring.errors.KeyringError
        return f"{self.found} {service} {username}"

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GAZETTE_PASSWORD", "GAZETTE_PASSWORD_OLD_HOST", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(keyring, "get_password", Ring(None).get_password)


def find() -> str | None:
    return password_for("old-host", "www.example.com", "web")


def test_nowhere() -> None:
    assert find() is None and variable_of("old-host") == "GAZETTE_PASSWORD_OLD_HOST"


def test_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", Ring("ring").get_password)
    assert find() == "ring gazette:www.example.com web"


def test_without_the_keyring_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    assert find() is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("machine www.example.com login web password word\n", "word"),
        ("machine www.example.com login other password word\n", None),
        ("machine nowhere login web password word\n", None),
        ("what is this", None),
    ],
)
def test_netrc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, found: str | None
) -> None:
    path = tmp_path / ".netrc"
    path.write_text(text)
    path.chmod(0o600)
    assert find() == found
    monkeypatch.setenv("NETRC", str(path))
    assert find() == found


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAZETTE_PASSWORD", "for all")
    assert find() == "for all"
    monkeypatch.setenv("GAZETTE_PASSWORD_OLD_HOST", "for this")
    assert find() == "for this"
