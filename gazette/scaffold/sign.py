"""Signing an article off: one more entry under `review:` in its front matter."""

import msgspec
import yaml

from gazette.check.manuscript import Manuscript
from gazette.check.signoff import key_lines, stage_of, text_digest
from gazette.config.front_matter import SignOff
from gazette.config.load import SiteConfig
from gazette.config.text import decode_text
from gazette.problems import SiteError, error
from gazette.publish.state import replace_file
from gazette.reading.document import FILE_PREFIX, ReadingContext, read_document


class RefusalError(Exception):
    """The article cannot be signed so; `code` says why, `name` of what."""

    def __init__(self, code: str, name: str = "") -> None:
        self.code = code
        self.name = name
        super().__init__(f"{code} {name}")


def next_stage(config: SiteConfig, review: tuple[SignOff, ...]) -> str | None:
    """The first stage that nobody has signed; None if all have."""
    done = {stage_of(entry.stage) for entry in review if entry.by.strip()}
    stages = config.settings.gate.review.stages
    return next((stage for stage in stages if stage_of(stage) not in done), None)


def sign(config: SiteConfig, path: str, stage: str, by: str, at: str) -> SignOff:
    """Write the entry into the article at `path` (under content/), with the digest of its text.

    An empty `stage` is the next one. Raises RefusalError, and SiteError if the article has faults.
    """
    file = config.root / "content" / path
    data = file.read_bytes()
    manuscript = _read(config, path, data)
    review = manuscript.document.review
    stage = stage or next_stage(config, review) or ""
    _check(config, review, stage, by)
    digest = text_digest(manuscript.text, manuscript.body)
    entry = SignOff(stage=stage, by=by, at=at, digest=digest)
    text = _with_review(manuscript, [*review, entry])
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    replace_file(file, text.encode("utf-8"))
    return entry


def _read(config: SiteConfig, path: str, data: bytes) -> Manuscript:
    settings = config.settings
    context = ReadingContext(settings.site.timezone, settings.markdown, settings.defaults)
    result = read_document(path, data, context)
    text, _ = decode_text(data, path)
    if result.document is None or text is None:
        problems = result.problems or (
            error("frontmatter-missing", file=FILE_PREFIX + path, line=1),
        )
        raise SiteError(problems)
    manuscript = Manuscript(result.document, text)
    if not manuscript.body:
        raise SiteError([error("frontmatter-missing", file=FILE_PREFIX + path, line=1)])
    return manuscript


def _check(config: SiteConfig, review: tuple[SignOff, ...], stage: str, by: str) -> None:
    if not stage:
        raise RefusalError("all-signed")
    wanted = next_stage(config, review)
    if any(stage_of(entry.stage) == stage_of(stage) for entry in review):
        raise RefusalError("stage-signed", stage)
    stages = [stage_of(known) for known in config.settings.gate.review.stages]
    if stage_of(stage) in stages and wanted is not None and stage_of(wanted) != stage_of(stage):
        raise RefusalError("stage-early", wanted)
    if any("".join(entry.by.split()) == "".join(by.split()) for entry in review):
        raise RefusalError("person-twice", by)


def _with_review(manuscript: Manuscript, review: list[SignOff]) -> str:
    """The text with `review:` written anew, in its place or at the end of the front matter."""
    head = manuscript.text[: manuscript.body].split("\n")
    lines = ["review:", *map(_line, review)]
    old = key_lines(head, "review")
    if old:
        head[old[0] : old[-1] + 1] = lines
    else:
        last = max(number for number, line in enumerate(head) if line.strip())
        head[last:last] = lines
    return "\n".join(head) + manuscript.text[manuscript.body :]


def _line(entry: SignOff) -> str:
    values = {name: value for name, value in msgspec.structs.asdict(entry).items() if value}
    flow = yaml.safe_dump(
        values, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return f"  - {flow.strip()}"
