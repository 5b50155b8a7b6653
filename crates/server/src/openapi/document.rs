//! Operations as an OpenAPI 3.1 document.

use std::collections::BTreeMap;

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use waymark_api::http::{
    PROBLEM_TYPE,
    problem::{Problem, ProblemKind},
};

use crate::operation::{Content, Operation};

/// Where OpenAPI keeps schemas.
const SCHEMAS: &str = "/components/schemas";

/// The whole document.
pub(crate) fn document(operations: &[Operation]) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = SCHEMAS.into();
    settings.meta_schema = None;
    let mut schemas = settings.into_generator();
    let problem = schemas.subschema_for::<Problem>();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in operations {
        let described = describe(operation, &problem, &mut schemas);
        paths.entry(operation.path).or_default().insert(operation.method.as_str().to_lowercase(), described);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Waymark team server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Errors are application/problem+json (RFC 9457); clients act on the last part of `type`. \
                Unknown fields of a request are refused. A foreign id is answered like a missing one.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas.take_definitions(true),
        },
    })
}

/// One operation.
fn describe(operation: &Operation, problem: &schemars::Schema, schemas: &mut SchemaGenerator) -> Value {
    let in_path = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameters: Vec<Value> = in_path
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .chain(operation.query.iter().map(|(name, about)| {
            json!({ "name": name, "in": "query", "description": about, "schema": { "type": "string" } })
        }))
        .collect();
    let (status, gives) = &operation.gives;
    let mut responses = Map::new();
    let mut done = json!({ "description": "Done." });
    if let Some(gives) = gives {
        done["content"] = content(gives, schemas);
    }
    responses.insert(status.to_string(), done);
    for kind in operation.all_problems() {
        let entry = responses
            .entry(kind.status().to_string())
            .or_insert_with(|| json!({ "description": "", "content": { PROBLEM_TYPE: { "schema": problem } } }));
        let names = entry["description"].as_str().unwrap_or_default();
        entry["description"] = format!("{names}{}`{}`", if names.is_empty() { "" } else { ", " }, name(kind)).into();
    }
    let mut described = json!({
        "operationId": id(operation),
        "summary": operation.about,
        "x-waymark-who": operation.who.words(),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(takes) = &operation.takes {
        described["requestBody"] = json!({ "required": true, "content": content(takes, schemas) });
    }
    if operation.who.needs_token() {
        described["security"] = json!([{ "token": [] }]);
    }
    described
}

fn content(content: &Content, schemas: &mut SchemaGenerator) -> Value {
    let media = match content.schema {
        Some(schema) => json!({ "schema": schema(schemas) }),
        None => json!({}),
    };
    json!({ content.kind: media })
}

/// `getV1SessionsId`.
fn id(operation: &Operation) -> String {
    let mut id = operation.method.as_str().to_lowercase();
    for word in operation.path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        id.push_str(&first.to_uppercase());
        id.push_str(rest);
    }
    id
}

/// The last part of a problem's `type`.
fn name(kind: ProblemKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
