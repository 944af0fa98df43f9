"""Attachments and pictures: numbers of persons and leftovers in them, and files that mean harm."""

import io
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image
from pypdf.annotations import FreeText

from gazette.check.attachment_process import AttachmentProcess, Seen, seen_in
from gazette.check.pictures import has_place
from gazette.checking.run import CheckOptions, check
from gazette.cli.program import run
from tests.conftest import AS_OF, Site, codes

IDENTITY = "110101199003078881"
MOBILE = "13800138000"
CARD = "6222020000000000000"
HEAD = "---\ntitle: 甲\ndate: 2025-05-03\nsource: 甲\n---\n\n"


def saved(document: object) -> bytes:
    """A file as its library saves it."""
    data = io.BytesIO()
    document.save(data)  # type: ignore[attr-defined]
    return data.getvalue()


def word(text: str = "正文。") -> "docx.document.Document":
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.add_paragraph(text)
    return document


def commented() -> bytes:
    document = word()
    runs = document.paragraphs[0].runs
    document.add_comment(runs, text=f"核对{IDENTITY}", author="审核", initials="审")
    return saved(document)


def tracked() -> bytes:
    document = word()
    document.paragraphs[0]._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:delText>{MOBILE}</w:delText></w:r></w:del>'
        )
    )
    return saved(document)


def headed(text: str) -> bytes:
    document = word()
    document.sections[0].header.paragraphs[0].text = text
    return saved(document)


def with_property(text: str) -> bytes:
    document = word()
    document.core_properties.keywords = text
    return saved(document)


def in_table(text: str) -> bytes:
    document = word()
    document.add_table(1, 1).cell(0, 0).text = text
    return saved(document)


def sheet(
    *rows: tuple[object, ...], hidden: bool = False, note: str = "", header: str = ""
) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "说明"
    if note:
        page["A1"].comment = Comment(note, "审核")
    if header:
        page.oddHeader.center.text = header
    target = book.create_sheet("名单")
    for row in rows:
        target.append(row)
    if hidden:
        target.sheet_state = "hidden"
    return saved(book)


