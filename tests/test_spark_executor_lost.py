"""A cluster that loses an executor in the middle of the work still gives the same bytes."""

import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.generate import write_country
from tests.support.commands import LANGUAGES, ROOT, run
from tests.support.system import needed

ASKED = ("--pack", "lai-chau/city-2024", "--as-of", "2024-03-31", "--format", "json")
PATIENCE = 300

pytestmark = pytest.mark.slow


def _home_of(package: str) -> str:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent)


def executors(token: str) -> list[int]:
    """Return the processes of the executors that bear this token."""
    listed = subprocess.run(
        [needed("pgrep"), "-f", f"diaban.test={token}.*CoarseGrainedExecutorBackend"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(each) for each in listed.stdout.split()]


def test_a_lost_executor_changes_nothing(tmp_path: Path) -> None:
    needed("java")
    facts, answer = tmp_path / "facts", tmp_path / "there.json"
    facts.mkdir()
    write_country(facts, communes=2, seed=8)
    token = uuid4().hex
    settings = {
        "SPARK_HOME": _home_of("pyspark"),
        "PYSPARK_SUBMIT_ARGS": (
            "--conf spark.sql.shuffle.partitions=3 --conf spark.ui.enabled=false "
            f"--conf spark.executor.extraJavaOptions=-Ddiaban.test={token} "
            "--conf spark.executor.memory=512m pyspark-shell"
        ),
    }
    command = [sys.executable, "-m", "cli.main", "assess", facts, *ASKED, "-o", answer]
    with subprocess.Popen(
        [*map(str, command), "--engine", "spark", "--master", "local-cluster[2,1,512]"],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(LANGUAGES, "") | settings,
        stderr=subprocess.DEVNULL,
    ) as process:
        since = time.monotonic()
        while len(running := executors(token)) < 2:
            assert process.poll() is None
            assert time.monotonic() - since < PATIENCE
            time.sleep(0.2)
        os.kill(running[0], signal.SIGKILL)
        assert process.poll() is None
        assert process.wait(PATIENCE) == 1
    here = run("assess", facts, *ASKED)
    assert answer.read_text(encoding="utf-8") == here.out
