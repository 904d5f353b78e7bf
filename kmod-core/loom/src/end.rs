// SPDX-License-Identifier: GPL-2.0-only
//! The end of all sleeps: `may_sleep()` and `end_sleeps()` of `kmod_core::sync::wait_queue`.

use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering, fence};
use loom::thread;

struct Sleeps {
    /// Whether it is known how sleepers are woken.
    known: AtomicBool,
    ended: AtomicBool,
}

impl Sleeps {
    fn may(&self) -> bool {
        if !self.known.load(Ordering::Relaxed) {
            self.known.store(true, Ordering::Relaxed);
        }
        fence(Ordering::SeqCst);
        !self.ended.load(Ordering::Relaxed)
    }

    /// Whether those who sleep are woken.
    fn end(&self) -> bool {
        self.ended.store(true, Ordering::Relaxed);
        fence(Ordering::SeqCst);
        self.known.load(Ordering::Relaxed)
    }
}

#[test]
fn who_sleeps_is_woken_at_the_end() {
    loom::model(|| {
        let sleeps = Arc::new(Sleeps {
            known: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        });
        let sleepers = [(); 2].map(|()| {
            let sleeps = Arc::clone(&sleeps);
            thread::spawn(move || sleeps.may())
        });
        let are_woken = sleeps.end();
        let sleep = sleepers.map(|sleeper| sleeper.join().unwrap());
        assert!(are_woken || sleep == [false; 2]);
    });
}
