// SPDX-License-Identifier: GPL-2.0-only
//! `c/section.h`: whoever waits for the last one to leave spins.
#![expect(
    clippy::missing_safety_doc,
    clippy::undocumented_unsafe_blocks,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

use core::ptr;
use std::boxed::Box;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::vec::Vec;

/// The lock is made where it is used: all zeroes are none.
pub struct kmod_sections {
    state: Option<Box<Mutex<State>>>,
}

struct State {
    closed: bool,
    inside: Vec<(*const kmod_section, ThreadId)>,
}

pub struct kmod_section {
    _opaque: [usize; 3],
}

unsafe fn with<R>(sections: *mut kmod_sections, f: impl FnOnce(&mut State) -> R) -> R {
    let state = unsafe { &(*sections).state };
    let state = state.as_ref().expect("it was opened");
    f(&mut state.lock().expect("nobody panics with the lock"))
}

pub unsafe fn kmod_sections_open(sections: *mut kmod_sections) {
    let state = State {
        closed: false,
        inside: Vec::new(),
    };
    let state = Some(Box::new(Mutex::new(state)));
    unsafe { ptr::write(sections, kmod_sections { state }) };
}

pub unsafe fn kmod_section_enter(sections: *mut kmod_sections, section: *mut kmod_section) -> bool {
    let enter = |state: &mut State| {
        if !state.closed {
            state.inside.push((section, thread::current().id()));
        }
        !state.closed
    };
    unsafe { with(sections, enter) }
}

pub unsafe fn kmod_section_leave(sections: *mut kmod_sections, section: *mut kmod_section) {
    let leave = |state: &mut State| state.inside.retain(|(other, _)| !ptr::eq(*other, section));
    unsafe { with(sections, leave) };
}

pub unsafe fn kmod_sections_close(sections: *mut kmod_sections) {
    unsafe { with(sections, |state| state.closed = true) };
}

pub unsafe fn kmod_sections_drain(sections: *mut kmod_sections) {
    while unsafe { with(sections, |state| !state.inside.is_empty()) } {
        thread::yield_now();
    }
}

pub unsafe extern "C" fn kmod_sections_abandon() {}
