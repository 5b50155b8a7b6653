//! Figures of the platform, readable by everybody in the organisation (`metrics.md`, section 8).
//!
//! They count services, deploys and changes, which are no people: the rules for small groups hold only where
//! the whole is a group of people.

use jiff::{Span, Timestamp};

use super::{percent, rounded};

/// Days after its launch in which a golden path's adoption is measured.
const ADOPTION_DAYS: i64 = 90;

/// A service that was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreatedService {
    /// When its repository was created.
    pub at: Timestamp,
    /// It uses the golden path.
    pub on_path: bool,
}

/// A part of a whole, always printed with both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// The part.
    pub part: u32,
    /// The whole.
    pub whole: u32,
}

impl Ratio {
    /// In percent, not rounded; `None` of nothing.
    pub fn exact(self) -> Option<f64> {
        (self.whole > 0).then(|| f64::from(self.part) * 100.0 / f64::from(self.whole))
    }

    /// In percent as it is printed: one decimal from 20 on, whole below.
    pub fn percent(self) -> Option<f64> {
        percent(self.part, self.whole)
    }

    /// `79 % (11 of 14)`; "none yet" of nothing.
    pub fn printed(self) -> String {
        let decimals = usize::from(self.whole >= 20);
        self.percent().map_or("none yet".to_owned(), |percent| {
            format!("{percent:.decimals$} % ({} of {})", self.part, self.whole)
        })
    }
}

/// Golden-path adoption: services created in [launch, launch + 90 days) that use the path ÷ services created
/// in it. `launch` is 00:00 of its day where the platform team is; the days are 24 hours each.
pub fn adoption(launch: Timestamp, services: &[CreatedService]) -> Ratio {
    let end = launch.checked_add(Span::new().hours(24 * ADOPTION_DAYS)).unwrap_or(Timestamp::MAX);
    let created = services.iter().filter(|service| launch <= service.at && service.at < end);
    created.fold(Ratio { part: 0, whole: 0 }, |sum, service| Ratio {
        part: sum.part + u32::from(service.on_path),
        whole: sum.whole + 1,
    })
}

/// A share of all requests, deploys or people: self-service share, change failure rate, monthly active
/// people, services on the path. One decimal.
pub fn share_of(part: u32, whole: u32) -> Option<f64> {
    Ratio { part, whole }.exact().map(|percent| rounded(percent, 1))
}

/// Merged changes per engineer and week; `None` without engineers or weeks. Team level only, without programs
/// and people who do not write code.
pub fn merged_per_engineer(merged: u32, engineers: u32, weeks: u32) -> Option<f64> {
    (engineers > 0 && weeks > 0).then(|| f64::from(merged) / f64::from(engineers) / f64::from(weeks))
}

/// Change from `baseline` to `target` in percent, one decimal, negative for less; `None` of a baseline of 0.
/// Percentages are computed, never typed.
pub fn change(baseline: f64, target: f64) -> Option<f64> {
    (baseline != 0.0).then(|| rounded((target - baseline) * 100.0 / baseline, 1))
}

/// What a baseline becomes by a change in percent.
pub fn changed(baseline: f64, percent: f64) -> f64 {
    baseline * (100.0 + percent) / 100.0
}

/// Whether a typed percentage agrees with its baseline and target, to half a point.
pub fn agrees(baseline: f64, target: f64, typed: f64) -> bool {
    change(baseline, target).is_some_and(|computed| (computed - typed).abs() <= 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a1_adoption_ends_before_the_91st_day() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let launch = at("2026-01-05T00:00:00Z");
        let service = |at, on_path| CreatedService { at, on_path };
        let mut services: Vec<_> = (0..14).map(|number| service(at("2026-02-01T12:00:00Z"), number < 11)).collect();
        services.push(service(at("2026-01-04T23:59:59Z"), true));
        services.push(service(at("2026-04-05T00:00:00Z"), true));
        let adopted = adoption(launch, &services);
        assert_eq!(adopted, Ratio { part: 11, whole: 14 });
        assert_eq!(adopted.exact().map(|percent| rounded(percent, 2)), Some(78.57));
        assert_eq!(adopted.printed(), "79 % (11 of 14)");
        assert!(adopted.exact() > Some(70.0));
        services.push(service(at("2026-04-04T23:59:59Z"), false));
        assert_eq!(adoption(launch, &services).whole, 15, "the last second counts");
        assert_eq!(adoption(launch, &[]).printed(), "none yet");
    }

    #[test]
    fn a2_to_a4_shares() {
        assert_eq!(Ratio { part: 168, whole: 200 }.printed(), "84.0 % (168 of 200)");
        assert_eq!(share_of(312, 312 + 88), Some(78.0));
        assert_eq!(share_of(3, 96), Some(3.1), "deploys are no people: three of them are a number");
        assert_eq!(share_of(0, 0), None);
    }

    #[test]
    fn a5_merged_changes_per_engineer_and_week() {
        assert_eq!(merged_per_engineer(54, 6, 4), Some(2.25));
        assert_eq!(merged_per_engineer(54, 0, 4), None);
    }

    #[test]
    fn a6_percentages_are_computed() {
        assert_eq!(change(72.0, 4.0), Some(-94.4));
        assert_eq!(change(24.0, 4.0), Some(-83.3), "three days of eight hours");
        assert_eq!(rounded(changed(72.0, -60.0), 1), 28.8);
        assert!(!agrees(72.0, 4.0, -60.0) && !agrees(24.0, 4.0, -60.0), "the objective contradicts itself");
        assert!(agrees(72.0, 28.8, -60.0));
        assert_eq!(change(0.0, 4.0), None);
    }
}
