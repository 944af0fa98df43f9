"""Each kind of host against a small server."""

import functools
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazette.config.deploy import DeployTarget
from gazette.deploy.connect import open_target, shown_url
from gazette.deploy.hosts import s3
from gazette.deploy.manifest import read_manifest
from gazette.deploy.target import LOCK, MANIFEST, HostError, LinkingTarget, Target
from gazette.deploy.update import update
from tests.deploy.memory import contents, manner, site
from tests.deploy.scenario import (
    EDITED,
    FIRST,
    check_broken,
    check_host,
    check_parts,
    check_releases,
    opened,
    put,
    without_own,
)
from tests.deploy.servers import (
    OLD_SERVER,
    PASSWORD,
    USER,
    FolderHand,
    GitHand,
    ftp_server,
    s3_server,
    sftp_server,
    webdav_server,
)

Opener = Callable[[], Target]
S3_FILES = s3.s3_files


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("GAZETTE_PASSWORD_WEB", PASSWORD)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sample")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sample")
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "served"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True, scope="module")
def one_s3_client() -> Iterator[None]:
    """Making one takes seconds, for its library reads the whole of Amazon's interface."""
    made = functools.cache(lambda text: S3_FILES(json.loads(text)))
    s3.s3_files = lambda options: made(json.dumps(options))
    yield
    s3.s3_files = S3_FILES


def opener_of(**settings: object) -> Opener:
    return lambda: open_target("web", DeployTarget(**settings), Path("/"))  # type: ignore[arg-type]


# A folder


def test_folder(root: Path) -> None:
    opener = opener_of(url=str(root / "a"))
    check_parts(opener)
    check_host(opener_of(url=str(root / "b")), FolderHand(root / "b"))
    check_broken(opener_of(url=str(root / "c")), FolderHand(root / "c"))
    check_releases(
        opener_of(url=str(root / "d")),  # type: ignore[arg-type]
        lambda path: FolderHand((root / "d" / path).resolve()).files(),
    )


def test_folder_keeps_its_own_files_private_and_elsewhere_if_told(root: Path) -> None:
    put(opener_of(url=str(root / "a")), FIRST)
    assert (root / "a" / MANIFEST).stat().st_mode & 0o077 == 0
    put(opener_of(url=str(root / "b"), state=str(root / "own")), FIRST)
    assert (root / "own/manifest").exists() and not (root / "b/.gazette").exists()


def test_folder_that_cannot_be_written(root: Path) -> None:
    (root / "file").write_text("no folder")
    with opened(opener_of(url=str(root / "file"))) as target, pytest.raises(HostError) as fault:
        update(target, site(FIRST), manner())
    assert fault.value.problem.code == "host-refused"


# SFTP


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "host_key.pub"


@pytest.fixture
def sftp(root: Path, key: Path) -> Iterator[Callable[..., Opener]]:
    with sftp_server(root, key) as port:

        def opener(folder: str, **settings: object) -> Opener:
            settings.setdefault("host_key", key.read_text().strip())
            return opener_of(url=f"sftp://{USER}@127.0.0.1:{port}/{folder}", **settings)

        yield opener


def test_sftp(sftp: Callable[..., Opener], root: Path) -> None:
    check_parts(sftp("a"))
    check_host(sftp("b"), FolderHand(root / "b"))
    check_broken(sftp("c", state="/own"), FolderHand(root / "c"))
    assert (root / "own/manifest").stat().st_mode & 0o077 == 0


def test_sftp_releases(sftp: Callable[..., Opener], root: Path) -> None:
    check_releases(
        sftp("d"),  # type: ignore[arg-type]
        lambda path: FolderHand((root / "d" / path).resolve()).files(),
    )


def test_an_old_sftp_server(root: Path, key: Path) -> None:
    with sftp_server(root, key, old=True) as port:
        opener = opener_of(
            url=f"sftp://{USER}@127.0.0.1:{port}/a", host_key=key.read_text().strip()
        )
        check_host(opener, FolderHand(root / "a"))
        with opened(opener) as target:
            assert isinstance(target, LinkingTarget)
            assert not target.link("index.html", "second.html")


def test_sftp_refuses_unknown_and_wrong_host_keys(sftp: Callable[..., Opener]) -> None:
    pin = "SHA256:0000000000000000000000000000000000000000000"
    for given, code in (("", "host-key-unknown"), (pin, "host-key-wrong")):
        with opened(sftp("a", host_key=given)) as target, pytest.raises(HostError) as fault:
            target.look("a")
        assert fault.value.problem.code == code
        seen = fault.value.problem.arguments["key"]
    with opened(sftp("a", host_key=seen)) as target:
        assert target.look("a") is None


def test_sftp_says_what_is_refused(
    sftp: Callable[..., Opener], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "file").write_text("no folder")
    with opened(sftp("file")) as target, pytest.raises(HostError) as fault:
        target.put(site(FIRST).files["index.html"])
    assert fault.value.problem.code == "host-refused"
    monkeypatch.setenv("GAZETTE_PASSWORD_WEB", "wrong")
    with opened(sftp("a")) as target, pytest.raises(HostError) as fault:
        target.look("a")
    assert fault.value.problem.code == "host-login"


