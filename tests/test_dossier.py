"""`diaban dossier`: one file with the papers, the facts, the rules and the answer."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import UnverifiedError
from engine.review.dossier.container import zip_from_parts
from engine.review.dossier.manifest import (
    ASSESSMENT,
    MANIFEST,
    digests_of,
    json_from_manifest,
    manifest_from_json,
)
from engine.review.dossier.verification import verified
from engine.version import VERSION
from tests.support.commands import FACTS, IN_FORCE, ROOT, RULES, run
from tests.support.dossiers import DAY, EXAMPLE, PACK, WARD, dossier, few, make, text_of
from tests.support.keys import key_files
from tests.support.system import needed

EVIDENCE = (
    "hot_spot_list", "offence_statistics", "management_files", "rehab_files",
    "post_rehab_files", "treatment_report", "user_files", "pledges",
    "hotline_board_photos", "model_decisions", "model_assessments",
    "cultivation_check",
)  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dossier") / "d.zip"
    made.write_bytes(zip_from_parts(dossier().parts))
    return made


def test_a_dossier_is_verified_and_judged_again(file: Path) -> None:
    said = run("dossier", "verify", file, "--rejudge")
    assert said.code == 0, said.err
    digest = sha256(ZipFile(file).read(MANIFEST)).hexdigest()
    assert f"Fingerprint: {digest}" in said.out
    assert "The facts enclosed lead to the answer enclosed." in said.out


@settings(max_examples=25)
@given(st.data())
def test_one_changed_byte_anywhere_is_found(file: Path, data: st.DataObject) -> None:
    made = file.read_bytes()
    at = data.draw(st.integers(0, len(made) - 1))
    bits = data.draw(st.integers(1, 255))
    changed = made[:at] + bytes([made[at] ^ bits]) + made[at + 1 :]
    with pytest.raises(UnverifiedError):
        verified(changed, "d.zip")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9, 1.0])
def test_one_changed_byte_ends_with_six(
    file: Path, tmp_path: Path, share: float
) -> None:
    made = bytearray(file.read_bytes())
    made[int(share * (len(made) - 1))] ^= 0x20
    changed = tmp_path / "changed.zip"
    changed.write_bytes(made)
    said = run("dossier", "verify", changed)
    assert said.code == 6
    assert said.out == ""
    assert "error[dossier-" in said.err


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few(tmp_path_factory.mktemp("facts"))


def test_the_same_question_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    """In another process, on another day, with other hashes."""
    again = tmp_path / "again.zip"
    subprocess.run(
        [sys.executable, "-m", "cli.main", "dossier", "--lang", "en", EXAMPLE, *PACK,
         *DAY, "--locality", WARD, "-o", again],
        check=True, cwd=ROOT, capture_output=True,
        env=os.environ | {"PYTHONHASHSEED": "77", "TZ": "Asia/Ho_Chi_Minh"},
    )  # fmt: skip
    assert again.read_bytes() == file.read_bytes()


def test_where_the_facts_lie_leaves_no_trace(facts: Path, tmp_path: Path) -> None:
    """One hamlet lacks data, and its papers say what is missing where."""
    moved = few(tmp_path / "moved")
    assert _made(tmp_path / "a.zip", facts) == _made(tmp_path / "b.zip", moved)


def test_papers_are_in_vietnamese_whoever_asks(facts: Path, tmp_path: Path) -> None:
    english, vietnamese = (
        _made(tmp_path / f"{language}.zip", facts, "--lang", language)
        for language in ("en", "vi")
    )
    assert english.keys() == vietnamese.keys()
    differing = {name for name in english if english[name] != vietnamese[name]}
    assert differing == {"README.md", MANIFEST}


def _made(file: Path, facts: Path, *more: object) -> Mapping[str, bytes]:
    assert make(file, *more, facts=facts).code == 0
    return verified(file.read_bytes(), "d.zip").parts


def test_all_wordings_of_the_command_are_the_same(facts: Path, tmp_path: Path) -> None:
    options = (*PACK, *DAY, "--locality", WARD, "-o", tmp_path / "d.zip")
    found = set()
    for words in (
        ("dossier", "make", facts, *options),
        ("dossier", *options, facts),
        ("dossier", "--lang", "en", facts, *options),
    ):
        assert run(*words).code == 0
        found.add((tmp_path / "d.zip").read_bytes())
    assert len(found) == 1
    assert "verify" in run("dossier").out
    assert run("dossier", "--help").code == 0
    assert run("dossier", "--lang", "vi", "--help").code == 0


def test_the_enclosed_answer_is_that_of_assess() -> None:
    asked = run("assess", EXAMPLE, *PACK, *DAY, "--format", "json")
    all_ = {each["id"]: each for each in json.loads(asked.out)["localities"]}
    enclosed = json.loads(dossier().parts[ASSESSMENT])
    assert enclosed["localities"][0]["id"] == WARD
    assert len(enclosed["localities"]) == 12
    assert all(each == all_[each["id"]] for each in enclosed["localities"])


def test_facts_that_were_forged_lead_to_another_answer(tmp_path: Path) -> None:
    """Whoever packs everything anew, digests and all, is found by judging again."""
    made = dossier()
    parts = dict(made.parts)
    parts["facts/households.csv"] = b"locality,pledge_signed,n\n03389-02,yes,96\n"
    forged = _packed_anew(parts)
    assert verified(forged, "d.zip").manifest.locality == WARD
    file = tmp_path / "forged.zip"
    file.write_bytes(forged)
    said = run("dossier", "verify", file, "--rejudge")
    assert said.code == 6
    assert "dossier-other-answer" in said.err
    assert "dossier-other-sources" in said.err


def test_facts_that_are_no_longer_facts_are_told_as_unverified(tmp_path: Path) -> None:
    parts = dict(dossier().parts) | {"facts/people.csv": b"name\nsomebody\n"}
    file = tmp_path / "forged.zip"
    file.write_bytes(_packed_anew(parts))
    said = run("dossier", "verify", file, "--rejudge")
    assert said.code == 6
    assert "dossier-not-judged" in said.err


def test_an_answer_that_was_forged_is_found_by_judging_again(tmp_path: Path) -> None:
    parts = dict(dossier().parts)
    answer = parts[ASSESSMENT].replace(
        b'"not_eligible", "possible"', b'"eligible", "possible"'
    )
    assert answer != parts[ASSESSMENT]
    file = tmp_path / "forged.zip"
    file.write_bytes(_packed_anew(parts | {ASSESSMENT: answer}))
    said = run("dossier", "verify", file, "--rejudge")
    assert said.code == 6
    assert "dossier-other-answer" in said.err


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"pack": "national/qd-28-2025"}, "dossier-other-sources"),
        ({"complete": True}, "dossier-other-evidence"),
        ({"complete": True, "lacking": {}}, "dossier-other-evidence"),
        ({"version": "0.0.9"}, "dossier-other-answer"),
    ],
)
def test_a_manifest_that_was_forged_is_found_by_judging_again(
    told: dict[str, Any], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "forged.zip"
    file.write_bytes(_packed_anew(dict(dossier().parts), **told))
    assert run("dossier", "verify", file).code == 0
    said = run("dossier", "verify", file, "--rejudge")
    assert (said.code, said.err.count("error[")) == (6, 1), said.err
    assert f"error[{code}]" in said.err


def test_a_version_smuggles_no_answer_in(tmp_path: Path) -> None:
    version = (
        f'{VERSION}", "localities": [{{"id": "{WARD}", "verdict": "eligible"}}], "x'
    )
    parts, begin = dict(dossier().parts), f'{{"diaban": "{VERSION}'.encode()
    assert parts[ASSESSMENT].startswith(begin)
    parts[ASSESSMENT] = parts[ASSESSMENT].replace(
        begin, f'{{"diaban": "{version}'.encode(), 1
    )
    file = tmp_path / "forged.zip"
    file.write_bytes(_packed_anew(parts, version=version))
    said = run("dossier", "verify", file, "--rejudge")
    assert (said.code, "dossier-manifest" in said.err) == (6, True)


def _packed_anew(parts: dict[str, bytes], **told: Any) -> bytes:
    manifest = manifest_from_json(parts.pop(MANIFEST))
    assert manifest is not None
    written = json_from_manifest(replace(manifest, parts=digests_of(parts), **told))
    return zip_from_parts(parts | {MANIFEST: written})


def test_a_signed_dossier_is_verified_with_its_key_alone(
    tmp_path: Path, facts: Path
) -> None:
    (private, public), (_own, other) = key_files(tmp_path, 1), key_files(tmp_path, 2)
    file = tmp_path / "signed.zip"
    assert make(file, "--sign", private, facts=facts).code == 0
    assert run("dossier", "verify", file, "--key", public).code == 0
    assert run("dossier", "verify", file).code == 0
    refused = run("dossier", "verify", file, "--key", other)
    assert refused.code == 6
    assert "dossier-other-signer" in refused.err


def test_a_dossier_that_nobody_could_read_is_not_made(
    tmp_path: Path, facts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.review.dossier.container.MOST_PARTS", 5)
    said = make(tmp_path / "d.zip", facts=facts)
    assert said.code == 2
    assert "at most 5 parts" in said.err
    assert not (tmp_path / "d.zip").exists()


def test_a_private_key_is_never_written_over(tmp_path: Path, facts: Path) -> None:
    (private, _public) = key_files(tmp_path, 1)
    before = private.read_bytes()
    said = make(private, "--sign", private, facts=facts)
    assert said.code == 2
    assert "would be lost" in said.err
    assert private.read_bytes() == before


def test_a_signature_can_be_checked_without_diaban(tmp_path: Path, facts: Path) -> None:
    """With OpenSSL: the signature is that of manifest.json, byte by byte."""
    private, public = key_files(tmp_path, 1)
    assert make(tmp_path / "d.zip", "--sign", private, facts=facts).code == 0
    ZipFile(tmp_path / "d.zip").extractall(tmp_path)
    done = subprocess.run(
        [needed("openssl"), "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin",
         "-in", tmp_path / MANIFEST, "-sigfile", tmp_path / "manifest.sig"],
        check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_an_unsigned_dossier_fails_where_a_key_is_named(
    file: Path, tmp_path: Path
) -> None:
    _private, public = key_files(tmp_path, 1)
    assert run("dossier", "verify", file, "--key", public).code == 6


def test_a_file_that_is_no_key_is_a_wrong_question(file: Path, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_bytes(b"no key")
    assert make(tmp_path / "d.zip", "--sign", tmp_path / "no.pem").code == 2
    assert not (tmp_path / "d.zip").exists()
    assert run("dossier", "verify", file, "--key", tmp_path / "no.pem").code == 2


def evidence_in(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return folder


def test_evidence_that_lacks_makes_the_dossier_incomplete(
    tmp_path: Path, facts: Path
) -> None:
    folder = evidence_in(
        tmp_path / "e", "03389/pledges.pdf", "H1/hotline_board_photos/a.JPG",
        "H1/hotline_board_photos/b.jpg", "03389/.hidden",
    )  # fmt: skip
    said = make(tmp_path / "d.zip", "--evidence", folder, facts=facts)
    assert said.code == 0
    assert "incomplete" in said.err
    made = verified((tmp_path / "d.zip").read_bytes(), "d.zip")
    lacking = made.manifest.lacking
    assert not made.manifest.complete
    assert "pledges" not in lacking  # the ward's list covers its hamlets
    assert "H1" not in lacking["hotline_board_photos"]
    assert len(lacking["hotline_board_photos"]) == 3
    assert made.parts["evidence/H1/hotline_board_photos-02.jpg"]
    assert "incomplete" in run("dossier", "verify", tmp_path / "d.zip").out


def test_with_all_evidence_the_dossier_is_complete(tmp_path: Path, facts: Path) -> None:
    names = (f"03389/{each}.pdf" for each in EVIDENCE)
    folder = evidence_in(tmp_path / "e", *names)
    said = make(tmp_path / "d.zip", "--evidence", folder, facts=facts)
    assert said.code == 0
    assert "incomplete" not in said.err
    made = verified((tmp_path / "d.zip").read_bytes(), "d.zip")
    assert made.manifest.complete
    assert not made.manifest.lacking


@pytest.mark.parametrize(
    "name", ["03389/pledge.pdf", "99999/pledges.pdf", "03386/pledges.pdf", "a.pdf"]
)
def test_evidence_of_nothing_is_an_error_and_not_lost(
    tmp_path: Path, name: str
) -> None:
    said = make(tmp_path / "d.zip", "--evidence", evidence_in(tmp_path / "e", name))
    assert said.code == 2
    assert "evidence-unknown" in said.err
    assert not (tmp_path / "d.zip").exists()


def test_an_empty_file_is_no_evidence(tmp_path: Path) -> None:
    """It would strike its kind from the list of what lacks."""
    folder = evidence_in(tmp_path / "e", "03389/pledges/1.pdf")
    for name in ("pledges/2.pdf", "user_files.pdf"):
        (folder / "03389" / name).touch()
    said = make(tmp_path / "d.zip", "--evidence", folder)
    assert said.code == 2
    assert said.err.count("error[evidence-empty]") == 2
    assert str(folder / "03389" / "pledges" / "2.pdf") in said.err
    assert not (tmp_path / "d.zip").exists()


def test_a_public_copy_encloses_no_facts_answer_or_evidence(
    tmp_path: Path, facts: Path
) -> None:
    folder = evidence_in(tmp_path / "e", "03389/pledges.pdf")
    file = tmp_path / "public.zip"
    assert make(file, "--public", "--evidence", folder, facts=facts).code == 0
    made = verified(file.read_bytes(), "d.zip")
    assert {name.partition("/")[0] for name in made.parts} == {
        "README.md", "manifest.json", "papers", "rules",
    }  # fmt: skip
    assert not made.manifest.lacking
    assert run("dossier", "verify", file).code == 0
    said = run("dossier", "verify", file, "--rejudge")
    assert said.code == 2
    assert "dossier-without-facts" in said.err


def test_a_paper_has_the_same_number_in_the_public_copy() -> None:
    """So that a letter may name “paper 08” to whoever has either."""
    whole, public = (
        {name for name in copy.parts if name.startswith("papers/")}
        for copy in (dossier(), dossier("--public"))
    )
    assert public < whole
    assert "papers/08-du-thao-quyet-dinh.docx" in public
    readme = dossier("--public").parts["README.md"].decode()
    assert "`papers/04-bang-tong-hop`" in readme
    assert "`papers/03-" not in readme


@pytest.mark.parametrize("copy", [(), ("--public",)])
@pytest.mark.parametrize(("language", "name"), [("en", "FILE"), ("vi", "TỆP")])
def test_its_readme_names_a_command_that_verifies_it(
    tmp_path: Path, facts: Path, copy: tuple[str, ...], language: str, name: str
) -> None:
    file = tmp_path / "d.zip"
    readme = _made(file, facts, *copy, "--lang", language)["README.md"].decode()
    [command] = re.findall(r"`diaban (dossier verify .*)`", readme)
    words = [file if word == name else word for word in command.split()]
    assert file in words
    assert run(*words).code == 0
    assert ("--rejudge" in words) == (not copy)


@pytest.mark.parametrize(
    ("of", "code"), [("03389-01", "dossier-other-level"), ("3389", "unknown-locality")]
)
def test_a_dossier_of_something_else_is_a_wrong_question(
    tmp_path: Path, of: str, code: str
) -> None:
    said = make(tmp_path / "d.zip", of=of)
    assert said.code == 2
    assert code in said.err


def test_a_pack_without_a_list_of_papers_has_no_dossiers(tmp_path: Path) -> None:
    question = ("--rules", RULES, *IN_FORCE, "--locality", "X")
    said = run("dossier", FACTS, *question, "-o", tmp_path / "d.zip")
    assert said.code == 2
    assert "no-papers" in said.err


def test_without_cryptography_only_signatures_are_missed(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = key_files(tmp_path, 1)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert run("dossier", "verify", file).code == 0
    for said in (
        make(tmp_path / "d.zip", "--sign", private),
        run("dossier", "verify", file, "--key", public),
    ):
        assert said.code == 2
        assert "pip install 'diaban[documents]'" in said.err


def test_a_dossier_is_written_whole_or_not_at_all(tmp_path: Path, facts: Path) -> None:
    said = make(tmp_path / "nowhere" / "d.zip", facts=facts)
    assert said.code == 2
    broken = tmp_path / "templates" / "dossier"
    broken.mkdir(parents=True)
    (broken / "proposal.md.j2").write_text("# TỜ TRÌNH\n{{ dossier.nobody }}\n")
    said = make(tmp_path / "d.zip", "--templates", tmp_path / "templates", facts=facts)
    assert said.code == 7
    assert re.search(
        r"proposal\.md\.j2:2: error\[template-undefined].*nobody", said.err
    )
    assert not (tmp_path / "d.zip").exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    assert make(tmp_path / "d.zip", "--templates", empty, facts=facts).code == 2


def test_an_office_may_write_its_own_texts(tmp_path: Path, facts: Path) -> None:
    own = tmp_path / "dossier" / "decision.md.j2"
    own.parent.mkdir()
    own.write_text("# QUYẾT ĐỊNH\nCủa chúng tôi: {{ dossier.whole.passing }}.\n")
    assert make(tmp_path / "d.zip", "--templates", tmp_path, facts=facts).code == 0
    made = verified((tmp_path / "d.zip").read_bytes(), "d.zip")
    assert "Của chúng tôi: 1" in text_of(made, "quyet-dinh")
    assert "TỜ TRÌNH" in text_of(made, "to-trinh")
