//! People, devices and a journey for the benches.

use jiff::Timestamp;
use uuid::Uuid;
use waymark_core::{
    calendar::WorkCalendar,
    content::{parse_journey, template_hash},
    id::{DeviceId, PersonId},
    journey::Template,
};

use crate::{
    auth::digest,
    state::State,
    store::{About as _, StoreError, Tx, placeholders, template},
};

/// A journey of thirty steps in three weeks, with milestones.
pub(super) fn journey() -> Template {
    let mut text = String::from(
        "---\nschema: waymark.journey/1\nid: bench\ntitle: First weeks\nversion: 1.0.0\nowner: team:bench\nmilestones:\n  \
         - {id: first-merge, title: First merge, kind: forge.merge}\n  - {id: first-deploy, title: First deploy, kind: forge.deploy}\n---\n",
    );
    for week in 1..=3 {
        text.push_str(&format!("\n## Week {week} {{#week-{week}}}\n\n"));
        for step in 1..=10 {
            text.push_str(&format!("- [ ] Step {step} of week {week} {{#s{week}-{step}}}\n"));
        }
    }
    parse_journey("journeys/bench.md", &text).0.unwrap_or_else(|| unreachable!("the text above is a journey"))
}

/// Publishes [`journey`] and gives its hash.
pub(super) async fn publish(tx: &mut Tx, now: Timestamp) -> Result<String, StoreError> {
    let template = journey();
    let hash = template_hash(&template);
    template::keep(tx, &template, &hash, now).await?;
    Ok(hash)
}

/// Somebody with a device that is signed in.
#[derive(Clone, Debug)]
pub(super) struct Somebody {
    /// Who.
    pub person: PersonId,
    /// Their device.
    pub device: DeviceId,
    /// Its access token.
    pub token: String,
}

/// Adds people who report to `manager`.
pub(super) async fn people(
    tx: &mut Tx,
    count: usize,
    manager: Option<PersonId>,
    roles: &str,
    now: Timestamp,
) -> anyhow::Result<Vec<PersonId>> {
    let calendar = serde_json::to_string(&WorkCalendar::default())?;
    let ids: Vec<PersonId> = (0..count).map(|_| PersonId::new(Uuid::now_v7())).collect();
    for chunk in ids.chunks(500) {
        let sql = format!(
            "INSERT INTO person (id, key, name, manager, roles, calendar, created) VALUES {}",
            placeholders(chunk.len(), 7)
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for id in chunk {
            query = query
                .bind(id.to_string())
                .bind(format!("{id}@bench.example"))
                .bind("Bench Person")
                .bind(manager.map(|manager| manager.to_string()))
                .bind(roles)
                .bind(&calendar)
                .bind(now.as_millisecond());
        }
        query.execute(&mut **tx).await?;
    }
    Ok(ids)
}

/// Signs a device of `person` in.
pub(super) async fn sign_in(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Somebody, StoreError> {
    let (device, token) = (DeviceId::new(Uuid::now_v7()), Uuid::new_v4().to_string());
    let at = now.as_millisecond();
    sqlx::query(
        "INSERT INTO device (id, person, public_key, label, created, last_seen) VALUES ($1, $2, '', '', $3, $3)",
    )
    .bind(device.to_string())
    .bind(person.to_string())
    .bind(at)
    .execute(&mut **tx)
    .await
    .about("a device")?;
    sqlx::query(
        "INSERT INTO session (id, device, person, access_hash, access_until, refresh_hash, refresh_until,
                              absolute_until, created, last_seen) VALUES ($1, $2, $3, $4, $5, $1, $5, $5, $6, $6)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(device.to_string())
    .bind(person.to_string())
    .bind(digest(&token))
    .bind(at + 86_400_000)
    .bind(at)
    .execute(&mut **tx)
    .await
    .about("a session")?;
    Ok(Somebody { person, device, token })
}

/// A percentile of times in milliseconds.
pub(super) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len());
    sorted.get(at - 1).copied().unwrap_or_default()
}

/// Commits a transaction of a bench.
pub(super) async fn commit(tx: Tx, _state: &State) -> anyhow::Result<()> {
    Ok(tx.commit().await?)
}
