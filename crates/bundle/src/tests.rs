//! Whole archives: the corpus, archives made here for every rule, damage, and round trips.

mod corpus;
mod damage;
mod hostile_tar;
mod hostile_zip;
mod installing;
mod make;
mod packing;

use crate::{Bundle, Format, Limits, Policy, Refusal, Rule};

/// Everything is let in that keeps the rules of structure.
const OPEN: Policy<'static> = Policy { allow_unsigned: true, trusted: &[], limits: LIMITS };

const LIMITS: Limits = Limits {
    entries: 5_000,
    packed: 64 * 1024 * 1024,
    unpacked: 256 * 1024 * 1024,
    file: 25 * 1024 * 1024,
    ratio: 100,
};

/// The one door: what an archive is refused for; `None` where it is accepted, after reading all of it.
fn refused(bytes: &[u8], format: Format) -> Option<Refusal> {
    let bundle = match Bundle::open(bytes.to_vec(), format, &OPEN) {
        Ok(bundle) => bundle,
        Err(refusal) => return Some(refusal),
    };
    let mut files = 0;
    let read = bundle.for_each::<Refusal>(|_, _| {
        files += 1;
        Ok(())
    });
    assert_eq!(read, Ok(()), "what was judged can be read");
    assert_eq!(Some(files), bundle.index().files.as_ref().map(|files| files.len()));
    None
}

#[track_caller]
fn check(bytes: &[u8], format: Format, rule: Rule, why: &str) {
    let refusal = refused(bytes, format);
    assert_eq!(refusal.as_ref().map(|refusal| refusal.rule), Some(rule), "{why}: {refusal:?}");
}

#[test]
fn the_limits_are_those_of_the_default() {
    assert_eq!(LIMITS, Limits::default());
}