def test_sftp_connects_anew(sftp: Callable[..., Opener]) -> None:
    with opened(sftp("a")) as target:
        target.put(site(FIRST).files["index.html"])
        target._connection.abort()  # type: ignore[attr-defined]
        with pytest.raises(HostError) as fault:
            target.look("index.html")
        assert fault.value.transient
        assert target.look("index.html")


def test_no_server_at_all() -> None:
    opener = opener_of(url="sftp://127.0.0.1:9/a", host_key="SHA256:0")
    with opened(opener) as target, pytest.raises(HostError) as fault:
        target.look("a")
    assert fault.value.problem.code == "host-lost" and fault.value.transient


# FTP


@pytest.mark.parametrize("more", ["", OLD_SERVER])
def test_ftp(root: Path, more: str) -> None:
    pytest.importorskip("pyftpdlib.log", exc_type=ImportError)
    with ftp_server(root, more) as port:
        address = f"ftp://{USER}@127.0.0.1:{port}"
        check_parts(opener_of(url=f"{address}/a"))
        check_host(opener_of(url=f"{address}/b"), FolderHand(root / "b"))
        check_broken(opener_of(url=f"{address}/c", state="/own"), FolderHand(root / "c"))


def test_ftp_faults(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyftpdlib.log", exc_type=ImportError)
    with ftp_server(root, "handler.max_login_attempts = 9") as port:
        opener = opener_of(url=f"ftp://{USER}@127.0.0.1:{port}/a")
        monkeypatch.setenv("GAZETTE_PASSWORD_WEB", "wrong")
        with opened(opener) as target, pytest.raises(HostError) as fault:
            target.look("a")
        assert fault.value.problem.code == "host-login"
        monkeypatch.delenv("GAZETTE_PASSWORD_WEB")
        with pytest.raises(HostError, match="host-login"):
            opener()
        monkeypatch.setenv("GAZETTE_PASSWORD_WEB", PASSWORD)
        target = opener()
        target.put(site(FIRST).files["index.html"])
    with pytest.raises(HostError) as fault:
        target.look("index.html")
    assert fault.value.problem.code == "host-lost"
    target.close()


# WebDAV


def test_webdav(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("wsgidav")
    with webdav_server(root) as port:
        address = f"webdav://{USER}@127.0.0.1:{port}/dav"
        for name in "abc":
            (root / name).mkdir()
        check_parts(opener_of(url=f"{address}/a"))
        check_host(opener_of(url=f"{address}/b"), FolderHand(root / "b"))
        check_broken(opener_of(url=f"{address}/c"), FolderHand(root / "c"))
        put(opener_of(url=f"{address}/c", state="own"), FIRST)
        assert (root / "c/own/manifest").exists()
        put(opener_of(url=f"{address}/c", state="own"), EDITED, overwrite=True)
        monkeypatch.setenv("GAZETTE_PASSWORD_WEB", "wrong")
        with opened(opener_of(url=f"{address}/a")) as target, pytest.raises(HostError) as fault:
            target.look("a")
        assert fault.value.problem.code == "host-login"
    with opened(opener_of(url=f"{address}/a")) as target, pytest.raises(HostError) as fault:
        target.look("a")
    assert fault.value.problem.code == "host-lost"


# S3


def test_s3() -> None:
    with s3_server() as (endpoint, objects):
        usual = {"endpoint": endpoint, "region": "us-east-1", "addressing": "path"}
        check_parts(opener_of(url="s3://bucket", **usual))
        objects.clear()
        check_host(opener_of(url="s3://bucket", **usual), objects)
        objects.clear()
        check_broken(opener_of(url="s3://bucket", **usual), objects)
        objects.clear()
        put(opener_of(url="s3://bucket/sub", state="private", acl="public-read", **usual), FIRST)
        assert set(objects) == {f"sub/{path}" for path in FIRST} | {"private/manifest"}
        headers = objects.headers
        assert headers["sub/index.html"]["Content-Type"] == "text/html; charset=utf-8"
        assert headers["sub/index.html"]["Cache-Control"] == "no-cache"
        assert "immutable" in headers["sub/assets/site.0123456789.css"]["Cache-Control"]
        assert headers["sub/index.html"]["x-amz-acl"] == "public-read"
        assert headers["private/manifest"]["x-amz-acl"] == "private"


def test_an_s3_service_without_conditions() -> None:
    with s3_server() as (endpoint, objects):
        objects.conditional = False
        opener = opener_of(url="s3://bucket", endpoint=endpoint, region="x", addressing="path")
        check_parts(opener)
        objects["forbidden.txt"] = b""
        with opened(opener) as target, pytest.raises(HostError) as fault:
            list(target.read("forbidden.txt"))
        assert fault.value.problem.code == "host-login"
    opener = opener_of(url="s3://bucket", endpoint="http://127.0.0.1:9", region="x")
    with opened(opener) as target, pytest.raises(HostError) as fault:
        target.look("a")
    assert fault.value.problem.code == "host-lost"


# git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "site.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(folder)], check=True)
    return folder


def test_git(repository: Path, tmp_path: Path) -> None:
    opener = opener_of(url=f"git+file://{repository}", branch="pages")
    hand = GitHand(repository, tmp_path / "clone", "pages")
    check_host(opener, hand)
    assert hand.files()[".nojekyll"] == b""
    commits = hand._git("rev-list", "--count", "pages").strip()
    put(opener, {**FIRST, "index.html": "home 4"})
    assert int(hand._git("rev-list", "--count", "pages")) == int(commits) + 1
    assert set(hand.files()) >= {"stranger.txt", MANIFEST} and LOCK not in hand.files()


def test_git_broken_off_leaves_the_branch_as_it_was(repository: Path, tmp_path: Path) -> None:
    from tests.deploy.memory import Killed
    from tests.deploy.scenario import Counted

    opener = opener_of(url=f"git+file://{repository}")
    with opened(opener) as target:
        Counted(target, 3)
        with pytest.raises(Killed):
            update(target, site(FIRST), manner())
    hand = GitHand(repository, tmp_path / "clone", "pages")
    assert not hand._git("for-each-ref")
    put(opener, FIRST)
    assert without_own(hand.files()) == contents(FIRST)


def test_git_without_history(repository: Path, tmp_path: Path) -> None:
    opener = opener_of(url=f"git+file://{repository}", history=False)
    hand = GitHand(repository, tmp_path / "clone", "pages")
    hand.write("stranger.txt", b"kept")
    put(opener, FIRST)
    put(opener, EDITED)
    assert hand._git("rev-list", "--count", "pages").strip() == b"1"
    assert without_own(hand.files()) == contents(EDITED) | {"stranger.txt": b"kept"}


def test_git_raced(repository: Path, tmp_path: Path) -> None:
    opener = opener_of(url=f"git+file://{repository}")
    put(opener, FIRST)
    with opened(opener) as target:
        assert read_manifest(target)
        put(opener, EDITED)
        with pytest.raises(HostError) as fault:
            update(target, site({**FIRST, "new.html": "new"}), manner())
    assert fault.value.problem.code == "host-raced"


def test_git_of_a_repository_that_is_not_there(tmp_path: Path) -> None:
    opener = opener_of(url=f"git+file://{tmp_path}/none.git")
    with opened(opener) as target, pytest.raises(HostError) as fault:
        target.look("a")
    assert fault.value.problem.code == "host-lost"


def test_addresses(tmp_path: Path) -> None:
    assert shown_url(DeployTarget(url="../public"), tmp_path) == str(tmp_path / "../public")
    assert shown_url(DeployTarget(url="s3://bucket"), tmp_path) == "s3://bucket"


def test_kinds_of_logins(monkeypatch: pytest.MonkeyPatch) -> None:
    from gazette.deploy.hosts.git import GitTarget

    target = open_target(
        "web", DeployTarget(url="git+https://someone@gitee.example/a/site.git"), Path("/")
    )
    assert isinstance(target, GitTarget)
    environment = target._environment()
    assert environment["GIT_CONFIG_KEY_0"] == "http.https://gitee.example/a/site.git.extraHeader"
    assert PASSWORD not in environment["GIT_CONFIG_VALUE_0"]  # it is encoded
    assert target._fault(b"Host key verification failed.").problem.code == "host-key-unknown"
    assert target._fault(b"fatal: Authentication failed").problem.code == "host-login"
    target.close()


def test_libraries_that_are_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    import sys

    def code(**settings: object) -> str:
        with pytest.raises(HostError) as fault, opened(opener_of(**settings)) as target:
            target.look("a")
        return fault.value.problem.code

    monkeypatch.undo()
    monkeypatch.setenv("GAZETTE_PASSWORD_WEB", PASSWORD)
    for name in ("asyncssh", "webdav4.client"):
        monkeypatch.setitem(sys.modules, name, None)
    assert code(url="webdav://127.0.0.1:9/a") == "deploy-library"
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(HostError, match="deploy-library"):
        S3_FILES({})
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert code(url="git+file:///a") == "deploy-library"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-rw-r--r--   1 web  web   12 May  3 09:30 示例 甲.html", ("示例 甲.html", 12)),
        ("drwxr-xr-x   2 web  web 4096 May  3  2024 news", ("news", None)),
        ("drwxr-xr-x   2 web  web 4096 May  3  2024 ..", None),
        ("lrwxrwxrwx   1 web  web    4 May  3  2024 a -> b", None),
        ("05-03-25  09:30AM       <DIR>          news", ("news", None)),
        ("05-03-2025  09:30       12 a b.html", ("a b.html", 12)),
        ("total 4", None),
    ],
)
def test_listings_for_people(line: str, expected: tuple[str, int | None] | None) -> None:
    from gazette.deploy.hosts.ftp import _parsed

    found = _parsed(line)
    assert (found and (found[0], found[1] and found[1].size)) == expected
