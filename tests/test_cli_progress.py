"""A bar is shown to a person who waits, and to nobody else."""

import io
import sys

import pytest

from cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def test_short_work_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.Progress() as told:
        clock[0] = 0.9
        told("counting", 0.0)
    assert screen.getvalue() == ""


def test_long_work_shows_its_step_and_is_wiped_away_at_the_end(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.Progress() as told:
        clock[0] = 1.1
        told("judging", 0.5)
        assert "Judging" in screen.getvalue()
        assert screen.getvalue().count("█") == screen.getvalue().count("░")
        told("judging", 7.0)
        assert screen.getvalue().endswith("█")
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_a_log_file_gets_no_bar(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    with progress.Progress() as told:
        clock[0] = 60.0
        told("judging", 0.5)
    assert log.getvalue() == ""
