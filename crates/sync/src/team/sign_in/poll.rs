//! Asking until a code is confirmed, void or refused.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use waymark_api::http::{
    auth::Enrolled,
    oidc::{CODE_EXPIRED, DeviceSignIn, PollSignIn},
    problem::{Problem, ProblemKind},
};

use super::pace::{Next, Pace};
use crate::team::client::{CallError, TeamClient};

/// Waits until somebody confirmed the code. Dropping this stops asking.
///
/// # Errors
/// [`CallError`] with the reason; [`ProblemKind::SignInExpired`] where nobody confirmed it in time.
pub async fn confirmed(client: &TeamClient, code: &DeviceSignIn, asked: &PollSignIn) -> Result<Enrolled, CallError> {
    let end = Instant::now() + Duration::from_secs(code.expires_in.into());
    let mut pace = Pace::new(Duration::from_secs(code.interval.max(1).into()));
    let mut next = Instant::now() + pace.first();
    loop {
        if next >= end {
            sleep_until(end).await;
            return Err(expired());
        }
        sleep_until(next).await;
        match client.post(None, &["auth", "device", "poll"], asked).await {
            Ok(enrolled) => return Ok(enrolled),
            Err(error) => match pace.after(&error) {
                Next::After(pause) => next = Instant::now() + pause,
                Next::Stop => return Err(error),
            },
        }
    }
}

fn expired() -> CallError {
    let kind = ProblemKind::SignInExpired;
    let problem = Problem {
        kind: "urn:waymark:problem:sign-in-expired".to_owned(),
        title: "Nobody confirmed the code in time".to_owned(),
        status: kind.status(),
        detail: CODE_EXPIRED.to_owned(),
        retry_after: None,
    };
    CallError::Refused { kind, problem: Box::new(problem) }
}
