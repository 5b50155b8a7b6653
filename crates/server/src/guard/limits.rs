//! How often: token buckets by what is asked and by whom (`security.md`, section 7).
//!
//! They are kept in memory, one set a process: several servers behind one proxy allow as many times more.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::error::ApiError;

/// So many in such a time; unused ones are saved up to that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    /// What is counted.
    pub name: &'static str,
    /// How many.
    pub count: u32,
    /// In what time.
    pub per: Duration,
}

impl Rate {
    /// Codes that open nothing, by address. Those that open something are not counted, so that a whole office can
    /// join in a morning.
    pub(crate) const INVITE: Self = Self { name: "invite", count: 10, per: Duration::from_secs(3_600) };
    /// Sign-ins that are begun or finished, by address.
    pub(crate) const SIGN_IN: Self = Self { name: "sign-in", count: 30, per: Duration::from_secs(60) };
    /// Sign-ins of one account at the identity provider.
    pub(crate) const ACCOUNT: Self = Self { name: "account", count: 5, per: Duration::from_secs(60) };
    /// Questions whether a sign-in was confirmed, by address: ten devices that wait, each every 5 s.
    pub(crate) const POLL: Self = Self { name: "poll", count: 120, per: Duration::from_secs(60) };
    /// New pairs of tokens, by session.
    pub(crate) const TOKEN: Self = Self { name: "token", count: 60, per: Duration::from_secs(3_600) };
    /// Batches of events, by device.
    pub(crate) const EVENTS: Self = Self { name: "events", count: 120, per: Duration::from_secs(60) };
    /// Anything else of somebody who is signed in, by device: more than an app ever asks.
    pub(crate) const ANY: Self = Self { name: "any", count: 600, per: Duration::from_secs(60) };
}

/// Buckets that are looked through for full ones when there are more than this.
const MANY: usize = 10_000;

/// All buckets.
#[derive(Debug)]
pub(crate) struct Limits {
    on: bool,
    buckets: Mutex<HashMap<(&'static str, String), Bucket>>,
}

/// What is left in a bucket, in parts of one token.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Limits {
    /// Buckets; `on` is false where a proxy in front limits, and for load tests.
    pub(crate) fn new(on: bool) -> Self {
        Self { on, buckets: Mutex::default() }
    }

    /// Takes one, or says when there is one again.
    ///
    /// # Errors
    /// [`waymark_api::http::problem::ProblemKind::SlowDown`] with the seconds to wait.
    pub(crate) fn take(&self, rate: &Rate, who: &str) -> Result<(), ApiError> {
        self.take_at(rate, who, Instant::now()).map_err(ApiError::slow_down)
    }

    fn take_at(&self, rate: &Rate, who: &str, now: Instant) -> Result<(), u32> {
        if !self.on {
            return Ok(());
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MANY {
            // Whoever was away for an hour has a full bucket, under any of the rates.
            buckets.retain(|_, bucket| now.duration_since(bucket.at) < Duration::from_secs(3_600));
        }
        let full = f64::from(rate.count);
        let bucket = buckets.entry((rate.name, who.to_owned())).or_insert(Bucket { left: full, at: now });
        let speed = full / rate.per.as_secs_f64();
        bucket.left = full.min(bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() * speed);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        Err(((1.0 - bucket.left) / speed).ceil().max(1.0) as u32)
    }

    /// Puts one back that turned out not to count.
    pub(crate) fn give_back(&self, rate: &Rate, who: &str) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(&(rate.name, who.to_owned())) {
            bucket.left = f64::from(rate.count).min(bucket.left + 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_refills_and_says_when() {
        let limits = Limits::new(true);
        let (rate, start) = (Rate { name: "x", count: 3, per: Duration::from_secs(30) }, Instant::now());
        let take = |who, seconds| limits.take_at(&rate, who, start + Duration::from_secs(seconds));
        assert_eq!([take("a", 0), take("a", 0), take("a", 0)], [Ok(()); 3]);
        assert_eq!(take("a", 1), Err(9));
        assert_eq!(take("b", 1), Ok(()), "everybody has their own");
        assert_eq!(take("a", 10), Ok(()));
        assert_eq!(take("a", 10), Err(10));
        limits.give_back(&rate, "a");
        assert_eq!(take("a", 10), Ok(()));
        assert_eq!([take("a", 1_000), take("a", 1_000), take("a", 1_000)], [Ok(()); 3], "no more than full");
        assert!(take("a", 1_000).is_err());
        assert_eq!(Limits::new(false).take_at(&Rate { count: 0, ..rate }, "a", start), Ok(()));
    }
}
