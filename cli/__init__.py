"""How a person asks."""


def start() -> None:
    """Begin the process; Ctrl-C ends it quietly even while it is still importing."""
    try:
        from cli.main import start as begin

        begin()
    except KeyboardInterrupt:
        # As ExitCode.INTERRUPTED, which may not be imported yet.
        raise SystemExit(130) from None
