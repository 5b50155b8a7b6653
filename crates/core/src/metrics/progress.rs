//! Completion, punctuality and friction (`metrics.md`, section 3). Progress rates always have one decimal.

use jiff::SignedDuration;

use super::rounded;

/// How one step of one person stands in the rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Required, applicable and not done.
    ToDo,
    /// Required, applicable and done.
    Done,
    /// Waived or not applicable: it leaves both sides.
    Waived,
    /// Hidden or optional: it never enters.
    Outside,
}

/// Done required ÷ required, both as pinned and applicable on the day asked for.
///
/// `pinned` are the steps as they were on that day, so a later version of a journey changes later days only.
/// `None` where nothing is required.
pub fn completion_rate(pinned: impl IntoIterator<Item = Counted>) -> Option<f64> {
    let (mut done, mut required) = (0, 0);
    for step in pinned {
        match step {
            Counted::Done => {
                done += 1;
                required += 1;
            }
            Counted::ToDo => required += 1,
            Counted::Waived | Counted::Outside => {}
        }
    }
    rate(done, required)
}

/// A progress rate in percent with one decimal; `None` of nothing.
pub fn rate(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| rounded(f64::from(part) * 100.0 / f64::from(whole), 1))
}

/// A required step that is due by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Punctual {
    /// Done by its due day.
    InTime,
    /// Done after it.
    Late,
    /// Not done.
    Open,
}

/// Required steps done by their due day ÷ required steps due by now, in percent.
pub fn on_time_rate(due_by_now: impl IntoIterator<Item = Punctual>) -> Option<f64> {
    let (mut in_time, mut due) = (0, 0);
    for step in due_by_now {
        due += 1;
        in_time += u32::from(step == Punctual::InTime);
    }
    rate(in_time, due)
}

/// What a step cost one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Working time from started to completed, less blocked and waiting time.
    pub actual: SignedDuration,
    /// Working time in which it was blocked.
    pub blocked: SignedDuration,
}

/// Where a step costs more than its author expects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Friction {
    /// Σ over people of max(0, actual − estimate) + blocked working time, in hours.
    pub hours: f64,
    /// Median of max(0, actual − estimate) over people, in hours.
    pub median_excess: f64,
    /// People × median excess, in hours: what is fixed first.
    pub fix_first: f64,
}

/// Friction of one step over people; `None` of nobody. Whoever shows it applies the rules for small groups.
pub fn friction(estimate: SignedDuration, people: &[Effort]) -> Option<Friction> {
    let hours = |time: SignedDuration| time.as_secs_f64() / 3_600.0;
    let excess: Vec<f64> = people.iter().map(|one| hours((one.actual - estimate).max(SignedDuration::ZERO))).collect();
    let blocked: f64 = people.iter().map(|one| hours(one.blocked)).sum();
    let median_excess = median(&excess)?;
    Some(Friction {
        hours: excess.iter().sum::<f64>() + blocked,
        median_excess,
        fix_first: people.len() as f64 * median_excess,
    })
}

/// Middle value, or the mean of the two in the middle; `None` of nothing. For complete data only: where some
/// are not there yet, [`survival`](super::survival) has the median.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 { upper } else { f64::midpoint(sorted[middle - 1], upper) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(hours: f64) -> SignedDuration {
        SignedDuration::from_mins((hours * 60.0) as i64)
    }

    /// So many of each kind.
    fn steps(done: usize, to_do: usize, waived: usize, outside: usize) -> Vec<Counted> {
        let many = |kind, count| std::iter::repeat_n(kind, count);
        many(Counted::Done, done)
            .chain(many(Counted::ToDo, to_do))
            .chain(many(Counted::Waived, waived))
            .chain(many(Counted::Outside, outside))
            .collect()
    }

    #[test]
    fn p1_and_p2_completion_on_a_day() {
        // 24 pinned, of which 3 are optional, 1 is hidden and 2 are waived.
        let day_10 = steps(12, 6, 2, 4);
        assert_eq!(day_10.len(), 24);
        assert_eq!(completion_rate(day_10.clone()), Some(66.7));
        // A new version adds two required steps, and one more is done.
        assert_eq!(completion_rate(steps(13, 7, 2, 4)), Some(65.0));
        assert_eq!(completion_rate(day_10), Some(66.7), "day 10 stays what it was");
        assert_eq!(completion_rate(steps(0, 0, 3, 3)), None);
    }

    #[test]
    fn p3_on_time() {
        let due = [vec![Punctual::InTime; 9], vec![Punctual::Late; 2], vec![Punctual::Open]].concat();
        assert_eq!(on_time_rate(due), Some(75.0));
    }

    #[test]
    fn p4_friction_and_what_to_fix_first() {
        let people: Vec<Effort> = [1.5, 2.0, 3.0, 5.0, 2.5, 2.0]
            .into_iter()
            .zip([0.0, 0.0, 2.0, 6.0, 0.0, 0.0])
            .map(|(actual, blocked)| Effort { actual: hours(actual), blocked: hours(blocked) })
            .collect();
        let expected = Friction { hours: 12.5, median_excess: 0.25, fix_first: 1.5 };
        assert_eq!(friction(hours(2.0), &people), Some(expected));
        assert_eq!(friction(hours(2.0), &[]), None);
    }
}
