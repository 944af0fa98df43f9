"""Pictures of whole sites: which files are published, what is made again, what is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import gazette.ledger
import gazette.media.cache
import gazette.media.encode
import gazette.publish.plan
from gazette.parallel import Workers
from tests.conftest import CONFIG, PNG, Site, codes
from tests.media.photographs import bomb, encoded, exif, halves, looks_like_halves, photograph

MakeSite = Callable[..., Site]
PHOTO = photograph(1000, 600)
OTHER = encoded(halves(1000, 600).rotate(180), exif=exif(), quality=90)
ARTICLES = "content/articles/"


@pytest.fixture
def encodings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the pictures that were encoded, as they are."""
    found: list[int] = []
    plain = gazette.media.encode.make

    def counting(data: bytes, *rest: object) -> object:
        found.append(len(data))
        return plain(data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(gazette.media.cache, "make", counting)
    return found


def media(site: Site) -> list[str]:
    return sorted(path for path in site.files() if path.startswith("media/"))


def entries(site: Site) -> list[Path]:
    return [path for path in (site.root / ".gazette/pictures").glob("*/*") if path.is_file()]


def test_the_files_of_a_picture(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "photo.jpg": PHOTO}).article("a", "![图](photo.jpg)").built()
    assert media(site) == [
        "media/articles/photo-1000w.webp", "media/articles/photo-400w.jpg",
        "media/articles/photo-400w.webp", "media/articles/photo-640w.jpg",
        "media/articles/photo-640w.webp", "media/articles/photo-800w.jpg",
        "media/articles/photo-800w.webp", "media/articles/photo.jpg",
    ]  # fmt: skip
    for path, data in site.files().items():
        assert not path.startswith("media/") or b"SampleMaker" not in data


def test_pictures_of_one_name_have_files_of_their_own(make_site: MakeSite) -> None:
    site = make_site(
        {ARTICLES + "a.jpg": PHOTO, ARTICLES + "a.png": encoded(halves(mode="L"), "PNG")}
    )
    site.article("x", "![图](a.jpg)\n\n![图](a.png)").built()
    assert {"media/articles/a-400w.webp", "media/articles/a.png-400w.webp"} <= set(media(site))


def test_a_file_that_is_named_like_a_copy_is_refused(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO, ARTICLES + "a-400w.webp": PHOTO})
    report = site.article("x", "![图](a.jpg)\n\n![图](a-400w.webp)").build()
    assert "route-collision" in codes(report)


def test_heic_is_published_as_jpeg(make_site: MakeSite) -> None:
    pytest.importorskip("pillow_heif").register_heif_opener()
    data = encoded(halves(), "HEIF", exif=exif().tobytes())
    site = make_site({ARTICLES + "a.HEIC": data}).article("x", "![图](a.HEIC)").built()
    assert 'src="../../media/articles/a.HEIC.jpg"' in site.page("2025/05/x.html")
    assert looks_like_halves(site.files()["media/articles/a.HEIC.jpg"])


def test_pictures_that_nothing_shows_are_neither_opened_nor_published(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": b"junk", ARTICLES + "b.jpg": PHOTO})
    site.article("x", "![图](b.jpg)").built()
    assert not [path for path in media(site) if "/a" in path.removeprefix("media/articles")]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("![图](a.jpg)", {}),
        ("文。", {"cover": "a.jpg"}),
        ("[图](a.jpg)", {}),
        ("文。", {"attachments": "[a.jpg]"}),
        ('<video src="http://example.org/v.mp4" poster="a.jpg"></video>', {}),
        ("![图](%61.jpg?x#y)", {}),
    ],
)
def test_a_published_picture_never_tells_where_it_was_taken(
    make_site: MakeSite, body: str, fields: dict[str, str]
) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", body, **fields).built()
    published = site.files()["media/articles/a.jpg"]
    assert looks_like_halves(published)
    assert b"SampleMaker" not in published


