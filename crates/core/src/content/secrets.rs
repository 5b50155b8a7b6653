//! Texts that look like a key, a token or a password (`J090`).
//!
//! Issuers give their keys a known beginning, so that they can be found; everything else counts only
//! next to a word that says what it is, and only where it looks like no word and no gap.

/// Beginnings of keys, and how many letters and digits must follow.
const PREFIXES: [(&str, usize); 22] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghu_", 30),
    ("ghs_", 30),
    ("ghr_", 30),
    ("github_pat_", 30),
    ("glpat-", 18),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("xoxs-", 20),
    ("AIza", 30),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("sk-ant-", 20),
    ("npm_", 30),
    ("pypi-", 30),
    ("dop_v1_", 30),
    ("hvs.", 20),
    ("SG.", 30),
];

/// Words before a value, and how long the value must at least be to be no plain word.
const NAMES: [(&str, usize); 16] = [
    ("password", 6),
    ("passwd", 6),
    ("passphrase", 8),
    ("passwort", 6),
    ("kennwort", 6),
    ("pwd", 6),
    ("api_key", 16),
    ("api-key", 16),
    ("api key", 16),
    ("apikey", 16),
    ("access_key", 16),
    ("access key", 16),
    ("client_secret", 16),
    ("secret_key", 16),
    ("secret", 16),
    ("token", 16),
];

const MAX_VALUE: usize = 300;
/// `pwd=a1b2c3`, the shortest that is looked for.
const SHORTEST: usize = 10;

/// Values that only stand for one.
const STAND_INS: [&str; 12] = [
    "example",
    "changeme",
    "change-me",
    "change_me",
    "your",
    "placeholder",
    "redacted",
    "dummy",
    "insert",
    "sample",
    "xxxx",
    "....",
];

/// Every place that looks like a secret, in bytes, with what it looks like.
pub(super) fn find(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        // Most lines are too short to hold a name and a value, or a key.
        if line.len() < SHORTEST {
            start = end;
            continue;
        }
        let one = private_key(line, &text[end..])
            .or_else(|| known_key(line))
            .or_else(|| in_address(line))
            .or_else(|| named(line));
        // At most one finding a line: a key after its name is the same key.
        found.extend(one.map(|(at, what)| (start + at, what)));
        start = end;
    }
    found
}

/// The beginning of a key with some of the key behind it; the line alone is how such keys are described.
fn private_key(line: &str, after: &str) -> Option<(usize, &'static str)> {
    let at = line.find("-----BEGIN ")?;
    let (_, behind) = line[at..].split_once("PRIVATE KEY-----")?;
    // In JSON the line breaks are written out.
    let behind = behind.trim_start_matches("\\n").trim();
    let body = if behind.is_empty() { after.lines().next().unwrap_or("").trim() } else { behind };
    let length =
        body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='))).unwrap_or(body.len());
    (length >= 10 && !stands_in(&body[..length])).then_some((at, "a private key"))
}

fn known_key(line: &str) -> Option<(usize, &'static str)> {
    for (at, word) in words(line, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) {
        if word.len() < 16 {
            continue;
        }
        let known = PREFIXES.iter().any(|(prefix, length)| {
            word.strip_prefix(prefix).is_some_and(|rest| {
                let rest = rest.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).next();
                rest.is_some_and(|rest| rest.len() >= *length && is_varied(rest))
            })
        });
        if known {
            return Some((at, "a key"));
        }
        // Three parts, of which the first two are JSON in Base64.
        let parts: Vec<&str> = word.split('.').collect();
        if let [head, body, sign] = parts[..]
            && head.starts_with("eyJ")
            && body.starts_with("eyJ")
            && sign.len() >= 16
        {
            return Some((at, "a signed token"));
        }
    }
    None
}

/// `https://somebody:password@host`.
fn in_address(line: &str) -> Option<(usize, &'static str)> {
    for (at, _) in line.match_indices("://") {
        let rest = &line[at + 3..];
        let authority = rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '`' | ')'));
        let Some((user, _)) = authority.into_iter().next().and_then(|authority| authority.rsplit_once('@')) else {
            continue;
        };
        if let Some((_, password)) = user.split_once(':')
            && password.len() >= 6
            && !["password", "passwd", "secret", "token"].contains(&password)
            && !stands_in(password)
        {
            return Some((at + 3, "a password in an address"));
        }
    }
    None
}

