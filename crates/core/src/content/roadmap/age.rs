//! Items that stand still (`R023`, `R062`). A file without any date cannot be judged.

use jiff::{Span, civil::Date};

use super::item::ReadItem;
use crate::{
    diagnostic::{Findings, Position},
    roadmap::{Horizon, Status},
};

/// How long something is "now", in months.
const NOW_MONTHS: i64 = 3;
/// How long an item may go without a word, in days.
const SILENT_DAYS: i64 = 90;

pub(super) fn check(read: &ReadItem, today: Date, findings: &mut Findings) {
    let item = &read.item;
    if matches!(item.status, Status::Shipped | Status::Reviewed | Status::Declined | Status::Merged) {
        return;
    }
    too_long_in_now(read, today, findings);
    let last = item.history.iter().zip(&read.moves).max_by_key(|(entry, _)| entry.at);
    let measured = item.outcome.as_ref().and_then(|outcome| outcome.baseline.as_ref()?.at);
    let days = last.map(|(entry, _)| entry.at).into_iter().chain(measured).chain(read.updates.iter().copied());
    let Some(touched) = days.max() else { return };
    if over(touched, Span::new().days(SILENT_DAYS), today) {
        let at = last.map_or(read.status_at, |(_, at)| *at);
        findings
            .warning("R062", at, format!("nobody has touched this item since {touched}, {SILENT_DAYS} days and more"))
            .help("Say what is new in an update, move it with a reason, or decline it.");
    }
}

fn too_long_in_now(read: &ReadItem, today: Date, findings: &mut Findings) {
    let item = &read.item;
    let Some((since, at)) = in_now_since(read).filter(|_| item.horizon == Horizon::Now) else { return };
    let shipped =
        item.history.iter().any(|entry| entry.at >= since && matches!(entry.to.as_str(), "shipped" | "reviewed"));
    let told = read.updates.iter().any(|day| *day >= since);
    if !shipped && !told && over(since, Span::new().months(NOW_MONTHS), today) {
        findings
            .warning(
                "R023",
                at,
                format!("in now since {since}, more than {NOW_MONTHS} months, and no part of it is out"),
            )
            .help("Ship a first part and tell it in an update, make the item smaller, or move it to next.");
    }
}

/// The move to now; where the history leaves it out, the first status that only now has.
fn in_now_since(read: &ReadItem) -> Option<(Date, Position)> {
    let moves = || read.item.history.iter().zip(&read.moves).map(|(entry, at)| (entry.at, entry.to.as_str(), *at));
    let to_now = moves().filter(|(_, to, _)| *to == "now").max_by_key(|(day, ..)| *day);
    let away = moves().filter(|(_, to, _)| matches!(*to, "next" | "later")).map(|(day, ..)| day).max();
    let begun =
        moves().filter(|(day, to, _)| matches!(*to, "building" | "trial") && away.is_none_or(|away| *day >= away));
    let since = to_now.or_else(|| begun.min_by_key(|(day, ..)| *day));
    since.map(|(day, _, at)| (day, at))
}

fn over(from: Date, span: Span, today: Date) -> bool {
    from.checked_add(span).is_ok_and(|end| end < today)
}
