"""Themes: where their files are, and what they declare."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from gazette.config.decode import nearest
from gazette.config.load import line_of, read_yaml
from gazette.config.settings import Config
from gazette.config.theme import ThemeConfig
from gazette.digests import digest_bytes, digest_of
from gazette.pages.theme_options import chosen_options, default_faults, inherited
from gazette.problems import Problem, SiteError, error, errors

_PACKAGE = Path(__file__).parent.parent
_NOT_A_NAME = re.compile(r"[/\\:\x00]|^\.")


class Theme(msgspec.Struct, frozen=True):
    """A theme with those that it extends; a file of an earlier folder hides the same of a later one."""

    name: str
    folders: tuple[Path, ...]
    config: ThemeConfig
    """Merged: a child's options, queries and templates come before its parent's."""
    options: dict[str, Any]
    templates: dict[str, tuple[Path, ...]]
    """Name -> the files of that name along the chain, the one in force first."""
    static: dict[str, Path]
    locales: dict[str, tuple[Path, ...]]
    """Locale (`zh_CN`) -> catalogues along the chain."""
    files: dict[Path, bytes]
    """What all of them hold. They are read once: one that is edited meanwhile waits for the next build."""
    digests: dict[Path, bytes]
    """Of the same files."""
    problems: tuple[Problem, ...] = ()
    """Warnings only."""

    @property
    def digest(self) -> bytes:
        """Stands for all templates and catalogues, and for where each of them lies."""
        return digest_of(
            [
                (name, [(self._depth(path), self.digests[path]) for path in paths])
                for files in (self.templates, self.locales)
                for name, paths in files.items()
            ]
        )

    def text(self, path: Path) -> str:
        """What a template holds."""
        return self.files[path].decode("utf-8-sig")

    def _depth(self, path: Path) -> int:
        return next(i for i, folder in enumerate(self.folders) if path.is_relative_to(folder))

    def place(self, section: str, name: str) -> tuple[str, int | None]:
        """File (as messages name it) and line of a declaration, in the theme that makes it."""
        for folder in self.folders:
            line = line_of(folder / "theme.yaml", section, name)
            if line is not None:
                return shown_path(folder / "theme.yaml", self.folders), line
        return "theme.yaml", None


def load_theme(root: Path, config: Config) -> Theme:
    """The site's theme; raises SiteError if it is missing, cannot be read or has faults."""
    try:
        return _loaded(root, config)
    except OSError as fault:
        place, file = Path(fault.filename or ""), f"themes/{config.theme}"
        if place.is_relative_to(root):
            file = place.relative_to(root).as_posix()
        reason = fault.strerror or fault
        raise SiteError([error("file-unreadable", file=file, reason=reason)]) from fault


def _loaded(root: Path, config: Config) -> Theme:
    problems: list[Problem] = []
    chain = _chain(root, config.theme, problems)
    folders = tuple(folder for folder, _ in chain)
    merged = _merged([declared for _, declared in chain])
    problems += default_faults(chain, merged)
    if errors(problems):
        raise SiteError(problems)
    options = chosen_options(root, merged, config, problems)
    templates = _files(folders, "templates", problems)
    static = {name: paths[0] for name, paths in _files(folders, "static", problems).items()}
    locales = {
        name.removesuffix(".po"): paths
        for name, paths in _files(folders, "locale", problems).items()
        if name.endswith(".po")
    }
    texts = {path for group in (*templates.values(), *locales.values()) for path in group}
    files = dict(_contents(texts, folders, problems, is_text=True))
    files |= _contents(static.values(), folders, problems, is_text=False)
    if errors(problems):
        raise SiteError(problems)
    return Theme(
        name=config.theme,
        folders=folders,
        config=merged,
        options=options,
        templates=templates,
        static=static,
        locales=locales,
        files=files,
        digests={path: digest_bytes(data) for path, data in files.items()},
        problems=tuple(problems),
    )


def _contents(
    paths: Iterable[Path], folders: tuple[Path, ...], problems: list[Problem], *, is_text: bool
) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(paths):
        try:
            data = path.read_bytes()
            if is_text:
                data.decode("utf-8")
        except OSError as fault:
            reason, file = fault.strerror or str(fault), shown_path(path, folders)
            problems.append(error("file-unreadable", file=file, reason=reason))
        except UnicodeDecodeError:
            problems.append(error("encoding-unknown", file=shown_path(path, folders)))
        else:
            yield path, data


def shown_path(path: Path, folders: tuple[Path, ...]) -> str:
    """How messages name a theme's file: `themes/portal/templates/article.html`."""
    for folder in folders:
        if path.is_relative_to(folder):
            return f"themes/{folder.name}/{path.relative_to(folder).as_posix()}"
    return path.name


def _places(root: Path) -> list[Path]:
    """Where themes may be: in the site, in the engine, and beside it in a checkout."""
    return [root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes"]


def theme_names(root: Path) -> list[str]:
    """The themes that a site at `root` can name."""
    folders = [place for place in _places(root) if place.is_dir()]
    return sorted({path.name for place in folders for path in place.iterdir() if path.is_dir()})


def _chain(root: Path, name: str, problems: list[Problem]) -> list[tuple[Path, ThemeConfig]]:
    chain: list[tuple[Path, ThemeConfig]] = []
    seen: set[str] = set()
    asking, key, shown = root / "config.yaml", "theme", "config.yaml"
    while name:
        folders = _folders(root, name)
        if name in seen or not folders:
            code = "theme-circle" if name in seen else "theme-missing"
            near = "" if name in seen else nearest(name, theme_names(root))
            line = line_of(asking, key)
            problems.append(error(code, file=shown, line=line, theme=name, near=near))
            break
        seen.add(name)
        declared = [(folder, _declared(folder, problems)) for folder in folders]
        chain += declared
        name = ""
        for folder, config in declared:
            if config.extends:
                asking, key, name = folder / "theme.yaml", "extends", config.extends
                shown = f"themes/{folder.name}/theme.yaml"
                break
    return chain


def _folders(root: Path, name: str) -> list[Path]:
    if _NOT_A_NAME.search(name):
        return []
    found = [place / name for place in _places(root) if (place / name).is_dir()]
    return list(dict.fromkeys(path.resolve() for path in found))


def _declared(folder: Path, problems: list[Problem]) -> ThemeConfig:
    found: ThemeConfig = read_yaml(
        folder / "theme.yaml", folder.parent.parent, ThemeConfig, ThemeConfig(), problems
    )
    return found


def _merged(chain: list[ThemeConfig]) -> ThemeConfig:
    merged = ThemeConfig()
    for declared in reversed(chain):
        merged = ThemeConfig(
            options=merged.options | inherited(declared.options, merged.options),
            queries=merged.queries | declared.queries,
            templates=merged.templates | declared.templates,
            fragments=merged.fragments | declared.fragments,
            pictures=merged.pictures | declared.pictures,
        )
    return merged


def _files(
    folders: tuple[Path, ...], kind: str, problems: list[Problem]
) -> dict[str, tuple[Path, ...]]:
    found: dict[str, tuple[Path, ...]] = {}
    for folder in folders:
        top = folder / kind
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                shown = path.relative_to(folder).as_posix()
                problems.append(error("link-outside", file=f"themes/{folder.name}/{shown}"))
            elif path.is_file() and not path.name.startswith("."):
                name = path.relative_to(top).as_posix()
                found[name] = (*found.get(name, ()), path)
    return found
