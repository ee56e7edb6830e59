"""The network concludes what plain forward chaining concludes, case after case."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.network import rete
from engine.network.productions import Literal, Production
from engine.network.rete import MOST_JOINS, Network, NetworkError, network_of
from tests.support.chaining import chained

LITERALS = [Literal(f"n{i // 2}", "true" if i % 2 else "false") for i in range(16)]


def production(conclusion: Literal, *antecedents: Literal) -> Production:
    return Production(f"{conclusion} from {antecedents}", antecedents, conclusion)


@st.composite
def productions(draw: st.DrawFn) -> tuple[Production, ...]:
    """Productions that may lead to each other, even in a circle."""
    literals = st.sampled_from(LITERALS)
    antecedents = st.lists(literals, min_size=1, max_size=5, unique=True)
    pairs = draw(st.lists(st.tuples(literals, antecedents), min_size=1, max_size=25))
    return tuple(
        Production(str(i), tuple(used), concluded)
        for i, (concluded, used) in enumerate(pairs)
    )


def asked(
    network: Network, facts: Iterable[Literal]
) -> tuple[list[Production], set[Literal]]:
    with network.session() as session:
        session.tell(facts)
    return session.fired, session.known


@settings(max_examples=25)  # a network is never freed
@given(productions(), st.randoms(use_true_random=False))
def test_a_network_agrees_with_plain_chaining(
    drawn: tuple[Production, ...], random: Random
) -> None:
    network = Network(drawn)
    for _ in range(30):
        facts = random.sample(LITERALS, random.randint(0, 8))
        fired, known = asked(network, facts)
        expected, holding = chained(drawn, facts)
        assert (set(fired), known) == (expected, holding)
        assert len(fired) == len(expected)


def test_judging_a_then_b_is_judging_b_alone() -> None:
    """What a session knew is forgotten, whatever was asked before."""
    a, b, c, d = LITERALS[:4]
    network = Network((production(c, a, b), production(d, c)))
    for facts in ([a, b], [a], [b], [c], [], [a, b]):
        assert (
            asked(network, facts)[1]
            == chained([production(c, a, b), production(d, c)], facts)[1]
        )


def test_productions_fire_in_the_order_in_which_they_follow() -> None:
    a, b, c, d = LITERALS[:4]
    first, second, third = production(b, a), production(c, b), production(d, a, c)
    assert asked(Network((third, second, first)), [a])[0] == [first, second, third]


def test_a_fact_that_nothing_asks_for_is_no_error() -> None:
    a, b, c = LITERALS[:3]
    assert asked(Network((production(b, a),)), [c]) == ([], {c})


def test_a_network_of_nothing_concludes_nothing() -> None:
    assert asked(Network(()), LITERALS) == ([], set(LITERALS))


def test_what_is_told_later_joins_what_is_known() -> None:
    a, b, c = LITERALS[:3]
    with Network((production(c, a, b),)).session() as session:
        session.tell([a])
        assert not session.fired
        session.tell([b])
        assert c in session.known


def test_more_productions_than_one_ruleset_can_hold() -> None:
    """durable-rules fails beyond 511 patterns; a chain of 700 still comes through."""
    links = [Literal(f"link {i}", "true") for i in range(701)]
    chain = [production(b, a) for a, b in pairwise(links)]
    shared = [production(Literal(f"x{i}", "true"), links[0]) for i in range(300)]
    fired, known = asked(Network((*chain, *shared)), links[:1])
    assert len(chain) + len(shared) > 2 * MOST_JOINS
    assert len(fired) == len(chain) + len(shared)
    assert links[-1] in known


def test_the_words_of_a_network_differ_in_the_hash_that_durable_rules_compares() -> (
    None
):
    """It tells names apart by 32 bits of FNV-1a alone."""

    def fnv(word: str) -> int:
        found = 0x811C9DC5
        for byte in word.encode():
            found = (found ^ byte) * 16777619 % 2**32
        return found

    words = {"id", "sid", "$s", "sid-0", *(f"l{i}" for i in range(20_000))}
    assert len({fnv(word) for word in words}) == len(words)


def test_equal_productions_share_one_network() -> None:
    a, b = LITERALS[:2]
    assert network_of((production(b, a),)) is network_of((production(b, a),))


def failing(_closure: object) -> None:
    message = "the action failed"
    raise ValueError(message)


def failing_network(monkeypatch: pytest.MonkeyPatch) -> tuple[Network, list[bool]]:
    """A network whose actions fail as long as the list holds something."""
    failures: list[bool] = []
    rule = Network._rule

    def fragile(self: Network, made: Production) -> dict[str, object]:
        built = rule(self, made)
        record: Callable[[object], None] = built["run"]

        def act(closure: object) -> None:
            failing(closure) if failures else record(closure)

        return {**built, "run": act}

    monkeypatch.setattr(Network, "_rule", fragile)
    a, b, c = LITERALS[:3]
    return Network((production(b, a), production(c, b))), failures


def test_an_error_in_an_action_is_not_swallowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network, failures = failing_network(monkeypatch)
    failures.append(True)
    with pytest.raises(NetworkError, match="the action failed"):
        asked(network, LITERALS[:1])


def test_a_network_survives_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    network, failures = failing_network(monkeypatch)
    failures.append(True)
    with pytest.raises(NetworkError):
        asked(network, LITERALS[:1])
    failures.clear()
    assert asked(network, LITERALS[:1])[1] == set(LITERALS[:3])
    assert asked(network, LITERALS[1:2])[1] == set(LITERALS[1:3])


def test_a_network_that_does_not_fire_is_noticed_before_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Network, "_match", lambda _self, _fact: [])
    with pytest.raises(NetworkError, match="does not conclude"):
        Network((production(LITERALS[1], LITERALS[0]),))


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    asked(Network((production(LITERALS[1], LITERALS[0]),)), LITERALS[:1])
    assert threading.active_count() == before


def test_one_case_at_a_time_even_when_several_threads_ask() -> None:
    a, b, c = LITERALS[:3]
    network = Network((production(c, a, b),))
    facts = [[a], [b], [a, b]] * 200
    with ThreadPoolExecutor(3) as threads:
        answers = threads.map(lambda told: c in asked(network, told)[1], facts)
    assert list(answers) == [False, False, True] * 200


def test_memory_stays_flat() -> None:
    """A session that were kept would cost about 10 KB an antecedent: 900 MB here."""
    literals = [Literal(f"m{i}", "true") for i in range(10)]
    done = Literal("done", "true")
    network = Network(
        (production(done, *literals), *(production(done, each) for each in literals))
    )

    def resident() -> int:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    for _ in range(200):
        asked(network, literals)
    before = resident()
    for _ in range(3_000):
        asked(network, literals)
    assert resident() - before < 2**20


def test_a_missing_package_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    with pytest.raises(ImportError, match="durable-rules cannot be loaded"):
        rete._durable()


def test_loading_leaves_the_loader_as_it_was() -> None:
    """Lazy binding is for this one package only."""
    script = (
        "import sys; before = sys.getdlopenflags()\n"
        "from engine.network.rete import Network\n"
        "from engine.network.productions import ALWAYS, Production\n"
        "Network((Production('p', (ALWAYS,), ALWAYS),))\n"
        "sys.exit(sys.getdlopenflags() != before)\n"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=root)
    assert done.returncode == 0
