//! Surveys: the net promoter score with its margin, and items on a scale (`metrics.md`, sections 6 and 7).

use super::{groups, progress::median, rounded};
use crate::team::SMALLEST_GROUP;

/// A net promoter score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nps {
    /// Answers.
    pub answers: u32,
    /// 100 × (share of 9–10 − share of 0–6), −100 to 100. Answers of 7 and 8 stay in the denominator.
    pub score: i32,
    /// 95 % margin in points; `None` at ±100, where the formula gives none.
    pub margin: Option<f64>,
}

/// The score of answers from 0 to 10; others are passed over. `None` for fewer than five answers.
pub fn nps(answers: &[u8]) -> Option<Nps> {
    let count = |range: std::ops::RangeInclusive<u8>| answers.iter().filter(|one| range.contains(one)).count() as u32;
    nps_of(count(9..=10), count(7..=8), count(0..=6))
}

/// The same from counts.
pub fn nps_of(promoters: u32, passives: u32, detractors: u32) -> Option<Nps> {
    let answers = promoters + passives + detractors;
    if answers < SMALLEST_GROUP {
        return None;
    }
    let n = f64::from(answers);
    let (p, d) = (f64::from(promoters) / n, f64::from(detractors) / n);
    let all_alike = promoters == answers || detractors == answers;
    Some(Nps {
        answers,
        score: rounded((p - d) * 100.0, 0) as i32,
        margin: (!all_alike).then(|| rounded(196.0 * ((p + d - (p - d).powi(2)) / n).sqrt(), 1)),
    })
}

impl Nps {
    /// `+5 ±13.1 · n 100`.
    pub fn printed(&self) -> String {
        let margin = self.margin.map_or(String::new(), |margin| format!(" ±{margin:.1}"));
        let sign = if self.score > 0 { "+" } else { "" };
        format!("{sign}{}{margin} · n {}", self.score, self.answers)
    }
}

/// What may be shown of an item on a scale from 1 to 5 (section 6, rule 4). Items are not averaged into one
/// score.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Answers.
    pub answers: u32,
    /// Mean, two decimals.
    pub mean: f64,
    /// From ten answers on.
    pub median: Option<f64>,
    /// Share of 4 and 5 as it is printed; from ten answers on.
    pub favourable: Option<String>,
    /// Answers of 1 to 5; from twenty answers on, and only where it gives no small group away.
    pub distribution: Option<[crate::team::Figure<u32>; 5]>,
}

/// Sums an item up; answers outside 1 to 5 are passed over. `None` for fewer than five answers.
pub fn item(answers: &[u8]) -> Option<Item> {
    let valid: Vec<f64> = answers.iter().filter(|one| (1..=5).contains(*one)).map(|one| f64::from(*one)).collect();
    let count = valid.len() as u32;
    if count < SMALLEST_GROUP {
        return None;
    }
    let favourable = valid.iter().filter(|one| **one >= 4.0).count() as u32;
    let counts: Vec<u32> = (1..=5u8).map(|value| answers.iter().filter(|one| **one == value).count() as u32).collect();
    Some(Item {
        answers: count,
        mean: rounded(valid.iter().sum::<f64>() / f64::from(count), 2),
        median: (count >= 10).then(|| median(&valid)).flatten(),
        favourable: (count >= 10).then(|| groups::printed_survey(favourable, count)).flatten(),
        distribution: (count >= 20).then(|| groups::cells(&counts).cells.try_into().ok()).flatten(),
    })
}

/// Whether free texts may be shown: from five answers on, in random order and without their times.
pub fn shows_texts(answers: u32) -> bool {
    answers >= SMALLEST_GROUP
}

/// Answers ÷ people asked in the window, in percent as it is printed; `None` where nobody was asked.
pub fn response_rate(answers: u32, asked: u32) -> Option<f64> {
    super::percent(answers.min(asked), asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::Figure;

    fn check(promoters: u32, passives: u32, detractors: u32) -> String {
        nps_of(promoters, passives, detractors).map_or("–".to_owned(), |nps| nps.printed())
    }

    #[test]
    fn n1_to_n6_scores_and_margins() {
        assert_eq!(check(25, 55, 20), "+5 ±13.1 · n 100");
        assert_eq!(check(4, 4, 2), "+20 ±46.4 · n 10");
        assert_eq!(nps(&[10, 9, 9, 8, 7, 7, 6, 3, 10, 8]), nps_of(4, 4, 2), "N2 from its answers");
        assert_eq!(check(22, 12, 6), "+40 ±22.8 · n 40");
        assert_eq!(check(2, 2, 1), "+20 ±65.6 · n 5");
        assert_eq!(check(7, 0, 0), "+100 · n 7", "no margin");
        assert_eq!(check(2, 1, 1), "–", "fewer than five");
        assert_eq!(check(0, 0, 6), "-100 · n 6");
        assert_eq!(nps(&[11, 200, 9, 9]), None, "answers off the scale are none");
    }

    #[test]
    fn items_show_more_as_more_people_answer() {
        assert_eq!(item(&[5, 4, 4, 3]), None);
        let five = item(&[5, 4, 4, 3, 1, 9]).expect("five answers");
        assert_eq!((five.answers, five.mean, five.median, five.favourable.clone()), (5, 3.4, None, None));
        let ten = item(&[5, 5, 4, 4, 4, 3, 3, 2, 2, 1]).expect("ten answers");
        assert_eq!((ten.median, ten.favourable.as_deref()), (Some(3.5), Some("50 %")));
        assert_eq!(ten.distribution, None);
        let all_happy = item(&[5; 12]).expect("twelve answers");
        assert_eq!(all_happy.favourable.as_deref(), Some("over 90 %"));
        let answers = [vec![5; 9], vec![4; 8], vec![3; 4], vec![2; 2]].concat();
        let many = item(&answers).expect("23 answers");
        use Figure::{Shown, UnderFive};
        assert_eq!(many.distribution, Some([UnderFive, UnderFive, UnderFive, Shown(8), Shown(9)]));
    }

    #[test]
    fn the_response_rate_stands_beside_the_score() {
        assert_eq!(response_rate(14, 20), Some(70.0));
        assert_eq!(response_rate(3, 0), None);
        assert!(shows_texts(5) && !shows_texts(4));
    }
}
