"""`deploy` as a webmaster uses it."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import Site
from tests.publish.sites import tiny_site

TARGETS = """\
deploy:
  web: {url: ../served}
  kept: {url: ../kept, releases: 2}
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = tiny_site(tmp_path / "site")
    config = made.root / "config.yaml"
    made.write({"config.yaml": config.read_text("utf-8") + TARGETS})
    return made.built()


def served(site: Site, name: str = "served") -> dict[str, bytes]:
    files = Site.files_in(site.root.parent / name)
    return {path: data for path, data in files.items() if not path.startswith(".gazette")}


def log(site: Site) -> list[dict[str, object]]:
    (path,) = site.root.glob(".gazette/*/deploys.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def edited(site: Site) -> None:
    site.article("a", "Another text.").built()


def test_deploy(site: Site, ran: Run) -> None:
    code, out, err = ran(site, "deploy", "web")
    assert (code, out) == (0, "") and "Sent" in err and "served" in err
    assert served(site) == site.files()
    assert "Nothing has changed" in ran(site, "deploy", "web").err
    first, second = log(site)
    assert first["sent"] == first["files"] == len(site.files()) and second["sent"] == 0
    assert first["target"] == "web" and first["action"] == "update"


def test_dry_run_lists_what_it_would_do(site: Site, ran: Run) -> None:
    ran(site, "deploy", "web")
    before = served(site)
    (site.root / "content/articles/b.md").unlink()
    site.built()
    code, out, err = ran(site, "deploy", "web", "--dry-run")
    assert code == 0 and "send    " in out and "delete  2025/05/b.html" in out
    assert "Would send" in err and served(site) == before and len(log(site)) == 1


def test_what_readers_should_not_see_is_refused_unless_forced(site: Site, ran: Run) -> None:
    site.built(drafts=True)
    code, _, err = ran(site, "deploy", "web")
    assert code == 1 and "deploy-drafts" in err and not served(site)
    assert ran(site, "deploy", "web", "--force", "asked for by the office").code == 0
    assert log(site)[-1]["force"] == "asked for by the office"
    for options in ({"as_of": "2099-01-01"}, {"future": True}, {"expired": True}):
        site.built(**options)
        assert "deploy-drafts" in ran(site, "deploy", "web").err


def test_errors_are_refused(site: Site, ran: Run) -> None:
    site.article("f", date="morgen")
    site.build(quarantine=True)
    code, _, err = ran(site, "deploy", "web")
    assert code == 1 and "deploy-errors" in err


@pytest.mark.parametrize("change", ["edit", "config", "delete", "theme"])
def test_an_output_older_than_its_sources_is_refused(site: Site, ran: Run, change: str) -> None:
    if change == "edit":
        site.article("a", "Later.")
    elif change == "config":
        os.utime(site.root / "config.yaml")
    elif change == "delete":
        (site.root / "content/articles/b.md").unlink()
    else:
        site.write({"themes/tiny/static/a.css": "q{}\n"})
    code, _, err = ran(site, "deploy", "web")
    assert code == 1 and "deploy-outdated" in err
    site.built()
    assert ran(site, "deploy", "web").code == 0


def test_nothing_built_or_half_built_or_by_an_old_version(site: Site, ran: Run) -> None:
    (state,) = (site.root / ".gazette").iterdir()
    (state / "build.json").write_text("?")
    assert "deploy-unknown-build" in ran(site, "deploy", "web").err
    site.built()
    (state / "journal").write_bytes(b"")
    assert "deploy-unbuilt" in ran(site, "deploy", "web").err
    (state / "journal").unlink()
    (site.output / "index.html").unlink()
    assert "deploy-missing" in ran(site, "deploy", "web").err
    (state / "made").unlink()
    assert "deploy-unbuilt" in ran(site, "deploy", "web").err


def test_verify(site: Site, ran: Run) -> None:
    ran(site, "deploy", "web")
    assert ran(site, "deploy", "web", "--verify").code == 0
    (site.root.parent / "served/index.html").write_text("by hand")
    code, _, err = ran(site, "deploy", "web", "--verify")
    assert code == 1 and "deploy-differs" in err and "1 not" in err
    edited(site)
    code, _, err = ran(site, "deploy", "web")
    assert ran(site, "deploy", "web", "--overwrite").code == 0
    assert ran(site, "deploy", "web", "--verify").code == 0


def test_delete_list(site: Site, ran: Run, tmp_path: Path) -> None:
    ran(site, "deploy", "web")
    (site.root / "content/articles/b.md").unlink()
    site.built()
    listed = tmp_path / "delete.txt"
    assert ran(site, "deploy", "web", "--delete-list", str(listed)).code == 0
    assert "2025/05/b.html\n" in listed.read_text() and "2025/05/b.html" in served(site)


def test_releases_rollback_and_purge(site: Site, ran: Run) -> None:
    ran(site, "deploy", "kept")
    before = served(site, "kept/current")
    assert before == site.files()
    (site.root / "content/articles/b.md").unlink()
    assert "purge-built" in ran(site.built(), "deploy", "kept", "--purge", "/2025/05/a.html").err
    code, _, err = ran(site, "deploy", "kept", "--purge", "/2025/05/b.html")
    assert code == 0 and "Deleted for good" in err and "Readers see the release" in err
    code, _, err = ran(site, "deploy", "kept", "--rollback")
    assert code == 0 and "Rolled back" in err
    assert served(site, "kept/current").keys() == before.keys() - {"2025/05/b.html"}
    assert [entry["action"] for entry in log(site)] == ["update", "purge", "rollback"]
    assert log(site)[1]["purged"]


def test_what_cannot_be_purged_or_rolled_back(site: Site, ran: Run) -> None:
    assert "deploy-path" in ran(site, "deploy", "web", "--purge", "../../a.html").err
    assert "release-none" in ran(site, "deploy", "web", "--rollback").err
    assert ran(site, "deploy", "web", "--purge", "old/page").code == 0


def test_targets(site: Site, ran: Run) -> None:
    assert "Did you mean “kept”" in ran(site, "deploy", "kep").err
    assert "deploy-unknown" in ran(site, "deploy").err  # there are two
    code, _, err = ran(site, "deploy", "web", "--verify", "--rollback")
    assert code == 2 and "cannot be combined" in err
    site.write({"config.yaml": "site: {title: t}\ntheme: tiny\n"})
    assert "deploy-none" in ran(site, "deploy").err


def test_a_full_disk_is_said(site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from gazette.deploy import run

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "read_local", full)
    code, _, err = ran(site, "deploy", "web")
    assert code == 3 and "No space left" in err


def test_a_revision_and_a_person_are_logged_where_known(
    site: Site, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import getpass

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    monkeypatch.setenv("PATH", "")
    assert ran(site, "deploy", "web").code == 0
    assert str(log(site)[-1]["by"]).startswith("?@") and log(site)[-1]["revision"] == ""


def test_sizes_are_readable() -> None:
    from gazette.cli.deploy import _readable

    assert [_readable(n) for n in (5, 5_000, 5e6, 5e9)] == ["5 B", "5.0 KB", "5.0 MB", "5.0 GB"]
