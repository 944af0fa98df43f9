"""Files -> settings: config.yaml and the YAML files under content/, every fault at once."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from gazette.config import yaml_nodes
from gazette.config.bureaus import BureauEntry, TermEntry
from gazette.config.decode import Decoder, Fault
from gazette.config.settings import Config
from gazette.config.text import decode_text
from gazette.config.timezone import timezone_fault
from gazette.problems import Problem, SiteError, error, errors

T = TypeVar("T")


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
    return SiteConfig(settings, bureaus, categories, tags, data, tuple(problems))


def _settings(root: Path, problems: list[Problem]) -> Config | None:
    if not (root / "config.yaml").is_file():
        problems.append(error("config-missing", file="config.yaml"))
        return None
    config: Config | None = read_yaml(root / "config.yaml", root, Config, None, problems)
    if config is None:
        if not errors(problems):
            problems.append(error("config-empty", file="config.yaml"))
        return None
    reason = timezone_fault(config.site.timezone)
    if reason:
        near = reason if reason != "unknown" else ""
        zone = config.site.timezone
        problems.append(error("timezone-unknown", file="config.yaml", timezone=zone, near=near))
    return config


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


def line_of(path: Path, *keys: str) -> int | None:
    """The line on which a key of a YAML file stands; None if it is not there."""
    problems: list[Problem] = []
    node = read_node(path, path.parent, problems)
    line = None
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            return None
        found = [(name, value) for name, value in node.value if name.value == key]
        if not found:
            return None
        line, node = found[-1][0].start_mark.line + 1, found[-1][1]
    return line


def text_of(path: Path, *keys: str) -> str:
    """A text in a YAML file that may be faulty otherwise; empty if it is not there."""
    node = read_node(path, path.parent, [])
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            return ""
        node = next((value for name, value in node.value if name.value == key), None)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
