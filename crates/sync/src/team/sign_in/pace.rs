//! How patiently a device asks whether its code was confirmed (RFC 8628, section 3.5).

use std::time::Duration;

use crate::team::client::CallError;
use waymark_api::http::problem::ProblemKind;

/// What each `slow-down` adds, for good.
const SLOWER: Duration = Duration::from_secs(5);
/// The longest pause while the server cannot be reached.
const LONGEST: Duration = Duration::from_secs(60);

/// What follows from an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask again after so long.
    After(Duration),
    /// Asking again would give the same.
    Stop,
}

/// The pauses of one sign-in.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    interval: Duration,
    away: Duration,
}

impl Pace {
    /// Begins with the interval that the provider named.
    pub fn new(interval: Duration) -> Self {
        Self { interval, away: interval }
    }

    /// How long to wait before the first question.
    pub fn first(&self) -> Duration {
        self.interval
    }

    /// What follows from an answer that was no yes.
    pub fn after(&mut self, error: &CallError) -> Next {
        let retry_after = match error {
            CallError::Refused { problem, .. } => problem.retry_after.map(|after| Duration::from_secs(after.into())),
            _ => None,
        };
        match error.kind() {
            Some(ProblemKind::AuthorizationPending) => {
                self.away = self.interval;
                Next::After(self.interval)
            }
            Some(ProblemKind::SlowDown) => {
                self.interval += SLOWER;
                self.away = self.interval;
                Next::After(self.interval.max(retry_after.unwrap_or_default()))
            }
            // The section asks for exponential back-off where the connection fails.
            _ if error.is_offline() => {
                self.away = (self.away * 2).min(LONGEST.max(self.interval));
                Next::After(self.away.max(retry_after.unwrap_or_default()))
            }
            _ => Next::Stop,
        }
    }
}

#[cfg(test)]
mod tests {
    use waymark_api::http::problem::Problem;

    use super::*;

    fn refused(kind: ProblemKind, retry_after: Option<u32>) -> CallError {
        let (status, title) = (kind.status(), String::new());
        let problem = Problem { kind: String::new(), title, status, detail: String::new(), retry_after };
        CallError::Refused { kind, problem: Box::new(problem) }
    }

    #[test]
    fn it_keeps_the_interval_slows_down_for_good_and_gives_up_on_a_no() {
        let seconds = |count| Next::After(Duration::from_secs(count));
        let mut pace = Pace::new(Duration::from_secs(5));
        let pending = refused(ProblemKind::AuthorizationPending, None);
        let slow_down = |after| refused(ProblemKind::SlowDown, after);
        assert_eq!(pace.first(), Duration::from_secs(5));
        assert_eq!([pace.after(&pending), pace.after(&pending)], [seconds(5); 2]);
        assert_eq!(pace.after(&slow_down(None)), seconds(10));
        assert_eq!(pace.after(&pending), seconds(10), "for good");
        assert_eq!(pace.after(&slow_down(Some(5))), seconds(15));
        assert_eq!(pace.after(&slow_down(Some(40))), seconds(40), "the server may ask for more");
        assert_eq!(pace.after(&pending), seconds(20));
        let away = CallError::Unreachable { host: String::new(), why: String::new() };
        assert_eq!([pace.after(&away), pace.after(&away), pace.after(&away)], [seconds(40), seconds(60), seconds(60)]);
        assert_eq!(pace.after(&pending), seconds(20), "the network is back");
        for no in [ProblemKind::SignInExpired, ProblemKind::SignInDenied, ProblemKind::UnknownPerson] {
            assert_eq!(pace.after(&refused(no, None)), Next::Stop);
        }
    }
}
