"""`diaban rules schema`: what an editor needs to complete and check rules as one types."""

import json
from pathlib import Path

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import language_option, output_option
from cli.output import deliver, refuse_unwritable
from engine.errors import N_

_KINDS = ("pack", "vocabulary", "cases")


@click.command(
    "schema",
    help=N_(
        "Print the JSON Schema (2020-12) of packs, of the vocabulary, or of worked "
        "cases.\n\n"
        "An editor that knows YAML then completes keys, explains them and marks "
        "mistakes. Its first line in a file says where the schema is: "
        "'# yaml-language-server: $schema=pack.schema.json'. What only the vocabulary can "
        "tell, such as whether a count exists, is seen by 'diaban rules check'."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules schema pack -o my-rules/pack.schema.json",
        )
    ),
)
@click.argument(
    "kind", type=click.Choice(_KINDS), default="pack", metavar="[pack|vocabulary|cases]"
)
@output_option
@language_option
def command(kind: str, output: Path | None) -> ExitCode:
    """Write the schema, its descriptions in the language that is spoken."""
    from engine.schema import schema_of

    refuse_unwritable(output, None)
    text = json.dumps(schema_of(kind, _), ensure_ascii=False, indent=1)
    deliver([f"{text}\n"], output)
    return ExitCode.DONE
