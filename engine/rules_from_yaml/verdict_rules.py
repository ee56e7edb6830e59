"""The verdicts of a pack: a decision list that ends with `always`."""

from engine.errors import N_
from engine.pack import UNDETERMINED, All, Always, VerdictRule
from engine.rules_from_yaml.fields import Fields
from engine.rules_from_yaml.formulas import FormulaReader, Owner
from engine.rules_from_yaml.kinds import Reader
from engine.source import Place
from engine.vocabulary import Text
from engine.yaml_source.nodes import Node


def verdict_rules_from_yaml(
    node: Node | None, formulas: FormulaReader, pack: Place, reader: Reader
) -> tuple[VerdictRule, ...]:
    """Read the decision list; without one, the language's own (LANGUAGE §6)."""
    if node is None:
        every = All(formulas.every_criterion)
        yes = Text("Đủ điều kiện", "Eligible")
        no = Text("Chưa đủ điều kiện", "Not eligible")
        return (
            VerdictRule("eligible", every, passes=True, label=yes, place=pack),
            VerdictRule("not_eligible", Always(), passes=False, label=no, place=pack),
        )
    rules = _VerdictRules(formulas, reader)
    read = [rules.rule(item) for item in reader.filled(node)]
    found = tuple(rule for rule in read if rule is not None)
    if read and (last := read[-1]) is not None:
        _check_end(last, reader)
    _check_agreement(found, reader)
    return found


class _VerdictRules:
    def __init__(self, formulas: FormulaReader, reader: Reader) -> None:
        self._formulas = formulas
        self._reader = reader
        self._labels: dict[str, Text] = {}

    def rule(self, node: Node) -> VerdictRule | None:
        if (mapping := self._reader.mapping(node)) is None:
            return None
        fields = Fields(self._reader, mapping)
        name_node, when_node = fields.needed("verdict"), fields.needed("when")
        name = None if name_node is None else self._name(name_node)
        owner = Owner(stem=f"{name}.")
        when = None
        if when_node is not None:
            when = self._formulas.formula(when_node, owner)
        passes = fields.yes_no("passes", default=False)
        label = fields.words("label")
        fields.end()
        if name is None or when is None:
            return None
        # A verdict that stands in several steps is labelled once.
        label = label or self._labels.get(name) or Text(name, name)
        self._labels.setdefault(name, label)
        return VerdictRule(name, when, passes, label, mapping.place)

    def _name(self, node: Node) -> str | None:
        name = self._reader.name(node)
        if name != UNDETERMINED:
            return name
        self._reader.problems.error(
            "pack-reserved-name",
            node.place,
            N_("'{name}' is what is concluded where too little is known"),
            N_("choose another verdict"),
            name=name,
        )
        return None


def _check_end(last: VerdictRule, reader: Reader) -> None:
    if isinstance(last.when, Always):
        return
    reader.problems.error(
        "pack-no-final-always",
        last.place,
        N_("this is the last verdict, but nothing says what holds where it does not"),
        N_("end the list with a verdict that has 'when: always'"),
    )


def _check_agreement(rules: tuple[VerdictRule, ...], reader: Reader) -> None:
    first: dict[str, VerdictRule] = {}
    for rule in rules:
        if first.setdefault(rule.verdict, rule).passes is rule.passes:
            continue
        if rule.passes:
            what = N_("'{verdict}' passes here, but not at {other}")
        else:
            what = N_("'{verdict}' does not pass here, but does at {other}")
        reader.problems.error(
            "pack-passes-disagree",
            rule.place,
            what,
            N_("write the same 'passes' wherever the verdict stands"),
            verdict=rule.verdict,
            other=first[rule.verdict].place,
        )
