//! What the shell pushes, handed to whoever shows it.

use std::time::Duration;

use leptos::prelude::*;
use waymark_api::topic::{JobProgress, Topic};

/// How long a push waits for others before screens load again. The reply to the gesture that caused it
/// is on its way too, and "saved" is painted before anything is loaded; of many quick ticks only the
/// last one loads.
const GATHER: Duration = Duration::from_millis(60);

type Wanted = Box<dyn Fn(&Topic) -> bool + Send + Sync>;

struct Subscription {
    id: u64,
    wanted: Wanted,
    count: RwSignal<u32>,
}

/// The topics of this window.
#[derive(Clone, Copy)]
pub(crate) struct Topics {
    subscriptions: StoredValue<Vec<Subscription>>,
    next: StoredValue<u64>,
    navigate: StoredValue<Option<Callback<String>>>,
    job: RwSignal<Option<JobProgress>>,
    gathered: StoredValue<Vec<Topic>>,
}

impl Topics {
    /// Without subscriptions. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self {
            subscriptions: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            navigate: StoredValue::new(None),
            job: RwSignal::new(None),
            gathered: StoredValue::new(Vec::new()),
        }
    }

    /// A counter that grows when a matching topic arrives: read it inside the fetcher of a
    /// `LocalResource`, and a push reloads exactly what is on screen. It ends with the current owner.
    pub(crate) fn track(self, wanted: impl Fn(&Topic) -> bool + Send + Sync + 'static) -> Signal<u32> {
        let count = RwSignal::new(0);
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.subscriptions
            .update_value(|subscriptions| subscriptions.push(Subscription { id, wanted: Box::new(wanted), count }));
        on_cleanup(move || {
            self.subscriptions.try_update_value(|subscriptions| subscriptions.retain(|other| other.id != id));
        });
        count.into()
    }

    /// The newest word of a long job. It stays after the job is over: whoever waits for one shows it only
    /// while waiting, and calls [`Topics::forget_job`] before asking for the next.
    pub(crate) fn job(self) -> Signal<Option<JobProgress>> {
        self.job.into()
    }

    /// Forgets the last job, so that a new one does not begin with its words.
    pub(crate) fn forget_job(self) {
        self.job.set(None);
    }

    /// Who goes to the place that a second start asked for.
    pub(crate) fn on_navigate(self, go: impl Fn(&str) + Send + Sync + 'static) {
        self.navigate.set_value(Some(Callback::new(move |href: String| go(&href))));
    }

    /// Takes a topic from the shell. Places and progress are handed on at once, changes of data a moment
    /// later and once, however often they came.
    pub(crate) fn publish(self, topic: &Topic) {
        if let (Topic::Navigate(href), Some(go)) = (topic, self.navigate.get_value()) {
            go.run(href.clone());
        }
        if let Topic::Job(progress) = topic {
            self.job.set(Some(progress.clone()));
            return;
        }
        let first = self.gathered.try_update_value(|gathered| {
            let first = gathered.is_empty();
            if !gathered.contains(topic) {
                gathered.push(topic.clone());
            }
            first
        });
        if first == Some(true) {
            set_timeout(move || self.hand_on(), GATHER);
        }
    }

    fn hand_on(self) {
        let topics = self.gathered.try_update_value(std::mem::take).unwrap_or_default();
        // Collected first: a woken reader may subscribe or leave while we are still counting.
        let woken: Vec<RwSignal<u32>> = self.subscriptions.with_value(|subscriptions| {
            let wanted = |one: &&Subscription| topics.iter().any(|topic| (one.wanted)(topic));
            subscriptions.iter().filter(wanted).map(|one| one.count).collect()
        });
        for count in woken {
            count.try_update(|count| *count = count.wrapping_add(1));
        }
    }
}

/// The topics of this window.
pub(crate) fn use_topics() -> Topics {
    expect_context()
}
