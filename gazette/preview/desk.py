"""`/__gazette/`: all articles, and a form that begins a new one."""

import asyncio
import json
from pathlib import Path
from typing import Any

from tornado import web

from gazette.messages import explain, translate
from gazette.messages.preview import DESK_TITLE
from gazette.preview.access import may_write
from gazette.preview.facts import Question, answer
from gazette.preview.handlers import Guarded, content_type, texts
from gazette.preview.inject import as_json
from gazette.problems import SiteError
from gazette.scaffold.answers import Answers, choices
from gazette.scaffold.create import archetypes, create_article

STATIC = Path(__file__).parent / "static"
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
_LONGEST = 20_000
_DIGITS = 10


class DeskPage(Guarded):
    """The desk itself; what it shows comes by script."""

    def get(self) -> None:
        """Send the page."""
        language = self.newsroom.language
        page = (STATIC / "desk.html").read_text("utf-8")
        site = self.newsroom.kept.config
        title = site.settings.site.title if site else "Gazette"
        state = {
            "texts": texts(language), "language": language, "site": title, "home": self.newsroom.places.base,
            "status": self.newsroom.status("", local=self.is_local), "local": self.is_local,
        }  # fmt: skip
        heading = translate(DESK_TITLE, language)
        page = page.replace("{language}", "zh-CN" if language == "zh" else "en")
        page = page.replace("{title}", heading)
        data, _, rest = page.partition("{state}")
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(data.encode() + as_json(state) + rest.encode())


class DeskStatic(Guarded):
    """Scripts and style sheets of the preview itself."""

    def get(self, name: str) -> None:
        """Send one."""
        place = STATIC / name
        if "/" in name or not place.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", content_type(name))
        self.finish(place.read_bytes())


class DeskArticles(Guarded):
    """One page of the list of articles, as JSON."""

    async def get(self) -> None:
        """Answer the question in the address."""
        asked = {
            name: self.get_query_argument(name, "")
            for name in ("text", "state", "bureau", "category", "sort")
        }
        number = self.get_query_argument("page", "1")
        is_number = number.isascii() and number.isdigit() and len(number) < _DIGITS
        question = Question(**asked, page=int(number) if is_number else 1)
        facts = self.newsroom.facts
        loop = asyncio.get_running_loop()
        # Sorting a hundred thousand takes its time; the socket must not wait for it.
        found = await loop.run_in_executor(None, lambda: answer(facts.rows, question))
        if self.is_local:
            for row in found["rows"]:
                row["editor"] = self.newsroom.places.editor_link(row["source"], 1)
        found["base"] = self.newsroom.places.base
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(found, ensure_ascii=False))


class DeskNew(Guarded):
    """The form for a new article: what can be chosen, and making one."""

    def get(self) -> None:
        """What can be chosen."""
        config = self.newsroom.kept.config
        found = choices(config) if config else {"categories": [], "bureaus": [], "now": ""}
        found["archetypes"] = archetypes(self.newsroom.kept.state.root)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(found, ensure_ascii=False))

    async def post(self) -> None:
        """Make an article; its file is the answer, or what is wrong with which field."""
        headers, body = self.request.headers, self.request.body
        is_json = headers.get("Content-Type", "").split(";")[0] == "application/json"
        if not may_write(headers, self.request.remote_ip or "") or not is_json:
            raise web.HTTPError(403)
        if len(body) > _LONGEST:
            raise web.HTTPError(413)
        try:
            given = json.loads(body)
            assert isinstance(given, dict)
        except (ValueError, AssertionError):
            raise web.HTTPError(400) from None
        loop = asyncio.get_running_loop()
        status, found = await loop.run_in_executor(None, self._made, given)
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(found, ensure_ascii=False))

    def _made(self, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        newsroom = self.newsroom
        root = newsroom.kept.state.root
        try:
            answers = Answers(root, {name: str(value) for name, value in given.items()})
        except SiteError as fault:
            problem = fault.problems[0]
            return 422, {"errors": {"title": " ".join(explain(problem, newsroom.language))}}
        if answers.faults:
            return 422, {"errors": self._told(answers)}
        try:
            path = create_article(root, answers.article())
        except FileExistsError as fault:
            place = Path(fault.filename).relative_to(root).as_posix()
            return 409, {"errors": {"title": self._text("exists", path=place)}}
        except OSError as fault:
            return 422, {"errors": {"title": fault.strerror or str(fault)}}
        source = path.relative_to(root).as_posix()
        return 201, {"source": source, "editor": newsroom.places.editor_link(source, 1)}

    def _told(self, answers: Answers) -> dict[str, str]:
        found = {}
        for name, problem in answers.faults.items():
            found[name] = " ".join(explain(problem, self.newsroom.language))
        return found

    def _text(self, name: str, **values: str) -> str:
        return texts(self.newsroom.language)[name].format(**values)
