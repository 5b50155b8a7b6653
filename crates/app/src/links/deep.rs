//! `waymark://` addresses, which other programs hand over: a chat, an issue, a browser.

use waymark_core::docs::ID_PREFIX;

/// The scheme, as the desktop file and the bundle name it.
pub const SCHEME: &str = "waymark";
/// Longest address that is read, in bytes.
const LONGEST: usize = 2_048;

/// The app's route of a `waymark://` address; `None` for anything else.
///
/// `waymark://docs/<site>/<path>#<heading>`, `waymark://checklist/<journey>/<step>`, `waymark://roadmap/<item>`,
/// `waymark://today`, and `waymark://join?server=…&code=…`, which leads to the account page with the invite in its
/// field. The address comes from a stranger: it can choose a place to look at and nothing else, and
/// whatever is no plain path is refused. The interface checks once more that the place is one of its own.
pub fn route_of(address: &str) -> Option<String> {
    let plain = address.len() <= LONGEST && address.chars().all(|c| !c.is_control() && !c.is_whitespace());
    let (scheme, rest) = address.split_once(':')?;
    if !plain || !scheme.eq_ignore_ascii_case(SCHEME) {
        return None;
    }
    let rest = rest.trim_start_matches('/');
    if rest.split(['?', '/']).next().is_some_and(|place| place.eq_ignore_ascii_case("join")) {
        // The whole link goes into the field where a person would paste it; nothing is joined by it alone.
        return Some(format!("/settings/account?invite={}", encoded(address)));
    }
    let (rest, heading) = rest.split_once('#').map_or((rest, None), |(rest, id)| (rest, Some(id)));
    let path = rest.split('?').next().unwrap_or_default().trim_end_matches('/');
    let mut segments = path.split('/');
    let place = segments.next()?.to_ascii_lowercase();
    if !["today", "docs", "checklist", "roadmap"].contains(&place.as_str()) {
        return None;
    }
    let mut route = format!("/{place}");
    for segment in segments {
        if matches!(segment, "" | "." | "..") || segment.contains('\\') {
            return None;
        }
        route.push('/');
        route.push_str(segment);
    }
    if let Some(id) = heading.filter(|id| !id.is_empty()) {
        route.push_str(&format!("#{ID_PREFIX}{}", id.strip_prefix(ID_PREFIX).unwrap_or(id)));
    }
    Some(route)
}

/// Percent-encodes all but letters, digits and what is never special (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_places_of_the_app() {
        for (address, route) in [
            ("waymark://docs/corvane/start/vpn.md#import", "/docs/corvane/start/vpn.md#doc-import"),
            ("waymark://docs/corvane/start/vpn.md#doc-import", "/docs/corvane/start/vpn.md#doc-import"),
            ("waymark://docs/corvane/a%20b.md", "/docs/corvane/a%20b.md"),
            ("WAYMARK:docs/corvane/", "/docs/corvane"),
            ("waymark://roadmap/self-service?utm=x", "/roadmap/self-service"),
            ("waymark://today/", "/today"),
            (
                "waymark://join?server=https://team.example&code=7K3M-9QXD",
                "/settings/account?invite=waymark%3A%2F%2Fjoin%3Fserver%3Dhttps%3A%2F%2Fteam.example%26code%3D7K3M-9QXD",
            ),
        ] {
            assert_eq!(route_of(address).as_deref(), Some(route), "{address}");
        }
    }

    #[test]
    fn everything_else_leads_nowhere() {
        for address in [
            "https://example.com/docs/x",
            "waymark://settings/privacy",
            "waymark://docs/../settings",
            "waymark://docs//x",
            "waymark://docs/a\\b",
            "waymark://docs/a b",
            "waymark://",
            "waymark",
            "--data-dir",
            "javascript:alert(1)",
        ] {
            assert_eq!(route_of(address), None, "{address}");
        }
        assert_eq!(route_of(&format!("waymark://docs/{}", "a".repeat(LONGEST))), None);
    }
}
