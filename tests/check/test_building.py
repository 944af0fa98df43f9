"""The gate in a build."""

from collections.abc import Callable

from gazette.parallel import Workers
from tests.conftest import CONFIG, Site, codes

IDENTITY = "经办人身份证号：110101199003078881。"
MOBILE = "联系人电话13800138000。"


def gate(settings: str) -> dict[str, str]:
    return {"config.yaml": CONFIG + f"gate: {settings}\n"}


def test_an_identity_number_stops_a_build(make_site: Callable[..., Site]) -> None:
    report = make_site().article("a", IDENTITY).build()
    assert not report.published
    (problem,) = report.problems
    assert (problem.severity, problem.code) == ("error", "privacy-identity-number")
    assert (problem.file, problem.line, problem.column) == ("content/articles/a.md", 6, 9)
    assert "19900307" not in str(problem.arguments)


def test_other_errors_stop_it_only_if_the_site_says_so(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE)
    assert [(p.severity, p.code) for p in site.build().problems] == [
        ("warning", "privacy-mobile-number")
    ]
    site.write(gate("{mode: error}"))
    assert not site.build().published
    site.write(gate("{mode: error, severity: {privacy: warning}}"))
    assert site.build().published
    site.write(gate("{mode: off}"))
    assert codes(site.build()) == []


def test_unchanged_documents_are_not_examined_again(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE).article("b", "照常办理。")
    first = site.build()
    again = site.build()
    assert again.problems == first.problems
    assert again.written == ()
    site.article("a", "照常办理。")
    assert codes(site.build()) == []
    site.write(gate("{privacy: {public_numbers: [13800138000]}}")).article("a", MOBILE)
    assert codes(site.build()) == []


def test_findings_are_remembered_until_the_lists_change(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", MOBILE)
    assert codes(site.build()) == ["privacy-mobile-number"]
    site.write(gate("{privacy: {public_numbers: [138-0013-8000]}}"))
    assert codes(site.build()) == []


def test_workers_say_the_same(make_site: Callable[..., Site]) -> None:
    site = make_site()
    for number in range(80):
        site.article(f"a{number}", MOBILE if number % 7 == 0 else "照常办理。")
    alone = site.build(clean=True).problems
    assert len(alone) == 12
    assert site.build(clean=True, workers=Workers(2)).problems == alone


def test_hidden_documents_stop_nothing(make_site: Callable[..., Site]) -> None:
    site = make_site().article("a", IDENTITY, draft="true")
    assert site.build().published
    assert not site.build(drafts=True).published


def test_quarantine_leaves_the_document_out(make_site: Callable[..., Site]) -> None:
    report = make_site().article("a", IDENTITY).article("b").build(quarantine=True)
    assert report.published
    assert report.left_out == ("articles/a.md",)


def test_an_excuse_is_kept_to(make_site: Callable[..., Site]) -> None:
    line = f"{MOBILE} <!-- gazette: allow privacy-mobile-number 值班电话 -->"
    site = make_site().article("a", line)
    assert codes(site.build()) == []
    assert "gazette:" not in site.page("2025/05/a.html")