def pdf(text: str = "", note: str = "", **metadata: str) -> bytes:
    """A PDF of one page, written by hand so that it holds text."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1"))
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
            pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
            pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
        }
    )
    fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
    page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject("/Font"): fonts}
    )
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    if note:
        writer.add_annotation(0, FreeText(text=note, rect=(0, 0, 9, 9)))
    if metadata:
        writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def picture(gps: bool, kind: str = "JPEG") -> bytes:
    image, exif = Image.new("RGB", (8, 8)), Image.Exif()
    exif[0x010F] = "相机"
    if gps:
        exif.get_ifd(0x8825)[2] = (29.0, 33.0, 0.0)
    data = io.BytesIO()
    image.save(data, kind, exif=exif)
    return data.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return data.getvalue()


def slides(text: str = "", notes: str = "", comment: str = "", hidden: bool = False) -> bytes:
    """A pptx as far as it holds words."""

    def part(root: str, words: str, attributes: str = "") -> bytes:
        spaces = " ".join(
            f'xmlns:{short}="http://schemas.openxmlformats.org/{long}/2006/main"'
            for short, long in (("a", "drawingml"), ("p", "presentationml"))
        )
        return f"<p:{root} {spaces}{attributes}>{words}</p:{root}>".encode()

    def lines(words: str) -> str:
        return "".join(f"<a:p><a:r><a:t>{char}</a:t></a:r></a:p>" for char in words.split("\n"))

    files = {
        "ppt/presentation.xml": part("presentation", ""),
        "ppt/slides/slide1.xml": part("sld", lines(text), ' show="0"' if hidden else ""),
    }
    if notes:
        files["ppt/notesSlides/notesSlide1.xml"] = part("notes", lines(notes))
    if comment:
        files["ppt/comments/comment1.xml"] = part(
            "cmLst", f"<p:cm><p:text>{comment}</p:text></p:cm>"
        )
    return archive(files)


def ofd(text: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    page = f"<ofd:Page {space}><ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject></ofd:Page>"
    return archive({"OFD.xml": b"<OFD/>", "Doc_0/Pages/Page_0/Content.xml": page.encode()})


def locked() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return data.getvalue()


FOUND = {
    "text.docx": (saved(word(f"身份证号{IDENTITY}。")), "attachments-identity-number"),
    "table.docx": (in_table(f"电话{MOBILE}"), "attachments-mobile-number"),
    "header.docx": (headed(f"卡号{CARD}"), "attachments-bank-card"),
    "property.docx": (with_property(MOBILE), "attachments-mobile-number"),
    "comment.docx": (commented(), "attachments-comments"),
    "comment-number.docx": (commented(), "attachments-identity-number"),
    "tracked.docx": (tracked(), "attachments-tracked-changes"),
    "tracked-number.docx": (tracked(), "attachments-mobile-number"),
    "rows.xlsx": (sheet(("姓名", "身份证号"), ("某甲", IDENTITY)), "attachments-identity-number"),
    "number.xlsx": (sheet(("电话",), (int(MOBILE),)), "attachments-mobile-number"),
    "hidden.xlsx": (sheet(("某甲",), hidden=True), "attachments-hidden-sheet"),
    "hidden-number.xlsx": (sheet((IDENTITY,), hidden=True), "attachments-identity-number"),
    "note.xlsx": (sheet(note="请核对"), "attachments-comments"),
    "note-number.xlsx": (sheet(note=f"电话{MOBILE}"), "attachments-mobile-number"),
    "header.xlsx": (sheet(header=f"联系{MOBILE}"), "attachments-mobile-number"),
    "text.pdf": (pdf(f"ID {IDENTITY}"), "attachments-identity-number"),
    "note.pdf": (pdf(note=f"call {MOBILE}"), "attachments-mobile-number"),
    "comment.pdf": (pdf(note="check"), "attachments-comments"),
    "property.pdf": (pdf(Subject=MOBILE), "attachments-mobile-number"),
    "broken.pdf": (b"%PDF-1.7\nnothing more", "attachments-damaged"),
    "broken.docx": (b"PK\x03\x04 cut off", "attachments-damaged"),
    "wrong.xlsx": (b"<html><table></table></html>", "attachments-damaged"),
    "bomb.docx": (bomb(), "attachments-unchecked"),
    "text.pptx": (slides(f"身份证号{IDENTITY}"), "attachments-identity-number"),
    "notes.pptx": (slides(notes=f"电话{MOBILE}"), "attachments-mobile-number"),
    "comment.pptx": (slides(comment="请核对"), "attachments-comments"),
    "hidden.pptx": (slides(hidden=True), "attachments-hidden-sheet"),
    "broken.pptx": (archive({"ppt/slides/slide1.xml": b"<cut"}), "attachments-damaged"),
    "text.ofd": (ofd(f"卡号{CARD}"), "attachments-bank-card"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "attachments-format"),
    "old.xls": (b"\xd0\xcf\x11\xe0", "attachments-format"),
    "sheet.et": (b"\xd0\xcf\x11\xe0", "attachments-format"),
    "files.zip": (archive({"a.txt": b"a"}), "attachments-format"),
    "locked.docx": (locked(), "attachments-unchecked"),
}
SILENT = {
    "plain.docx": saved(word("联系电话138****8000，咨询12366。")),
    "header.docx": headed("第一页"),
    "rows.xlsx": sheet(("发票号码", "金额"), (CARD, 12.5), ("统一社会信用代码", IDENTITY)),
    "masked.xlsx": sheet(("姓名", "身份证号"), ("某甲", "11*************881")),
    "text.pdf": pdf("Tel 0833-2130000"),
    "plain.tif": picture(False, "TIFF"),
    "gps.jpg": picture(True),
    "text.pptx": slides("咨询12366"),
    "text.ofd": ofd("咨询12366"),
    "broken.jpg": b"\xff\xd8\xff Exif cut off",
}


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
