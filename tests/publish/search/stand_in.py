"""What stands for Pagefind's program in tests: it copies the corpus to where the index goes."""

from pathlib import Path

from tests.publish.sites import CONFIG, tiny_theme

SEARCH_THEME = {
    "config.yaml": CONFIG,
    **tiny_theme(),
    "themes/tiny/templates/search.html": '{{ page.title }} {{ index }} {{ bureaus|map(attribute="value")|list }}\n',
}
_OPTIONS = """\
#!/bin/sh
set -e
while [ $# -gt 0 ]; do
  case $1 in
    --site) site=$2; shift ;;
    --output-path) out=$2; shift ;;
  esac
  shift
done
"""
WELL = """\
mkdir -p "$out/fragment" "$out/index"
cp "$site"/*.html "$out/fragment/"
cat "$site"/*.html > "$out/index/all.pf_index"
count=$(ls "$site" | wc -l)
printf '{"languages": {"unknown": {"page_count": %d}}}' "$count" > "$out/pagefind-entry.json"
for name in pagefind.js pagefind-ui.js wasm.unknown.pagefind x.pf_meta; do
  echo x > "$out/$name"
done
"""


def stand_in(place: Path, script: str = "") -> Path:
    """Write the program."""
    place.write_text(_OPTIONS + (script or WELL), "utf-8")
    place.chmod(0o755)
    return place