def test_an_attached_picture_has_its_published_size(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", attachments="[a.jpg]").built()
    size = len(site.files()["media/articles/a.jpg"])
    assert size < len(PHOTO)
    assert f"{size / 1000:.1f} kB" in site.page("2025/05/x.html")


# Made once


def test_an_unchanged_build_opens_no_picture(
    make_site: MakeSite, encodings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazette.ledger, "RACY_NS", -(10**12))  # the files' times can be trusted
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)").built()
    assert encodings == [len(PHOTO)]
    shutil.rmtree(site.root / ".gazette/pictures")
    assert site.build().written == ()
    assert encodings == [len(PHOTO)]
    assert entries(site) == []


def test_a_new_output_copies_what_was_made(make_site: MakeSite, encodings: list[int]) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)").built()
    first = site.files()
    shutil.rmtree(site.output)
    assert site.built().files() == first
    assert site.built(clean=True).files() == first
    assert site.built(output=site.root / "other").files_in(site.root / "other") == first
    assert encodings == [len(PHOTO)], "never made twice"


def test_the_same_photograph_in_two_folders_is_made_once(
    make_site: MakeSite, encodings: list[int]
) -> None:
    site = make_site({ARTICLES + "a/p.jpg": PHOTO, ARTICLES + "b/p.jpg": PHOTO})
    site.article("a/x", "![图](p.jpg)").article("b/y", "![图](p.jpg)").built()
    assert encodings == [len(PHOTO)]
    assert len(entries(site)) == 1


def test_a_build_without_what_was_made_makes_it_again(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)").built()
    first = site.files()
    for place in entries(site):
        place.write_bytes(place.read_bytes()[:-1] + b"?")
    shutil.rmtree(site.output)
    assert site.built().files() == first
    for place in entries(site):
        place.write_bytes(b"?")
    assert site.built(clean=True).files() == first


def test_what_is_no_longer_used_is_deleted(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)").built()
    (before,) = entries(site)
    site.write({ARTICLES + "a.jpg": OTHER}).built()
    (after,) = entries(site)
    assert before != after
    (site.root / ARTICLES / "a.jpg").unlink()
    site.article("x", "文。").built()
    assert entries(site) == []
    assert media(site) == []


def test_what_another_output_uses_stays(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)", draft="true")
    site.built(output=site.root / "preview", drafts=True)
    assert len(entries(site)) == 1
    site.write({ARTICLES + "b.jpg": OTHER}).article("y", "![图](b.jpg)").built()
    assert len(entries(site)) == 2


def test_workers_make_the_same(make_site: MakeSite) -> None:
    files = {f"{ARTICLES}{n}.jpg": photograph(500 + n * 40, 400) for n in range(4)}
    body = "\n\n".join(f"![图]({n}.jpg)" for n in range(4))
    alone = make_site(files).article("x", body).built().files()
    assert make_site(files).article("x", body).built(workers=Workers(2)).files() == alone


# What changes


def test_a_replaced_picture_changes_its_own_files_only(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO, ARTICLES + "b.jpg": PHOTO})
    site.article("x", "![图](a.jpg)").article("y", "![图](b.jpg)").built()
    report = site.write({ARTICLES + "a.jpg": OTHER}).build()
    assert set(report.written) == {path for path in media(site) if "/a" in path[14:]}
    assert len(report.written) == 8


def test_a_picture_of_another_size_changes_the_pages_that_show_it(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO, ARTICLES + "b.jpg": PHOTO})
    # The first picture is the cover too; the second one stands in the text only.
    site.article("x", "![图](b.jpg)\n\n![图](a.jpg)").article("y", "![图](b.jpg)").built()
    report = site.write({ARTICLES + "a.jpg": photograph(1000, 800)}).build()
    pages = {path for path in report.written if not path.startswith("media/")}
    assert pages == {"2025/05/x.html", "feed.xml", "feed.json"}
    assert 'width="1000" height="800"' in site.page("2025/05/x.html")


def test_other_widths_by_the_settings(make_site: MakeSite) -> None:
    config = CONFIG + "pictures: {widths: [200], webp: false}\n"
    site = make_site({"config.yaml": config, ARTICLES + "a.jpg": PHOTO})
    site.article("x", "![图](a.jpg)").built()
    assert media(site) == ["media/articles/a-200w.jpg", "media/articles/a.jpg"]


