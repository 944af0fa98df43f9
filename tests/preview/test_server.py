"""Serving: addresses, types, ranges, and who is refused."""

import asyncio
import socket
from collections.abc import Callable

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from gazette.ledger import Ledger
from gazette.preview.server import own_addresses
from gazette.problems import MachineError
from tests.conftest import Site
from tests.preview.conftest import Page, Start, clean_files

MakeSite = Callable[..., Site]
PATH = "yaowen/2025/05/a.html"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site().article("a", "正文。", categories="yaowen")


def test_a_page_is_served_with_the_script_that_the_folder_does_not_have(
    site: Site, preview: Start
) -> None:
    running = preview(site)
    answer = running.get(f"/{PATH}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers
    assert "正文。" in answer.text and "/__gazette/static/preview.js" in answer.text
    assert b"__gazette" not in (running.folder / PATH).read_bytes()
    page = answer.state["status"]["page"]
    assert (page["source"], page["state"], page["words"]) == (
        "content/articles/a.md",
        "published",
        2,
    )
    assert page["editor"].endswith("/content/articles/a.md:1")
    assert not site.output.exists()


def test_what_is_not_published_is_shown_and_the_folder_equals_a_build(
    site: Site, preview: Start
) -> None:
    site.article("d", draft="true").article("f", date="2999-01-01").article(
        "e", expires="2020-01-01"
    )
    running = preview(site)
    assert Site.files_in(running.folder) == clean_files(site)
    states = {row["title"]: row["state"] for row in running.json("/__gazette/articles")["rows"]}
    assert states == {"a": "published", "d": "draft", "e": "expired", "f": "scheduled"}


def test_drafts_can_be_left_out(site: Site, preview: Start) -> None:
    running = preview(site.article("d", draft="true"), drafts=False)
    assert [row["title"] for row in running.json("/__gazette/articles")["rows"]] == ["a"]


def test_the_site_stands_under_the_path_of_its_address(site: Site, preview: Start) -> None:
    site.write({"config.yaml": "site: {title: x, url: 'https://example.com/税务/'}\ntheme: base\n"})
    running = preview(site)
    answer = running.get("/")
    base = "/%E7%A8%8E%E5%8A%A1/"
    assert (answer.status, answer.headers["Location"]) == (302, base)
    assert running.get(base).status == 200
    assert running.get(f"{base}{PATH}").state["status"]["page"]["path"] == PATH
    assert running.get(f"/{PATH}").status == 404
    assert running.json("/__gazette/articles")["base"] == base


def test_a_missing_page_is_the_sites_own_404(site: Site, preview: Start) -> None:
    running = preview(site)
    for path in ("/none.html", "/none", "/none.png", "/bureau/none/"):
        answer = running.get(path)
        assert answer.status == 404
        assert answer.text.startswith(running.folder.joinpath("404.html").read_text("utf-8")[:200])
        assert "/__gazette/static/preview.js" in answer.text


def test_folders_are_shown_with_a_slash_behind(site: Site, preview: Start) -> None:
    running = preview(site)
    assert running.get("/bureau").headers["Location"] == "/bureau/"
    assert running.get("/bureau/").status == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp4", "video/mp4"), ("a.js", "text/javascript; charset=utf-8"), ("a.svg", "image/svg+xml"),
        ("a.csv", "text/csv; charset=utf-8"), ("a.woff2", "font/woff2"), ("a.wasm", "application/wasm"),
        ("a.unknown-kind", "application/octet-stream"),
    ],
)  # fmt: skip
def test_types_are_right(site: Site, preview: Start, name: str, kind: str) -> None:
    site.write({f"content/static/{name}": b"<svg xmlns='http://www.w3.org/2000/svg'/>"})
    assert preview(site).get(f"/{name}").headers["Content-Type"] == kind


