//! Joining a team.

use serde_json::Value;
use waymark_api::{
    http::{
        VERSION,
        auth::{self, Enrol, Enrolled, Hello, InviteCard, Me},
    },
    ipc::{
        account::{AccountView, InviteView, Join, LookAtInvite},
        settings::SavePreferences,
    },
    topic::Topic,
};
use waymark_core::id::DeviceId;
use waymark_store::{Membership, WriteError};
use waymark_sync::team::{
    client::{CallError, ServerAddress, TeamClient},
    key::DeviceKey,
};

use super::{account, content, running, server::input, tokens::Secret};
use crate::{App, AppError};

/// Longest name of a device, in characters.
const LABEL: usize = 60;

/// Where an invite leads.
struct Invite {
    server: ServerAddress,
    code: String,
}

/// Looks at an invite; nothing is used up, and the server learns nothing about the person.
///
/// # Errors
///
/// Where it is no invite, or the server cannot be reached or does not know it.
pub async fn look_at_invite(app: &App, request: LookAtInvite) -> Result<InviteView, AppError> {
    let invite = parse(&request.invite, request.server.as_deref())?;
    let client = TeamClient::new(invite.server.clone())?;
    let body = auth::LookAtInvite { code: invite.code };
    let card: InviteCard = client.post(None, &["invites", "look"], &body).await?;
    Ok(InviteView {
        server: invite.server.to_string(),
        server_name: card.server_name,
        name: card.name,
        team: card.team,
        manager: card.manager,
        roles: card.roles,
        expires: app.local(card.expires),
        loopback: invite.server.is_plain_loopback(),
    })
}

/// Joins: makes the device's key, keeps the tokens, and fetches content and journeys. What was done before
/// stays on this device.
///
/// # Errors
///
/// Where the person is a member of another team, the invite cannot be used, or the library cannot be written.
pub async fn join(app: &App, request: Join) -> Result<AccountView, AppError> {
    let invite = parse(&request.invite, request.server.as_deref())?;
    let joining = Joining::prepare(app, invite.server).await?;
    let newcomer = joining.newcomer(app, &request.label).await?;
    let enrol = Enrol {
        code: invite.code,
        device: newcomer.device,
        public_key: newcomer.key.public(),
        label: newcomer.label.clone(),
    };
    let enrolled = joining.client.post(None, &["enrol"], &enrol).await?;
    joining.settle(app, newcomer, enrolled).await
}

/// A server that may be joined, before the person is known there.
pub(super) struct Joining {
    pub(super) client: TeamClient,
    pub(super) hello: Hello,
    before: Option<Membership>,
}

/// This device as it introduces itself.
pub(super) struct Newcomer {
    pub(super) key: DeviceKey,
    pub(super) device: DeviceId,
    pub(super) label: String,
}

impl Joining {
    /// Greets a server.
    ///
    /// # Errors
    /// Where it cannot be reached or speaks another version, or the person is a member of another team.
    pub(super) async fn prepare(app: &App, server: ServerAddress) -> Result<Self, AppError> {
        let before = app.db().await?.membership().get().await?;
        let address = server.to_string();
        if let Some(member) = before.as_ref().filter(|member| member.server != address) {
            return Err(AppError::Input {
                why: format!("you are a member of {} on this computer; leave it first", member.server_name),
            });
        }
        let client = TeamClient::new(server)?;
        let hello: Hello = client.get(None, &["hello"], &[]).await?;
        if !hello.versions.contains(&VERSION) {
            return Err(AppError::Input {
                why: format!("{} needs another version of Waymark; install the newest one", hello.name),
            });
        }
        Ok(Self { client, hello, before })
    }

    /// Makes this device's key.
    ///
    /// # Errors
    /// Where the system has no randomness.
    pub(super) async fn newcomer(&self, app: &App, label: &str) -> Result<Newcomer, AppError> {
        let db = app.db().await?;
        let label: String = label.trim().chars().take(LABEL).collect();
        Ok(Newcomer {
            key: DeviceKey::generate().map_err(input)?,
            device: self.before.as_ref().map_or(db.device(), |member| member.device),
            label: if label.is_empty() { "This computer".to_owned() } else { label },
        })
    }

