"""`diaban rules schema`: what an editor needs to complete and check rules as one types."""

import json
from pathlib import Path

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import format_option, language_option, output_option
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
            "",
            N_("The keys as tables to read:"),
            "  diaban rules schema pack --format md",
        )
    ),
)
@click.argument(
    "kind", type=click.Choice(_KINDS), default="pack", metavar="[pack|vocabulary|cases]"
)
@format_option("json", "md")
@output_option
@language_option
def command(kind: str, form: str, output: Path | None) -> ExitCode:
    """Write the schema, its descriptions in the language that is spoken."""
    from engine.policy.schema import schema_of

    refuse_unwritable(output, None)
    schema = schema_of(kind, _)
    if form == "md":
        from cli.rules_desk.keys_of_schema import keys_as_markdown

        deliver(keys_as_markdown(schema), output)
        return ExitCode.DONE
    text = json.dumps(schema, ensure_ascii=False, indent=1)
    deliver([f"{text}\n"], output)
    return ExitCode.DONE
