//! Time to a milestone where some have not reached it yet (`metrics.md`, section 5).
//!
//! Whoever has not reached it is censored, not missing: a median of those who did is biased low.

/// Quantile of the normal distribution for a two-sided 95 % interval.
const Z: f64 = 1.959_964;

/// One person: how long, and whether the milestone was reached then or is still open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Days from the start anchor, in whatever unit all of them share.
    pub time: f64,
    /// Reached at `time`; otherwise not reached up to `time`.
    pub reached: bool,
}

/// The estimate at one event time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Event time.
    pub time: f64,
    /// People at risk; whoever is censored at this time is among them.
    pub at_risk: u32,
    /// People who reached it at this time.
    pub events: u32,
    /// S: share that has not reached it after this time.
    pub survival: f64,
    /// Standard error of S by Greenwood's formula; 0 where S is 0.
    pub error: f64,
    /// 95 % interval of S on the log(−log) scale; none where S is 0 or 1.
    pub interval: Option<(f64, f64)>,
}

/// A quantile with its interval; `None` is "not yet reached".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quantile {
    /// Smallest event time at which the share has reached it.
    pub time: Option<f64>,
    /// Lower end.
    pub from: Option<f64>,
    /// Upper end.
    pub to: Option<f64>,
}

/// A Kaplan–Meier estimate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KaplanMeier {
    /// People.
    pub people: u32,
    /// People who reached it.
    pub reached: u32,
    /// One for each distinct event time, in order.
    pub estimates: Vec<Estimate>,
    /// Times at which people were still under way, in order.
    pub censored: Vec<f64>,
}

impl KaplanMeier {
    /// Estimates from one observation a person. Sorts; otherwise linear.
    pub fn of(observations: &[Observation]) -> Self {
        let mut sorted = observations.to_vec();
        // A person censored at t is at risk at t, so events come first.
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time).then(b.reached.cmp(&a.reached)));
        let people = sorted.len();
        let mut estimates: Vec<Estimate> = Vec::new();
        let mut survival = 1.0;
        let mut greenwood = 0.0;
        let mut at = 0;
        while at < people {
            let time = sorted[at].time;
            let same = sorted[at..].iter().take_while(|one| one.time.total_cmp(&time).is_eq());
            let (mut all, mut events) = (0, 0);
            for one in same {
                all += 1;
                events += u32::from(one.reached);
            }
            let at_risk = (people - at) as u32;
            at += all;
            if events == 0 {
                continue;
            }
            let (n, d) = (f64::from(at_risk), f64::from(events));
            // The last factor is exactly 0 where everybody who was left reached it.
            survival = if events == at_risk { 0.0 } else { survival * (1.0 - d / n) };
            greenwood += if events == at_risk { 0.0 } else { d / (n * (n - d)) };
            let interval = (survival > 0.0 && survival < 1.0).then(|| log_log(survival, greenwood));
            let error = survival * f64::sqrt(greenwood);
            estimates.push(Estimate { time, at_risk, events, survival, error, interval });
        }
        Self {
            people: people as u32,
            reached: estimates.iter().map(|estimate| estimate.events).sum(),
            censored: sorted.iter().filter(|one| !one.reached).map(|one| one.time).collect(),
            estimates,
        }
    }

    /// How many are at risk at `time`.
    pub fn at_risk(&self, time: f64) -> u32 {
        let before = |estimate: &&Estimate| estimate.time < time;
        let gone: u32 = self.estimates.iter().take_while(before).map(|estimate| estimate.events).sum();
        self.people - gone - self.censored.partition_point(|censored| *censored < time) as u32
    }

    /// When the share `p` (0 to 1) has reached it.
    pub fn quantile(&self, p: f64) -> Quantile {
        // 1 − 0.9 is a hair above 0.1 in binary, and S a product of quotients: a billionth decides nothing.
        let bound = 1.0 - p + 1e-9;
        let first = |below: &dyn Fn(&Estimate) -> bool| {
            self.estimates.iter().find(|estimate| below(estimate)).map(|estimate| estimate.time)
        };
        Quantile {
            time: first(&|estimate| estimate.survival <= bound),
            from: first(&|estimate| estimate.interval.is_some_and(|(lower, _)| lower <= bound)),
            to: first(&|estimate| estimate.interval.is_some_and(|(_, upper)| upper <= bound)),
        }
    }

    /// The line that is always printed: `first-merge(start_date → merged_at, WD) p50 13 [6, –) · n 12 · 7 reached`.
    pub fn printed(&self, definition: &str) -> String {
        let median = self.quantile(0.5);
        let day = |time: Option<f64>| time.map_or("–".to_owned(), |time| time.to_string());
        let close = if median.to.is_some() { ']' } else { ')' };
        format!(
            "{definition} p50 {} [{}, {}{close} · n {} · {} reached",
            median.time.map_or("not yet reached".to_owned(), |time| time.to_string()),
            day(median.from),
            day(median.to),
            self.people,
            self.reached
        )
    }
}

