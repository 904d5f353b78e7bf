// SPDX-License-Identifier: GPL-2.0-only
//! Messages that wait for a worker: they are to be printed before the module is gone.

use core::sync::atomic::{AtomicBool, Ordering, fence};

use crate::linked::Linked;

/// What prints those that wait, once there was one.
static END: Linked = Linked::new();

/// Whether one may wait: from before `init` to when no handler is left. Outside of that time nobody would wait for
/// the worker, and only what parameters call runs.
static OPEN: AtomicBool = AtomicBool::new(false);

/// Where it is said whether one may wait.
#[cfg(target_os = "none")]
#[inline(always)]
pub(super) fn is_open() -> *const bool {
    if END.get().is_none() {
        END.store(kmod_bindings::kmod_deferred_end);
    }
    // Either `kmod_print_deferred()` sees that it is over, or `end` sees `END`.
    fence(Ordering::SeqCst);
    OPEN.as_ptr()
}

/// The module is made.
pub(crate) fn begin() {
    OPEN.store(true, Ordering::Relaxed);
}

/// The module has no handler left: what waits is printed.
pub(crate) fn end() {
    OPEN.store(false, Ordering::Relaxed);
    fence(Ordering::SeqCst);
    if let Some(end) = END.get() {
        // SAFETY: `kmod_deferred_end()` has no preconditions but that nothing is open any more, which is so, and
        // process context, in which modules are made and go.
        unsafe { end() };
    }
}
