//! Chance that is the same at every start: the demo's company has one history.

use rand::{RngExt, SeedableRng, rngs::StdRng};

/// A source of chance with a fixed seed.
pub(super) struct Chance(StdRng);

impl Chance {
    /// The same seed gives the same company.
    pub(super) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// 0 to 1.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// Whether something with this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number from `from` to `to`, both included.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + (self.unit() * (to - from + 1) as f64) as i64
    }

    /// Log-normal with median 1: how times of people are spread. `spread` is the deviation of the logarithm.
    pub(super) fn factor(&mut self, spread: f64) -> f64 {
        // Box–Muller; 1 − u keeps the logarithm finite.
        let (u, v) = (1.0 - self.unit(), self.unit());
        (spread * (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()).exp()
    }

    /// Sixteen bytes.
    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        self.0.random::<[u8; N]>()
    }
}
