"""The section `deploy`: addresses, options, and no secrets."""

import pytest

from gazette.config.load import load
from gazette.problems import Problem, SiteError
from tests.conftest import CONFIG, Site


def faults(site: Site, text: str) -> list[Problem]:
    site.write({"config.yaml": CONFIG + text})
    try:
        load(site.root)
    except SiteError as fault:
        return list(fault.problems)
    return []


@pytest.mark.parametrize(
    "text",
    [
        "url: sftp://web@host/srv/www, releases: 5, rsync: true, host_key: 'SHA256:abc'",
        "url: ../public, releases: 2",
        "url: s3://bucket/sub, endpoint: https://oss.example.com, acl: public-read",
        "url: ftps://host/www, connections: 1",
        "url: webdavs://host/www",
        "url: git+https://gitee.com/example/site.git, branch: pages, history: false",
        "url: git+file:///srv/site.git",
    ],
)
def test_sound(make_site, text: str) -> None:  # type: ignore[no-untyped-def]
    assert faults(make_site(), f"deploy: {{web: {{{text}}}}}\n") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("url: http://host/a", "deploy-url"),
        ("url: sftp://host", "deploy-url"),
        ("url: 'sftp://host:x/a'", "deploy-url"),
        ("url: 'sftp://host/a#b'", "deploy-url"),
        ("url: 'git+file://'", "deploy-url"),
        ("url: sftp://web:word@host/a", "deploy-secret"),
        ("url: 's3://bucket?key=1'", "deploy-secret"),
        ("url: sftp://host/a, password: word", "deploy-secret"),
        ("url: s3://bucket, secret_access_key: word", "deploy-secret"),
        ("url: ftp://host/a, rsync: true", "deploy-option"),
        ("url: ../public, branch: x", "deploy-option"),
        ("url: sftp://host/a, host_key: x", "value-invalid"),
        ("url: sftp://host/a, colour: x", "key-unknown"),
    ],
)
def test_faults_are_named_with_their_line(make_site, text: str, code: str) -> None:  # type: ignore[no-untyped-def]
    found = faults(make_site(), f"deploy:\n  web: {{{text}}}\n")
    assert code in [problem.code for problem in found]
    assert {problem.line for problem in found} == {CONFIG.count("\n") + 2}


def test_other_shapes_are_no_crash(make_site) -> None:  # type: ignore[no-untyped-def]
    for text in ("deploy: x\n", "deploy: {web: x}\n", "deploy: [\n"):
        assert faults(make_site(), text)
