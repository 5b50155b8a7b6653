//! Who has a place. While all are taken, whoever is in nobody's way waits least: connections that have sent no
//! request yet are closed first, the oldest before the others, then those that rest between two requests. So a
//! good client gets in while others hold as many connections as there are.

use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::guard::Connections;

/// All places of one listener.
#[derive(Clone, Debug)]
pub(super) struct Places {
    all: Arc<Mutex<All>>,
    most: usize,
    per_address: usize,
    numbers: Connections,
}

#[derive(Debug, Default)]
struct All {
    open: usize,
    by_address: HashMap<IpAddr, usize>,
    /// The next ticket; older ones are smaller.
    next: u64,
    /// Connections that have sent no request yet, by their ticket.
    new: BTreeMap<u64, Arc<Notify>>,
    /// Connections between two requests, by their ticket.
    resting: BTreeMap<u64, Arc<Notify>>,
}

/// A connection's place; it is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    address: IpAddr,
    ticket: Mutex<u64>,
    leave: Arc<Notify>,
}

impl Places {
    /// `most` places, of which one address has at most `per_address`; this machine itself as many as it likes.
    pub(super) fn new(most: usize, per_address: usize, numbers: Connections) -> Self {
        Self { all: Arc::default(), most, per_address, numbers }
    }

    /// A place for a connection that was just accepted. `None` where its address has enough, or where everybody is
    /// in the midst of a request.
    pub(super) fn take(&self, address: IpAddr) -> Option<Arc<Place>> {
        let mut all = self.all();
        let of_address = all.by_address.get(&address).copied().unwrap_or(0);
        if of_address >= self.per_address && !address.is_loopback() {
            self.numbers.refused.inc();
            return None;
        }
        if all.open >= self.most {
            // Whoever leaves counts until they are gone, so a few more may be open for a moment.
            let Some((_, leave)) = all.new.pop_first().or_else(|| all.resting.pop_first()) else {
                self.numbers.refused.inc();
                return None;
            };
            leave.notify_one();
            self.numbers.evicted.inc();
        }
        all.open += 1;
        *all.by_address.entry(address).or_default() += 1;
        let leave = Arc::new(Notify::new());
        let ticket = all.ticket();
        all.new.insert(ticket, Arc::clone(&leave));
        self.numbers.open.inc();
        Some(Arc::new(Place { places: self.clone(), address, ticket: Mutex::new(ticket), leave }))
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl All {
    fn ticket(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

impl Place {
    /// A whole request is here: from now on the connection is in the midst of something.
    pub(super) fn busy(&self) {
        let ticket = self.ticket();
        let mut all = self.places.all();
        all.new.remove(&ticket);
        all.resting.remove(&ticket);
    }

    /// The request was answered.
    pub(super) fn rest(&self) {
        let mut ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = self.places.all();
        *ticket = all.ticket();
        all.resting.insert(*ticket, Arc::clone(&self.leave));
    }

    /// Ready when the place is needed for somebody else.
    pub(super) async fn needed(&self) {
        self.leave.notified().await;
    }

    fn ticket(&self) -> u64 {
        *self.ticket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.busy();
        let mut all = self.places.all();
        all.open -= 1;
        if let Some(open) = all.by_address.get_mut(&self.address) {
            *open -= 1;
            if *open == 0 {
                all.by_address.remove(&self.address);
            }
        }
        self.places.numbers.open.dec();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn ip(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn the_oldest_that_sent_nothing_leaves_first_and_nobody_in_a_request_does() {
        let places = Places::new(3, 3, Connections::default());
        let held: Vec<_> = (1..=3).map(|n| places.take(ip(n)).expect("a place")).collect();
        held[0].busy();
        held[1].busy();
        held[1].rest();
        let leaves = |n: usize| held[n].needed().now_or_never().is_some();
        let fourth = places.take(ip(4)).expect("the third one's place");
        assert!(leaves(2) && !leaves(0) && !leaves(1));
        fourth.busy();
        let fifth = places.take(ip(5)).expect("the second one's place");
        assert!(leaves(1) && !leaves(0));
        fifth.busy();
        assert!(places.take(ip(6)).is_none(), "all are in the midst of a request");
        drop((held, fourth, fifth));
        let all = places.all();
        assert_eq!((all.open, all.by_address.len(), all.new.len(), all.resting.len()), (0, 0, 0, 0));
    }

    #[test]
    fn one_address_has_its_share_and_this_machine_any() {
        let places = Places::new(10, 2, Connections::default());
        let held: Vec<_> = (0..3).map(|_| places.take(ip(1))).collect();
        assert_eq!(held.iter().filter(|place| place.is_some()).count(), 2);
        let own: Vec<_> = (0..5).map(|_| places.take(IpAddr::from([127, 0, 0, 1]))).collect();
        assert!(own.iter().all(Option::is_some));
    }
}
