// SPDX-License-Identifier: GPL-2.0-only
//! `live` of `kmod_core::module::ModuleSlot`: files are opened only when all has been made.

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicBool, Ordering};
use loom::thread;

struct Slot {
    live: AtomicBool,
    state: UnsafeCell<u32>,
}

// SAFETY: `state` is written before `live` is set, and read after it was seen.
unsafe impl Sync for Slot {}

impl Slot {
    fn init(&self) {
        // SAFETY: Nobody looks at it before `live` is set. loom checks it.
        self.state.with_mut(|state| unsafe { *state = 7 });
        self.live.store(true, Ordering::Release);
    }

    fn open(&self) -> Option<u32> {
        let live = self.live.load(Ordering::Acquire);
        // SAFETY: It was written before. loom checks it.
        live.then(|| self.state.with(|state| unsafe { *state }))
    }
}

#[test]
fn who_opens_a_file_finds_the_state_whole() {
    loom::model(|| {
        let slot = Arc::new(Slot {
            live: AtomicBool::new(false),
            state: UnsafeCell::new(0),
        });
        let openers = [(); 2].map(|()| {
            let slot = Arc::clone(&slot);
            thread::spawn(move || slot.open())
        });
        slot.init();
        for opener in openers {
            assert!(matches!(opener.join().unwrap(), None | Some(7)));
        }
    });
}
