"""The one door to durable-rules: productions as a network, asked one case at a time.

How the package behaves was measured (ARCHITECTURE.md), and shapes this file: facts and
never events, asserted one by one; one session, deleted after each case; nothing but
equality of ASCII words; actions that only record; no threads; and forward chaining
driven from here.
"""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from threading import Lock
from typing import Any, Final

from engine.network.productions import Literal, Production

SESSION: Final = "0"
MOST_JOINS: Final = 200
"""The most antecedents in one ruleset.

durable-rules fails beyond 511 different patterns, and silently beyond 255 rules that
begin with one; a session costs about 10 KB for each antecedent.
"""

_names = count()


class NetworkError(RuntimeError):
    """durable-rules did not do what was asked of it; no verdict may rest on it."""


class Session:
    """One case in working memory: what is known of it, and what follows from that."""

    def __init__(self, match: Callable[[Literal], Iterable[Production]]) -> None:
        self._match = match
        self.known: set[Literal] = set()
        """The facts told and the conclusions drawn from them."""
        self.fired: list[Production] = []
        """The productions that fired, in order."""

    def tell(self, facts: Iterable[Literal]) -> None:
        """Assert facts, and conclusions in their turn, until nothing new follows."""
        waiting = deque(facts)
        while waiting:
            fact = waiting.popleft()
            if fact not in self.known:
                self.known.add(fact)
                for production in self._match(fact):
                    self.fired.append(production)
                    waiting.append(production.conclusion)


class Network:
    """Compiled productions; durable-rules never frees them, so use `network_of`."""

    def __init__(self, productions: Sequence[Production]) -> None:
        self._host = _host()
        self._busy = Lock()
        self._just_fired: list[Production] = []
        self._in_use: set[str] = set()
        self._rulesets: dict[Literal, list[str]] = {}
        """The rulesets in which a literal is an antecedent."""
        self._facts: dict[Literal, dict[str, str]] = {}
        for part in _parts(productions):
            self._compile(part)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open an empty working memory; it is forgotten at the end, come what may."""
        with self._busy:
            try:
                yield Session(self._match)
            finally:
                self._forget()

    def _compile(self, part: Sequence[Production]) -> None:
        ruleset = f"productions{next(_names)}"
        for literal in dict.fromkeys(a for each in part for a in each.antecedents):
            word = f"l{len(self._facts)}"
            fact = {"id": word, "sid": SESSION, word: "true"}
            self._facts.setdefault(literal, fact)
            self._rulesets.setdefault(literal, []).append(ruleset)
        rules = {f"p{i}": self._rule(each) for i, each in enumerate(part)}
        self._host.register_rulesets({ruleset: rules})
        self._wake(part[0])

    def _rule(self, production: Production) -> dict[str, Any]:
        def record(_closure: object) -> None:
            self._just_fired.append(production)

        patterns = [
            {f"m{i}": {self._facts[literal]["id"]: "true"}}
            for i, literal in enumerate(production.antecedents)
        ]
        return {"all": patterns, "run": record}

    def _wake(self, production: Production) -> None:
        """Fire one production, so that each ruleset is known to work.

        It also must be done: a new ruleset whose first session ends without any action
        frees memory that it never set.
        """
        with self.session() as session:
            session.tell(production.antecedents)
            if production not in session.fired:
                message = f"durable-rules does not conclude {production}"
                raise NetworkError(message)

    def _match(self, fact: Literal) -> list[Production]:
        """Assert one fact; return what fires. A fact nobody waits for is left out.

        (durable-rules refuses a fact that matches nothing.)
        """
        self._just_fired = []
        for ruleset in self._rulesets.get(fact, ()):
            self._in_use.add(ruleset)
            state = self._host.assert_fact(ruleset, self._facts[fact])
            if state and "exception" in state:
                raise NetworkError(state["exception"])
        return self._just_fired

    def _forget(self) -> None:
        while self._in_use:
            self._host.delete_state(self._in_use.pop(), SESSION)


@cache
def network_of(productions: tuple[Production, ...]) -> Network:
    """Return the process's network of these productions; equal ones share it."""
    return Network(productions)


def _parts(productions: Iterable[Production]) -> Iterator[list[Production]]:
    """Cut productions into rulesets that durable-rules can hold.

    Each fires for itself and chaining is driven by `Session`, so any cut will do.
    """
    part: list[Production] = []
    joins = 0
    for production in productions:
        joins += len(production.antecedents)
        if part and joins > MOST_JOINS:
            yield part
            part, joins = [], len(production.antecedents)
        part.append(production)
    if part:
        yield part


@cache
def _host() -> Any:
    """Return the process's host of rulesets, without the package's two threads."""
    # A class statement would have a base that mypy cannot know.
    quiet = type("QuietHost", (_durable().Host,), {"_run": lambda _host: None})
    return quiet()


def _durable() -> Any:
    """Import durable-rules; since Python 3.13 that needs lazy binding.

    Its compiled part names a function that Python 3.13 has not, and never calls it.
    """
    flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        from durable import engine  # noqa: TID251  (the door)
    except ImportError as error:
        message = (
            f"durable-rules cannot be loaded ({error}); where the linker binds at once, "
            "build it again: LDFLAGS=-Wl,-z,lazy pip install --force-reinstall "
            "--no-cache-dir --no-binary :all: durable-rules==2.0.28"
        )
        raise ImportError(message) from error
    finally:
        sys.setdlopenflags(flags)
    return engine
