"""From a target of the settings to the host that it means."""

import getpass
import os
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from gazette.config.deploy import DeployTarget, kind_of
from gazette.deploy.secrets import password_for, variable_of
from gazette.deploy.target import OWN, Target, not_allowed


def open_target(name: str, settings: DeployTarget, root: Path) -> Target:
    """The host; `root` is the site's folder, where relative paths begin. Connects when first used."""
    kind = kind_of(settings.url)
    if not kind:
        from gazette.deploy.hosts.folder import FolderTarget

        return FolderTarget(root / Path(settings.url).expanduser(), settings.state)
    url = urlsplit(settings.url)
    if kind == "sftp":
        return _sftp(name, settings, url)
    if kind in {"ftp", "ftps"}:
        return _ftp(name, settings, url)
    if kind == "s3":
        return _s3(settings, url)
    if kind.startswith("git+"):
        return _git(name, settings, url)
    return _webdav(name, settings, url)


def _sftp(name: str, settings: DeployTarget, url: SplitResult) -> Target:
    from gazette.deploy.hosts.rsync import RsyncTarget
    from gazette.deploy.hosts.sftp import Place, SftpTarget
    from gazette.deploy.hosts.ssh import Login

    host, user = url.hostname or "", unquote(url.username or "")
    password = password_for(name, host, user)
    login = Login(host, url.port or 22, user, password, settings.key, settings.host_key)
    root = unquote(url.path).rstrip("/")
    root = root.removeprefix("/~/") if root.startswith("/~/") else root
    place = Place(root, _own_in(root, settings.state))
    kind = RsyncTarget if settings.rsync else SftpTarget
    return kind(login, place, settings.connections or 16)


def _ftp(name: str, settings: DeployTarget, url: SplitResult) -> Target:
    from gazette.deploy.hosts.ftp import FtpLogin, FtpTarget

    host, user = url.hostname or "", unquote(url.username or "") or getpass.getuser()
    password = _needed(name, host, user)
    login = FtpLogin(host, url.port or 21, user, password, url.scheme == "ftps", settings.ca)
    root = unquote(url.path).rstrip("/")
    own = _own_in(root, settings.state) if settings.state else ""
    return FtpTarget(login, root, own, settings.connections or 2)


def _s3(settings: DeployTarget, url: SplitResult) -> Target:
    from gazette.deploy.hosts.s3 import Bucket, S3Target, s3_files

    prefix = unquote(url.path).strip("/")
    own = settings.state.strip("/")
    bucket = Bucket(url.hostname or "", f"{prefix}/" if prefix else "", own, settings.acl)
    options = {
        "endpoint": settings.endpoint, "region": settings.region, "profile": settings.profile,
        "addressing": settings.addressing, "ca": settings.ca,
    }  # fmt: skip
    return S3Target(s3_files(options), bucket, settings.connections or 8)


def _webdav(name: str, settings: DeployTarget, url: SplitResult) -> Target:
    from gazette.deploy.hosts.webdav import WebdavTarget, webdav_client

    host, user = url.hostname or "", unquote(url.username or "")
    login = (user, _needed(name, host, user)) if user else None
    scheme = "https" if url.scheme == "webdavs" else "http"
    place = url._replace(scheme=scheme, netloc=url.netloc.rpartition("@")[2]).geturl()
    client = webdav_client(place, login, settings.ca)
    return WebdavTarget(client, host, settings.state.strip("/"), settings.connections or 4)


def _git(name: str, settings: DeployTarget, url: SplitResult) -> Target:
    from gazette.deploy.hosts.git import GitTarget, Repository

    address = settings.url.partition("+")[2]
    login = None
    if url.scheme == "git+https":
        user = unquote(url.username or "")
        password = password_for(name, url.hostname or "", user)
        address = f"https://{url.netloc.rpartition('@')[2]}{url.path}"
        login = (user or "oauth2", password) if password else None
    return GitTarget(Repository(address, settings.branch, settings.history, login))


def _own_in(root: str, state: str) -> str:
    """Gazette's own folder on the host; a relative one begins at the site's."""
    return str(PurePosixPath(root) / (state or OWN.rstrip("/")))


def _needed(name: str, host: str, user: str) -> str:
    password = password_for(name, host, user)
    if password is None:
        raise not_allowed(host, f"no password: set {variable_of(name)}")
    return password


def shown_url(settings: DeployTarget, root: Path) -> str:
    """The target's address as it is told to people and kept in the log."""
    return settings.url if kind_of(settings.url) else os.fspath(root / settings.url)
