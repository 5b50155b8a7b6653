//! Filters of the board, kept in the address, and the rows that they leave.

use waymark_api::ipc::roadmap::{BoardView, Card, Column};

/// How the items are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Three columns.
    #[default]
    Board,
    /// A table.
    List,
}

/// What is shown, as far as the person chose it. It lives in the address, so that back, forward and a restart keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// Id of a persona.
    pub(crate) persona: Option<String>,
    /// Part of the platform.
    pub(crate) area: Option<String>,
    /// Id of a pack, where several have a roadmap.
    pub(crate) pack: Option<String>,
    /// Columns or table.
    pub(crate) layout: Layout,
}

impl Filter {
    /// Reads the parts of an address; unknown values are ignored, because links grow old.
    pub(crate) fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |key: &str| get(key).filter(|value| !value.is_empty());
        let layout = if text("view").as_deref() == Some("list") { Layout::List } else { Layout::Board };
        Self { persona: text("for"), area: text("area"), pack: text("pack"), layout }
    }

    /// The parts of the address that differ from the plain board, as pairs that still have to be escaped.
    pub(crate) fn to_query(&self) -> Vec<(&'static str, String)> {
        let layout = (self.layout == Layout::List).then(|| "list".to_owned());
        [("for", self.persona.clone()), ("area", self.area.clone()), ("pack", self.pack.clone()), ("view", layout)]
            .into_iter()
            .filter_map(|(key, value)| value.map(|value| (key, value)))
            .collect()
    }

    /// Whether items may be hidden.
    pub(crate) fn is_narrow(&self) -> bool {
        self.persona.is_some() || self.area.is_some()
    }

    /// The same board with all its items.
    pub(crate) fn widened(&self) -> Self {
        Self { persona: None, area: None, ..self.clone() }
    }
}

/// Whether `filter` lets `card` through.
pub(crate) fn matches(card: &Card, filter: &Filter) -> bool {
    let persona = filter.persona.as_deref().is_none_or(|id| card.personas.iter().any(|(own, _)| own.as_str() == id));
    let area = filter.area.as_deref().is_none_or(|area| card.area.as_deref() == Some(area));
    persona && area
}

/// The columns and the past items that `filter` leaves, in the owner's order.
pub(crate) fn filtered(board: &BoardView, filter: &Filter) -> (Vec<Column>, Vec<Card>) {
    let keep = |cards: &[Card]| cards.iter().filter(|card| matches(card, filter)).cloned().collect();
    let columns =
        board.columns.iter().map(|column| Column { horizon: column.horizon, cards: keep(&column.cards) }).collect();
    (columns, keep(&board.past))
}

/// The rows of the table: the columns one after the other.
pub(crate) fn rows(columns: &[Column]) -> Vec<Card> {
    columns.iter().flat_map(|column| column.cards.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use waymark_core::roadmap::Horizon;

    use super::{super::samples::*, *};

    fn titles(cards: &[Card]) -> Vec<&str> {
        cards.iter().map(|card| card.title.as_str()).collect()
    }

    #[test]
    fn a_filter_keeps_columns_and_order() {
        let board = board();
        let filter = Filter { persona: Some("developer".into()), ..Filter::default() };
        let (columns, past) = filtered(&board, &filter);
        assert_eq!(columns.len(), 3, "an empty column stays, so that the board does not jump");
        assert_eq!(titles(&columns[0].cards), ["Self-service databases", "Faster CI"]);
        assert_eq!(titles(&columns[1].cards), [""; 0]);
        assert_eq!(titles(&past), ["One build image"]);
        let both = Filter { area: Some("data".into()), ..filter };
        assert_eq!(titles(&rows(&filtered(&board, &both).0)), ["Self-service databases"]);
        assert_eq!(rows(&filtered(&board, &Filter::default()).0).len(), 4);
    }

    #[test]
    fn an_item_without_persona_is_for_nobody_in_particular() {
        let draft = card("Draft", Horizon::Next);
        assert!(matches(&draft, &Filter::default()));
        assert!(!matches(&draft, &Filter { persona: Some("developer".into()), ..Filter::default() }));
    }

    #[test]
    fn the_address_keeps_the_filter() {
        let filter = Filter {
            persona: Some("on-call".into()),
            area: Some("developer environment".into()),
            pack: None,
            layout: Layout::List,
        };
        let query = filter.to_query();
        let read = Filter::from_query(|key| query.iter().find(|(own, _)| *own == key).map(|(_, value)| value.clone()));
        assert_eq!(read, filter);
        assert!(Filter::default().to_query().is_empty(), "the plain board has a plain address");
        assert_eq!(Filter::from_query(|_| Some(String::new())), Filter::default());
        assert!(filter.is_narrow() && !filter.widened().is_narrow());
        assert_eq!(filter.widened().layout, Layout::List, "the table stays a table");
    }
}
