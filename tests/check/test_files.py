"""Attachments and pictures: numbers of persons and leftovers in them, and files that mean harm."""

import io
import signal
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from gazette.check.attachment_process import AttachmentProcess, Seen, seen_in
from gazette.check.pictures import has_place
from gazette.checking.run import CheckOptions, check
from gazette.cli.program import run
from tests.check.office_files import (
    CARD,
    FOUND,
    IDENTITY,
    MOBILE,
    SILENT,
    pdf,
    picture,
    saved,
    sheet,
    slides,
    word,
)
from tests.conftest import AS_OF, Site, codes

HEAD = "---\ntitle: 甲\ndate: 2025-05-03\nsource: 甲\n---\n\n"


def test_what_files_hold_is_found(make_site: Callable[..., Site]) -> None:
    files = {f"content/articles/f/{name}": data for name, (data, _) in FOUND.items()}
    links = "\n\n".join(f"[表格{name}](f/{name})" for name in FOUND)
    site = make_site({"content/articles/a.md": HEAD + links, **files})
    rows = check(CheckOptions(site.root, as_of=AS_OF)).rows
    told = {
        (
            str(row.problem.arguments.get("attachment") or row.problem.arguments["found"]),
            row.problem.code,
        )
        for row in rows
        if row.family in ("attachments", "pictures")
    }
    assert {(name, rule) for name, (_, rule) in FOUND.items()} <= told
    report = str([row.problem.arguments for row in rows])
    assert not any(number in report for number in (IDENTITY, MOBILE, CARD))


def test_sound_files_are_not(make_site: Callable[..., Site]) -> None:
    files = {f"content/articles/f/{name}": data for name, data in SILENT.items()}
    links = "\n\n".join(f"[表格{name}](f/{name})" for name in SILENT)
    site = make_site({"content/articles/a.md": HEAD + links, **files})
    rows = check(CheckOptions(site.root, as_of=AS_OF)).rows
    assert [r.problem for r in rows if r.family in ("attachments", "pictures")] == []


def test_findings_stand_in_the_article_that_refers_to_the_file(
    make_site: Callable[..., Site],
) -> None:
    files = {
        "content/articles/a.md": HEAD + "见[表格](a.xlsx)。\n",
        "content/articles/a.xlsx": sheet(("电话",), (MOBILE,)),
        "content/static/b.xlsx": sheet(("电话",), (MOBILE,)),
    }
    site = make_site(files)
    found = [
        (p.file, p.line) for p in site.build().problems if p.code == "attachments-mobile-number"
    ]
    assert found == [("content/articles/a.md", 7), ("content/static/b.xlsx", None)]
    excuse = "见[表格](a.xlsx)。 <!-- gazette: allow attachments-mobile-number 值班电话 -->\n"
    site.write({"content/articles/a.md": HEAD + excuse})
    codes_now = codes(site.build())
    assert codes_now == ["attachments-mobile-number"]


def test_an_identity_number_in_a_file_stops_a_build_and_files_nobody_publishes_do_not(
    make_site: Callable[..., Site],
) -> None:
    site = make_site({"content/articles/draft.docx": saved(word(IDENTITY))}).article("a")
    assert site.build().published
    site.article("a", "见[表格](draft.docx)。")
    report = site.build()
    assert not report.published
    assert codes(report) == ["attachments-identity-number"]


def test_files_are_looked_into_once(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"content/articles/a.xlsx": sheet(("电话",), (MOBILE,))})
    site.article("a", "见[表格](a.xlsx)。").article("b").build()
    asked: list[Path] = []

    def seen(_process: AttachmentProcess, path: Path) -> list[Seen]:
        asked.append(path)
        return []

    monkeypatch.setattr(AttachmentProcess, "seen", seen)
    assert codes(site.build()) == ["attachments-mobile-number"]
    site.article("b", "改过。").build()
    assert codes(site.article("b", "又改过。").build()) == ["attachments-mobile-number"]
    assert asked == []


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert [seen.kind for seen in seen_in(path, frozenset())] == ["large"]


def test_a_file_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(sheet(("电话",), (MOBILE,)))
    with AttachmentProcess([], patience=0) as process:
        assert process.seen(tmp_path / "a.xlsx") == [Seen("slow", "", "", "")]
    with AttachmentProcess([]) as process:
        assert [seen.kind for seen in process.seen(tmp_path / "a.xlsx")] == [
            "privacy-mobile-number"
        ]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system does not count it")
def test_processor_time_is_limited(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(sheet(*[(number, MOBILE) for number in range(20_000)]))
    with AttachmentProcess([], seconds=0.001) as process:
        assert process.seen(tmp_path / "a.xlsx") == [Seen("slow", "", "", "")]


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("text")))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert [seen.kind for seen in seen_in(tmp_path / "a.pdf", frozenset())] == ["locked"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_tells_its_place_in_every_format(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").write_bytes(picture(True, kind))
    (tmp_path / "b").write_bytes(picture(False, kind))
    assert has_place(tmp_path / "a")
    assert not has_place(tmp_path / "b")


def test_photographs_that_are_published_whole_are_told_of_in_builds_too(
    make_site: Callable[..., Site],
) -> None:
    site = make_site(
        {"content/static/a.jpg": picture(True), "content/articles/b.jpg": picture(True)}
    )
    site.article("a", "![现场](/a.jpg)\n\n![走访](b.jpg)", source="甲")
    told = [(p.code, p.file, p.line) for p in site.build().problems]
    assert told == [("pictures-location", "content/articles/a.md", 7)]
    rows = check(CheckOptions(site.root, as_of=AS_OF, names=frozenset(["pictures"]))).rows
    assert [(r.problem.code, r.problem.file, r.problem.line) for r in rows] == told
    assert b"Exif" not in site.files()["media/articles/b.jpg"]


def test_every_place_in_a_file_that_names_a_person_is_found(
    make_site: Callable[..., Site], capsys: pytest.CaptureFixture[str]
) -> None:
    report = word("第一段。")
    report.add_paragraph("由某甲负责，某 甲审核。")
    files = {
        "a.docx": saved(report),
        "b.xlsx": sheet(("姓名",), ("某甲",)),
        "c.pdf": pdf("Mou Jia", note="某\n甲"),
        "d.pptx": slides("会议\n某甲"),
        "e.doc": b"",
        "f.pdf": b"%PDF-1.7\nnothing more",
        "g.docx": saved(word("某乙")),
    }
    links = "\n\n".join(f"[表格{name}]({name})" for name in files)
    site = make_site({f"content/articles/{name}": data for name, data in files.items()})
    site.article("a", links)
    assert run(["check", "--person", "某甲", "--lang", "en"], site.root) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "content/articles/a.docx (¶ 2): [text] 由某甲负责，某 甲审核。",
        "content/articles/a.docx (¶ 2): [text] 由某甲负责，某 甲审核。",
        "content/articles/b.xlsx (名单 A2): [text] 某甲",
        "content/articles/c.pdf (p. 1): [comment] 某甲",
        "content/articles/d.pptx (p. 1): [text] 某甲",
    ]
    assert told.err.splitlines() == [
        "5 places in 4 files.",
        "content/articles/e.doc was not looked into: its format is closed, or it is an archive.",
        "content/articles/f.pdf was not looked into: it is damaged.",
    ]
