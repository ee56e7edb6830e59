"""A dossier is as it was made, or it is refused: whatever byte of it has changed."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from cryptography.hazmat.primitives.serialization import (  # noqa: TID251  (another's key)
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import QuestionError, UnverifiedError
from engine.review.dossier.container import MOST_PARTS, is_safe, zip_from_parts
from engine.review.dossier.manifest import (
    MANIFEST,
    SIGNATURE,
    Manifest,
    digests_of,
    json_from_manifest,
    manifest_from_json,
)
from engine.review.dossier.signature import public_key_from_pem, signer_from_pem
from engine.review.dossier.verification import verified
from tests.support.keys import private_pem, public_pem

CONTENTS = {"README.md": b"read me\n", "papers/01-to-trinh.docx": bytes(range(256))}
SIGNER = signer_from_pem(private_pem(1), "key.pem")
OTHER = signer_from_pem(private_pem(2), "other.pem")
PUBLIC = public_key_from_pem(public_pem(1), "public.pem")


def manifest_of(contents: dict[str, bytes], **changes: Any) -> Manifest:
    manifest = Manifest(
        version="0.1.0",
        locality="03389",
        as_of=date(2024, 3, 31),
        outside_force=False,
        public=True,
        pack="lai-chau/city-2024",
        rules_sha256="0" * 64,
        facts_sha256="1" * 64,
        taken_from="2" * 64,
        complete=False,
        lacking={},
        signed_by=None,
        parts=digests_of(contents),
    )
    return replace(manifest, **changes)


def parts(contents: dict[str, bytes] = CONTENTS, **changes: Any) -> dict[str, bytes]:
    return contents | {MANIFEST: json_from_manifest(manifest_of(contents, **changes))}


def signed() -> dict[str, bytes]:
    made = parts(signed_by=SIGNER.public)
    return made | {SIGNATURE: SIGNER.sign(made[MANIFEST])}


UNSIGNED_FILE = zip_from_parts(parts())
SIGNED_FILE = zip_from_parts(signed())


def codes(data: bytes, key: str | None = None) -> set[str]:
    with pytest.raises(UnverifiedError) as refused:
        verified(data, "d.zip", key)
    return {each.code for each in refused.value.diagnostics}


@pytest.mark.parametrize("data", [UNSIGNED_FILE, SIGNED_FILE], ids=["bare", "signed"])
def test_what_was_made_is_verified(data: bytes) -> None:
    dossier = verified(data, "d.zip")
    assert dossier.parts["README.md"] == b"read me\n"
    assert dossier.manifest.locality == "03389"


def test_the_same_parts_in_another_order_give_the_same_bytes() -> None:
    backwards = dict(reversed(signed().items()))
    assert zip_from_parts(backwards) == SIGNED_FILE


@pytest.mark.parametrize("data", [UNSIGNED_FILE, SIGNED_FILE], ids=["bare", "signed"])
def test_no_byte_can_change_unseen(data: bytes) -> None:
    """In a part, a header, the directory, the manifest, the signature: anywhere."""
    verified(data, "d.zip")
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << (at % 8)
        assert codes(bytes(changed)), at


@given(st.data())
def test_no_bytes_can_be_put_in_or_taken_out(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SIGNED_FILE)))
    if data.draw(st.booleans()) or at == len(SIGNED_FILE):
        more = data.draw(st.binary(min_size=1, max_size=40))
        changed = SIGNED_FILE[:at] + more + SIGNED_FILE[at:]
    else:
        fewer = data.draw(st.integers(1, len(SIGNED_FILE) - at))
        changed = SIGNED_FILE[:at] + SIGNED_FILE[at + fewer :]
    assert codes(changed)


@given(st.binary(max_size=300))
def test_what_is_no_dossier_is_refused_without_an_accident(data: bytes) -> None:
    assert codes(data)
    assert codes(b"PK\x03\x04" + data)


def test_what_changed_is_named() -> None:
    changed = zip_from_parts(parts() | {"README.md": b"read this\n"})
    with pytest.raises(UnverifiedError, match=r"README\.md has changed"):
        verified(changed, "d.zip")


def test_a_part_that_is_missing_or_too_many_is_named() -> None:
    fewer, more = parts(), parts() | {"papers/forged.docx": b""}
    del fewer["README.md"]
    with pytest.raises(UnverifiedError, match=r"README\.md is missing"):
        verified(zip_from_parts(fewer), "d.zip")
    with pytest.raises(UnverifiedError, match=r"forged\.docx does not belong"):
        verified(zip_from_parts(more), "d.zip")


def test_a_comment_or_something_in_front_is_a_change() -> None:
    packed = BytesIO(UNSIGNED_FILE)
    with ZipFile(packed, "a") as container:
        container.comment = b"seen"
    assert codes(packed.getvalue()) == {"dossier-changed"}
    assert "dossier-broken" in codes(b"#!/bin/sh\n" + UNSIGNED_FILE)


def test_packed_anew_by_another_program_is_told_as_such() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as container:
        for name, part in sorted(parts().items()):
            container.writestr(ZipInfo(name, (2024, 1, 1, 0, 0, 0)), part)
    assert codes(packed.getvalue()) == {"dossier-changed"}


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "papers/../../evil", "C:\\evil", "papers//a", "a/",
     ".hidden", "tên", "a\0b", "a b", "x" * 201],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert not is_safe(name)
    stand_in = "Q" * len(name.encode())
    made = zip_from_parts({"README.md": b"", stand_in: b"x"})
    hostile = made.replace(stand_in.encode(), name.encode())
    assert "dossier-unsafe-name" in codes(hostile)


def test_two_parts_of_one_name_are_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as container, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        container.writestr("README.md", b"one")
        container.writestr("README.md", b"two")
    assert "dossier-part-twice" in codes(packed.getvalue())


def test_a_bomb_does_not_unfold() -> None:
    """Nothing is ever decompressed: what was compressed is no dossier."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as container:
        container.writestr("README.md", b"\0" * 10**8)
    assert "dossier-broken" in codes(packed.getvalue())


