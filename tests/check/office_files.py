"""Office files, pdf and pictures with what the gate looks for in them; made here, of sample words."""

import io
import struct
import zipfile

import docx
import openpyxl
import pypdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from PIL import Image
from pypdf.annotations import FreeText

IDENTITY = "110101199003078881"
MOBILE = "13800138000"
CARD = "6222020000000000000"


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


def tiff(gps: bool, order: str = "<") -> bytes:
    """A TIFF of one grey pixel, as scanners and cameras write it; Pillow would leave its place out."""

    def directory(*entries: tuple[int, int, int, int]) -> bytes:
        rows = b"".join(struct.pack(f"{order}HHLL", *entry) for entry in entries)
        return struct.pack(f"{order}H", len(entries)) + rows + struct.pack(f"{order}L", 0)

    def short(value: int) -> int:
        return value if order == "<" else value << 16

    place = 8
    tags = [(256, 3, 1, short(1)), (257, 3, 1, short(1)), (258, 3, 1, short(8)), (259, 3, 1, short(1)),
            (262, 3, 1, short(1)), (273, 4, 1, place), (277, 3, 1, short(1)), (278, 3, 1, short(1)),
            (279, 4, 1, 1)]  # fmt: skip
    first = place + 2
    if gps:
        tags.append((0x8825, 4, 1, first + 2 + 12 * (len(tags) + 1) + 4))
    main = directory(*tags)
    latitude = first + len(main) + 2 + 12 + 4
    rationals = struct.pack(f"{order}6L", 29, 1, 33, 1, 0, 1)
    extra = directory((2, 5, 3, latitude)) + rationals if gps else b""
    mark = b"II" if order == "<" else b"MM"
    head = mark + struct.pack(f"{order}HL", 42, first)
    return head + b"\x80\x00" + main + extra


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


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """An office file with further parts in its archive, as programs leave them behind."""
    whole = io.BytesIO(data)
    with zipfile.ZipFile(whole, "a") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return whole.getvalue()


def with_attachment(name: str, data: bytes) -> bytes:
    """A PDF to which a file is attached."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("report")))
    writer.add_attachment(name, data)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def with_form(value: str) -> bytes:
    """A PDF with a form in which one field is filled in."""
    name, text, objects = pypdf.generic.NameObject, pypdf.generic.TextStringObject, pypdf.generic
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("form")))
    field = objects.DictionaryObject(
        {name("/FT"): name("/Tx"), name("/T"): text("a"), name("/V"): text(value),
         name("/Type"): name("/Annot"), name("/Subtype"): name("/Widget")}
    )  # fmt: skip
    held = writer._add_object(field)
    form = objects.DictionaryObject({name("/Fields"): objects.ArrayObject([held])})
    writer._root_object[name("/AcroForm")] = form
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


_PIVOT = (
    '<d xmlns="a"><cacheField name="{}"><sharedItems><s v="{}"/></sharedItems></cacheField></d>'
)
_SHAPE = '<xdr:wsDr xmlns:xdr="b" xmlns:a="a"><a:t>{}</a:t></xdr:wsDr>'

FOUND = {
    "embedded.docx": (
        with_parts(saved(word()), {"word/embeddings/book1.xlsx": sheet(("身份证号", IDENTITY))}),
        "attachments-identity-number",
    ),
    "embedded.pptx": (
        with_parts(slides("会议"), {"ppt/embeddings/a.docx": saved(word(f"手机{MOBILE}"))}),
        "attachments-mobile-number",
    ),
    "attached.pdf": (
        with_attachment("list.csv", f"姓名,手机\n某甲,{MOBILE}\n".encode()),
        "attachments-mobile-number",
    ),
    "form.pdf": (with_form(f"card {CARD}"), "attachments-bank-card"),
    "pivot.xlsx": (
        with_parts(
            sheet(), {"xl/pivotCache/pivotCacheDefinition1.xml": _PIVOT.format("电话", MOBILE)}
        ),
        "attachments-mobile-number",
    ),
    "chart.docx": (
        with_parts(saved(word()), {"word/charts/chart1.xml": f"<c:v>{IDENTITY}</c:v>"}),
        "attachments-identity-number",
    ),
    "shape.xlsx": (
        with_parts(sheet(), {"xl/drawings/drawing1.xml": _SHAPE.format(f"联系{MOBILE}")}),
        "attachments-mobile-number",
    ),
    "list.csv": (
        f"姓名,证件号\n某甲,{IDENTITY}\n".encode("gb18030"),
        "attachments-identity-number",
    ),
    "list.tsv": (f"姓名\t手机\n某甲\t{MOBILE}\n".encode("utf-16"), "attachments-mobile-number"),
    "note.txt": (f"第一行\n手机{MOBILE}".encode(), "attachments-mobile-number"),
    "note.rtf": (rb"{\rtf1 call " + MOBILE.encode() + b"}", "attachments-mobile-number"),
    "files.tar.gz": (b"\x1f\x8b", "attachments-format"),
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
    "plain.csv": f"发票号码,统一社会信用代码\n{CARD},{IDENTITY}\n".encode(),
    "plain.txt": "咨询12366，电话0833-2130000。".encode(),
    "pivot.xlsx": with_parts(sheet(), {"xl/pivotCache/a.xml": _PIVOT.format("发票号码", CARD)}),
    "embedded.docx": with_parts(
        saved(word()),
        {"word/embeddings/a.xlsx": b"broken", "word/embeddings/oleObject1.bin": b"\x00"},
    ),
    "nested.docx": with_parts(
        saved(word()),
        {"word/embeddings/a.docx": with_parts(saved(word()), {"word/embeddings/b.docx": bomb()})},
    ),
    "attached.pdf": with_attachment("a.bin", b"\x00"),
    "form.pdf": with_form("12366"),
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


PUBLISHED_WHOLE = {
    "content/articles/f/place.tif": tiff(True),
    "content/static/place.tiff": tiff(True, ">"),
    "content/static/place.jpg": picture(True),
    "content/static/deep/place.png": picture(True, "PNG"),
    "content/static/place.webp": picture(True, "WEBP"),
    "content/static/xmp.jpg": picture(False) + b'<x:xmpmeta exif:GPSLatitude="29,33.0N"/>',
}
"""Pictures that are published with the place where they were taken."""
PLACELESS = {
    "content/articles/f/beside.jpg": picture(True),
    "content/articles/f/plain.tiff": tiff(False),
    "content/static/plain.tif": picture(False, "TIFF"),
    "content/static/plain.jpg": picture(False),
    "content/static/plain.png": picture(False, "PNG"),
    "content/static/broken.jpg": b"\xff\xd8\xff Exif cut off",
    "content/static/drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><title>GPSLatitude</title></svg>",
}
"""Pictures that are not."""
