// SPDX-License-Identifier: GPL-2.0-only
//! The calls inside an instance that goes: `kmod_section_enter()`, `kmod_section_leave()`,
//! `kmod_sections_close()` and `kmod_sections_drain()`.

use loom::sync::atomic::{AtomicBool, Ordering};
use loom::sync::{Arc, Mutex};
use loom::thread;

use crate::task::Task;

#[derive(Default)]
struct State {
    is_closed: bool,
    inside: u32,
    closer: Option<Task>,
}

struct Sections {
    state: Mutex<State>,
    /// Whether what the instance stands for is gone.
    is_gone: AtomicBool,
}

impl Sections {
    fn enter(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        if !state.is_closed {
            state.inside += 1;
        }
        !state.is_closed
    }

    fn leave(&self) {
        let mut state = self.state.lock().unwrap();
        state.inside -= 1;
        if state.inside == 0
            && let Some(closer) = &state.closer
        {
            closer.wake();
        }
    }

    fn call(&self) {
        if self.enter() {
            assert!(!self.is_gone.load(Ordering::Relaxed));
            self.leave();
        }
    }

    fn close_and_drain(&self) {
        let task = Task::new();
        self.state.lock().unwrap().is_closed = true;
        self.state.lock().unwrap().closer = Some(task.clone());
        loop {
            task.goes_to_sleep();
            if self.state.lock().unwrap().inside == 0 {
                break;
            }
            task.schedule();
        }
        self.is_gone.store(true, Ordering::Relaxed);
    }
}

#[test]
fn nobody_is_inside_what_is_gone() {
    loom::model(|| {
        let sections = Arc::new(Sections {
            state: Mutex::new(State::default()),
            is_gone: AtomicBool::new(false),
        });
        let callers = [(); 2].map(|()| {
            let sections = Arc::clone(&sections);
            thread::spawn(move || sections.call())
        });
        sections.close_and_drain();
        for caller in callers {
            caller.join().unwrap();
        }
    });
}
