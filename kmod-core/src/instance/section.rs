// SPDX-License-Identifier: GPL-2.0-only
//! The calls that are inside a device, which may be taken away while its files are open, or inside the
//! state of an open file.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use kmod_bindings::{self as bindings, kmod_section, kmod_sections};

use crate::error::Result;
use crate::error::code::ENODEV;
use crate::linked::Linked;

/// What a task that panics calls, once there are sections.
static ABANDON: Linked = Linked::new();

/// The task will not come back to where it is: it leaves the sections in which it is, since nobody
/// will look at what is behind them from there any more.
pub(crate) fn abandon() {
    if let Some(abandon) = ABANDON.get() {
        // SAFETY: This task never returns to a frame that is inside.
        unsafe { abandon() };
    }
}

/// The sections of one instance.
///
/// # Invariants
///
/// `sections` is initialised, where it is, from `open` on. From then on the value is not moved.
pub(crate) struct Sections {
    sections: UnsafeCell<MaybeUninit<kmod_sections>>,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl Send for Sections {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl Sync for Sections {}

impl Sections {
    /// Not open yet.
    pub(crate) const fn new() -> Self {
        Self {
            sections: UnsafeCell::new(MaybeUninit::uninit()),
        }
    }

    /// Opens them.
    ///
    /// # Safety
    ///
    /// To be called once, before anything else. The value stays where it is from now on, and
    /// [`drain`](Self::drain) is called before its memory goes.
    pub(crate) unsafe fn open(&self) {
        ABANDON.store(bindings::kmod_sections_abandon);
        // SAFETY: Nobody else knows them yet, and they stay (the caller's promise).
        unsafe { bindings::kmod_sections_open(self.as_ptr()) };
    }

    /// Calls `f` inside.
    ///
    /// # Errors
    ///
    /// `ENODEV` if they are closed.
    ///
    /// # Safety
    ///
    /// They are open, or were closed since; their memory stays as long as this runs. Process context.
    pub(crate) unsafe fn enter<R>(&self, f: impl FnOnce() -> R) -> Result<R> {
        let section = UnsafeCell::new(MaybeUninit::<kmod_section>::uninit());
        let section = section.get().cast();
        // SAFETY: The section stays in this frame until the call below that leaves it; if `f`
        // panics, `abandon` has it leave.
        if !unsafe { bindings::kmod_section_enter(self.as_ptr(), section) } {
            return Err(ENODEV);
        }
        let result = f();
        // SAFETY: It was entered above.
        unsafe { bindings::kmod_section_leave(self.as_ptr(), section) };
        Ok(result)
    }

    /// Lets nobody in any more, and wakes who sleeps inside.
    ///
    /// # Safety
    ///
    /// They are open, or were closed and not drained yet: then nothing changes.
    pub(crate) unsafe fn close(&self) {
        // SAFETY: They are open, or closed and not drained (the caller's promise).
        unsafe { bindings::kmod_sections_close(self.as_ptr()) };
    }

    /// Waits until nobody is inside.
    ///
    /// # Safety
    ///
    /// They are closed, and this is the first call. Sleeping is allowed.
    pub(crate) unsafe fn drain(&self) {
        // SAFETY: They are closed (the caller's promise).
        unsafe { bindings::kmod_sections_drain(self.as_ptr()) };
    }

    fn as_ptr(&self) -> *mut kmod_sections {
        self.sections.get().cast()
    }
}