/// `password: …`, `API_KEY=…`, "the password is …".
fn named(line: &str) -> Option<(usize, &'static str)> {
    if !line.contains([':', '=']) && !line.contains("is ") {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    for (name, length) in NAMES {
        for (at, _) in lower.match_indices(name) {
            let rest = &line[at + name.len()..];
            let rest = rest.trim_start_matches(['"', '\'', '`', '*', ' ']);
            let value = rest.strip_prefix([':', '=']).or_else(|| rest.strip_prefix("is "));
            let Some(value) = value else { continue };
            // Values are short; looking further for their end would only cost time.
            let value = &value[..value.floor_char_boundary(MAX_VALUE)];
            let value = value.trim_start_matches(['=', ':', '"', '\'', '`', '*', ' ']);
            let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | ';' | '}' | ')'));
            let value = &value[..end.unwrap_or(value.len())];
            let elided = value.ends_with("..") || value.ends_with('…');
            let value = value.trim_end_matches(['.', '*', '!', '?']);
            if !elided && value.len() >= length && is_made_up(value, length) {
                return Some((at, if length < 16 { "a password" } else { "a key or token" }));
            }
        }
    }
    None
}

/// Letters and digits in one piece, and nothing that stands for a value somewhere else.
fn is_made_up(value: &str, length: usize) -> bool {
    let code = value.contains(['/', '\\', '(', '<', '{', '[', '$', '%']) || value.contains("::");
    let long_run = value.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| run.len() >= 12 && has_both(run));
    !code && !stands_in(value) && has_both(value) && (length < 16 || long_run)
}

fn has_both(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_alphabetic()) && text.contains(|c: char| c.is_ascii_digit())
}

fn stands_in(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    STAND_INS.iter().any(|word| lower.contains(word))
        || value.starts_with(['$', '<', '{', '[', '%', '*'])
        || !is_varied(value)
}

/// Whether a text has some variety: `xxxxxxxx` and `00000000` are drawn, not issued.
fn is_varied(text: &str) -> bool {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    letters.len() >= 5.min(text.len())
}

/// Runs of characters that belong together, with their bytes.
fn words(line: &str, inside: impl Fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, c) in line.char_indices().chain([(line.len(), '\n')]) {
        match (from, inside(c)) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                found.push((start, &line[start..at]));
                from = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    // Put together here, so that no scanner takes this file for a leak.
    fn key(prefix: &str) -> String {
        format!("{prefix}{}", "Zk3Vq9Lm2Xt7Rb5Wn8Ys4Pd6Hf1Jc0GaUe")
    }

    #[test]
    fn keys_and_passwords_are_found_where_they_begin() {
        let lines = [
            (format!("Use {} for now", key("ghp_")), 4),
            (format!("export KEY={}", key("glpat-")), 11),
            (format!("aws configure set {}", "AKIAIOSFODNN7EXAMPLE"), 18),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n".to_owned(), 0),
            ("\"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkq\\n\"".to_owned(), 1),
            ("git clone https://ada:s3cr3t-9@code.example/x.git".to_owned(), 18),
            ("The Wi-Fi password is `tr0mbone-42`.".to_owned(), 10),
            ("password: hunter22".to_owned(), 0),
            ("DB_PASSWORD=\"Wint3r!2026\"".to_owned(), 3),
            (format!("api_key: {}", &key("")[..24]), 0),
            (format!("Token: eyJhbGciOi.eyJzdWIiOi.{}", &key("")[..20]), 7),
        ];
        for (line, at) in lines {
            assert_eq!(find(&line).first().map(|(at, _)| *at), Some(at), "{line}");
            assert_eq!(find(&format!("é\n{line}")).first().map(|(at, _)| *at), Some(at + 3), "{line}");
        }
    }

    #[test]
    fn words_gaps_and_names_of_secrets_are_none() {
        for line in [
            "Choose a password: at least 12 characters",
            "password: ask your buddy",
            "password: <the one from your card>",
            "password: your-password-1",
            "PASSWORD=$DB_PASSWORD1",
            "password: ${{ secrets.DB_PASSWORD1 }}",
            "token: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "secret: billing-database-2024-v2",
            "token: ci-deploy-token-2026",
            "password: vault:kv/billing1",
            "The password is in 1Password",
            "https://code.example/a:b@c",
            "git clone ssh://git@code.example/x.git",
            "https://user:password@host.example/",
            "passwords, which expire every 60 days",
            "AKIA is how such keys begin",
            "It begins with `-----BEGIN RSA PRIVATE KEY-----`.",
            "-----BEGIN RSA PRIVATE KEY-----\n...\n",
            "-----BEGIN RSA PRIVATE KEY-----\nREDACTED12345\n",
            "token=eyJhbGciOiJIUzI1Ni...",
            "",
        ] {
            assert_eq!(find(line), [], "{line}");
        }
    }
}
