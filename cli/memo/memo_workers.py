"""Memos written by several processes at once: the same files as by one.

The processes are started anew, not copied: a copy would inherit locks of data frames
that nobody opens again. Each has a pipe of its own. However this process ends, the pipe
closes then, and the process at its other end does too.
"""

import io
import os
import pickle
import signal
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from cli.boundary import stoppable
from cli.language import speaking, spoken
from cli.memo.memo_desk import Desk, Order, Task
from engine.errors import EngineError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_WORTH: Final = {"md": 1500, "html": 1000, "docx": 40, "pdf": 8}
"""From how many memos on several processes are faster: each takes half a second to
start."""
_AT_ONCE: Final = {"md": 32, "html": 32, "docx": 2, "pdf": 1}
"""How many memos are handed out together."""
_AHEAD: Final = 2
"""How many such parts wait at a process, so that it never waits itself."""
_MOST: Final = 8
_PATIENCE: Final = 5.0


def workers_for(order: Order, number: int) -> int:
    """Return how many processes write so many memos soonest; 1 is this one alone."""
    if number < _WORTH[order.form]:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)


def write_all(
    order: Order, tasks: Iterable[Task], folder: Path, workers: int
) -> Generator[int]:
    """Write memos into a folder; yield how many more are written, now and then.

    Raises what `Desk.write` raises of the first memo that fails, in their order.
    """
    size = _AT_ONCE[order.form]
    with _started(_pickled((order, folder, spoken())), workers) as lines:
        yield from _Foreman(lines, _parts(tasks, size)).work()


@dataclass(frozen=True, slots=True)
class _Part:
    """Some memos, and the number of the first of them."""

    first: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Reply:
    """What became of a part: which memo failed, if one did, and why."""

    written: int
    failed: int | None = None
    error: Exception | None = None


class _Foreman:
    """Hands out parts and hears what became of them."""

    def __init__(self, lines: list[Connection], parts: Iterator[_Part]) -> None:
        self._lines, self._parts = lines, parts
        self._open: Counter[Connection] = Counter()
        self._failed: dict[int, Exception] = {}

    def work(self) -> Iterator[int]:
        """Yield how many memos each part came to; raise the first failure of all.

        Parts are handed out in order, so when one fails all before it are in work: they
        are waited for, and the same failure is told whoever was faster.
        """
        for line in self._lines * _AHEAD:
            self._hand_out(line)
        while busy := [line for line, number in self._open.items() if number]:
            for line in cast("list[Connection]", wait(busy)):
                reply = _received(line)
                self._open[line] -= 1
                if reply.failed is not None and reply.error is not None:
                    self._failed[reply.failed] = reply.error
                yield reply.written
                self._hand_out(line)
        if self._failed:
            raise self._failed[min(self._failed)]

    def _hand_out(self, line: Connection) -> None:
        part = None if self._failed else next(self._parts, None)
        if part is not None:
            line.send_bytes(_pickled(part))
            self._open[line] += 1


def _parts(tasks: Iterable[Task], size: int) -> Iterator[_Part]:
    rest, first = iter(tasks), 0
    while part := tuple(islice(rest, size)):
        yield _Part(first, part)
        first += size


def _received(line: Connection) -> _Reply:
    try:
        reply: _Reply = pickle.loads(line.recv_bytes())  # noqa: S301  (our own process)
    except EOFError as error:
        wrong = "a process that wrote memos has ended"
        raise RuntimeError(wrong) from error
    return reply


@contextmanager
def _started(order: bytes, number: int) -> Iterator[list[Connection]]:
    """Start processes; whatever happens, none of them is left at the end."""
    context = get_context("spawn")
    lines: list[Connection] = []
    processes: list[SpawnProcess] = []
    # They inherit that Ctrl-C is not for them: it ends this process, which ends them.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for _each in range(number):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, order), daemon=True)
            process.start()
            theirs.close()
            lines.append(ours)
            processes.append(process)
        signal.signal(signal.SIGINT, before)
        yield lines
    except BaseException:
        for process in processes:
            process.terminate()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
        for line in lines:
            line.close()
        for process in processes:
            process.join(_PATIENCE)
            process.kill()
            process.join()


def _work(line: Connection, order: bytes) -> None:
    """Write what is handed out, until nobody is there any more."""
    asked, folder, language = pickle.loads(order)  # noqa: S301  (our own process)
    with (
        stoppable(),
        speaking(language),
        suppress(EOFError, BrokenPipeError, ConnectionResetError),
    ):
        desk = Desk(asked)
        while True:
            part: _Part = pickle.loads(line.recv_bytes())  # noqa: S301  (as above)
            line.send_bytes(_pickled(_written(part, desk, folder)))


def _written(part: _Part, desk: Desk, folder: Path) -> _Reply:
    parent = parent_process()
    for number, task in enumerate(part.tasks):
        if parent is None or os.getppid() != parent.pid:  # nobody waits for the rest
            raise BrokenPipeError
        try:
            desk.write(task, folder)
        except Exception as error:  # noqa: BLE001  (raised again where it is heard)
            return _Reply(number, part.first + number, error)
    return _Reply(len(part.tasks))


class _Pickler(pickle.Pickler):
    """Pickles what a pack is made of, and what may be wrong."""

    def reducer_override(self, value: Any) -> Any:
        """Say how to make a value anew; of most, pickle knows itself."""
        match value:
            case MappingProxyType():
                return _read_only, (dict(value),)
            case EngineError():
                return type(value), (value.diagnostics,)
            case _:
                return NotImplemented


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)  # a type that pickle does not find by its name


def _pickled(value: object) -> bytes:
    held = io.BytesIO()
    _Pickler(held, pickle.HIGHEST_PROTOCOL).dump(value)
    return held.getvalue()
