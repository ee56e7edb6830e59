"""`diaban rules fmt`: rules in one order and one layout, whoever wrote them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cli.exit_code import ExitCode
from cli.language import _
from cli.options import language_option, rules_option
from cli.output import deliver
from cli.plain import plain
from cli.rules import library_in
from engine.errors import N_, Diagnostic, EngineError, Problems, RulesError
from engine.library import Library
from engine.rules_file import Kind, bytes_of, files_in, surely


@click.command(
    "fmt",
    help=N_(
        "Put rules into one order and layout: each PACK (an id, with the files beside it, "
        "or a file); by default all rules of the folder, nothing else.\n\n"
        "Keys stand in the order of the language's reference, indented by two spaces; a "
        "comment stays with its key. What the rules mean never changes: a file for which "
        "that cannot be shown is left as it is. Tells which files were changed. With "
        "--check it changes none, and ends with 1 if it would."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban rules fmt lai-chau/city-2024 --check",
            "",
            N_("All rules of a folder:"),
            "  diaban rules fmt --rules my-rules",
        )
    ),
)
@click.argument("packs", nargs=-1, metavar=N_("[PACK]..."))
@rules_option
@click.option(
    "--check", is_flag=True, help=N_("Only tell which files are not in order.")
)
@language_option
def command(packs: tuple[str, ...], rules: Path | None, check: bool) -> ExitCode:
    """Format the files, all or none, and list those that change."""
    changed = _changed(_files(library_in(rules), packs))
    if not check:
        for file, text in changed.items():
            deliver([text], file)
    deliver([f"{plain(str(file))}\n" for file in changed], None)
    return ExitCode.NOT_PASSED if check and changed else ExitCode.DONE


def _files(library: Library, packs: Iterable[str]) -> Iterator[Path]:
    asked = list(packs)
    if not asked:
        yield from _rules_in(library.folder)
    for name in asked:
        file = Path(name)
        if surely(file.is_file):
            yield file
        elif file.suffix in {".yaml", ".yml"} or surely(file.is_dir):
            wrong = _("there is no file {file}.").format(file=plain(name))
            raise click.BadParameter(wrong, param_hint="'PACK'")
        else:
            file = Path(library.find(name).place.file)
            yield from (file, *sorted(file.parent.glob(f"{file.stem}.*.yaml")))


def _rules_in(folder: Path) -> list[Path]:
    problems = Problems()
    files = [*files_in(folder, problems)]
    problems.raise_as(RulesError)
    return [file.path for file in files if file.kind is not Kind.OTHER]


def _changed(files: Iterable[Path]) -> dict[Path, bytes]:
    """Return the files that change, with their texts to be.

    Raises:
        RulesError: Some are not YAML, or cannot be read.
        FormattingError: Some would not mean the same.
    """
    from engine.policy.schema.order import in_order
    from engine.yaml_source.formatting import FormattingError, formatted

    texts: dict[Path, bytes] = {}
    wrong: list[Diagnostic] = []
    kind: type[EngineError] = FormattingError
    for file in dict.fromkeys(files):
        try:
            data = bytes_of(file)
            text = formatted(data, str(file), in_order)
        except EngineError as error:
            wrong.extend(error.diagnostics)
            kind = RulesError if isinstance(error, RulesError) else kind
        else:
            if text != data:
                texts[file] = text
    if wrong:
        raise kind(wrong)
    return texts