def test_a_video_is_sent_in_ranges(site: Site, preview: Start) -> None:
    running = preview(site.write({"content/static/a.mp4": bytes(range(200))}))
    part = running.get("/a.mp4", Range="bytes=10-19")
    assert (part.status, part.body) == (206, bytes(range(10, 20)))
    assert part.headers["Content-Range"] == "bytes 10-19/200"
    assert running.get("/a.mp4", Range="bytes=-5").body == bytes(range(195, 200))
    assert running.get("/a.mp4", Range="bytes=500-").status == 416
    whole = running.get("/a.mp4", "HEAD")
    assert (whole.status, whole.body, whole.headers["Content-Length"]) == (200, b"", "200")
    assert whole.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "path",
    [
        "/../config.yaml", "/%2e%2e/%2e%2e/config.yaml", "/..%2f..%2fconfig.yaml", "/..%5c..%5cconfig.yaml",
        "/a/../../../config.yaml", "//etc/passwd", "/%2fetc/passwd", "/\x00", "/%00.html", "/C:/x.html",
        "/__gazette/static/..%2fserver.py", "/__gazette/static/../server.py", "/link.txt",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_served(site: Site, preview: Start, path: str) -> None:
    running = preview(site)
    try:
        (running.folder / "link.txt").symlink_to(site.root / "config.yaml")
    except OSError:
        pytest.skip("links need a privilege here")
    try:
        answer = running.get(path.replace("\x00", "%00"))
    finally:
        (running.folder / "link.txt").unlink()
    assert answer.status in {403, 404}
    assert (
        "site: {title" not in answer.text
        and "import" not in answer.text.split("gazette-preview")[0]
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/%ff%fe.html", 400), ("/%zz.html", 404), ("/" + "a" * 9_000, 404), ("/__gazette/nothing", 404),
        ("/__gazette/articles?page=-1&sort=-&state=%5B%5D", 200), ("/__gazette/articles?text=%ff", 400),
        (f"/__gazette/articles?page={'9' * 5_000}", 200), ("/__gazette/articles?page=%E2%91%A0", 200),
    ],
)  # fmt: skip
def test_nonsense_is_answered_and_not_told(
    site: Site, preview: Start, capfd: pytest.CaptureFixture[str], path: str, status: int
) -> None:
    assert preview(site).get(path).status == status
    assert capfd.readouterr().err == ""


# Who is refused


@pytest.mark.parametrize(
    "path", ["/", f"/{PATH}", "/feed.xml", "/__gazette/", "/__gazette/articles", "/__gazette/new"]
)
def test_other_host_names_are_refused(site: Site, preview: Start, path: str) -> None:
    running = preview(site)
    port = running.host.split(":")[1]
    for host in (f"evil.example:{port}", "evil.example", "127.0.0.1.evil.example", "192.0.2.7", ""):
        assert running.get(path, Host=host).status in {400, 403}
    for host in (f"localhost:{port}", "127.0.0.1", f"[::1]:{port}"):
        assert running.get(path, Host=host).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}, 200),
        ({"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
    ],
)  # fmt: skip
def test_pages_of_other_sites_are_refused(
    site: Site, preview: Start, headers: dict[str, str], status: int
) -> None:
    running = preview(site)
    for path in ("/", "/feed.xml", "/__gazette/articles"):
        assert running.get(path, **headers).status == status


@pytest.mark.parametrize("headers", [
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
    {"Host": "evil.example"}, {"Host": "evil.example", "Origin": "http://evil.example"},
])  # fmt: skip
def test_sockets_of_other_sites_are_refused(
    site: Site, preview: Start, headers: dict[str, str]
) -> None:
    running = preview(site)
    request = HTTPRequest(f"ws://{running.host}/__gazette/livereload", headers=headers)
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(_connected(request))
    assert refused.value.code == 403


async def _connected(request: HTTPRequest) -> None:
    await websocket_connect(request)


def test_nonsense_in_the_socket_closes_it_and_nothing_else(site: Site, preview: Start) -> None:
    running = preview(site)

    async def talk(said: str) -> object:
        request = HTTPRequest(f"ws://{running.host}/__gazette/livereload")
        connection = await websocket_connect(request)
        await connection.write_message(said)
        answer = await connection.read_message()
        connection.close()
        return answer

    for said in ("", "{", "[]", "{}", "7", '{"no": 1}'):
        assert asyncio.run(talk(said)) is None
    with Page(running, PATH) as page:
        site.article("a", "改了。", categories="yaowen")
        page.wait_for_text("改了。")


# Starting and ending


def test_the_next_free_port_is_taken(site: Site, preview: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = preview(site, port=port)
    assert running.host != f"127.0.0.1:{port}"


def test_an_address_of_nobody_is_refused(site: Site, preview: Start) -> None:
    with pytest.raises(MachineError) as fault:
        preview(site, host="192.0.2.1", port=8000)
    assert fault.value.problem.code == "port-taken"


def test_one_preview_of_a_site_at_a_time(site: Site, preview: Start) -> None:
    running = preview(site)
    with pytest.raises(MachineError) as fault:
        preview(site)
    assert fault.value.problem.code == "preview-running"
    assert fault.value.problem.arguments == {"address": running.address}


def test_a_preview_for_others_says_where(site: Site, preview: Start) -> None:
    running = preview(site, host="0.0.0.0")
    assert len(running.others) == len(own_addresses())
    assert running.get("/", Host="192.0.2.7").status == 200
    assert running.get("/", Host="evil.example").status == 403
    assert (
        running.post(
            "/__gazette/new", {"title": "x"}, Host="192.0.2.7", Origin="http://192.0.2.7"
        ).status
        == 403
    )


def test_what_it_knew_is_known_again_after_a_restart(site: Site, preview: Start) -> None:
    running = preview(site)
    running.stop()
    assert Ledger.open(running.server.options.root, b"", []).pages == {}
    again = preview(site, waits=False).built_once()
    assert again.report is not None and again.report.published
    assert again.report.reasons == {}
