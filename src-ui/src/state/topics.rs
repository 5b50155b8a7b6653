//! What the shell pushes, handed to whoever shows it.

use leptos::prelude::*;
use waymark_api::topic::{JobProgress, Topic};

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
}

impl Topics {
    /// Without subscriptions. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self {
            subscriptions: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            navigate: StoredValue::new(None),
            job: RwSignal::new(None),
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

    /// Hands a topic to everyone who wants it.
    pub(crate) fn publish(self, topic: &Topic) {
        if let (Topic::Navigate(href), Some(go)) = (topic, self.navigate.get_value()) {
            go.run(href.clone());
        }
        if let Topic::Job(progress) = topic {
            self.job.set(Some(progress.clone()));
        }
        // Collected first: a woken reader may subscribe or leave while we are still counting.
        let woken: Vec<RwSignal<u32>> = self.subscriptions.with_value(|subscriptions| {
            subscriptions.iter().filter(|one| (one.wanted)(topic)).map(|one| one.count).collect()
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
