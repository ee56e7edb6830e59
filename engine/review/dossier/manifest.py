"""What a dossier declares about itself: its question, its parts, and their digests."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final, TypeVar

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
ASSESSMENT: Final = "assessment.json"
_FORM: Final = 1
_VERSION: Final = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was judged, by which rules and facts, and what the file must hold."""

    version: str
    """Of diaban, which made it."""
    locality: str
    as_of: date
    outside_force: bool
    public: bool
    pack: str
    rules_sha256: str
    facts_sha256: str
    """Of the facts enclosed; of a public copy, which encloses none, as `taken_from`."""
    taken_from: str
    """The SHA-256 of all the facts, of which those enclosed are a part."""
    complete: bool
    """Whether all evidence that the pack asks for is there."""
    lacking: Mapping[str, tuple[str, ...]]
    """By the id of the evidence, where it lacks; a public copy does not tell."""
    signed_by: str | None
    """The public key of the signature, in hexadecimal digits."""
    parts: Mapping[str, str]
    """The SHA-256 of each part by its name, but of the manifest and its signature."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts that the file must hold, and no others."""
        own = (MANIFEST,) if self.signed_by is None else (MANIFEST, SIGNATURE)
        return frozenset((*self.parts, *own))


def digests_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each part, in order of their names."""
    return {name: sha256(parts[name]).hexdigest() for name in sorted(parts)}


def json_from_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as it is written, and signed: in one way only."""
    told = {
        "dossier": _FORM,
        "diaban": manifest.version,
        "locality": manifest.locality,
        "as_of": manifest.as_of.isoformat(),
        "outside_force": manifest.outside_force,
        "public": manifest.public,
        "pack": {"id": manifest.pack, "sha256": manifest.rules_sha256},
        "facts": {
            "sha256": manifest.facts_sha256,
            "taken_from": manifest.taken_from,
        },
        "evidence": {
            "complete": manifest.complete,
            "lacking": {name: list(at) for name, at in manifest.lacking.items()},
        },
        "signed_by": manifest.signed_by,
        "parts": dict(manifest.parts),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def manifest_from_json(data: bytes) -> Manifest | None:
    """Read a manifest back; of anything that was not written so, return nothing."""
    try:
        manifest = _read(json.loads(data))
        return manifest if json_from_manifest(manifest) == data else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _read(told: Mapping[str, Any]) -> Manifest:
    evidence = told["evidence"]
    signer = told["signed_by"]
    return Manifest(
        version=_version(told["diaban"]),
        locality=_of(str, told["locality"]),
        as_of=date.fromisoformat(told["as_of"]),
        outside_force=_of(bool, told["outside_force"]),
        public=_of(bool, told["public"]),
        pack=_of(str, told["pack"]["id"]),
        rules_sha256=_of(str, told["pack"]["sha256"]),
        facts_sha256=_of(str, told["facts"]["sha256"]),
        taken_from=_of(str, told["facts"]["taken_from"]),
        complete=_of(bool, evidence["complete"]),
        lacking={
            name: tuple(_of(str, each) for each in at)
            for name, at in evidence["lacking"].items()
        },
        signed_by=None if signer is None else _of(str, signer),
        parts={name: _of(str, digest) for name, digest in told["parts"].items()},
    )


def _version(value: object) -> str:
    """Return a version that ends no text: an answer is compared with it written in."""
    version = _of(str, value)
    if _VERSION.fullmatch(version):
        return version
    raise ValueError(version)


def _of(kind: type[_T], value: object) -> _T:
    if isinstance(value, kind):
        return value
    raise TypeError(kind)
