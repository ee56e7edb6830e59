"""Where facts are counted: on this machine, or on a cluster that can reach them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cli.extras import extra
from cli.language import _
from cli.options import asks_of, taken_as
from cli.plain import plain
from engine.errors import N_

if TYPE_CHECKING:
    from engine.facts import Facts
    from engine.vocabulary import Vocabulary

    _Base = Path
else:
    _Base = type(Path())

Read = Callable[["Vocabulary"], "Facts"]


class RemotePath(_Base):
    """A path that only a cluster knows, such as `hdfs://host/facts`; `url` is as given."""

    url: str


class FactsPath(click.Path):
    """A path that there is here, or the address of a folder elsewhere."""

    def __init__(self) -> None:
        """Take what exists, or what looks like an address."""
        super().__init__(exists=True, path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """Return a `RemotePath` for an address; whether it exists, a cluster will say."""
        if isinstance(value, str) and "://" in value:
            remote = RemotePath(value)
            remote.url = value
            return remote
        return super().convert(value, param, ctx)


asks_anywhere: Final = asks_of(
    click.argument("facts", type=FactsPath(), metavar=N_("FACTS"))
)
"""Takes what makes up a question; its facts may lie where only a cluster reaches."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What counts the rows of registers."""

    name: str
    master: str | None


engines: Final = taken_as(
    "engine",
    Engine,
    (
        click.option(
            "--engine",
            "name",
            type=click.Choice(("polars", "spark")),
            default="polars",
            show_default=True,
            help=N_(
                "What counts the registers: polars on this machine, or spark on a cluster."
            ),
        ),
        click.option(
            "--master",
            metavar="URL",
            help=N_(
                "The cluster's master, such as spark://host:7077, yarn or local[2]."
            ),
        ),
    ),
)
"""Takes what counts, as one `Engine`."""


@contextmanager
def reading(path: Path, engine: Engine) -> Iterator[Read]:
    """Give the way to read the facts at `path`; a cluster stays until the end.

    Raises:
        UsageError: the facts lie where this engine cannot read them.
    """
    if engine.name == "spark":
        with _on_cluster(path, engine.master) as read:
            yield read
        return
    if engine.master is not None:
        raise click.UsageError(_("--master needs --engine spark."))
    if isinstance(path, RemotePath):
        wrong = _("{path} is not on this machine: ask a cluster with --engine spark.")
        raise click.UsageError(wrong.format(path=plain(path.url)))
    from engine.facts_from_files import facts_from_files

    yield lambda vocabulary: facts_from_files(path, vocabulary)


@contextmanager
def _on_cluster(path: Path, master: str | None) -> Iterator[Read]:
    with extra("spark"):
        from engine.facts_from_cluster import facts_from_cluster
        from engine.spark import ClusterError, cluster
    folder = path.url if isinstance(path, RemotePath) else str(path.resolve())
    try:
        with cluster(master) as reached:
            yield lambda vocabulary: facts_from_cluster(reached, folder, vocabulary)
    except ClusterError as error:
        wrong = _("the cluster could not read {path}: {reason}").format(
            path=plain(folder), reason=plain(str(error).partition("\n")[0])
        )
        raise click.UsageError(wrong) from error
