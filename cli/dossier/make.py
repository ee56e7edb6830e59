"""`diaban dossier make`: a locality's papers, facts, rules and answer as one file."""

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.exit_code import ExitCode
from cli.extras import extra
from cli.language import _, ngettext
from cli.options import Question, asks, language_option, taken_as
from cli.output import deliver, refuse_unwritable
from cli.plain import plain
from cli.progress import Progress
from engine.errors import N_

if TYPE_CHECKING:
    from engine.review.dossier.manifest import Manifest

_TEMPLATES: Final = ("paper.docx", "paper-landscape.docx", "dossier/*.md.j2")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What kind of dossier is wanted, and of whom."""

    locality: str
    evidence: Path | None
    public: bool
    sign: Path | None
    templates: Path | None


_wanted: Final = taken_as(
    "wanted",
    Wanted,
    (
        click.option(
            "--locality",
            required=True,
            metavar=N_("ID"),
            help=N_("The id of the locality; those below it are in its dossier."),
        ),
        click.option(
            "--evidence",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar=N_("FOLDER"),
            help=N_(
                "The evidence, as <locality>/<evidence>.pdf or several files in "
                "<locality>/<evidence>/, by the ids of the facts and the pack. What lies "
                "with a locality covers those below it. What lacks is listed."
            ),
        ),
        click.option(
            "--public",
            is_flag=True,
            help=N_(
                "The copy to publish: small numbers masked, no facts, no evidence."
            ),
        ),
        click.option(
            "--sign",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar=N_("KEY"),
            help=N_("Sign with this Ed25519 private key (PEM)."),
        ),
        click.option(
            "--templates",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            metavar=N_("FOLDER"),
            help=N_(
                "Your own letterhead (paper.docx, paper-landscape.docx) or texts "
                "(dossier/proposal.md.j2), in place of diaban's where they are there."
            ),
        ),
    ),
)


@click.command(
    "make",
    help=N_(
        "Make the recognition dossier of a locality and those below it, as one zip.\n\n"
        "It holds the papers to sign, in Vietnamese, with blanks for numbers, days and "
        "names; the evidence; the facts about these localities alone; the rules; the "
        "answer; and a manifest with the SHA-256 of each. Which papers belong stands "
        "beside the pack, in <pack>.papers.yaml. The same question gives the same bytes."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban dossier examples/lai-chau --locality 03389 \\",
            "    --as-of 2024-03-31 -o dossier.zip",
            "",
            N_("Signed, with a key made by OpenSSL:"),
            "  openssl genpkey -algorithm ed25519 -out key.pem",
            "  diaban dossier examples/lai-chau --locality 03389 \\",
            "    --as-of 2024-03-31 --sign key.pem -o dossier.zip",
        )
    ),
)
@asks
@_wanted
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar=N_("FILE"),
    help=N_("Write the dossier to this file, whole or not at all."),
)
@language_option
def command(question: Question, wanted: Wanted, output: Path) -> ExitCode:
    """Write the dossier."""
    # Imported here, so that help and completion wait for no data frames.
    from engine.review.dossier.signature import LARGEST_KEY, signer_from_pem

    # A Word document leaves circles behind, and a city's dossier holds hundreds.
    gc.enable()
    with extra("documents"):
        from cli.dossier.assembly import Order, parts_of

    refuse_unwritable(output, question.facts, ending=".zip")
    _refuse_no_templates(wanted.templates)
    signer = None
    if wanted.sign is not None:
        with wanted.sign.open("rb") as key:
            signer = signer_from_pem(key.read(LARGEST_KEY), str(wanted.sign))
    order = Order(wanted.locality, wanted.evidence, wanted.public, wanted.templates)
    with Progress() as progress:
        parts, manifest = parts_of(question, order, signer, progress)
        deliver([_packed(parts, output)], output)
    _tell(manifest, parts, output)
    return ExitCode.DONE


def _packed(parts: dict[str, bytes], output: Path) -> bytes:
    from engine.errors import Problems, QuestionError
    from engine.review.dossier.container import (
        LARGEST,
        MOST_PARTS,
        report_too_large,
        report_too_many,
        zip_from_parts,
    )
    from engine.source import Place

    problems, place = Problems(), Place(str(output))
    if len(parts) > MOST_PARTS:
        report_too_many(place, problems)
    problems.raise_as(QuestionError)
    packed = zip_from_parts(parts)
    if len(packed) > LARGEST:
        report_too_large(place, problems)
    problems.raise_as(QuestionError)
    return packed


def _tell(manifest: "Manifest", parts: dict[str, bytes], output: Path) -> None:
    """Say on standard error what was written, and what lacks."""
    from hashlib import sha256

    from engine.review.dossier.manifest import MANIFEST

    number = len(parts)
    words = ngettext("{file}: {number} part", "{file}: {number} parts", number)
    click.echo(words.format(file=plain(str(output)), number=number), err=True)
    fingerprint = sha256(parts[MANIFEST]).hexdigest()
    click.echo(_("Fingerprint: {sha256}").format(sha256=fingerprint), err=True)
    if not manifest.complete:
        lacking = ", ".join(manifest.lacking)
        words = _("The dossier is incomplete; evidence lacks: {evidence}")
        short = _("The dossier is incomplete: evidence lacks.")
        said = words.format(evidence=lacking) if lacking else short
        click.echo(said, err=True)


def _refuse_no_templates(folder: Path | None) -> None:
    if folder is None:
        return
    if any(any(folder.glob(each)) for each in _TEMPLATES):
        return
    wrong = _("{folder} holds neither paper.docx nor dossier/*.md.j2.")
    raise click.BadParameter(
        wrong.format(folder=plain(str(folder))), param_hint="'--templates'"
    )
