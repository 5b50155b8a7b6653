//! The order of the people. There is no ranking: neither progress nor pace can be sorted by.

use waymark_core::team::{PersonRow, PersonState};

/// What the rows are in order of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SortKey {
    /// The name.
    Name,
    /// Day 1.
    #[default]
    Started,
    /// Where the person stands, who needs help first.
    State,
}

/// An order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// By what.
    pub(crate) key: SortKey,
    /// From the highest down.
    pub(crate) descending: bool,
}

impl Default for Order {
    /// The newest start first.
    fn default() -> Self {
        Self { key: SortKey::Started, descending: true }
    }
}

impl Order {
    /// What a press on a column's head leads to.
    pub(crate) fn pressed(self, key: SortKey) -> Self {
        if self.key == key {
            Self { key, descending: !self.descending }
        } else {
            Self { key, descending: key == SortKey::Started }
        }
    }

    /// `aria-sort` of a column.
    pub(crate) fn aria(self, key: SortKey) -> Option<&'static str> {
        (self.key == key).then_some(if self.descending { "descending" } else { "ascending" })
    }
}

/// The rows in order; equal ones by name.
pub(crate) fn sorted(people: &[PersonRow], order: Order) -> Vec<PersonRow> {
    let mut rows = people.to_vec();
    rows.sort_by(|a, b| {
        let by_key = match order.key {
            SortKey::Name => a.name.cmp(&b.name),
            SortKey::Started => a.started.cmp(&b.started),
            SortKey::State => urgency(a.state).cmp(&urgency(b.state)),
        };
        let by_key = if order.descending { by_key.reverse() } else { by_key };
        by_key.then_with(|| a.name.cmp(&b.name))
    });
    rows
}

fn urgency(state: PersonState) -> u8 {
    match state {
        PersonState::Blocked => 0,
        PersonState::Overdue => 1,
        PersonState::UnderWay => 2,
        PersonState::Ahead => 3,
        PersonState::Finished => 4,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::samples::person_row, *};

    #[test]
    fn people_can_be_put_in_order_but_not_ranked() {
        let people = [
            person_row("Li Wei", date(2025, 12, 8), PersonState::Blocked),
            person_row("Ada Osei", date(2026, 1, 19), PersonState::UnderWay),
            person_row("Sam Okafor", date(2026, 1, 7), PersonState::Finished),
        ];
        let names = |order: Order| sorted(&people, order).into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names(Order::default()), ["Ada Osei", "Sam Okafor", "Li Wei"], "the newest start first");
        let by_name = Order::default().pressed(SortKey::Name);
        assert_eq!(names(by_name), ["Ada Osei", "Li Wei", "Sam Okafor"]);
        assert_eq!(names(by_name.pressed(SortKey::Name)), ["Sam Okafor", "Li Wei", "Ada Osei"]);
        assert_eq!(names(by_name.pressed(SortKey::State))[0], "Li Wei", "who needs help comes first");
        assert_eq!(by_name.aria(SortKey::Name), Some("ascending"));
        assert_eq!(by_name.aria(SortKey::State), None);
    }
}
