"""The one door to PySpark: files on a cluster as frames, digests and bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import narwhals as nw
from pyspark.errors import PySparkException  # noqa: TID251  (this module is the door)
from pyspark.sql import SparkSession  # noqa: TID251  (as above)
from pyspark.sql import functions as spark  # noqa: TID251  (as above)

_PARQUET: Final = ".parquet"

ClusterError = PySparkException
"""What a cluster raises: it cannot be reached, or files on it cannot be read."""


class Cluster:
    """A Spark session, asked for nothing but Parquet files."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    def digests(self, folder: str) -> dict[str, dict[str, str]]:
        """Return the SHA-256 of each file of each table in a folder.

        A table is a file or a folder of files, named `<table>.parquet`; the files of one
        are named from the table on (`people.parquet/part-0.parquet`). The digests are
        made where the files lie.
        """
        files = self._bytes_in(folder).select("path", spark.sha2("content", 256))
        found: dict[str, dict[str, str]] = {}
        for path, digest in files.collect():
            names = path.split("/")
            start = _first_table(names, len(folder.rstrip("/").split("/")) - 1)
            found.setdefault(names[start], {})["/".join(names[start:])] = digest
        return {table: dict(sorted(found[table].items())) for table in sorted(found)}

    def contents(self, path: str) -> list[bytes]:
        """Return the bytes of a table's files, in the order of their names."""
        files = self._bytes_in(path).select("path", "content").collect()
        return [bytes(content) for _, content in sorted(files)]

    def table(self, path: str) -> "nw.LazyFrame[Any]":
        """Return a table whose rows stay on the cluster."""
        return nw.from_native(self._session.read.parquet(path)).lazy()

    def _bytes_in(self, path: str) -> Any:
        reader = self._session.read.format("binaryFile")
        return (
            reader.option("pathGlobFilter", f"*{_PARQUET}")
            .option("recursiveFileLookup", "true")
            .load(path)
        )


def _first_table(names: list[str], least: int) -> int:
    """Return which part of a file's path names its table."""
    return next(
        at for at, name in enumerate(names) if at >= least and name.endswith(_PARQUET)
    )


@contextmanager
def cluster(master: str | None) -> Iterator[Cluster]:
    """Open a session with a master (`local[2]`, `spark://host:7077`, `yarn`), and end it.

    Without one the session is as `spark-submit` or spark-defaults.conf have it.
    """
    building: SparkSession.Builder = SparkSession.builder.appName("diaban")
    if master is not None:
        building = building.master(master)
    session = (
        building.config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Cluster(session)
    finally:
        session.stop()