/// The 95 % interval of S with the Greenwood sum G: S^exp(±z·√G ÷ |ln S|).
fn log_log(survival: f64, greenwood: f64) -> (f64, f64) {
    let e = Z * greenwood.sqrt() / survival.ln().abs();
    (survival.powf(e.exp()), survival.powf((-e).exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"4, 7+"`: reached at 4, still open at 7.
    fn of(text: &str) -> KaplanMeier {
        let one = |word: &str| {
            let word = word.trim();
            let time = word.trim_end_matches('+').parse().expect("a number");
            Observation { time, reached: !word.ends_with('+') }
        };
        KaplanMeier::of(&text.split(',').map(one).collect::<Vec<_>>())
    }

    /// `t n d S se lower upper` of each line, with four decimals.
    fn table(curve: &KaplanMeier) -> Vec<String> {
        let line = |one: &Estimate| {
            let interval = one.interval.map_or("-".to_owned(), |(lower, upper)| format!("{lower:.4} {upper:.4}"));
            format!("{} {} {} {:.4} {:.4} {interval}", one.time, one.at_risk, one.events, one.survival, one.error)
        };
        curve.estimates.iter().map(line).collect()
    }

    fn times(quantile: Quantile) -> (Option<f64>, Option<f64>, Option<f64>) {
        (quantile.time, quantile.from, quantile.to)
    }

    #[test]
    fn k1_twelve_people() {
        let curve = of("4, 6, 6, 7+, 8, 9+, 11, 13, 15+, 17, 20+, 20+");
        assert_eq!(
            table(&curve),
            [
                "4 12 1 0.9167 0.0798 0.5390 0.9878",
                "6 11 2 0.7500 0.1250 0.4084 0.9117",
                "8 8 1 0.6562 0.1402 0.3204 0.8557",
                "11 6 1 0.5469 0.1537 0.2224 0.7848",
                "13 5 1 0.4375 0.1571 0.1441 0.7027",
                "17 3 1 0.2917 0.1586 0.0536 0.5952",
            ]
        );
        assert_eq!((curve.people, curve.reached), (12, 7));
        assert_eq!(times(curve.quantile(0.5)), (Some(13.0), Some(6.0), None));
        assert_eq!(curve.quantile(0.75).time, None);
        assert_eq!(curve.quantile(0.9).time, None);
        assert_eq!(
            curve.printed("first-merge(start_date → merged_at, WD)"),
            "first-merge(start_date → merged_at, WD) p50 13 [6, –) · n 12 · 7 reached"
        );
        let risk: Vec<_> = [0.0, 4.0, 5.0, 7.0, 8.0, 20.0, 21.0].map(|time| curve.at_risk(time)).into();
        assert_eq!(risk, [12, 12, 11, 9, 8, 2, 0]);
    }

    #[test]
    fn k2_median_not_reached() {
        let curve = of("5, 8, 9+, 10, 12+, 12+, 14+, 15+");
        let shown: Vec<_> = table(&curve);
        assert_eq!(shown.len(), 3);
        assert!(shown[0].starts_with("5 8 1 0.8750") && shown[0].ends_with("0.3870 0.9814"), "{shown:?}");
        assert!(shown[1].starts_with("8 7 1 0.7500") && shown[1].ends_with("0.3148 0.9309"), "{shown:?}");
        assert!(shown[2].starts_with("10 5 1 0.6000") && shown[2].ends_with("0.1955 0.8523"), "{shown:?}");
        assert_eq!(times(curve.quantile(0.5)), (None, Some(5.0), None));
    }

    #[test]
    fn k3_the_last_event_ends_the_curve() {
        let curve = of("3, 5, 5+, 8, 10, 12");
        let bounds = curve.estimates.iter().map(|one| (format!("{:.4}", one.survival), one.interval));
        let bounds = bounds.map(|(s, interval)| {
            s + &interval.map_or(String::new(), |(lower, upper)| format!(" [{lower:.4}, {upper:.4}]"))
        });
        assert_eq!(
            bounds.collect::<Vec<_>>(),
            [
                "0.8333 [0.2731, 0.9747]",
                "0.6667 [0.1946, 0.9044]",
                "0.4444 [0.0662, 0.7849]",
                "0.2222 [0.0096, 0.6147]",
                "0.0000",
            ]
        );
        assert_eq!(times(curve.quantile(0.5)), (Some(8.0), Some(3.0), None));
        assert_eq!(times(curve.quantile(0.75)), (Some(10.0), Some(5.0), None));
        assert_eq!(curve.quantile(0.9).time, Some(12.0));
    }

    #[test]
    fn k4_the_published_reference() {
        let curve = of("6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+, 34+, 35+");
        assert_eq!(
            table(&curve),
            [
                "6 21 3 0.8571 0.0764 0.6197 0.9516",
                "7 17 1 0.8067 0.0869 0.5631 0.9228",
                "10 15 1 0.7529 0.0963 0.5032 0.8894",
                "13 12 1 0.6902 0.1068 0.4316 0.8491",
                "16 11 1 0.6275 0.1141 0.3675 0.8049",
                "22 7 1 0.5378 0.1282 0.2678 0.7468",
                "23 6 1 0.4482 0.1346 0.1881 0.6801",
            ]
        );
        assert_eq!((curve.people, curve.reached), (21, 9));
        assert_eq!(times(curve.quantile(0.5)), (Some(23.0), Some(13.0), None));
    }

    #[test]
    fn nobody_and_nobody_yet() {
        assert_eq!(KaplanMeier::of(&[]), KaplanMeier::default());
        let curve = of("4+, 9+");
        assert_eq!((curve.people, curve.reached, curve.quantile(0.5)), (2, 0, Quantile::default()));
    }

    #[test]
    fn finishing_never_lowers_the_share_that_has_finished() {
        // P6: people who finished stay in the figures of their cohort.
        let before = of("4, 6, 9+, 9+, 9+");
        let after = of("4, 6, 9, 9+, 9+");
        let reached = |curve: &KaplanMeier| curve.estimates.last().map(|last| 1.0 - last.survival);
        assert!(reached(&after) > reached(&before));
    }
}
