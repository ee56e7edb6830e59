"""Whether a dossier is as it was made: each byte, each part, its signature, its answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from engine.errors import N_, EngineError, Problems, QuestionError, UnverifiedError
from engine.review.dossier.container import ASK_SENDER, parts_from_zip
from engine.review.dossier.manifest import (
    ASSESSMENT,
    MANIFEST,
    SIGNATURE,
    Manifest,
    digests_of,
    manifest_from_json,
)
from engine.source import Place
from engine.version import VERSION

if TYPE_CHECKING:
    from engine.judged import Judged

Stems = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Verified:
    """A dossier that is as it was made."""

    manifest: Manifest
    sha256: str
    """Of the manifest, and through it of everything: the dossier's own fingerprint."""
    parts: Mapping[str, bytes]


def verified(data: bytes, file: str, key: str | None = None) -> Verified:
    """Return what a dossier holds, if not a byte of it has changed.

    Args:
        data: The file's bytes.
        file: Its name, for messages.
        key: The public key, in hexadecimal digits, that must have signed it. Without
            one, a signature is checked against the key that the dossier itself names.

    Raises:
        UnverifiedError: with everything that is wrong.
        QuestionError: a signature is to be checked, and cryptography is not installed.
    """
    problems, place = Problems(), Place(file)
    parts = parts_from_zip(data, place, problems)
    written = parts.get(MANIFEST, b"")
    manifest = manifest_from_json(written)
    if manifest is None:
        problems.error(
            "dossier-manifest",
            place,
            N_("its manifest is missing, or is not as diaban writes it"),
            ASK_SENDER,
        )
        raise problems.as_error(UnverifiedError)
    _check_parts(manifest, parts, place, problems)
    _check_signature(manifest, parts, key, place, problems)
    problems.raise_as(UnverifiedError)
    return Verified(manifest, sha256(written).hexdigest(), parts)


def refuse_other_answer(dossier: Verified, file: str, stems: Stems) -> None:
    """Judge the enclosed facts anew, and compare the answer byte by byte.

    `stems` names localities as files may be called. What the manifest tells of the
    pack and of evidence that lacks is compared too.

    Raises:
        UnverifiedError: they lead to another answer, or to none.
        QuestionError: it is a public copy, which encloses no facts.
    """
    # Only this needs data frames.
    from engine.review.dossier.enclosure import assessment_written

    manifest, place, problems = dossier.manifest, Place(file), Problems()
    _refuse_without_facts(manifest, place)
    judged = _judged_anew(dossier, place)
    fingerprints = (judged.pack.sha256, judged.facts.sha256)
    if fingerprints != (manifest.rules_sha256, manifest.facts_sha256):
        problems.error(
            "dossier-other-sources",
            place,
            N_("the rules or the facts enclosed are not those that the manifest names"),
            ASK_SENDER,
        )
    _check_pack(judged.pack.id, manifest.pack, place, problems)
    _check_evidence(dossier, judged, stems, place, problems)
    enclosed = dossier.parts.get(ASSESSMENT, b"")
    if assessment_written(judged) != _as_of_version(enclosed, manifest.version):
        problems.error(
            "dossier-other-answer",
            place,
            N_("the facts enclosed lead to another answer (made by diaban {version})"),
            N_("do not rely on it; ask whoever made it to explain the difference"),
            version=manifest.version,
        )
    problems.raise_as(UnverifiedError)


def _check_pack(found: str, named: str, place: Place, problems: Problems) -> None:
    if found != named:
        problems.error(
            "dossier-other-sources",
            place,
            N_("the pack enclosed is '{found}', and the manifest names '{named}'"),
            ASK_SENDER,
            found=found,
            named=named,
        )


def _check_evidence(
    dossier: Verified, judged: "Judged", stems: Stems, place: Place, problems: Problems
) -> None:
    from engine.assessment_from_judged import assessment_from_judged
    from engine.review.dossier.evidence import demands_of, evidence_from_parts

    answer, manifest = assessment_from_judged(judged), dossier.manifest
    names = stems(each.id for each in answer.localities)
    evidence = evidence_from_parts(dossier.parts, names)
    demands = demands_of(judged.pack, answer, evidence)
    lacking = {each.kind: each.lacking for each in demands if each.lacking}
    wrong = {
        name
        for name in lacking.keys() | manifest.lacking.keys()
        if lacking.get(name) != manifest.lacking.get(name)
    }
    if wrong or manifest.complete == bool(lacking):
        problems.error(
            "dossier-other-evidence",
            place,
            N_("the manifest tells otherwise which evidence lacks: {names}"),
            ASK_SENDER,
            names=", ".join(sorted(wrong)) or "evidence.complete",
        )


def _refuse_without_facts(manifest: Manifest, place: Place) -> None:
    problems = Problems()
    if manifest.public:
        problems.error(
            "dossier-without-facts",
            place,
            N_("a public copy encloses no facts that could be judged again"),
            N_("ask for the internal copy"),
        )
    problems.raise_as(QuestionError)


def _judged_anew(dossier: Verified, place: Place) -> "Judged":
    from engine.review.dossier.enclosure import judged_anew

    asked, problems = dossier.manifest, Problems()
    try:
        return judged_anew(
            dossier.parts,
            asked.locality,
            asked.as_of,
            outside_force=asked.outside_force,
        )
    except (EngineError, OSError) as error:
        problems.error(
            "dossier-not-judged",
            place,
            N_("the facts enclosed cannot be judged by the rules enclosed"),
            ASK_SENDER,
        )
        if isinstance(error, EngineError):
            problems.extend(error.diagnostics)
        raise problems.as_error(UnverifiedError) from error


def _as_of_version(answer: bytes, version: str) -> bytes:
    """Return an answer as this version would write it: each begins with its own name."""
    begin = '{{"diaban": "{}"'
    own, theirs = (begin.format(each).encode() for each in (VERSION, version))
    return own + answer.removeprefix(theirs) if answer.startswith(theirs) else b""


def _check_parts(
    manifest: Manifest, parts: Mapping[str, bytes], place: Place, problems: Problems
) -> None:
    found, named = digests_of(parts), manifest.names
    for name in sorted(named | found.keys()):
        if name not in found:
            what = N_("the part {name} is missing")
        elif name not in named:
            what = N_("the part {name} does not belong to it")
        elif manifest.parts.get(name, found[name]) != found[name]:
            what = N_("the part {name} has changed")
        else:
            continue
        problems.error("dossier-part", place, what, ASK_SENDER, name=name)


def _check_signature(
    manifest: Manifest,
    parts: Mapping[str, bytes],
    key: str | None,
    place: Place,
    problems: Problems,
) -> None:
    signer = manifest.signed_by
    if signer is None:
        if key is not None:
            problems.error(
                "dossier-not-signed",
                place,
                N_("nobody has signed it, and a signature is asked for"),
                N_("ask whoever made it to sign it: diaban dossier … --sign KEY"),
            )
        return
    from engine.review.dossier.signature import is_signed

    if key is not None and key != signer:
        problems.error(
            "dossier-other-signer",
            place,
            N_("it is signed with another key than the one you named"),
            N_("ask whose key that is: {key}"),
            key=signer,
        )
    if not is_signed(parts[MANIFEST], parts.get(SIGNATURE, b""), signer):
        problems.error(
            "dossier-wrong-signature",
            place,
            N_("the signature is not that of this manifest"),
            N_("do not rely on it; ask whoever sent it for the file as it was made"),
        )
