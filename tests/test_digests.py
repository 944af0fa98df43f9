"""Digests: equal values have equal ones, however they were made."""

from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from gazette.digests import SIZE, combine, digest_bytes, digest_file, digest_of, engine_identity

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


class Pair(msgspec.Struct, frozen=True):
    one: object
    other: object


@given(value=st.dictionaries(st.text(), PLAIN, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))
    assert digest_of(Pair(value, 1)) == digest_of(Pair(turned, 1))


@given(one=PLAIN, other=PLAIN)
def test_other_values_have_other_digests(one: object, other: object) -> None:
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    assert (digest_of(one) == digest_of(other)) == (encode(one) == encode(other))


def test_the_order_of_what_is_combined_matters() -> None:
    one, other = digest_bytes(b"1"), digest_bytes(b"2")
    assert combine([one, other]) != combine([other, one])
    assert len(combine([])) == len(one) == SIZE


def test_a_file_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for data in (b"", b"x" * 1_000_000):
        path.write_bytes(data)
        assert digest_file(path) == digest_bytes(data)


def test_the_engine_is_the_same_from_one_build_to_the_next() -> None:
    first = engine_identity()
    engine_identity.cache_clear()
    assert engine_identity() == first
