"""Everything that a dossier encloses, put together from one judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cli.case import Case, case_of
from cli.dossier.contents import contents
from cli.dossier.names import names_of
from cli.dossier.papers import Papers, letterhead
from cli.dossier.view import Dossier
from cli.dossier.view_from_judged import dossier_from_judged
from cli.file_names import file_stems
from cli.language import speaking
from cli.options import Question
from cli.papers.word import docx_from_paper
from cli.progress import Progress
from cli.words.wording import Wording
from engine.assess import judge_localities
from engine.assessment import Assessment
from engine.assessment_from_judged import assessment_from_judged
from engine.desk.workbook_from_pack.excel import bytes_of_table
from engine.errors import N_, Problems, QuestionError
from engine.facts import Facts
from engine.judged import Judged
from engine.library import papers_beside
from engine.pack import Pack
from engine.proof_from_judged import proof_of
from engine.review.dossier.enclosure import (
    assessment_written,
    facts_enclosed,
    facts_from_parts,
    judged_within,
    rules_enclosed,
    rules_from_parts,
)
from engine.review.dossier.evidence import (
    Demand,
    Evidence,
    demands_of,
    evidence_enclosed,
    evidence_from_folder,
)
from engine.review.dossier.manifest import (
    ASSESSMENT,
    MANIFEST,
    SIGNATURE,
    Manifest,
    digests_of,
    json_from_manifest,
)
from engine.review.dossier.procedure import Procedure
from engine.review.dossier.procedure_from_yaml import procedure_from_yaml
from engine.review.dossier.signature import Signer
from engine.source import Place

_PAPERS_IN: Final = "vi"


@dataclass(frozen=True, slots=True)
class Order:
    """Whose dossier is wanted, which copy, with what evidence and templates."""

    locality: str
    evidence: Path | None
    public: bool
    templates: Path | None


def parts_of(
    question: Question, order: Order, signer: Signer | None, progress: Progress
) -> tuple[dict[str, bytes], Manifest]:
    """Return the parts of a dossier, its manifest and signature among them.

    Raises:
        EngineError: the rules, the facts, the evidence, the question or a template are
            at fault.
    """
    case = case_of(question, progress)
    procedure = _procedure_of(case.pack)
    rules = rules_enclosed(case.pack)
    _refuse_changed_meanwhile(case, rules)
    facts = facts_enclosed(case.facts, case.pack.vocabulary, order.locality)
    judged = judge_localities(
        case.pack,
        _facts_to_judge(case, facts, public=order.public),
        question.as_of,
        outside_force=question.outside_force,
        progress=progress,
    )
    judged = judged_within(judged, order.locality)
    asked = _Asked(case, judged, assessment_from_judged(judged), procedure)
    _refuse_other_level(asked, order.locality)
    evidence = _evidence(order, case.pack, asked.assessment)
    demands = demands_of(case.pack, asked.assessment, evidence)
    parts = _papers(asked, order, demands, progress) | rules
    if not order.public:
        stems = file_stems(each.id for each in asked.assessment.localities)
        answer = {ASSESSMENT: assessment_written(asked.judged)}
        parts |= facts | evidence_enclosed(evidence, stems) | answer
    manifest = _manifest(asked, order, demands, parts, signer)
    parts[MANIFEST] = json_from_manifest(manifest)
    if signer is not None:
        parts[SIGNATURE] = signer.sign(parts[MANIFEST])
    return parts, manifest


@dataclass(frozen=True, slots=True)
class _Asked:
    case: Case
    judged: Judged
    """The facts that concern the dossier, and what they come to by themselves."""
    assessment: Assessment
    procedure: Procedure


def _facts_to_judge(case: Case, parts: Mapping[str, bytes], *, public: bool) -> Facts:
    """Return the facts that are enclosed, as whoever receives them will read them.

    What is wrong with them is told of the files that they come from. A public copy
    does not tell their digest: few rows could be guessed from it.
    """
    facts, whole = facts_from_parts(parts, case.pack.vocabulary), case.facts
    return replace(
        facts,
        localities=replace(facts.localities, file=whole.localities.file),
        registers={
            name: replace(table, file=whole.registers[name].file)
            for name, table in facts.registers.items()
        },
        sha256=whole.sha256 if public else facts.sha256,
    )


def _procedure_of(pack: Pack) -> Procedure:
    found = papers_beside(pack)
    if found is not None:
        name, data = found
        return procedure_from_yaml(data, name, pack)
    problems = Problems()
    problems.error(
        "no-papers",
        pack.place,
        N_("nothing says which papers belong to a dossier by this pack"),
        N_("write <pack>.papers.yaml beside it, as docs/committee.md shows"),
    )
    raise problems.as_error(QuestionError)


def _refuse_other_level(asked: _Asked, locality: str) -> None:
    results = asked.assessment.localities
    found = next((each for each in results if each.id == locality), None)
    if found is None:  # it says that the level is not judged
        found = proof_of(asked.judged, locality).locality
    if found.level in asked.procedure.levels:
        return
    problems, said = Problems(), Wording(asked.case.pack).level
    problems.error(
        "dossier-other-level",
        Place(asked.case.facts.localities.file),
        N_("{locality} is of the level {level}, of which no dossiers are made"),
        N_("name a locality of one of these levels: {levels}"),
        locality=locality,
        level=said(found.level),
        levels=", ".join(map(said, asked.procedure.levels)),
    )
    raise problems.as_error(QuestionError)


def _evidence(order: Order, pack: Pack, within: Assessment) -> Evidence:
    if order.evidence is None:
        return Evidence({})
    return evidence_from_folder(order.evidence, pack, within)


def _papers(
    asked: _Asked, order: Order, demands: tuple[Demand, ...], progress: Progress
) -> dict[str, bytes]:
    above = _above(asked, order.locality)
    parts: dict[str, bytes] = {}
    with speaking(_PAPERS_IN):  # papers of state are in Vietnamese, whoever makes them
        dossier = dossier_from_judged(
            asked.judged,
            order.locality,
            demands,
            above=above,
            public=order.public,
        )
        names = names_of(dossier.locality, above)
        papers = Papers(dossier, asked.procedure, names, order.templates)
        written = list(papers.written())
        for number, (name, paper) in enumerate(written, start=1):
            folder = letterhead(order.templates, paper)
            parts[f"{name}.docx"] = docx_from_paper(paper, folder)
            progress("writing", number / len(written))
        for name, each in papers.orders.items():
            if each.workbook:
                parts[f"{name}.xlsx"] = _workbook(dossier)
    parts["README.md"] = contents(dossier, papers.orders).encode()
    return parts


def _above(asked: _Asked, locality: str) -> str:
    """Return the name of the locality above, else the one that the procedure names."""
    frame = asked.case.facts.localities.frame.select("id", "name", "parent").collect()
    names = dict(frame.select("id", "name").iter_rows())
    parents = dict(frame.select("id", "parent").iter_rows())
    return str(names.get(parents[locality], asked.procedure.above))


def _workbook(dossier: Dossier) -> bytes:
    header = ["TT", "Mã", "Địa bàn", "Cấp"]
    header += [each for each, _title in dossier.criteria]
    header += ["Kết luận"]
    rows: list[list[str | int]] = [
        [number, each.id, each.full_name, each.level, *each.outcomes, each.verdict]
        for number, each in enumerate(dossier.results, start=1)
    ]
    title = f"{dossier.locality}: {dossier.pack_title}, xét tại {dossier.day}"
    return bytes_of_table(title, header, rows)


def _refuse_changed_meanwhile(case: Case, rules: Mapping[str, bytes]) -> None:
    """Refuse rules that were written to since they were read."""
    if rules_from_parts(rules).sha256 == case.pack.sha256:
        return
    problems = Problems()
    problems.error(
        "rules-changed-meanwhile",
        case.pack.place,
        N_("the rules changed while they were read"),
        N_("ask again when nobody writes to them"),
    )
    raise problems.as_error(QuestionError)


def _manifest(
    asked: _Asked,
    order: Order,
    demands: tuple[Demand, ...],
    parts: Mapping[str, bytes],
    signer: Signer | None,
) -> Manifest:
    answer = asked.assessment
    lacking = {each.kind: each.lacking for each in demands if each.lacking}
    return Manifest(
        version=answer.version,
        locality=order.locality,
        as_of=answer.as_of,
        outside_force=answer.outside_force,
        public=order.public,
        pack=answer.pack,
        rules_sha256=answer.pack_sha256,
        facts_sha256=answer.facts_sha256,
        taken_from=asked.case.facts.sha256,
        complete=not lacking,
        lacking={} if order.public else lacking,
        signed_by=signer.public if signer else None,
        parts=digests_of(parts),
    )
