"""`diaban units`: administrative units, old and new."""

from cli.boundary import Deferred
from cli.desk import desk
from engine.errors import N_

_COMMANDS = (
    Deferred("find", "cli.units.find", N_("Find units by code or name, old and new.")),
    Deferred(
        "carry", "cli.units.carry", N_("Tell facts of old units by the new ones.")
    ),
)


command = desk(
    "units",
    _COMMANDS,
    help=N_(
        "Find administrative units by their codes and names, old and new, and tell facts "
        "of old units by the new ones. A code alone names no unit: 03388 was phường "
        "Quyết Tiến until 30 June 2025 and is phường Đoàn Kết since."
    ),
    epilog="\n".join((N_("Example:"), "  diaban units find 03388")),
)
