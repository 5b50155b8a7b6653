//! Where milestones and their labels stand on the trail, so that no two labels touch.
//!
//! The width of the trail is not known here: labels are placed for a narrow and for a wide trail, and the
//! style sheet picks by a container query. The next milestone always keeps its label.

use waymark_api::ipc::today::{Stop, Trail};

use crate::features::journey::words::count;

/// Widths that labels are placed for, in px; the style sheet's query has the second one.
const NARROW: f64 = 380.0;
const WIDE: f64 = 560.0;
/// Mean width of a character of the label's type, in px, rounded up.
const CHARACTER: f64 = 6.6;
/// Free space between two labels, in px.
const GAP: f64 = 10.0;
/// Smallest distance of two diamonds, in px of the narrow trail.
const DIAMONDS: f64 = 18.0;

/// How a label hangs below its diamond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hang {
    /// It begins at the diamond, which stands at the line's start.
    Start,
    /// It is centred.
    Middle,
    /// It ends at the diamond, which stands at the line's end.
    End,
}

/// When a label is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// On every trail.
    Always,
    /// Only where the trail is wide.
    Wide,
    /// Never; the name is read on hover and by screen readers.
    Never,
}

/// A milestone on the trail.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    /// Its title.
    pub(crate) title: String,
    /// Its place in percent of the line.
    pub(crate) at: f64,
    /// How its label hangs.
    pub(crate) hang: Hang,
    /// When its label is there.
    pub(crate) shown: Shown,
    /// Whether it was reached.
    pub(crate) reached: bool,
    /// Whether it is the next one.
    pub(crate) next: bool,
}

/// Places the milestones of a trail.
pub(crate) fn place(stops: &[Stop]) -> Vec<Placed> {
    let places = spread(stops);
    let narrow = labels(stops, &places, NARROW, &vec![false; stops.len()]);
    // What fits a narrow line stays on a wide one, where there is more room between the same places.
    let wide = labels(stops, &places, WIDE, &narrow);
    stops
        .iter()
        .enumerate()
        .map(|(n, stop)| Placed {
            title: stop.title.clone(),
            at: places[n],
            hang: hang(places[n], stop, NARROW),
            shown: match (narrow[n], wide[n]) {
                (true, _) => Shown::Always,
                (false, true) => Shown::Wide,
                (false, false) => Shown::Never,
            },
            reached: stop.reached,
            next: stop.next,
        })
        .collect()
}

/// Moves diamonds apart that would cover each other, first to the right, then back from the end.
fn spread(stops: &[Stop]) -> Vec<f64> {
    let least = DIAMONDS / NARROW * 100.0;
    let mut places: Vec<f64> = stops.iter().map(|stop| stop.at.clamp(0.0, 100.0)).collect();
    for n in 1..places.len() {
        places[n] = places[n].max(places[n - 1] + least);
    }
    let mut limit = 100.0;
    for place in places.iter_mut().rev() {
        *place = place.min(limit).max(0.0);
        limit = *place - least;
    }
    places
}

/// Which labels fit on a trail of this width: the next milestone's first, then the last one's, then from
/// the right, because what comes matters more than what was. Labels that are `there` already come before all.
fn labels(stops: &[Stop], places: &[f64], width: f64, there: &[bool]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..stops.len()).collect();
    order.sort_by_key(|&n| {
        let rank = if stops[n].next { 0 } else { 1 + usize::from(n + 1 != stops.len()) };
        (!there[n], rank, usize::MAX - n)
    });
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut shown = vec![false; stops.len()];
    for n in order {
        let (from, to) = extent(places[n], &stops[n], width);
        let free = taken.iter().all(|(left, right)| to + GAP <= *left || from >= right + GAP);
        if free || stops[n].next {
            taken.push((from, to));
            shown[n] = true;
        }
    }
    shown
}

