//! `verify`: how a step is proved (`journeys.md`, sections 8 to 10).

use super::probes::{COMMAND, GIT, PROBES, Probe, is_loopback};
use crate::{
    content::{
        fields::{Fields, nearest},
        yaml::{Node, Value},
    },
    diagnostic::{Findings, Position},
    journey::{DocRef, Role},
};

const KINDS: [&str; 8] = ["attest", "doc", "probe", "git", "confirm_by", "forge", "server", "quiz"];
/// Words with which people ask for a program of their own choice.
const FREE_FORM: [&str; 7] = ["command", "cmd", "run", "shell", "script", "exec", "argv"];
pub(super) const ROLES: [(&str, Role); 5] = [
    ("hire", Role::Hire),
    ("buddy", Role::Buddy),
    ("manager", Role::Manager),
    ("it", Role::It),
    ("owner", Role::Owner),
];

/// What the checks of a step mean for the rules about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Verify {
    /// Whether anything but the person's word is asked for.
    pub proves: bool,
    /// Who confirms the completion; the first that is named.
    pub confirm_by: Option<Role>,
    /// Whether one of the checks cannot run without a network.
    pub network: bool,
    /// Pages that have to be read.
    pub docs: Vec<(DocRef, Position)>,
}

/// Reads `verify` of a step that `role` performs.
pub(super) fn read(node: &Node, role: Role, findings: &mut Findings) -> Verify {
    let mut verify = Verify::default();
    Reader { role, verify: &mut verify, findings }.each(node);
    verify
}

struct Reader<'r> {
    role: Role,
    verify: &'r mut Verify,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    fn each(&mut self, node: &Node) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.each(item)),
            Value::Scalar { text, .. } => {
                if !matches!(text.as_str(), "attest" | "true" | "false") {
                    self.unknown_kind(text, node.at);
                }
            }
            Value::Map(_) => {
                if let Some(fields) = Fields::of(node, "J070", "a check", self.findings) {
                    self.check(&fields);
                }
            }
        }
    }

    fn check(&mut self, fields: &Fields<'_>) {
        let groups = ["all", "any"].into_iter().filter_map(|key| fields.get(key));
        let mut known = false;
        for group in groups {
            known = true;
            self.each(group);
        }
        for entry in fields.entries() {
            let value = &entry.value;
            known |= KINDS.contains(&entry.key.as_str()) || entry.key.starts_with("x-");
            match entry.key.as_str() {
                "probe" => self.probe(fields, value),
                "git" => self.git(value),
                "confirm_by" => self.confirm_by(value),
                "doc" => {
                    self.verify.docs.extend(value.text().map(|text| (DocRef::parse(text), value.at)));
                }
                "forge" | "server" => self.verify.network = true,
                _ => {}
            }
            self.verify.proves |= matches!(entry.key.as_str(), "probe" | "git" | "forge" | "server" | "quiz");
        }
        if known {
            return;
        }
        match fields.entries().iter().find(|entry| FREE_FORM.contains(&entry.key.as_str())) {
            Some(entry) => self.free_form(entry.key_at),
            None => {
                if let Some(first) = fields.entries().first() {
                    self.unknown_kind(&first.key, first.key_at);
                }
            }
        }
    }

    fn unknown_kind(&mut self, given: &str, at: Position) {
        let is_probe = PROBES.iter().any(|probe| probe.name == given);
        let near = nearest(given, &KINDS);
        let finding = self.findings.error("J070", at, format!("`{given}` is not a way to check a step"));
        finding.help(match near {
            _ if is_probe => format!("Write `{{probe: {given}, …}}`."),
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("A check is one of {}, or `all` or `any` of several.", KINDS.join(", ")),
        });
    }

    fn free_form(&mut self, at: Position) {
        self.findings
            .error("J071", at, "a journey cannot run a command of its own: no team policy allows it")
            .help("Ask for something a probe can see, such as tool-version, file-exists or port-listening.");
    }

    fn probe(&mut self, fields: &Fields<'_>, value: &Node) {
        let Some(name) = value.text() else {
            self.findings.error("J070", value.at, "`probe` must name a kind, for instance tool-version");
            return;
        };
        let Some(probe) = PROBES.iter().find(|probe| probe.name == name) else {
            let names: Vec<&str> = PROBES.iter().map(|probe| probe.name).filter(|name| *name != COMMAND).collect();
            let near = nearest(name, &names);
            let finding = self.findings.error("J070", value.at, format!("`{name}` is not a probe that Waymark has"));
            finding.help(match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("There are {}.", names.join(", ")),
            });
            return;
        };
        self.verify.network |= probe.network;
        if name == COMMAND {
            self.free_form(value.at);
            return;
        }
        self.parameters(probe, fields, value.at);
    }

    fn parameters(&mut self, probe: &Probe, fields: &Fields<'_>, at: Position) {
        let known: Vec<&str> = probe.needs.iter().chain(probe.more).copied().collect();
        for entry in fields.entries() {
            let key = entry.key.as_str();
            if matches!(key, "probe" | "attest" | "all" | "any") || key.starts_with("x-") || known.contains(&key) {
                continue;
            }
            let message = format!("`{key}` is not a parameter of the probe `{}`", probe.name);
            let finding = self.findings.error("J070", entry.key_at, message);
            finding.help(match nearest(key, &known) {
                _ if KINDS.contains(&key) => "Put several checks below `all` or `any`.".to_owned(),
                Some(near) => format!("Did you mean `{near}`?"),
                None if known.is_empty() => "It has none; remove it.".to_owned(),
                None => format!("It has {}.", known.join(", ")),
            });
        }
        if !probe.needs.is_empty() && !probe.needs.iter().any(|key| fields.get(key).is_some()) {
            let message = format!("the probe `{}` does not say which {}", probe.name, probe.needs.join(" or "));
            self.findings.error("J070", at, message).help(format!("Add `{}:`.", probe.needs[0]));
        }
        for key in ["url", "host"] {
            let Some(node) = fields.get(key).filter(|_| known.contains(&key)) else { continue };
            if node.text().is_some_and(|text| !text.contains("{{") && !is_loopback(text)) {
                self.findings
                    .error("J070", node.at, format!("`{key}` leads off this machine, and a probe stays on it"))
                    .help("Write for instance http://127.0.0.1:8080, or let somebody confirm the step.");
            }
        }
    }

    fn git(&mut self, value: &Node) {
        let Some(name) = value.text().filter(|name| !GIT.contains(name)) else { return };
        let near = nearest(name, &GIT);
        let finding = self.findings.error("J070", value.at, format!("`{name}` is not something seen in a clone"));
        finding.help(match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("There are {}.", GIT.join(", ")),
        });
    }

    fn confirm_by(&mut self, value: &Node) {
        self.verify.proves = true;
        for node in value.items() {
            let Some(name) = node.text() else { continue };
            match ROLES.iter().find(|(word, _)| *word == name) {
                Some((_, role)) if *role == self.role => {
                    self.findings
                        .warning("J073", node.at, format!("`{name}` performs this step and would confirm it as well"))
                        .help("Name somebody else, or leave `confirm_by` out.");
                }
                Some((_, role)) => {
                    self.verify.confirm_by.get_or_insert(*role);
                }
                None => {
                    let words = ROLES.map(|(word, _)| word);
                    let near = nearest(name, &words);
                    let finding =
                        self.findings.error("J070", node.at, format!("`{name}` is not a role that can confirm"));
                    finding.help(match near {
                        Some(near) => format!("Did you mean `{near}`?"),
                        None => format!("It is one of {}.", words.join(", ")),
                    });
                }
            }
        }
    }
}
