"""Files -> settings: config.yaml and the YAML files under content/, every fault at once."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from gazette.config import yaml_nodes
from gazette.config.bureaus import BureauEntry, TermEntry
from gazette.config.decode import Decoder, Fault
from gazette.config.deploy import deploy_faults, secret_keys
from gazette.config.settings import Config, Default
from gazette.config.text import decode_text
from gazette.config.timezone import timezone_fault
from gazette.problems import Problem, SiteError, error, errors
from gazette.urls import is_site_address

T = TypeVar("T")
CONFIG_FILE = "config.yaml"


class SiteConfig(msgspec.Struct, frozen=True):
    """All that is configured, besides the theme."""

    settings: Config
    bureaus: tuple[BureauEntry, ...]
    categories: tuple[TermEntry, ...]
    tags: tuple[TermEntry, ...]
    data: dict[str, Any]
    """`content/data/x.yaml` as plain data, by name without `.yaml`."""
    problems: tuple[Problem, ...]
    """Warnings only."""
    root: Path = Path()
    """The site's folder, where faults found later look up their lines."""


def load(root: Path) -> SiteConfig:
    """Read the configuration of the site at `root`; raises SiteError with every fault."""
    problems: list[Problem] = []
    settings = _settings(root, problems)
    content = root / "content"
    bureaus = read_yaml(content / "bureaus.yaml", root, tuple[BureauEntry, ...], (), problems)
    categories = read_yaml(content / "categories.yaml", root, tuple[TermEntry, ...], (), problems)
    tags = read_yaml(content / "tags.yaml", root, tuple[TermEntry, ...], (), problems)
    data = _data(content / "data", root, problems)
    if errors(problems) or settings is None:
        raise SiteError(problems)
    return SiteConfig(settings, bureaus, categories, tags, data, tuple(problems), root)


def _settings(root: Path, problems: list[Problem]) -> Config | None:
    path = root / CONFIG_FILE
    if not path.is_file():
        near = CONFIG_FILE if (root / "config.yml").exists() else ""
        problems.append(error("config-missing", file=CONFIG_FILE, near=near))
        return None
    found: list[Problem] = []
    config: Config | None = read_yaml(path, root, Config, None, found)
    if config is None and not errors(found):
        found.append(error("config-empty", file=CONFIG_FILE))
    if config and not is_site_address(config.site.url):
        url, line, example = (
            config.site.url,
            line_of(path, "site", "url"),
            "https://www.example.com",
        )
        found.append(
            error(
                "value-invalid",
                file=CONFIG_FILE,
                line=line,
                key="site.url",
                value=url,
                example=example,
            )
        )
    zone = config.site.timezone if config else text_of(path, "site", "timezone")
    reason = timezone_fault(zone) if zone or config else None
    if reason is not None:
        line = line_of(path, "site", "timezone")
        found.append(
            error("timezone-unknown", file=CONFIG_FILE, line=line, timezone=zone, near=reason)
        )
    problems += [*found, *_deploy_faults(path, config, sound=not errors(found))]
    return config


def _deploy_faults(path: Path, config: Config | None, *, sound: bool) -> list[Problem]:
    """What is wrong with `deploy`; secrets in it are found even if the rest cannot be read."""
    faults = list(deploy_faults(config.deploy)) if config else []
    if not sound:
        node = read_node(path, path.parent, [])
        settings = None if node is None else yaml_nodes.plain(node)
        faults += secret_keys(settings.get("deploy") if isinstance(settings, dict) else None)
    return [
        msgspec.structs.replace(problem, file=CONFIG_FILE, line=line_of(path, *keys))
        for keys, problem in faults
    ]


def read_yaml(path: Path, root: Path, kind: Any, default: T, problems: list[Problem]) -> Any | T:
    """The file decoded as `kind`; `default` if there is none, if it is empty or has faults (listed)."""
    node = read_node(path, root, problems)
    if node is None:
        return default
    value: object = Decoder(path.relative_to(root).as_posix(), problems).decode(node, kind)
    return default if isinstance(value, Fault) else value


def read_node(path: Path, root: Path, problems: list[Problem]) -> yaml.Node | None:
    """The file's YAML node; None if there is no file, if it is empty or cannot be read."""
    file = path.relative_to(root).as_posix()
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        problems.append(error("link-outside", file=file))
        return None
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        problems.append(error("file-unreadable", file=file, reason=fault.strerror or fault))
        return None
    text, faults = decode_text(data, file)
    problems.extend(faults)
    return None if text is None else yaml_nodes.compose(text, file, problems)


def _data(folder: Path, root: Path, problems: list[Problem]) -> dict[str, Any]:
    data = {}
    for path in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
        node = read_node(path, root, problems)
        if node is not None:
            data[path.stem] = yaml_nodes.plain(node)
    return data


def line_of(path: Path, *keys: str | int) -> int | None:
    """The line on which a key (of a list: a position) of a YAML file stands; None if it is not there."""
    node: yaml.Node | None = read_node(path, path.parent, [])
    line = None
    for key in keys:
        found = _child(node, key)
        if found is None:
            return None
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _child(node: yaml.Node | None, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The node that names a part of `node`, and the part itself."""
    if isinstance(node, yaml.MappingNode):
        found = [(name, value) for name, value in node.value if name.value == key]
        return found[-1] if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None


def default_line(path: Path, defaults: tuple[Default, ...], key: str, value: str) -> int | None:
    """The line of config.yaml on which `defaults` give `key` a value that holds `value`."""
    for number, default in enumerate(defaults):
        if value in str(getattr(default.values, key)):
            return line_of(path, "defaults", number, "values", key)
    return None


def text_of(path: Path, *keys: str) -> str:
    """A text in a YAML file that may be faulty otherwise; empty if it is not there."""
    node = read_node(path, path.parent, [])
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            return ""
        node = next((value for name, value in node.value if name.value == key), None)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
