// SPDX-License-Identifier: GPL-2.0-only
//! How fast the processor's counter is, by which a guest's kernel tells the time.

use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use kmod_build::arch::Counter;

use crate::{Accel, Arch};

/// How long it is watched: two readings are some microseconds apart from their times at most.
const WATCHED: Duration = Duration::from_millis(50);

/// What tells the guest's kernel how fast its processor's counter is, where that is the host's.
pub(crate) fn word(arch: Arch, accel: Accel) -> Option<String> {
    // KVM tells it by itself, and where instructions are counted there is no host's clock.
    let counter = arch.guest.counter.filter(|_| accel == Accel::Tcg)?;
    Some(format!("{}={}", counter.word, khz(counter)?))
}

/// How many thousand turns the counter takes in a second; it is measured once.
fn khz(counter: Counter) -> Option<u64> {
    static KHZ: OnceLock<Option<u64>> = OnceLock::new();
    *KHZ.get_or_init(|| {
        let (count, at) = reading(counter)?;
        thread::sleep(WATCHED);
        let (later_count, later) = reading(counter)?;
        let micros = u64::try_from((later - at).as_micros()).ok()?;
        let turns = later_count.checked_sub(count)?;
        turns.checked_mul(1000)?.checked_div(micros)
    })
}

/// What the counter says, and when: of several readings the one that nothing came between.
fn reading(counter: Counter) -> Option<(u64, Instant)> {
    let readings = (0..32).filter_map(|_| {
        let before = (counter.read)()?;
        let at = Instant::now();
        let took = (counter.read)()?.checked_sub(before)?;
        Some((took, (before + took / 2, at)))
    });
    let best = readings.min_by_key(|(took, _)| *took);
    best.map(|(_, reading)| reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_is_told_how_fast_its_counter_is_where_that_is_the_hosts() {
        let arch = Arch::of(kmod_build::arch::Arch::FIRST).unwrap();
        let Some(counter) = arch.guest.counter else {
            return;
        };
        let word = word(arch, Accel::Tcg);
        assert_eq!(word.is_some(), (counter.read)().is_some());
        if let Some(word) = word {
            let khz: u64 = word.split_once('=').unwrap().1.parse().unwrap();
            // No processor's is slower or faster.
            assert!((1_000..20_000_000).contains(&khz), "{word}");
        }
        assert_eq!(super::word(arch, Accel::Icount), None);
        assert_eq!(super::word(arch, Accel::Kvm), None);
    }
}
