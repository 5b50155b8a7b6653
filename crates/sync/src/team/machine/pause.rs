//! How long to wait: full jitter between nothing and twice the pause before, so that devices that failed
//! together do not come back together.

use std::time::Duration;

use super::Moment;

/// The longest pause after failures.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// How often the feed is read where nothing else happens and the server cannot be listened to.
pub const POLL: Duration = Duration::from_secs(30);
/// Over how long devices spread when a network is back.
pub const SPREAD: Duration = Duration::from_secs(60);
/// How often an app that is too old asks whether it still is.
pub(super) const TOO_OLD: Duration = Duration::from_secs(3_600);

const FIRST: Duration = Duration::from_secs(1);
/// A server that asks for more is not believed.
const LONGEST_WISH: Duration = Duration::from_secs(3_600);

/// The pause after `failures` in a row; what the server asks for wins.
pub(super) fn after(failures: u32, wish: Option<Duration>, now: Moment) -> Duration {
    if let Some(wish) = wish {
        return wish.min(LONGEST_WISH);
    }
    let ceiling = FIRST.saturating_mul(1_u32.checked_shl(failures.min(20)).unwrap_or(u32::MAX)).min(LONGEST_PAUSE);
    share(ceiling, now.dice)
}

/// A part of `whole`, evenly spread over `dice`.
pub(super) fn share(whole: Duration, dice: u64) -> Duration {
    // 2^20 parts are enough, and nothing overflows.
    const PARTS: u64 = 1 << 20;
    let millis = u64::try_from(whole.as_millis()).unwrap_or(u64::MAX >> 20);
    Duration::from_millis(millis.saturating_mul(dice % PARTS) / PARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_below_five_minutes() {
        let at = |dice| Moment { clock: Duration::ZERO, dice };
        for failures in 0..100 {
            let longest = after(failures, None, at((1 << 20) - 1));
            assert!(longest <= LONGEST_PAUSE, "{failures}");
            assert!(longest >= Duration::from_millis(990 << failures.min(8)), "{failures}: {longest:?}");
            assert_eq!(after(failures, None, at(0)), Duration::ZERO);
        }
    }

    #[test]
    fn the_servers_wish_wins_within_reason() {
        let now = Moment { clock: Duration::ZERO, dice: 7 };
        assert_eq!(after(9, Some(Duration::from_secs(2)), now), Duration::from_secs(2));
        assert_eq!(after(0, Some(Duration::from_secs(90_000)), now), LONGEST_WISH);
    }
}
