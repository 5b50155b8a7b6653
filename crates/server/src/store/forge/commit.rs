//! Pushes and deployments: which commits went live with which deployment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    forge::Push,
    store::{About, Store, StoreError, Tx},
};

const WHAT: &str = "pushes and deployments";
/// Pushes that are looked at for one deployment.
const MOST_PUSHES: usize = 500;

/// A repository on a forge, `acme/api`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repository<'a> {
    /// `github` or `gitlab`.
    pub forge: &'a str,
    /// Owner and name.
    pub path: &'a str,
}

/// A deployment whose authors are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deployment {
    /// `github` or `gitlab`.
    pub forge: String,
    /// Owner and name.
    pub repository: String,
    /// The environment's name.
    pub environment: String,
    /// What is live with it.
    pub sha: String,
    /// What was live before, where a deployment before it is known.
    pub before: Option<String>,
    /// `ForgeEvent` as JSON.
    pub event: String,
}

/// Keeps a push.
pub(crate) async fn pushed(tx: &mut Tx, at: Repository<'_>, push: &Push, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO forge_push (forge, repository, branch, before_commit, after_commit, commits, received)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(at.forge)
    .bind(at.path)
    .bind(&push.branch)
    .bind(&push.before)
    .bind(&push.after)
    .bind(serde_json::to_string(&push.commits).about(WHAT)?)
    .bind(now.as_millisecond())
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Keeps who made a merged change's commit.
pub(crate) async fn authored(
    tx: &mut Tx,
    at: Repository<'_>,
    sha: &str,
    login: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO forge_author (forge, repository, sha, login, received) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
    )
    .bind(at.forge)
    .bind(at.path)
    .bind(sha)
    .bind(login)
    .bind(now.as_millisecond())
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Keeps a deployment; no where it was there.
pub(crate) async fn deployed(
    tx: &mut Tx,
    deployment: &Deployment,
    at: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let kept = sqlx::query(
        "INSERT INTO forge_deployment (forge, repository, environment, sha, at, event, received)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(&deployment.forge)
    .bind(&deployment.repository)
    .bind(&deployment.environment)
    .bind(&deployment.sha)
    .bind(at.as_millisecond())
    .bind(&deployment.event)
    .bind(now.as_millisecond())
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(kept.rows_affected() == 1)
}

/// Deployments of a repository whose authors are not known, each with what was live before it.
pub(crate) async fn unresolved(tx: &mut Tx, at: Repository<'_>) -> Result<Vec<Deployment>, StoreError> {
    let rows: Vec<(String, String, String, Option<String>)> = sqlx::query_as(
        "SELECT environment, sha, event,
                (SELECT earlier.sha FROM forge_deployment AS earlier
                 WHERE earlier.forge = forge_deployment.forge AND earlier.repository = forge_deployment.repository
                   AND earlier.environment = forge_deployment.environment AND earlier.at < forge_deployment.at
                 ORDER BY earlier.at DESC LIMIT 1)
         FROM forge_deployment WHERE forge = $1 AND repository = $2 AND resolved = 0 ORDER BY at",
    )
    .bind(at.forge)
    .bind(at.path)
    .fetch_all(&mut **tx)
    .await
    .about(WHAT)?;
    let one = |(environment, sha, event, before)| Deployment {
        forge: at.forge.to_owned(),
        repository: at.path.to_owned(),
        environment,
        sha,
        before,
        event,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Deployments of a repository that are kept: environment and commit.
pub(crate) async fn known_deployments(
    store: &Store,
    at: Repository<'_>,
) -> Result<BTreeSet<(String, String)>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT environment, sha FROM forge_deployment WHERE forge = $1 AND repository = $2")
            .bind(at.forge)
            .bind(at.path)
            .fetch_all(store.read())
            .await
            .about(WHAT)?;
    Ok(rows.into_iter().collect())
}

/// Repositories with deployments whose authors are not known.
pub(crate) async fn waiting(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    sqlx::query_as("SELECT DISTINCT forge, repository FROM forge_deployment WHERE resolved = 0")
        .fetch_all(&mut **tx)
        .await
        .about(WHAT)
}

/// Writes down that a deployment's authors were found.
pub(crate) async fn resolved(tx: &mut Tx, deployment: &Deployment) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE forge_deployment SET resolved = 1
         WHERE forge = $1 AND repository = $2 AND environment = $3 AND sha = $4",
    )
    .bind(&deployment.forge)
    .bind(&deployment.repository)
    .bind(&deployment.environment)
    .bind(&deployment.sha)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Login names of those who made the commits up to `sha` and after `before`, by the pushes that are kept.
/// `None` where no push is known that brought `sha`.
pub(crate) async fn authors(
    tx: &mut Tx,
    at: Repository<'_>,
    sha: &str,
    before: Option<&str>,
) -> Result<Option<Vec<String>>, StoreError> {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT branch, before_commit, after_commit, commits FROM forge_push
         WHERE forge = $1 AND repository = $2 ORDER BY received DESC LIMIT $3",
    )
    .bind(at.forge)
    .bind(at.path)
    .bind(MOST_PUSHES as i64)
    .fetch_all(&mut **tx)
    .await
    .about(WHAT)?;
    let mut pushes = Vec::with_capacity(rows.len());
    for (branch, before, after, commits) in rows {
        pushes.push(Push { branch, before, after, commits: serde_json::from_str(&commits).about(WHAT)? });
    }
    let known: Vec<(String, String)> =
        sqlx::query_as("SELECT sha, login FROM forge_author WHERE forge = $1 AND repository = $2")
            .bind(at.forge)
            .bind(at.path)
            .fetch_all(&mut **tx)
            .await
            .about(WHAT)?;
    Ok(in_range(&pushes, &known.into_iter().collect(), sha, before))
}

/// Walks the chain of pushes back from `sha`.
fn in_range(
    pushes: &[Push],
    authors: &BTreeMap<String, String>,
    sha: &str,
    before: Option<&str>,
) -> Option<Vec<String>> {
    let holds = |push: &&Push| push.after == sha || push.commits.iter().any(|(one, _)| one == sha);
    let mut next = pushes.iter().find(|push| push.after == sha).or_else(|| pushes.iter().find(holds))?;
    let mut logins = BTreeSet::new();
    let mut until = Some(sha);
    // As many rounds as there are pushes: a forced push can make a circle of them.
    for _ in 0..pushes.len() {
        let all = next.commits.iter().rev();
        let part = all.skip_while(|(one, _)| until.is_some_and(|until| until != one && until != next.after));
        for (one, login) in part {
            if before == Some(one.as_str()) {
                return Some(logins.into_iter().collect());
            }
            logins.extend(authors.get(one).or(login.as_ref()).cloned());
        }
        if before == Some(next.before.as_str()) {
            break;
        }
        until = None;
        let earlier = pushes.iter().find(|push| push.branch == next.branch && push.after == next.before);
        let Some(earlier) = earlier else { break };
        next = earlier;
    }
    Some(logins.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(before: &str, commits: &[(&str, &str)]) -> Push {
        let after = commits.last().map(|(sha, _)| (*sha).to_owned()).expect("a push has commits");
        let commits =
            commits.iter().map(|(sha, login)| ((*sha).to_owned(), (!login.is_empty()).then(|| (*login).to_owned())));
        Push { branch: "refs/heads/main".to_owned(), before: before.to_owned(), after, commits: commits.collect() }
    }

    #[test]
    fn a_range_is_what_came_after_the_deployment_before() {
        let pushes = [
            push("c2", &[("c3", "cleo"), ("c4", "")]),
            push("0", &[("c1", "ada"), ("c2", "ben")]),
            push("c4", &[("c5", "dan"), ("c6", "eve")]),
        ];
        let merged = BTreeMap::from([("c4".to_owned(), "fay".to_owned())]);
        let names = |sha: &str, before: Option<&str>| in_range(&pushes, &merged, sha, before).map(|all| all.join(" "));
        assert_eq!(names("c4", Some("c2")).as_deref(), Some("cleo fay"), "whole pushes, whatever their order");
        assert_eq!(names("c5", Some("c3")).as_deref(), Some("dan fay"), "from within a push to within another");
        assert_eq!(names("c2", None).as_deref(), Some("ada ben"), "everything, where nothing was live before");
        assert_eq!(names("c6", Some("c6")).as_deref(), Some(""), "the same commit again brings nothing");
        assert_eq!(names("c9", None), None, "a commit that no push brought");
    }

    #[test]
    fn pushes_that_form_a_circle_come_to_an_end() {
        let pushes = [push("b", &[("a", "ada")]), push("a", &[("b", "ben")])];
        assert_eq!(in_range(&pushes, &BTreeMap::new(), "a", None), Some(vec!["ada".to_owned(), "ben".to_owned()]));
    }
}