fn hang(at: f64, stop: &Stop, width: f64) -> Hang {
    let centre = at / 100.0 * width;
    let half = label_width(stop) / 2.0;
    if centre + half > width {
        Hang::End
    } else if centre - half < 0.0 {
        Hang::Start
    } else {
        Hang::Middle
    }
}

fn extent(at: f64, stop: &Stop, width: f64) -> (f64, f64) {
    let centre = at / 100.0 * width;
    let label = label_width(stop);
    // The hang is one for all widths, so that a label does not jump when the window grows.
    match hang(at, stop, NARROW) {
        Hang::Start => (centre, centre + label),
        Hang::Middle => (centre - label / 2.0, centre + label / 2.0),
        Hang::End => (centre - label, centre),
    }
}

fn label_width(stop: &Stop) -> f64 {
    stop.title.chars().count() as f64 * CHARACTER
}

/// "next milestone First PR, 3 steps away" in its parts: the name, and the distance where it is known.
pub(crate) fn next_milestone(trail: &Trail) -> Option<(String, Option<String>)> {
    let stop = trail.stops.iter().find(|stop| stop.next)?;
    let away = trail.steps_to_next.map(|steps| format!("{} away", count(steps, "step", "steps")));
    Some((stop.title.clone(), away))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(title: &str, at: f64) -> Stop {
        Stop { title: title.to_owned(), at, reached: false, next: false }
    }

    fn shown(stops: &[Stop]) -> Vec<Shown> {
        place(stops).into_iter().map(|placed| placed.shown).collect()
    }

    #[test]
    fn the_picture_fits_where_the_trail_is_wide() {
        let mut stops = [stop("Settled in", 33.3), stop("First PR", 83.3), stop("First deploy", 100.0)];
        stops[1].next = true;
        let placed = place(&stops);
        assert_eq!(placed.iter().map(|one| one.hang).collect::<Vec<_>>(), [Hang::Middle, Hang::Middle, Hang::End]);
        assert_eq!(shown(&stops), [Shown::Always, Shown::Always, Shown::Never]);
    }

    #[test]
    fn no_two_labels_touch() {
        let stops: Vec<Stop> = (0..9).map(|n| stop(&format!("Milestone {n}"), f64::from(n) * 12.5)).collect();
        let placed = place(&stops);
        for (width, wanted) in [(NARROW, [Shown::Always].as_slice()), (WIDE, &[Shown::Always, Shown::Wide])] {
            let mut extents: Vec<(f64, f64)> = placed
                .iter()
                .zip(&stops)
                .filter(|(one, _)| wanted.contains(&one.shown))
                .map(|(one, stop)| extent(one.at, stop, width))
                .collect();
            extents.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(extents.len() >= 3, "some labels are left at {width} px");
            assert!(extents.windows(2).all(|two| two[0].1 + GAP <= two[1].0), "{extents:?} at {width} px");
        }
    }

    #[test]
    fn the_next_milestone_keeps_its_label() {
        let mut stops = [stop("Everything is set up", 48.0), stop("First change merged", 50.0)];
        stops[0].next = true;
        assert_eq!(shown(&stops)[0], Shown::Always);
        assert_ne!(shown(&stops)[1], Shown::Always);
    }

    #[test]
    fn diamonds_at_one_place_are_moved_apart_inside_the_line() {
        for at in [0.0, 50.0, 100.0] {
            let placed = place(&[stop("a", at), stop("b", at), stop("c", at)]);
            let least = DIAMONDS / NARROW * 100.0 - 1e-9;
            assert!(placed.windows(2).all(|two| two[1].at - two[0].at >= least), "{placed:?}");
            assert!(placed.iter().all(|one| (0.0..=100.0).contains(&one.at)), "{placed:?}");
        }
    }

    #[test]
    fn labels_at_the_ends_stay_on_the_line() {
        let placed = place(&[stop("Accounts are there", 0.0), stop("First deploy", 100.0)]);
        assert_eq!(placed[0].hang, Hang::Start);
        assert_eq!(placed[1].hang, Hang::End);
    }
}
