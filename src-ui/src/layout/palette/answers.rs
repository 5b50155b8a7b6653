//! What the palette knows of the library's answer: whether one is under way, what the last one was, and
//! what is said where it failed.

use waymark_api::{
    IpcError,
    ipc::search::{Hit, SearchResults},
};

/// The question that was asked last and what is known about its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answers {
    asked: u32,
    state: State,
    hits: Vec<Hit>,
    better: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum State {
    /// The last question was answered, or none was asked.
    #[default]
    Answered,
    /// The answer is under way.
    Asked,
    /// There is none: why.
    Failed(String),
}

impl Answers {
    /// Notes a question; its number belongs to the reply. What was found before stays until then.
    pub(super) fn ask(&mut self) -> u32 {
        self.asked = self.asked.wrapping_add(1);
        self.state = State::Asked;
        self.asked
    }

    /// Nothing is asked any more; a reply that is still under way is dropped.
    pub(super) fn stop(&mut self) {
        self.asked = self.asked.wrapping_add(1);
        self.state = State::Answered;
        self.better = None;
    }

    /// Takes the reply to a question, unless another one was asked since. A question that failed keeps what
    /// was found before.
    pub(super) fn reply(&mut self, number: u32, reply: Result<SearchResults, IpcError>) {
        if number != self.asked || self.state != State::Asked {
            return;
        }
        match reply {
            Ok(SearchResults { hits, did_you_mean, .. }) => {
                self.state = State::Answered;
                self.hits = hits;
                self.better = did_you_mean;
            }
            Err(error) => self.state = State::Failed(error.message),
        }
    }

    /// What was found, perhaps for an older question.
    pub(super) fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// A better spelling, where little was found.
    pub(super) fn better(&self) -> Option<&str> {
        self.better.as_deref()
    }

    /// Why there is no answer.
    pub(super) fn failure(&self) -> Option<&str> {
        match &self.state {
            State::Failed(why) => Some(why),
            State::Answered | State::Asked => None,
        }
    }

    /// What is said where there is no row, shortly and in a sentence: "nothing" only once the library has
    /// said so.
    pub(super) fn without_rows(&self) -> (&'static str, &'static str) {
        match self.state {
            State::Answered => ("Nothing found", "Nothing found. Try another word, or fewer of them."),
            State::Asked => ("Searching", "Searching…"),
            State::Failed(_) => ("No answer", "The library did not answer."),
        }
    }
}

#[cfg(test)]
mod tests {
    use waymark_api::{
        Code,
        ipc::search::{HitKind, Segment},
    };

    use super::*;

    fn found(title: &str) -> Result<SearchResults, IpcError> {
        let hit = Hit {
            kind: HitKind::Page,
            title: vec![Segment { text: title.to_owned(), marked: false }],
            context: String::new(),
            snippet: Vec::new(),
            route: String::new(),
            status: None,
            due: None,
        };
        Ok(SearchResults { query: String::new(), hits: vec![hit], did_you_mean: Some("vpn".to_owned()) })
    }

    fn failed() -> Result<SearchResults, IpcError> {
        Err(IpcError::new(Code::Unknown, "the library is busy"))
    }

    fn titles(answers: &Answers) -> Vec<&str> {
        answers.hits().iter().map(|hit| hit.title[0].text.as_str()).collect()
    }

    #[test]
    fn nothing_found_is_said_only_after_an_answer() {
        let mut answers = Answers::default();
        let first = answers.ask();
        assert_eq!(answers.without_rows().0, "Searching");
        answers.reply(first, Ok(SearchResults::default()));
        assert_eq!(answers.without_rows().0, "Nothing found");
    }

    #[test]
    fn a_failure_is_no_empty_answer_and_can_be_asked_again() {
        let mut answers = Answers::default();
        let first = answers.ask();
        answers.reply(first, found("VPN guide"));
        let second = answers.ask();
        answers.reply(second, failed());
        assert_eq!(answers.failure(), Some("the library is busy"));
        assert_eq!(titles(&answers), ["VPN guide"], "what was found before stays");
        let again = answers.ask();
        assert_eq!(answers.failure(), None);
        answers.reply(again, found("VPN"));
        assert_eq!((titles(&answers), answers.better()), (vec!["VPN"], Some("vpn")));
    }

    #[test]
    fn only_the_newest_question_is_answered() {
        let mut answers = Answers::default();
        let (old, new) = (answers.ask(), answers.ask());
        answers.reply(new, found("new"));
        answers.reply(old, found("old"));
        assert_eq!(titles(&answers), ["new"]);
        let late = answers.ask();
        answers.stop();
        answers.reply(late, failed());
        assert_eq!((titles(&answers), answers.failure(), answers.better()), (vec!["new"], None, None));
    }
}
