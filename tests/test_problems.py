"""Problems as values."""

import msgspec

from gazette.problems import MachineError, Problem, SiteError, error, errors, in_order, warning


def test_arguments_are_texts_that_can_be_shown() -> None:
    problem = error(
        "a",
        file="b.md",
        line=1,
        reason=OSError("x"),
        value="甲\n\x1b[31m乙\ud800",
        many="丙" * 9000,
    )
    assert problem.arguments["reason"] == "x"
    assert problem.arguments["value"] == "甲  [31m乙 "
    assert len(problem.arguments["many"]) == 500


def test_problems_survive_the_cache() -> None:
    problem = warning("a", file="b.md", line=1, column=2, near="甲\ud800")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(problem), type=Problem) == problem


def test_errors_are_told_from_warnings() -> None:
    assert [p.code for p in errors([error("a"), warning("b")])] == ["a"]


def test_in_order_of_place_and_once_each() -> None:
    first, second = error("z", file="a.md", line=2), error("a", file="a.md", line=10)
    other, nowhere = error("a", file="b.md", line=1), warning("q")
    assert in_order([other, second, first, second, nowhere]) == (nowhere, first, second, other)


def test_one_place_may_have_several() -> None:
    several = [
        error("a", file="b.md", value=1),
        error("a", file="b.md", value=2),
        warning("a", file="b.md", value=1),
    ]
    assert len(in_order(several)) == 3


def test_exceptions_carry_them() -> None:
    assert SiteError(iter([error("a", file="b", line=3)])).problems[0].code == "a"
    assert "b:3: a" in str(SiteError([error("a", file="b", line=3)]))
    assert "disk" in str(MachineError(error("disk", path="x")))
