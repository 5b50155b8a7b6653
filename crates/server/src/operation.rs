//! One operation of the contract: how it is asked for, by whom, what it takes and gives, and what answers it.
//!
//! The router and the description of the server (`/openapi.json`) are both built of these, so they cannot differ.

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use waymark_api::http::problem::ProblemKind;

use crate::{
    guard::{Rate, Rules},
    state::State,
};

/// Makes a type's schema.
pub(crate) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody, without a token.
    Anyone,
    /// Anybody who holds a code or a token that goes into the body.
    Holder,
    /// Everybody who is signed in, about themselves.
    SignedIn,
    /// Managers, about their line; admins about everybody.
    ManagerOrAdmin,
    /// Authors.
    Author,
    /// Admins.
    Admin,
}

impl Who {
    /// In words, for the description.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Holder => "whoever holds the code or token in the body",
            Self::SignedIn => "signed in, about oneself; admins about others where it says so",
            Self::ManagerOrAdmin => "managers about their own line, admins about everybody",
            Self::Author => "authors",
            Self::Admin => "admins",
        }
    }

    /// Whether a token must be sent.
    pub(crate) fn needs_token(self) -> bool {
        !matches!(self, Self::Anyone | Self::Holder)
    }
}

/// A body, in or out.
#[derive(Clone, Copy)]
pub(crate) struct Content {
    /// Its media type.
    pub kind: &'static str,
    /// Its schema; `None` where it is no JSON of ours.
    pub schema: Option<SchemaOf>,
}

/// One operation.
pub(crate) struct Operation {
    /// Its method.
    pub method: Method,
    /// Its path, with `{name}` for what varies.
    pub path: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Who may ask.
    pub who: Who,
    /// What may stand after the question mark, and what it means.
    pub query: &'static [(&'static str, &'static str)],
    /// What goes in.
    pub takes: Option<Content>,
    /// What comes out when it is done, and its status.
    pub gives: (u16, Option<Content>),
    /// What else can come out, beside what follows from the rest.
    pub problems: &'static [ProblemKind],
    /// What it may use up.
    pub rules: Rules,
    /// What answers it.
    pub answer: MethodRouter<State>,
}

impl Operation {
    /// A `GET` that is answered with JSON.
    pub(crate) fn get<H: Handler<T, State>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new(Method::GET, MethodFilter::GET, path, handler)
    }

    /// A `POST`.
    pub(crate) fn post<H: Handler<T, State>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new(Method::POST, MethodFilter::POST, path, handler)
    }

    /// A `DELETE`.
    pub(crate) fn delete<H: Handler<T, State>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new(Method::DELETE, MethodFilter::DELETE, path, handler)
    }

    /// A `PATCH`.
    pub(crate) fn patch<H: Handler<T, State>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new(Method::PATCH, MethodFilter::PATCH, path, handler)
    }

    /// A `PUT`.
    pub(crate) fn put<H: Handler<T, State>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::new(Method::PUT, MethodFilter::PUT, path, handler)
    }

    fn new<H: Handler<T, State>, T: 'static>(
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        handler: H,
    ) -> Self {
        Self {
            method,
            path,
            about: "",
            who: Who::SignedIn,
            query: &[],
            takes: None,
            gives: (204, None),
            problems: &[],
            rules: Rules::USUAL,
            answer: on(filter, handler),
        }
    }

    /// What it does and who may ask.
    pub(crate) fn about(self, about: &'static str, who: Who) -> Self {
        Self { about, who, ..self }
    }

    /// What may stand after the question mark.
    pub(crate) fn query(self, query: &'static [(&'static str, &'static str)]) -> Self {
        Self { query, ..self }
    }

    /// JSON that goes in.
    pub(crate) fn takes<T: JsonSchema>(self) -> Self {
        self.takes_as("application/json", Some(SchemaGenerator::subschema_for::<T>))
    }

    /// A body of another kind that goes in.
    pub(crate) fn takes_as(self, kind: &'static str, schema: Option<SchemaOf>) -> Self {
        Self { takes: Some(Content { kind, schema }), ..self }
    }

    /// JSON that comes out.
    pub(crate) fn gives<T: JsonSchema>(self, status: u16) -> Self {
        let content = Content { kind: "application/json", schema: Some(SchemaGenerator::subschema_for::<T>) };
        Self { gives: (status, Some(content)), ..self }
    }

    /// Nothing that comes out, with this status.
    pub(crate) fn gives_empty(self, status: u16) -> Self {
        Self { gives: (status, None), ..self }
    }

    /// Something else that comes out.
    pub(crate) fn gives_as(self, status: u16, kind: &'static str) -> Self {
        Self { gives: (status, Some(Content { kind, schema: None })), ..self }
    }

    /// What else can come out.
    pub(crate) fn fails(self, problems: &'static [ProblemKind]) -> Self {
        Self { problems, ..self }
    }

    /// What it may use up, where that is not the usual.
    pub(crate) fn rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// How often a device may ask, where that is not the usual.
    pub(crate) fn rate(self, rate: Rate) -> Self {
        Self { rules: Rules { rate, ..self.rules }, ..self }
    }

    /// All problems that can come out, in the order of their status.
    pub(crate) fn all_problems(&self) -> Vec<ProblemKind> {
        let mut problems = self.problems.to_vec();
        if self.who.needs_token() {
            problems.extend([ProblemKind::SignIn, ProblemKind::SlowDown]);
        }
        if matches!(self.who, Who::Admin | Who::Author | Who::ManagerOrAdmin) {
            problems.push(ProblemKind::Forbidden);
        }
        if self.takes.is_some() {
            problems.extend([ProblemKind::BadRequest, ProblemKind::TooLarge, ProblemKind::WrongType]);
        }
        if !self.query.is_empty() {
            problems.push(ProblemKind::BadRequest);
        }
        if self.path.contains('{') {
            problems.push(ProblemKind::NotFound);
        }
        problems.extend([ProblemKind::TooLarge, ProblemKind::Unavailable, ProblemKind::Fault]);
        problems.sort_by_key(|problem| (problem.status(), format!("{problem:?}")));
        problems.dedup();
        problems
    }
}