def test_a_source_that_changes_while_it_is_published_is_cleaned_too(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = encoded(halves(300, 200))
    site = make_site({ARTICLES + "a.jpg": clean}).article("x", "![图](a.jpg)")
    plan = gazette.publish.plan.make_plan

    def changing(*arguments: object) -> object:
        found = plan(*arguments)  # type: ignore[arg-type]
        site.write({ARTICLES + "a.jpg": photograph(300, 200)})
        return found

    monkeypatch.setattr(gazette.publish.plan, "make_plan", changing)
    site.built()
    assert b"SampleMaker" not in site.files()["media/articles/a.jpg"]


# What cannot be published


@pytest.mark.parametrize(
    ("data", "code"), [(b"junk", "picture-damaged"), (bomb(), "picture-large")]
)
@pytest.mark.parametrize("fields", [{}, {"cover": "a.jpg"}, {"attachments": "[a.jpg]"}])
def test_a_picture_that_cannot_be_published_is_an_error_where_it_is_shown(
    make_site: MakeSite, data: bytes, code: str, fields: dict[str, str]
) -> None:
    body = "文。" if fields else "![图](a.jpg)"
    report = make_site({ARTICLES + "a.jpg": data}).article("x", body, **fields).build()
    assert not report.published
    (problem,) = report.problems
    assert (problem.code, problem.file) == (code, "content/articles/x.md")
    assert problem.line == (4 if fields else 6)
    assert problem.arguments["picture"] == "content/articles/a.jpg"


def test_quarantine_leaves_out_the_article_with_a_damaged_picture(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": b"junk"}).article("x", "![图](a.jpg)").article("y")
    report = site.build(quarantine=True)
    assert (report.published, report.left_out) == (True, ("articles/x.md",))


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("y.md", "picture-page"),
        ("form.docx", "picture-type"),
        ("scan.tif", "picture-type"),
    ],
)
@pytest.mark.parametrize("as_cover", [False, True])
def test_what_is_no_picture_is_not_shown_as_one(
    make_site: MakeSite, target: str, code: str, as_cover: bool
) -> None:
    site = make_site({ARTICLES + "form.docx": b"docx", ARTICLES + "scan.tif": b"tif"}).article("y")
    site.article("x", *([] if as_cover else [f"![图]({target})"]), cover=target if as_cover else "")
    report = site.build()
    assert [(p.code, p.severity, p.line) for p in report.problems] == [
        (code, "error", 4 if as_cover else 7)
    ]


def test_in_jekyll_trees_it_is_a_warning(make_site: MakeSite) -> None:
    post = "---\ntitle: 甲\n---\n![图](/2025/05/y.html)\n"
    site = make_site({"content/_posts/2025-01-01-x.md": post}).article("y")
    report = site.build()
    assert report.published
    assert [(p.code, p.severity) for p in report.problems] == [("picture-page", "warning")]


def test_a_static_picture_stays_as_it_is(make_site: MakeSite) -> None:
    site = make_site({"content/static/img/a.jpg": PHOTO, "content/static/b.png": PNG})
    report = site.article("x", "![图](/img/a.jpg)\n\n![图](/b.png)").build()
    assert report.problems == ()
    assert site.files()["img/a.jpg"] == PHOTO
    assert 'src="../../img/a.jpg" width="1000" height="600"' in site.page("2025/05/x.html")


def test_a_static_picture_is_not_opened_if_nothing_shows_it(make_site: MakeSite) -> None:
    report = make_site({"content/static/a.jpg": b"junk"}).article("x").build()
    assert report.problems == ()


def test_clean_removes_what_was_kept(make_site: MakeSite) -> None:
    from gazette.publish.clean import clean

    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)").built()
    site.built(output=site.root / "other")
    clean(site.root, None)
    assert len(entries(site)) == 1, "the other output uses it"
    clean(site.root, site.root / "other")
    assert not (site.root / ".gazette").exists()


def test_verify_finds_pictures_as_they_should_be(make_site: MakeSite) -> None:
    site = make_site({ARTICLES + "a.jpg": PHOTO}).article("x", "![图](a.jpg)")
    assert site.build(verify=True).problems == ()
