"""`diaban dossier verify`: whether a dossier is as it was made."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.exit_code import ExitCode
from cli.file_names import file_stems
from cli.language import _, ngettext
from cli.options import language_option
from cli.plain import plain
from engine.errors import N_

if TYPE_CHECKING:
    from engine.review.dossier.verification import Verified


@click.command(
    "verify",
    help=N_(
        "Check that a dossier is as it was made: every byte, every part, its "
        "signature.\n\n"
        "Without --key a signature only proves that whoever holds its key signed it; "
        "with --key it must be there and be that key's. Anybody can make an unsigned "
        "dossier anew, so compare its fingerprint with the one you were told."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban dossier verify dossier.zip",
            "",
            N_("Who signed it, and whether the facts lead to the answer:"),
            "  diaban dossier verify dossier.zip --key public.pem --rejudge",
        )
    ),
)
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("KEY"),
    help=N_("The Ed25519 public key (PEM) that must have signed it."),
)
@click.option(
    "--rejudge",
    is_flag=True,
    help=N_("Judge the enclosed facts anew and compare the answer byte by byte."),
)
@language_option
def command(file: Path, key: Path | None, rejudge: bool) -> ExitCode:
    """Check everything, and say what was checked."""
    from engine.review.dossier.verification import refuse_other_answer, verified

    required = None
    if key is not None:
        from engine.review.dossier.signature import LARGEST_KEY, public_key_from_pem

        with key.open("rb") as opened:
            required = public_key_from_pem(opened.read(LARGEST_KEY), str(key))
    dossier = verified(_bytes_of(file), str(file), required)
    if rejudge:
        refuse_other_answer(dossier, str(file), file_stems)
    _tell(dossier, file, known=key is not None, rejudged=rejudge)
    return ExitCode.DONE


def _bytes_of(file: Path) -> bytes:
    from engine.review.dossier.container import LARGEST

    with file.open("rb") as opened:
        # One more than is allowed tells that there is more.
        return opened.read(LARGEST + 1)


def _tell(dossier: "Verified", file: Path, *, known: bool, rejudged: bool) -> None:
    manifest, number = dossier.manifest, len(dossier.parts)
    words = ngettext(
        "{file}: as it was made, {number} part",
        "{file}: as it was made, {number} parts",
        number,
    )
    click.echo(words.format(file=plain(str(file)), number=number))
    click.echo(
        _("{locality}, as of {day}, by {pack}").format(
            locality=plain(manifest.locality),
            day=manifest.as_of,
            pack=plain(manifest.pack),
        )
    )
    click.echo(_("Fingerprint: {sha256}").format(sha256=dossier.sha256))
    if manifest.signed_by is None:
        click.echo(_("Not signed: compare the fingerprint with one you trust."))
    elif known:
        click.echo(_("Signed with the key you named."))
    else:
        signed = _("Signed with the key {key}; name the key you trust with --key.")
        click.echo(signed.format(key=manifest.signed_by))
    if rejudged:
        click.echo(_("The facts enclosed lead to the answer enclosed."))
    if not manifest.complete:
        click.echo(_("The dossier is incomplete: evidence lacks."))
