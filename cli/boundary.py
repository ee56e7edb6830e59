"""The one boundary: it turns what a command returns or raises into an exit code."""

import copy
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final, NoReturn, TypeVar

import click

from cli import complaint
from cli.exit_code import ExitCode
from cli.language import _
from engine.errors import (
    EngineError,
    FactsError,
    QuestionError,
    RenderingError,
    RulesError,
    UnverifiedError,
)

_Command = TypeVar("_Command", bound=click.Command)

_ENDING: Final = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
]
"""`kill`, and a terminal that goes away, where the system has such a signal."""
_CODES: Final = {
    RulesError: ExitCode.RULES,
    FactsError: ExitCode.FACTS,
    QuestionError: ExitCode.USAGE,
    RenderingError: ExitCode.NOT_WRITTEN,
    UnverifiedError: ExitCode.UNVERIFIED,
}

_PASSED_ON: Final = (
    click.ClickException,
    click.exceptions.Exit,
    BrokenPipeError,
    SystemExit,
)


class Boundary(click.Group):
    """A group whose commands return an exit code; no exception leaves it untold.

    click's own errors pass through: click tells them and exits 2.
    """

    def invoke(self, ctx: click.Context) -> None:
        """Run the command and exit with its code."""
        try:
            with stoppable():
                code = self._code_of(ctx)
        except BrokenPipeError:
            _stop_writing()
            code = ExitCode.PIPE_CLOSED
        ctx.exit(code)

    def _code_of(self, ctx: click.Context) -> int:
        try:
            return self._answer(ctx)
        except _PASSED_ON:
            raise
        except (click.Abort, KeyboardInterrupt):
            click.echo(_("Interrupted; nothing was written."), err=True)
            return ExitCode.INTERRUPTED
        except BaseException as error:  # noqa: BLE001  (a panic of a library is no less)
            complaint.tell_internal(error)
            return ExitCode.INTERNAL

    def _answer(self, ctx: click.Context) -> int:
        try:
            code = super().invoke(ctx)
        except EngineError as error:
            complaint.tell(error.diagnostics)
            return _CODES.get(type(error), ExitCode.INTERNAL)
        if sys.stdout is not None:
            sys.stdout.flush()
        return ExitCode(code)


@contextmanager
def stoppable() -> Iterator[None]:
    """Meanwhile, let a signal to end the process clear away what is unfinished.

    A signal that whoever started the process has it ignore (`nohup`) stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    heard = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in heard:
        signal.signal(each, _end)
    try:
        yield
    finally:
        for each in heard:
            signal.signal(each, signal.SIG_DFL)


def _end(number: int, _frame: object) -> NoReturn:
    for each in _ENDING:  # another one would cut the clearing short
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


def _stop_writing() -> None:
    """Let the interpreter's last flush go nowhere, so that it stays quiet too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


class Deferred(click.Command):
    """A command by its name and summary; its module is imported when it is asked for.

    So listing the commands costs nothing: the real one is the attribute `command` of
    the module.
    """

    def __init__(self, name: str, module: str, summary: str) -> None:
        super().__init__(name, short_help=summary)
        self._module = module

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Import the real command and make its context."""
        command: click.Command = import_module(self._module).command
        return in_language(command).make_context(info_name, args, parent, **extra)


def in_language(command: _Command) -> _Command:
    """Return the command with its help in the language that is spoken."""
    said = copy.copy(command)
    said.help = _said(command.help)
    said.short_help = _said(command.short_help)
    said.epilog = _preformatted(command.epilog or "")
    said.options_metavar = _said(command.options_metavar)
    said.params = [_parameter_in_language(each) for each in command.params]
    if isinstance(command, click.Group) and isinstance(said, click.Group):
        said.subcommand_metavar = _(command.subcommand_metavar)
        said.commands = {
            name: in_language(each) for name, each in command.commands.items()
        }
    return said


def _said(text: str | None) -> str:
    return _(text) if text else ""


def _preformatted(text: str) -> str:
    """Say each line, and mark each paragraph so that click leaves its lines alone."""
    paragraphs = "\n".join(map(_said, text.splitlines())).split("\n\n")
    return "\n\n".join(f"\b\n{each}" for each in paragraphs if each)


def _parameter_in_language(parameter: click.Parameter) -> click.Parameter:
    said = copy.copy(parameter)
    said.metavar = _said(parameter.metavar) or None
    if isinstance(parameter, click.Option) and isinstance(said, click.Option):
        said.help = _said(parameter.help)
    return said
