"""Putting the preview's own script into a page that is served."""

import json
from typing import Any

SCRIPT = "/__gazette/static/preview.js"
_SLOTS = (b"</body>", b"</BODY>", b"</html>")


def as_json(value: Any) -> bytes:
    """JSON that can stand inside a `script` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode("utf-8", "replace")


def injected(page: bytes, state: dict[str, Any]) -> bytes:
    """The page with the script, and what it begins with, before its end."""
    parts = (
        b'<script type="application/json" id="gazette-preview">', as_json(state), b"</script>",
        b'<script defer src="', SCRIPT.encode(), b'"></script>',
    )  # fmt: skip
    for slot in _SLOTS:
        place = page.rfind(slot)
        if place >= 0:
            return b"".join((page[:place], *parts, page[place:]))
    return b"".join((page, *parts))
