"""OpenFisca with bare numbers for outcomes, which spares it a vector of objects.

Its documentation does not write outcomes so; it is here because it is much faster.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from benchmarks.peers.contract import MET, NOT_MET, OPEN
from benchmarks.peers.openfisca import OpenFisca


class OpenFiscaNumbers(OpenFisca):
    """The same system, but for what the formulas of criteria give."""

    title = "OpenFisca (bare numbers)"
    way = "the same with whole numbers for outcomes, against its documentation: faster"
    outcome: ClassVar[Mapping[str, Any]] = {"value_type": int, "default_value": OPEN}
    values = (NOT_MET, OPEN, MET)
