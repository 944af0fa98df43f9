"""The section `deploy` of config.yaml: where the built site is put."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from msgspec import Meta

from gazette.config.base import Settings
from gazette.problems import Problem, error

SCHEMES = ("sftp", "ftp", "ftps", "s3", "webdav", "webdavs", "git+ssh", "git+https", "git+file")
_OPTIONS: dict[str, frozenset[str]] = {
    "": frozenset(["releases"]),
    "sftp": frozenset(["releases", "connections", "rsync", "key", "host_key"]),
    "ftp": frozenset(["connections"]),
    "ftps": frozenset(["connections", "ca"]),
    "s3": frozenset(["connections", "endpoint", "region", "profile", "acl", "addressing", "ca"]),
    "webdav": frozenset(["connections"]),
    "webdavs": frozenset(["connections", "ca"]),
    "git+ssh": frozenset(["branch", "history"]),
    "git+https": frozenset(["branch", "history"]),
    "git+file": frozenset(["branch", "history"]),
}
"""The options, besides `url` and `state`, that each kind of host has; without scheme: a folder."""
_SECRET = re.compile(
    r"pass(word|phrase|wd)?|secret|token|access.?key|credential|private.?key", re.I
)


class DeployTarget(Settings, frozen=True):
    """A place on a host. Passwords and keys are never written here; see the documentation."""

    url: Annotated[
        str,
        Meta(
            description="sftp://user@host/folder, ftps://, ftp://, s3://bucket/folder, webdavs://,"
            " git+ssh://, git+https://, or a folder",
            min_length=1,
            examples=["sftp://web@www.example.com/srv/www/site"],
        ),
    ]
    state: Annotated[
        str,
        Meta(
            description="folder on the host for what Gazette remembers, if not .gazette in the site"
        ),
    ] = ""
    connections: Annotated[
        int, Meta(description="files sent at once; 0: as suits the host", ge=0, le=64, examples=[8])
    ] = 0
    releases: Annotated[
        int,
        Meta(description="releases kept, each in a folder of its own; 0: none", ge=0, examples=[5]),
    ] = 0
    rsync: Annotated[bool, Meta(description="send by rsync where both ends have it")] = False
    key: Annotated[
        str, Meta(description="file of the SSH key, if not the agent's or the usual")
    ] = ""
    host_key: Annotated[
        str,
        Meta(
            description="the host's SSH key: SHA256:..., or the public key itself",
            pattern=r"^((SHA256:|ssh-|ecdsa-|sk-)\S.*)?$",
            examples=["SHA256:0000000000000000000000000000000000000000000"],
        ),
    ] = ""
    endpoint: Annotated[
        str,
        Meta(
            description="address of the S3 service, where it is not Amazon's",
            pattern=r"^(https?://\S+)?$",
            examples=["https://oss-cn-hangzhou.aliyuncs.com"],
        ),
    ] = ""
    region: str = ""
    profile: Annotated[str, Meta(description="profile in ~/.aws/credentials")] = ""
    acl: Annotated[
        Literal["", "private", "public-read"], Meta(description="access to each file of the site")
    ] = ""
    addressing: Annotated[
        Literal["auto", "path", "virtual"], Meta(description="how the bucket is named in addresses")
    ] = "auto"
    ca: Annotated[
        str, Meta(description="file with the certificate of the authority that the host relies on")
    ] = ""
    branch: Annotated[str, Meta(description="branch that the host shows")] = "pages"
    history: Annotated[bool, Meta(description="keep earlier deploys as commits")] = True


def kind_of(url: str) -> str:
    """The scheme of a target's address; empty for a folder."""
    return url.partition("://")[0].lower() if "://" in url else ""


def deploy_faults(targets: Mapping[str, DeployTarget]) -> Iterator[tuple[tuple[str, ...], Problem]]:
    """What is wrong with the targets beyond single values, each with the keys that lead to it."""
    for name, target in targets.items():
        keys = ("deploy", name)
        fault = _url_fault(name, target.url)
        if fault:
            yield (*keys, "url"), fault
            continue
        allowed = _OPTIONS[kind_of(target.url)] | {"url", "state"}
        for option in target.__struct_fields__:
            if option not in allowed and getattr(target, option) != _DEFAULTS[option]:
                yield (
                    (*keys, option),
                    error("deploy-option", name=name, option=option, url=target.url),
                )


_DEFAULTS: dict[str, Any] = {
    name: getattr(DeployTarget(url="."), name) for name in DeployTarget.__struct_fields__
}


def _url_fault(name: str, url: str) -> Problem | None:
    kind = kind_of(url)
    if not kind:
        return None
    try:
        parts = urlsplit(url)
        secret = parts.password is not None or bool(parts.query)
        fit = kind in SCHEMES and _has_place(kind, parts) and not parts.fragment
    except ValueError:
        return error("deploy-url", name=name, url=url, schemes=", ".join(SCHEMES))
    if secret:
        return error("deploy-secret", name=name, key="url")
    return None if fit else error("deploy-url", name=name, url=url, schemes=", ".join(SCHEMES))


def _has_place(kind: str, parts: SplitResult) -> bool:
    _ = parts.port  # raises ValueError
    if kind == "git+file":
        return bool(parts.path)
    return bool(parts.hostname) and (kind == "s3" or bool(parts.path))


def secret_keys(targets: object) -> Iterator[tuple[tuple[str, ...], Problem]]:
    """Keys of plain data that hold a secret by their names."""
    for name, options in targets.items() if isinstance(targets, dict) else ():
        for key in options if isinstance(options, dict) else ():
            if _SECRET.search(str(key)):
                keys = ("deploy", str(name), str(key))
                yield keys, error("deploy-secret", name=name, key=key)
