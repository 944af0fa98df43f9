"""A module imports only from what stands above it in the house; no cycles inside a folder."""

import ast
import functools
from graphlib import TopologicalSorter
from pathlib import Path

import gazette

PACKAGE = Path(gazette.__file__).parent
FLOORS = [
    "problems", "messages", "digests", "urls", "parallel", "packs", "ledger", "config", "reading", "media",
    "site", "check", "pages", "publish", "pipeline", "inspection", "checking", "scaffold",
    "preview", "deploy", "cli",
]  # fmt: skip


@functools.cache
def imports() -> list[tuple[str, str]]:
    """(module, imported module) for every import of the package's own."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        parts = ("gazette", *path.relative_to(PACKAGE).with_suffix("").parts)
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                found += [(module, name) for name in names]
            if isinstance(node, ast.Import):
                found += [(module, alias.name) for alias in node.names]
    return [
        (module, name)
        for module, name in found
        if name.startswith("gazette.") and name != "gazette.__version__"
    ]


def floor(module: str) -> int:
    return FLOORS.index(module.split(".")[1])


def test_no_module_reaches_up() -> None:
    up = [(m, i) for m, i in imports() if m != "gazette" and floor(i) > floor(m)]
    # Problems are values; their texts are found when they are printed.
    assert up == []


def test_no_cycles_inside_a_folder() -> None:
    modules = {m for m, _ in imports()}
    edges: dict[str, set[str]] = {}
    for module, name in imports():
        target = name if name in modules else name.rpartition(".")[0]
        if target in modules and target != module:
            edges.setdefault(module, set()).add(target)
    TopologicalSorter(edges).prepare()  # a CycleError names the modules
