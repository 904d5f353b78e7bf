// SPDX-License-Identifier: GPL-2.0-only
//! Processes that a module remembers, and sends signals to: the kernel's `struct pid`.
//!
//! ```
//! use kmod_core::prelude::*;
//! use kmod_core::task::{Pid, signal::SIGUSR1};
//!
//! /// Signals to who wrote last.
//! #[derive(Default)]
//! struct Bell(Mutex<Option<Pid>>);
//!
//! impl Bell {
//!     fn ring(&self) -> Result {
//!         self.0.lock().as_ref().ok_or(ESRCH)?.signal(SIGUSR1)
//!     }
//! }
//!
//! #[file_operations]
//! impl FileOperations for Bell {
//!     fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
//!         *self.0.lock() = Some(file.caller().process());
//!         from.skip(from.len())
//!     }
//! }
//! ```

use core::ptr::NonNull;

use kmod_bindings as bindings;

use super::Caller;
use super::signal::Signal;
use crate::error::{Result, to_result};

/// A process, or one that has been. As long as the value is there, no other process is taken for it, even if
/// one gets its number.
///
/// It stands on what the kernel exports to modules under the GPL: with another licence a module that uses it is
/// not linked.
///
/// # Invariants
///
/// The value has a reference to it.
pub struct Pid(NonNull<bindings::pid>);

// SAFETY: References to it are counted by the kernel, and its functions may be called from any task.
unsafe impl Send for Pid {}
// SAFETY: The kernel changes it under locks of its own (the contract of the functions called here).
unsafe impl Sync for Pid {}

impl Caller<'_> {
    /// The caller's process.
    pub fn process(&self) -> Pid {
        // SAFETY: The running task has a process, which it holds.
        let pid = unsafe { bindings::kmod_pid_current() };
        // INVARIANT: The function has taken a reference.
        // SAFETY: It is none of NULL: a task has a process as long as it runs.
        Pid(unsafe { NonNull::new_unchecked(pid) })
    }

    /// The process or thread of this number in the caller's pid namespace: `find_get_pid()`. `None` if there
    /// is none.
    pub fn find_process(&self, number: i32) -> Option<Pid> {
        // SAFETY: The task runs, and holds its namespace; any number can be looked for.
        let pid = unsafe { bindings::kmod_pid_find(number) };
        // INVARIANT: The function has taken a reference.
        NonNull::new(pid).map(Pid)
    }
}

impl Pid {
    /// Sends it a signal as the kernel does: `kill_pid()`, whoever runs. That of a thread goes to its process.
    /// Nothing is asked of the caller's rights: where it is on behalf of a caller,
    /// [`capable`](Caller::capable) is to be asked before.
    ///
    /// It does not sleep.
    ///
    /// # Errors
    ///
    /// `ESRCH` if it has ended and was waited for, `EPERM` for the system's first process, which a signal of
    /// the kernel's would end.
    pub fn signal(&self, signal: Signal) -> Result {
        // SAFETY: The value has a reference (invariant); the number is a signal's (`Signal`'s invariant).
        to_result(unsafe { bindings::kmod_pid_signal(self.0.as_ptr(), signal.number()) })?;
        Ok(())
    }

    /// Its number in the initial pid namespace, also when it has ended.
    pub fn number(&self) -> i32 {
        // SAFETY: The value has a reference (invariant).
        unsafe { bindings::kmod_pid_nr(self.0.as_ptr()) }
    }
}

impl Clone for Pid {
    fn clone(&self) -> Self {
        // SAFETY: The value has a reference (invariant).
        unsafe { bindings::kmod_pid_get(self.0.as_ptr()) };
        // INVARIANT: One was taken.
        Self(self.0)
    }
}

impl Drop for Pid {
    fn drop(&mut self) {
        // SAFETY: It is the value's reference (invariant), which goes with it.
        unsafe { bindings::kmod_pid_put(self.0.as_ptr()) };
    }
}
