"""`diaban rules`: the desk where rules are written, tested, compared and proved."""

from cli.boundary import Deferred
from cli.desk import desk
from engine.errors import N_

_COMMANDS = (
    Deferred(
        "check",
        "cli.rules_desk.check",
        N_("Tell what is wrong with rules, and what looks so."),
    ),
    Deferred(
        "diff", "cli.rules_desk.diff", N_("Tell in words what differs between packs.")
    ),
    Deferred(
        "explain",
        "cli.rules_desk.explain",
        N_("Say what a code in a message means."),
    ),
    Deferred("fmt", "cli.rules_desk.fmt", N_("Put rules into one order and layout.")),
    Deferred(
        "impact",
        "cli.rules_desk.impact",
        N_("Show whose verdict a change of rules changes."),
    ),
    Deferred(
        "schema",
        "cli.rules_desk.schema",
        N_("Print a JSON Schema, for editors that know YAML."),
    ),
    Deferred(
        "prove",
        "cli.rules_desk.prove",
        N_("Prove what holds of a pack for every locality."),
    ),
    Deferred("show", "cli.rules_desk.show", N_("Show what a pack says, in sentences.")),
    Deferred(
        "test", "cli.rules_desk.test", N_("Run the worked cases that lie beside packs.")
    ),
)


command = desk(
    "rules",
    _COMMANDS,
    help=N_("Work on rules: see whether a pack judges as it should."),
    epilog="\n".join((N_("Example:"), "  diaban rules test lai-chau/city-2024")),
)
