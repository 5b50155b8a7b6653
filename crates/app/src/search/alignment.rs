//! Which line of a text each heading stands on, where several lines read like it.

/// Where headings times similar lines are more than this, each heading takes the last line that fits before
/// the next one's; a byte is kept for each of them. A change log of 700 KB has some five million.
const MOST_CELLS: usize = 1 << 24;

/// Finds a place for as many of `wanted` as possible, in order, each as late as possible. Texts are compared
/// by their numbers; `similar` has the places that lines with such texts stand on.
pub(super) fn align(wanted: &[Option<u32>], similar: &[(usize, u32)]) -> Vec<Option<usize>> {
    if wanted.len() * similar.len() > MOST_CELLS { last_fits(wanted, similar) } else { most_fits(wanted, similar) }
}

/// The longest common subsequence of headings and similar lines.
fn most_fits(wanted: &[Option<u32>], similar: &[(usize, u32)]) -> Vec<Option<usize>> {
    #[derive(Clone, Copy)]
    enum Way {
        Both,
        Up,
        Left,
    }
    let width = similar.len();
    let mut ways = vec![Way::Left; wanted.len() * width];
    // Lengths above and on the row that is filled; only the ways through all of them are kept.
    let (mut above, mut here) = (vec![0_u32; width + 1], vec![0_u32; width + 1]);
    for (row, text) in wanted.iter().enumerate() {
        for (column, (_, line)) in similar.iter().enumerate() {
            let both = above[column] + u32::from(*text == Some(*line));
            let longest = both.max(above[column + 1]).max(here[column]);
            here[column + 1] = longest;
            ways[row * width + column] = if *text == Some(*line) && longest == above[column] + 1 {
                Way::Both
            } else if longest == above[column + 1] {
                Way::Up
            } else {
                Way::Left
            };
        }
        std::mem::swap(&mut above, &mut here);
    }
    let mut places = vec![None; wanted.len()];
    let (mut row, mut column) = (wanted.len(), width);
    while row > 0 && column > 0 {
        match ways[(row - 1) * width + column - 1] {
            Way::Both => {
                places[row - 1] = Some(similar[column - 1].0);
                (row, column) = (row - 1, column - 1);
            }
            Way::Up => row -= 1,
            Way::Left => column -= 1,
        }
    }
    places
}

fn last_fits(wanted: &[Option<u32>], similar: &[(usize, u32)]) -> Vec<Option<usize>> {
    let mut rest = similar;
    let mut place = |text: &Option<u32>| {
        let at = rest.iter().rposition(|(_, line)| *text == Some(*line))?;
        let found = rest[at].0;
        rest = &rest[..at];
        Some(found)
    };
    let mut places: Vec<Option<usize>> = wanted.iter().rev().map(&mut place).collect();
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_pass_by_a_list_of_contents() {
        // Contents: 0, 1, 0; then each as a heading.
        let similar = [(2, 0), (3, 1), (4, 0), (7, 0), (11, 1), (15, 0)];
        let wanted = [Some(0), Some(1), Some(0)];
        for align in [most_fits, last_fits] {
            assert_eq!(align(&wanted, &similar), [Some(7), Some(11), Some(15)]);
        }
    }

    #[test]
    fn a_heading_without_a_line_takes_no_other_ones_place() {
        let similar = [(1, 0), (5, 2)];
        let wanted = [Some(0), None, Some(1), Some(2)];
        for align in [most_fits, last_fits] {
            assert_eq!(align(&wanted, &similar), [Some(1), None, None, Some(5)]);
        }
        assert_eq!(align(&[], &similar), []);
        assert_eq!(align(&wanted, &[]), [None; 4]);
    }
}
