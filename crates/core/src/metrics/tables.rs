//! Two-way tables whose rows and columns both have totals (`metrics.md`, section 6, rule 2).

use super::groups::{cells, safe};
use crate::team::{Figure, SMALLEST_GROUP};

/// A two-way table, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Rows of cells.
    pub rows: Vec<Vec<Figure<u32>>>,
    /// Totals of rows.
    pub row_totals: Vec<Figure<u32>>,
    /// Totals of columns.
    pub column_totals: Vec<Figure<u32>>,
    /// The sum of all.
    pub total: Figure<u32>,
}

/// Hides what is under five, and as much else as it takes so that neither margin gives a cell away. Short
/// rows are filled up with zeros.
pub fn table(counts: &[Vec<u32>]) -> Table {
    let width = counts.iter().map(Vec::len).max().unwrap_or_default();
    let counts: Vec<Vec<u32>> =
        counts.iter().map(|row| (0..width).map(|at| row.get(at).copied().unwrap_or_default()).collect()).collect();
    let mut hidden: Vec<Vec<bool>> =
        counts.iter().map(|row| row.iter().map(|count| *count < SMALLEST_GROUP).collect()).collect();
    while let Some((row, column)) = next(&counts, &hidden) {
        hidden[row][column] = true;
    }
    let row_totals = cells(&counts.iter().map(|row| row.iter().sum()).collect::<Vec<u32>>());
    let column_totals = cells(&(0..width).map(|at| counts.iter().map(|row| row[at]).sum()).collect::<Vec<u32>>());
    let shown = |(count, hidden): (&u32, &bool)| if *hidden { Figure::UnderFive } else { Figure::Shown(*count) };
    Table {
        rows: counts.iter().zip(&hidden).map(|(row, hidden)| row.iter().zip(hidden).map(shown).collect()).collect(),
        row_totals: row_totals.cells,
        column_totals: column_totals.cells,
        total: row_totals.total,
    }
}

/// The next cell to hide: the smallest shown one of a line that is not safe yet, or of the line of a cell
/// that follows from the totals all the same.
fn next(counts: &[Vec<u32>], hidden: &[Vec<bool>]) -> Option<(usize, usize)> {
    let width = counts.first().map_or(0, Vec::len);
    let in_row = |row: usize| (0..width).map(move |column| (row, column)).collect::<Vec<_>>();
    let in_column = |column: usize| (0..counts.len()).map(move |row| (row, column)).collect::<Vec<_>>();
    let smallest = |line: &[(usize, usize)]| {
        line.iter()
            .filter(|(row, column)| !hidden[*row][*column])
            .min_by_key(|(row, column)| counts[*row][*column])
            .copied()
    };
    let unsafe_line = |line: &Vec<(usize, usize)>| {
        let counts: Vec<u32> = line.iter().map(|(row, column)| counts[*row][*column]).collect();
        let hidden: Vec<bool> = line.iter().map(|(row, column)| hidden[*row][*column]).collect();
        !safe(&counts, &hidden)
    };
    let lines = (0..counts.len()).map(in_row).chain((0..width).map(in_column));
    if let Some(cell) = lines.filter(unsafe_line).find_map(|line| smallest(&line)) {
        return Some(cell);
    }
    let all = (0..counts.len()).flat_map(in_row).filter(|(row, column)| hidden[*row][*column]);
    let given_away = all.filter(|cell| follows(*cell, hidden));
    given_away.flat_map(|(row, column)| [in_row(row), in_column(column)]).find_map(|line| smallest(&line))
}

/// Whether the totals fix a hidden cell. Rows and columns are nodes and hidden cells edges between them; the
/// values are free along cycles, so a cell is fixed exactly where its edge lies on none.
fn follows((row, column): (usize, usize), hidden: &[Vec<bool>]) -> bool {
    let mut rows = vec![false; hidden.len()];
    let mut columns = vec![false; hidden[row].len()];
    let mut open = vec![row];
    rows[row] = true;
    while let Some(from) = open.pop() {
        for at in 0..columns.len() {
            if !hidden[from][at] || columns[at] || (from, at) == (row, column) {
                continue;
            }
            if at == column {
                return false;
            }
            columns[at] = true;
            for (below, reached) in rows.iter_mut().enumerate() {
                if hidden[below][at] && !*reached {
                    *reached = true;
                    open.push(below);
                }
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(counts: &[Vec<u32>]) -> Vec<String> {
        let word = |figure: &Figure<u32>| figure.shown().map_or("–".to_owned(), |count| count.to_string());
        table(counts).rows.iter().map(|row| row.iter().map(word).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn one_small_cell_takes_a_square_with_it() {
        assert_eq!(
            check(&[vec![3, 9, 20], vec![8, 30, 30], vec![40, 30, 30]]),
            ["– – 20", "– – 30", "40 30 30"],
            "in its row, in its column, and where the two meet"
        );
        assert_eq!(check(&[vec![9, 9], vec![9, 9]]), ["9 9", "9 9"]);
        assert_eq!(check(&[vec![2, 9], vec![9, 9]]), ["– –", "– –"]);
    }

    #[test]
    fn a_cell_between_two_squares_is_not_given_away() {
        // Two hidden squares and one hidden cell that joins them: each line hides two or more, and yet the
        // joining cell is what the first square's rows have over its columns.
        let counts = vec![
            vec![1, 4, 1, 20, 20],
            vec![4, 4, 20, 20, 20],
            vec![20, 20, 4, 4, 20],
            vec![20, 20, 4, 4, 20],
            vec![20, 20, 20, 20, 20],
        ];
        let hidden: Vec<Vec<bool>> = counts.iter().map(|row| row.iter().map(|count| *count < 5).collect()).collect();
        assert!(follows((0, 2), &hidden) && !follows((0, 0), &hidden));
        let shown = table(&counts);
        let hidden: Vec<Vec<bool>> =
            shown.rows.iter().map(|row| row.iter().map(|cell| *cell == Figure::UnderFive).collect()).collect();
        assert!(hidden[0][2] && !follows((0, 2), &hidden));
    }

    proptest! {
        #[test]
        fn neither_margin_gives_a_hidden_cell_away(
            counts in prop::collection::vec(prop::collection::vec(0u32..14, 1..6), 1..6)
        ) {
            let width = counts.iter().map(Vec::len).max().unwrap_or_default();
            let shown = table(&counts);
            let hidden: Vec<Vec<bool>> =
                shown.rows.iter().map(|row| row.iter().map(|cell| *cell == Figure::UnderFive).collect()).collect();
            let count = |row: usize, column: usize| counts[row].get(column).copied().unwrap_or_default();
            for (row, column) in (0..counts.len()).flat_map(|row| (0..width).map(move |column| (row, column))) {
                prop_assert!(hidden[row][column] || count(row, column) >= SMALLEST_GROUP);
                // A table with one row or column has nothing to hide behind but its total.
                let alone = hidden.iter().all(|row| row.iter().all(|hidden| *hidden));
                prop_assert!(!hidden[row][column] || alone || !follows((row, column), &hidden), "{shown:?}");
            }
            // A line whose hidden cells sum to under five says what each of them can be at most.
            for (row, line) in hidden.iter().enumerate() {
                let people: u32 = (0..width).filter(|at| line[*at]).map(|at| count(row, at)).sum();
                let all = line.iter().all(|hidden| *hidden);
                prop_assert!(all || people == 0 && !line.contains(&true) || people >= SMALLEST_GROUP, "{shown:?}");
            }
        }
    }
}
