"""Which locality each row of a sheet is about: codes, names, and ids made for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.desk.localities_from_file import Locality
from engine.desk.tables_from_workbooks.changes import Changes, Log
from engine.desk.tables_from_workbooks.extract import Extract
from engine.desk.tables_from_workbooks.headings import Headed
from engine.desk.tables_from_workbooks.readings import Change
from engine.desk.tables_from_workbooks.territory import (
    COMMUNE,
    HAMLET,
    Territory,
    commune_of_code,
    level_called,
    name_in_title,
)
from engine.desk.tables_from_workbooks.unplaced import (
    report_blank,
    report_name_alone,
    report_no_commune,
    report_several_communes,
    report_unknown,
)
from engine.errors import N_
from engine.facts_from_files.findings import Findings, shown
from engine.levels import USUAL_WORDS
from engine.source import Place
from engine.vocabulary import LOCALITIES, Vocabulary

_DIGITS: Final = 2


@dataclass(slots=True)
class Placing:
    """Finds the localities of all sheets; `found` grows as they are read."""

    vocabulary: Vocabulary
    known: Territory
    commune: str | None
    log: Log
    findings: Findings
    is_listed: bool
    """Whether a list says which localities there are."""
    found: Territory = field(default_factory=Territory)
    _first: dict[str, tuple[Extract, int]] = field(default_factory=dict)

    def commune_for(self, headed: Headed) -> str | None:
        """Return the commune that a sheet is about, if anything says so."""
        sheet = headed.sheet
        if self.commune is not None:
            if self.commune not in self.known:
                name = name_in_title(headed) or self.commune
                self.known.add(Locality(self.commune, name, COMMUNE, ""))
            return self.commune
        said = self.known.communes_said(headed)
        if len(said) > 1:
            report_several_communes(self.findings, sheet, said)
            return None
        if said:
            return said[0]
        if self.is_listed:
            return None
        commune = commune_of_code(headed)
        if commune is None:
            return None
        self.known.add(commune)
        return commune.id

    def settle(self, extract: Extract) -> None:
        """Give each row of a sheet of localities its id, name, level and parent."""
        columns = extract.columns
        size = len(extract.rows)
        names = columns.get("name", [""] * size)
        commune = self.commune_for(extract.headed)
        parents = self._parents(extract, commune)
        ids = self._ids(extract, names, parents, commune)
        levels = self._levels(extract, ids)
        known = [self.known.get(each) for each in ids]
        columns["id"] = ids
        columns["name"] = [
            self._name_of(name, each) for name, each in zip(names, known, strict=True)
        ]
        if "name" in extract.headed.taken:
            self._note(extract, "name", names, columns["name"], Change.LISTED_NAME)
        columns["parent"] = [
            parent or (each.parent if each else "")
            for parent, each in zip(parents, known, strict=True)
        ]
        columns["level"] = levels
        self._enter(extract)

    def locate(self, extract: Extract) -> None:
        """Turn the localities that a register's rows name into ids."""
        texts = extract.columns.get("locality")
        if texts is None:
            return
        commune = self.commune_for(extract.headed)
        known = {
            text: self._one_called(text, commune, everywhere=True)
            for text in set(texts)
        }
        for row, text in zip(extract.rows, texts, strict=True):
            if text and not known[text]:
                self._report_unknown(extract, row, "locality", text, commune)
            elif not text and row not in extract.unread.get("locality", ()):
                report_blank(self.findings, extract, row, "locality")
        self._note(extract, "locality", texts, [known[text] or "" for text in texts])
        extract.columns["locality"] = [known[text] or text for text in texts]

    def _name_of(self, name: str, known: Locality | None) -> str:
        """Return the name that the list has, or else that of the sheet."""
        if known is None:
            return name
        is_named = self.is_listed and known.name not in {"", known.id}
        return known.name if is_named or not name else name

    def _parents(self, extract: Extract, commune: str | None) -> list[str]:
        texts = extract.columns.get("parent")
        if texts is None:
            return [commune or ""] * len(extract.rows)
        own = set(extract.columns.get("id", ()))
        known = {
            text: text if text in own else self._one_called(text, None) or text
            for text in set(texts)
        }
        self._note(extract, "parent", texts, [known[text] for text in texts])
        return [known[text] for text in texts]

    def _levels(self, extract: Extract, ids: Sequence[str]) -> list[str]:
        texts = extract.columns.get("level", [""] * len(ids))
        labels = {
            level: (words.vi, words.en, *USUAL_WORDS.get(level, ()))
            for level, words in self.vocabulary.levels.items()
        }
        said = {text: level_called(text, labels) or text for text in set(texts)}
        if "level" in extract.columns:
            self._note(extract, "level", texts, [said[text] for text in texts])
        return [
            said[text] or (self.known[each].level if each in self.known else HAMLET)
            for text, each in zip(texts, ids, strict=True)
        ]

    def _ids(
        self,
        extract: Extract,
        names: Sequence[str],
        parents: Sequence[str],
        commune: str | None,
    ) -> list[str]:
        codes = extract.columns.get("id", [""] * len(extract.rows))
        found = [
            (self.known.with_code(code) or code)
            if code
            else self._id_of(extract, at, name, parent or None, commune)
            for at, (code, name, parent) in enumerate(
                zip(codes, names, parents, strict=True)
            )
        ]
        if None in found:
            report_no_commune(self.findings, extract.headed.sheet)
        ids = [each or "" for each in found]
        column = "id" if "id" in extract.columns else "name"
        self._note(extract, column, codes if column == "id" else names, ids)
        return ids

    def _id_of(
        self,
        extract: Extract,
        at: int,
        name: str,
        parent: str | None,
        commune: str | None,
    ) -> str | None:
        """Return the id of a row without a code: blank if it is told why there is none.

        None comes back if only its commune is lacking.
        """
        row = extract.rows[at]
        if not name:
            self._report_nameless(extract, row)
            return ""
        if self.is_listed and (parent is None or self.known.children(parent)):
            found = self._one_called(name, parent)
            if found is None:
                self._report_unknown(extract, row, "name", name, parent)
            return found or ""
        if parent is None and commune is None:
            return None
        if extract.is_alone(at):
            report_name_alone(self.findings, extract, row)
        return f"{parent or commune}-{at + 1:0{_DIGITS}}"

    def _one_called(
        self, text: str, parent: str | None, *, everywhere: bool = False
    ) -> str | None:
        """Return the only locality with this id or name, if there is one."""
        for territory in (self.found, self.known):
            if (code := territory.with_code(text)) is not None:
                return code
        for within in dict.fromkeys((parent, None)) if everywhere else (parent,):
            found = {*self.found.called(text, within), *self.known.called(text, within)}
            if len(found) == 1:
                return found.pop()
            if found:
                return None
        return None

    def _enter(self, extract: Extract) -> None:
        columns = extract.columns
        entries = zip(
            extract.rows,
            columns["id"],
            columns["name"],
            columns["level"],
            columns["parent"],
            strict=True,
        )
        position = extract.naming
        for row, locality, name, level, parent in entries:
            if not locality:
                continue
            here = (extract, row)
            first = self._first.setdefault(locality, here)
            if first is not here:
                self.findings.error(
                    "import-locality-twice",
                    extract.headed.sheet.place(row, position),
                    N_("the locality '{id}' already has a row at {first}"),
                    N_("keep one of the two, or give each its own code"),
                    id=shown(locality),
                    first=_place_of(*first),
                )
            self.found.add(Locality(locality, name, level, parent))

    def _note(
        self,
        extract: Extract,
        column: str,
        before: Sequence[str],
        after: Sequence[str],
        change: Change | None = None,
    ) -> None:
        """Record what became other than it was; without `change`, as ids do."""
        changed = [
            at
            for at, (old, new) in enumerate(zip(before, after, strict=True))
            if new and old != new
        ]
        if not changed:
            return
        may_make = extract.shape.name == LOCALITIES
        kinds = [
            change or self._change(before[at], after[at], may_make=may_make)
            for at in changed
        ]
        seen = not extract.shape.personal
        self.log.add(
            Changes(
                extract.headed.sheet,
                extract.headed.taken[column].position,
                column,
                [extract.rows[at] for at in changed],
                kinds,
                [before[at] for at in changed] if seen else None,
                [after[at] for at in changed] if seen else None,
            )
        )

    def _change(self, before: str, after: str, *, may_make: bool) -> Change:
        if before.lstrip("0") == after.lstrip("0"):
            return Change.ZEROS
        is_made = may_make and after not in self.known
        return Change.MADE_ID if is_made else Change.NAME_TO_ID

    def _report_nameless(self, extract: Extract, row: int) -> None:
        column = "name" if "name" in extract.headed.taken else "id"
        if row not in extract.unread.get(column, ()):
            report_blank(self.findings, extract, row, column)

    def _report_unknown(
        self, extract: Extract, row: int, column: str, name: str, parent: str | None
    ) -> None:
        among = self.known.children(parent) if parent else tuple(self.known)
        ids = {each.id for each in among}
        among = (*among, *(each for each in self.found if each.id not in ids))
        report_unknown(
            self.findings,
            extract,
            row,
            column,
            name,
            {each.id: each.name for each in among},
        )


def _place_of(extract: Extract, row: int) -> Place:
    return extract.headed.sheet.place(row, extract.naming)
