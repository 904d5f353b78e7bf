// SPDX-License-Identifier: GPL-2.0-only
//! What is known of the task that runs on this CPU, wherever that is asked: C's `current`.

use kmod_bindings as bindings;

use super::{COMM_LEN, Comm};

/// Its name.
pub(crate) fn comm() -> Comm {
    let mut comm = [0; COMM_LEN];
    // SAFETY: There is room for so many bytes. Another thread may rename the task meanwhile: the bytes may be
    // of both names, and the function ends them with a NUL.
    unsafe { bindings::kmod_current_comm(comm.as_mut_ptr().cast()) };
    // INVARIANT: The function puts a NUL.
    Comm(comm)
}

/// Its thread's id, in the initial pid namespace.
pub(crate) fn pid() -> i32 {
    // SAFETY: A task always runs, and its numbers do not change.
    unsafe { bindings::kmod_current_pid() }
}

/// Its process's id, in the initial pid namespace.
pub(crate) fn tgid() -> i32 {
    // SAFETY: A task always runs, and its numbers do not change.
    unsafe { bindings::kmod_current_tgid() }
}