def test_a_signature_is_that_of_the_key_that_is_asked_for() -> None:
    assert verified(SIGNED_FILE, "d.zip", PUBLIC).manifest.signed_by == PUBLIC
    assert codes(SIGNED_FILE, OTHER.public) == {"dossier-other-signer"}
    assert codes(UNSIGNED_FILE, PUBLIC) == {"dossier-not-signed"}


def _forged(contents: dict[str, bytes]) -> dict[str, bytes]:
    made = parts(contents, signed_by=SIGNER.public)
    return made | {SIGNATURE: signed()[SIGNATURE]}


FORGERIES: dict[str, Callable[[], dict[str, bytes]]] = {
    "another paper, the old signature": lambda: _forged({"README.md": b"forged"}),
    "another key under the old name": lambda: (
        parts(signed_by=SIGNER.public)
        | {SIGNATURE: OTHER.sign(parts(signed_by=SIGNER.public)[MANIFEST])}
    ),
    "no signature where one is named": lambda: parts(signed_by=SIGNER.public),
    "a signature where none is named": lambda: parts() | {SIGNATURE: b"\0" * 64},
    "a key that is none": lambda: (
        parts(signed_by="not a key") | {SIGNATURE: b"\0" * 64}
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forger_who_packs_everything_anew_fails_without_the_key(
    forgery: Callable[[], dict[str, bytes]],
) -> None:
    assert codes(zip_from_parts(forgery()))


def test_a_forger_who_signs_with_a_key_of_his_own_fails_where_one_is_asked_for() -> (
    None
):
    made = parts({"README.md": b"forged"}, signed_by=OTHER.public)
    data = zip_from_parts(made | {SIGNATURE: OTHER.sign(made[MANIFEST])})
    assert verified(data, "d.zip").manifest.signed_by == OTHER.public
    assert codes(data, PUBLIC) == {"dossier-other-signer"}


def test_a_manifest_is_read_only_as_it_is_written() -> None:
    written = json_from_manifest(manifest_of(CONTENTS))
    assert manifest_from_json(written) == manifest_of(CONTENTS)
    for other in (
        b"",
        b"{}",
        b"[" * 100_000,
        b"\xff",
        written.replace(b" ", b"  ", 1),
        written.replace(b'"0.1.0"', b"0.1"),
        written.replace(b'"dossier": 1', b'"dossier": 2'),
        written.replace(b'"03389"', b'"03389", "locality": "03389"'),
        written.replace(b"2024-03-31", b"20240331"),
    ):
        assert manifest_from_json(other) is None, other[:40]


@pytest.mark.parametrize(
    "pem", [b"", b"rubbish", public_pem(1), b"-----BEGIN PRIVATE KEY-----\nAA==\n"]
)
def test_what_is_no_private_key_is_refused_without_showing_it(pem: bytes) -> None:
    with pytest.raises(QuestionError, match="no Ed25519 private key"):
        signer_from_pem(pem, "key.pem")


def test_a_locked_private_key_is_told_apart() -> None:
    key = load_pem_private_key(private_pem(1), None)
    locked = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    with pytest.raises(QuestionError, match="locked with a password"):
        signer_from_pem(locked, "key.pem")


def test_what_is_no_public_key_is_refused() -> None:
    with pytest.raises(QuestionError, match="no Ed25519 public key"):
        public_key_from_pem(private_pem(1), "public.pem")


@pytest.mark.parametrize("more", [0, 1])
def test_a_dossier_of_too_many_parts_is_refused_as_such(more: int) -> None:
    """One of 1,400 hamlets with twelve files each is not."""
    contents = {f"e/{number}": b"" for number in range(MOST_PARTS - 1 + more)}
    made = zip_from_parts(parts(contents))
    if not more:
        assert len(verified(made, "d.zip").parts) == MOST_PARTS > 1400 * 12
        return
    with pytest.raises(UnverifiedError, match="at most 65535 parts"):
        verified(made, "d.zip")
