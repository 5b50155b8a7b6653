//! Personas and the jobs they want done.

use super::Parts;
use crate::{
    content::{fields::Fields, markdown::BlockKind, words::file_stem},
    diagnostic::Findings,
    id::{JobId, PersonaId},
    roadmap::{Job, Persona, Roadmap},
};

pub(super) fn persona(path: &str, source: &str, roadmap: &mut Roadmap, findings: &mut Findings) {
    let parts = Parts::read(source, findings);
    let known = ["schema", "id", "name", "size", "people", "pains", "tools", "blockers", "tags"];
    let fields = parts.fields("waymark.persona/1", &known, findings);
    let id = PersonaId::new(id(&fields, path, findings));
    if roadmap.personas.iter().any(|persona| persona.id == id) {
        findings.error("R002", fields.place("id"), format!("persona `{id}` exists twice"));
        return;
    }
    let name = fields.text("name", findings).or_else(|| heading(&parts)).unwrap_or_else(|| id.to_string());
    roadmap.personas.push(Persona { people: people(&fields, findings), id, name, body: parts.body() });
}

/// `people: 60`, or `size: 60`, or `size: {people: 60, source: …, date: …}`.
fn people(fields: &Fields<'_>, findings: &mut Findings) -> Option<u32> {
    if fields.get("people").is_some() {
        return fields.number("people", findings);
    }
    let size = fields.get("size")?;
    if size.text().is_some() {
        return fields.number("size", findings);
    }
    let size = fields.map("size", findings)?;
    size.only(&["people", "source", "date", "at"], "R001", findings);
    size.number("people", findings)
}

pub(super) fn job(path: &str, source: &str, roadmap: &mut Roadmap, findings: &mut Findings) {
    let parts = Parts::read(source, findings);
    let known = ["schema", "id", "statement", "personas", "persona", "path", "tags"];
    let fields = parts.fields("waymark.job/1", &known, findings);
    let id = JobId::new(id(&fields, path, findings));
    if roadmap.jobs.iter().any(|job| job.id == id) {
        findings.error("R002", fields.place("id"), format!("job `{id}` exists twice"));
        return;
    }
    let statement = fields.text("statement", findings).or_else(|| heading(&parts)).unwrap_or_else(|| id.to_string());
    let personas = fields.texts("personas", findings).into_iter().chain(fields.texts("persona", findings));
    roadmap.jobs.push(Job { id, statement, personas: personas.map(|(id, _)| PersonaId::new(id)).collect() });
}

/// The id as given, or the file's name.
pub(super) fn id(fields: &Fields<'_>, path: &str, findings: &mut Findings) -> String {
    let given = fields.text("id", findings);
    if given.is_none() && fields.get("id").is_none() && !fields.entries().is_empty() {
        findings
            .error("R001", fields.at, "the front matter lacks `id`")
            .help(format!("Add `id: {}`.", file_stem(path)));
    }
    given.unwrap_or_else(|| crate::id::slugify(file_stem(path), "item"))
}

fn heading(parts: &Parts<'_>) -> Option<String> {
    parts.document.blocks.iter().find(|block| block.kind == BlockKind::Heading(1)).map(|block| block.plain())
}