    /// Keeps the tokens, becomes a member, and fetches content and journeys.
    ///
    /// # Errors
    /// Where the server does not say who the person is, or the library cannot be written.
    pub(super) async fn settle(
        self,
        app: &App,
        newcomer: Newcomer,
        enrolled: Enrolled,
    ) -> Result<AccountView, AppError> {
        let Self { client, hello, before } = self;
        let Enrolled { person, device, tokens } = enrolled;
        let (db, address) = (app.db().await?, client.address().to_string());
        let me: Value = client.get(Some(&tokens.access), &["me"], &[]).await?;
        let known: Me = serde_json::from_value(me.clone())
            .map_err(|error| CallError::Odd { host: client.address().host(), why: error.to_string() })?;
        // The invite is used up, so the tokens are kept before anything else can fail.
        let secret = Secret { key: newcomer.key.to_text(), tokens, device: Some(device), rotation: None };
        app.team().tokens.set(app, &address, secret).await;
        let membership = Membership {
            server: address,
            server_name: hello.name,
            person,
            device,
            profile: me.to_string(),
            server_epoch: hello.server_epoch,
            feed: 0,
            give_back: None,
            relearn: false,
            share_notes: before.is_some_and(|member| member.share_notes),
            ended: None,
            joined_at: app.now().timestamp(),
            synced_at: None,
        };
        db.write(async |tx| -> Result<(), WriteError> { tx.membership().join(&membership).await }).await?;
        introduce(app, known).await?;
        app.publish(Topic::Account);
        // Without content there is nothing to show yet; the exchange fetches it again if this fails.
        if let Err(error) = content::fetch(app).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the team's content could not be fetched");
        }
        running::start(app).await;
        account::view(app).await
    }
}

/// Takes names from the team where the person gave none: the texts then speak to them and of their people.
async fn introduce(app: &App, known: Me) -> Result<(), AppError> {
    let before = crate::settings::load(app).await?;
    let mut preferences = before.clone();
    let fill = |own: &mut String, theirs: String| {
        if own.trim().is_empty() {
            *own = theirs;
        }
    };
    fill(&mut preferences.name, known.name);
    fill(&mut preferences.team, known.team);
    fill(&mut preferences.manager.name, known.manager);
    fill(&mut preferences.buddy.name, known.buddy);
    if preferences != before {
        crate::settings::save_preferences(app, SavePreferences { preferences }).await?;
    }
    Ok(())
}

/// Reads a `waymark://join?server=…&code=…` link, or a bare code together with an address.
fn parse(invite: &str, server: Option<&str>) -> Result<Invite, AppError> {
    let invite = invite.trim();
    let no_invite = || AppError::Input {
        why: "this is no invite: it is a link that begins with waymark://join, or a code together with the \
              address of your team's server"
            .to_owned(),
    };
    let (server, code) = match invite.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("waymark") => {
            let (place, query) = rest.trim_start_matches('/').split_once('?').ok_or_else(no_invite)?;
            if !place.trim_end_matches('/').eq_ignore_ascii_case("join") {
                return Err(no_invite());
            }
            let value = |name: &str| {
                let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
                pair.map(|(_, value)| decode(value))
            };
            (value("server").ok_or_else(no_invite)?, value("code").ok_or_else(no_invite)?)
        }
        _ => (server.map(str::to_owned).unwrap_or_default(), invite.to_owned()),
    };
    let usable = !code.is_empty() && code.len() <= 128 && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !usable || server.trim().is_empty() {
        return Err(no_invite());
    }
    Ok(Invite { server: ServerAddress::parse(&server).map_err(input)?, code })
}

/// Percent-decoding; what is no text stays as it is and is refused as an address.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [a, b, ..] if *first == b'%' => {
                std::str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        bytes.push(escaped.unwrap_or(*first));
        rest = &rest[if escaped.is_some() { 3 } else { 1 }..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_codes_are_invites() {
        let link = "waymark://join?server=https%3A%2F%2Fteam.corvane.example%3A8443&code=7K3M-9QXD";
        for (invite, server) in [(link, None), ("7K3M-9QXD", Some("team.corvane.example:8443"))] {
            let invite = parse(invite, server).expect("an invite");
            assert_eq!(invite.server.to_string(), "https://team.corvane.example:8443");
            assert_eq!(invite.code, "7K3M-9QXD");
        }
        let local = parse("waymark:join/?code=A&server=http://127.0.0.1:8080", None).expect("an invite");
        assert!(local.server.is_plain_loopback());
    }

    #[test]
    fn everything_else_is_none() {
        for (invite, server) in [
            ("", Some("team.example")),
            ("7K3M", None),
            ("waymark://docs/x?server=a&code=b", None),
            ("waymark://join?code=b", None),
            ("waymark://join?server=http://team.example&code=b", None),
            ("7K3M 9QXD/../", Some("team.example")),
        ] {
            assert!(parse(invite, server).is_err(), "{invite}");
        }
    }
}
