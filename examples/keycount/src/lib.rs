// SPDX-License-Identifier: GPL-2.0-only
//! Counts the keys that are pressed, and keeps one of them from the console: a keyboard with a broken key.
//! `echo 30 >/proc/sys/keycount/broken; cat /proc/keycount`.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::notifier::{KeyKind, KeyboardEvent, Keypress};
use kmod_core::prelude::*;

/// Counts keys, and breaks one
#[kernel_module(name = "keycount", license = "GPL", authors = ["The kmod developers"])]
#[derive(Default)]
struct Keycount {
    /// What the console's keyboards tell.
    #[notifier(keyboard)]
    keys: Notifier<Keys>,
    /// /proc/keycount: what was counted.
    #[proc(path = "keycount")]
    report: Report,
    /// /proc/sys/keycount/broken: the code of the key that does nothing; 0 for none.
    #[sysctl(path = "keycount/broken", mode = 0o644)]
    broken: AtomicU32,
}

/// It is told in the keyboard's interrupt, so that all is kept in atomics.
#[derive(Default)]
struct Keys {
    pressed: AtomicU64,
    held_back: AtomicU64,
    last: AtomicU32,
}

#[handlers]
impl NotifierHandler for Keys {
    type Instance = Keycount;
    type Event = KeyboardEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Keypress {
        let key = call.event();
        if key.kind != KeyKind::Keycode {
            return Keypress::Pass;
        }
        let is_broken = key.value == call.instance().broken.load(Ordering::Relaxed);
        if key.down {
            let count = if is_broken {
                &self.held_back
            } else {
                &self.pressed
            };
            count.fetch_add(1, Ordering::Relaxed);
            self.last.store(key.value, Ordering::Relaxed);
        }
        if is_broken {
            Keypress::Taken
        } else {
            Keypress::Pass
        }
    }
}

#[derive(Default)]
struct Report;

#[handlers]
impl TextFile for Report {
    type Instance = Keycount;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let keys = file.instance().keys.handler();
        writeln!(to, "pressed {}", keys.pressed.load(Ordering::Relaxed))?;
        writeln!(to, "held back {}", keys.held_back.load(Ordering::Relaxed))?;
        writeln!(to, "last {}", keys.last.load(Ordering::Relaxed))
    }
}
