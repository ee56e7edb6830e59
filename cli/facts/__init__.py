"""`diaban facts`: the desk where facts are asked for, cleaned, checked and compared."""

from cli.boundary import Deferred
from cli.desk import desk
from engine.errors import N_

_COMMANDS = (
    Deferred(
        "template",
        "cli.facts.template",
        N_("Make the workbook that an inspection team fills in."),
    ),
    Deferred(
        "import",
        "cli.facts.import_",
        N_("Turn workbooks as they are into clean tables."),
    ),
    Deferred("check", "cli.facts.check", N_("Find what is wrong before it is judged.")),
    Deferred("diff", "cli.facts.diff", N_("Show what changed between two reviews.")),
)


command = desk(
    "facts",
    _COMMANDS,
    help=N_(
        "Prepare facts: the workbook to fill in, clean tables from workbooks as they "
        "are, what is wrong with them, what changed since the last review."
    ),
    epilog="\n".join(
        (
            N_("Example:"),
            "  diaban facts check examples/lai-chau --as-of 2024-03-31",
        )
    ),
)
