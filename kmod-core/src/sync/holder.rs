// SPDX-License-Identifier: GPL-2.0-only
//! Locks that name the task that holds them: who waits for one looks at that task.

use kmod_bindings as bindings;

use crate::linked::Linked;

/// What a task that panics calls, once there are such locks.
static KEEP: Linked = Linked::new();

/// A lock is about to be used that names its holder.
pub(super) fn names_holder() {
    KEEP.store(bindings::kmod_task_keep);
}

/// The task ends, whatever it holds: what others look at in it has to stay.
pub(crate) fn keep_task() {
    let keep: Option<unsafe extern "C" fn()> = match bindings::KMOD_SPINLOCK_OWNED {
        0 => KEEP.get(),
        // A module has spin locks mostly.
        _ => Some(bindings::kmod_task_keep),
    };
    if let Some(keep) = keep {
        // SAFETY: `kmod_task_keep()` has no preconditions.
        unsafe { keep() };
    }
}
