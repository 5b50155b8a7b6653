//! Where the names of curves stand: beside their own curve, on none, and not on each other.

/// A point of the drawing.
pub(super) type Point = (f64, f64);

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    fn holds(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The point of the area that is nearest.
    pub(super) fn nearest(&self, (x, y): Point) -> Point {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// A curve with the size of its name.
pub(super) struct Named {
    /// Points along the curve, close to each other.
    pub(super) line: Vec<Point>,
    /// Points inside its band.
    pub(super) band: Vec<Point>,
    /// Width and height of the name.
    pub(super) size: (f64, f64),
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// The words.
    pub(super) area: Area,
    /// The point of the curve that is nearest.
    pub(super) to: Point,
}

const STEP: f64 = 8.0;
const ROOM: f64 = 5.0;
/// What standing on a band costs, in units of distance.
const ON_BAND: f64 = 80.0;
/// What a line of the plot through the words costs.
const ON_LINE: f64 = 60.0;
/// What being nearer to another curve costs.
const MISLEADING: f64 = 100.0;

/// A place inside `plot` for the name of each curve, the first one first; `None` where there is no room.
/// `line` is the height of a line across the plot that names had better not stand on.
/// Distances are squared, since only their order counts.
pub(super) fn place(curves: &[Named], plot: Area, line: f64) -> Vec<Option<Placed>> {
    let mut taken: Vec<Area> = Vec::new();
    curves
        .iter()
        .enumerate()
        .map(|(own, curve)| {
            let best = candidates(curve.size, plot)
                .filter(|area| {
                    let room = area.grown(ROOM);
                    !taken.iter().any(|other| room.meets(other))
                        && !curves.iter().any(|curve| curve.line.iter().any(|point| room.holds(*point)))
                })
                .filter_map(|area| {
                    let (to, away) = closest(&curve.line, &area)?;
                    let others = curves.iter().enumerate().filter(|(other, _)| *other != own);
                    let misleading =
                        others.filter_map(|(_, other)| closest(&other.line, &area)).any(|(_, other)| other < away);
                    let banded = curves.iter().any(|curve| curve.band.iter().any(|point| area.holds(*point)));
                    let on_line = area.top < line && line < area.bottom;
                    let cost = away.sqrt()
                        + if on_line { ON_LINE } else { 0.0 }
                        + if banded { ON_BAND } else { 0.0 }
                        + if misleading { MISLEADING } else { 0.0 };
                    Some((cost, Placed { area, to }))
                })
                .min_by(|(a, _), (b, _)| a.total_cmp(b));
            let (_, placed) = best?;
            taken.push(placed.area);
            Some(placed)
        })
        .collect()
}

fn candidates((width, height): (f64, f64), plot: Area) -> impl Iterator<Item = Area> {
    let count = |room: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a drawing is small")]
        let count = (room / STEP).floor().max(-1.0) as i32;
        (0..=count).map(|step| f64::from(step) * STEP)
    };
    let columns: Vec<f64> = count(plot.right - plot.left - width).collect();
    count(plot.bottom - plot.top - height).flat_map(move |down| {
        columns.clone().into_iter().map(move |along| {
            let (left, top) = (plot.left + along, plot.top + down);
            Area { left, top, right: left + width, bottom: top + height }
        })
    })
}

/// The point of `line` that is nearest to `area`, and the square of its distance.
fn closest(line: &[Point], area: &Area) -> Option<(Point, f64)> {
    let away = |point: &Point| {
        let (x, y) = area.nearest(*point);
        (x - point.0).powi(2) + (y - point.1).powi(2)
    };
    line.iter().map(|point| (*point, away(point))).min_by(|(_, a), (_, b)| a.total_cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Area = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 160.0 };

    fn rising(from: f64) -> Named {
        let line = (0..=200).map(f64::from).map(|x| (from + x, 160.0 - x * 0.7)).collect();
        Named { line, band: Vec::new(), size: (110.0, 30.0) }
    }

    fn overlap(curves: &[Named], placed: &[Placed]) -> bool {
        placed.iter().enumerate().any(|(index, one)| {
            curves.iter().any(|curve| curve.line.iter().any(|point| one.area.holds(*point)))
                || placed[index + 1..].iter().any(|other| one.area.meets(&other.area))
        })
    }

    #[test]
    fn a_name_stands_beside_its_own_curve() {
        let curves = [rising(0.0), rising(140.0)];
        let placed: Vec<Placed> = place(&curves, PLOT, 80.0).into_iter().flatten().collect();
        assert_eq!(placed.len(), 2, "there is room for both");
        assert!(!overlap(&curves, &placed), "{placed:?}");
        for (own, one) in placed.iter().enumerate() {
            let away = |curve: &Named| closest(&curve.line, &one.area).map(|(_, away)| away).expect("points");
            assert!(curves.iter().all(|other| away(other) >= away(&curves[own])), "{one:?}");
        }
    }

    #[test]
    fn where_it_is_narrow_names_still_stand_on_nothing() {
        let curves = [rising(0.0), rising(60.0), rising(120.0), rising(180.0)];
        let placed: Vec<Placed> = place(&curves, PLOT, 80.0).into_iter().flatten().collect();
        assert!(placed.len() >= 2 && !overlap(&curves, &placed), "{placed:?}");
    }

    #[test]
    fn without_room_there_is_no_name() {
        let narrow = Area { right: 60.0, ..PLOT };
        assert_eq!(place(&[rising(0.0)], narrow, 80.0), [None]);
    }
}
