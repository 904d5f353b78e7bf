// SPDX-License-Identifier: GPL-2.0-only
//! The task that calls a handler: who it is, and what it may do.
//!
//! A handler of a system call gets it from what it is given: [`OpenFile::caller`], which a
//! [`File`](crate::file::File) has too, [`SysctlWriter::caller`] and [`SysctlReader::caller`].
//!
//! [`OpenFile::caller`]: crate::file::OpenFile::caller
//! [`SysctlWriter::caller`]: crate::sysctl::SysctlWriter::caller
//! [`SysctlReader::caller`]: crate::sysctl::SysctlReader::caller

pub mod capability;
pub(crate) mod current;
mod pid;
pub mod signal;

use core::ffi::{CStr, c_int};
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use kmod_bindings as bindings;

pub use capability::Capability;
pub use pid::Pid;
pub use signal::Signal;

use crate::str::c_str;

/// The task whose system call the running handler serves: C's `current`.
///
/// A file can be handed on to another task: who opened it and who uses it now need not be the same.
/// What the opener may do is asked in `open`, and kept in `PerOpen`; what is asked in `write`, for
/// example, is asked of whoever got the descriptor, which may be a program with more rights that
/// was made to write there.
///
/// User and group ids are those of the initial user namespace, so they can be compared with each
/// other, whatever namespace the task is in.
///
/// ```
/// use kmod_core::prelude::*;
/// use kmod_core::task::capability::CAP_SYS_ADMIN;
///
/// struct Secret;
///
/// #[file_operations]
/// impl FileOperations for Secret {
///     fn open(&self, file: &OpenFile<'_, Self>) -> Result {
///         if !file.caller().capable(CAP_SYS_ADMIN) {
///             return Err(EPERM);
///         }
///         Ok(())
///     }
/// }
/// ```
///
/// # Invariants
///
/// The running code serves a system call of the task; the value does not leave the task (it is
/// neither `Send` nor `Sync`) and does not outlive the call.
pub struct Caller<'a>(PhantomData<(&'a (), *mut ())>);

/// Methods that return what one function without arguments does.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $function:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> $type {
            // SAFETY: It reads what the running task may always read of itself.
            unsafe { bindings::$function() }
        }
    )*};
}

impl Caller<'_> {
    /// The running task, for a call that lasts as long as the value.
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }

    facts! {
        /// The real user id: `current_uid()`.
        uid: u32 = kmod_current_uid;
        /// The real group id: `current_gid()`.
        gid: u32 = kmod_current_gid;
        /// The effective user id: `current_euid()`.
        euid: u32 = kmod_current_euid;
        /// The effective group id: `current_egid()`.
        egid: u32 = kmod_current_egid;
        /// The user id that files are opened with: `current_fsuid()`.
        fsuid: u32 = kmod_current_fsuid;
        /// The group id that files are opened with: `current_fsgid()`.
        fsgid: u32 = kmod_current_fsgid;
        /// The id of the thread, as the initial pid namespace numbers it: `task_pid_nr()`.
        pid: i32 = kmod_current_pid;
        /// The id of the process, as the initial pid namespace numbers it: `task_tgid_nr()`.
        tgid: i32 = kmod_current_tgid;
        /// The id of the thread in its own pid namespace, what `gettid(2)` returns:
        /// `task_pid_vnr()`.
        pid_vnr: i32 = kmod_current_pid_vnr;
        /// The id of the process in its own pid namespace, what `getpid(2)` returns:
        /// `task_tgid_vnr()`.
        tgid_vnr: i32 = kmod_current_tgid_vnr;
    }

    /// The name of the thread, which it may choose itself: `get_task_comm()`.
    pub fn comm(&self) -> Comm {
        current::comm()
    }

    /// Whether the task has a capability in the initial user namespace, and is thus as good as root
    /// for it: `capable()`. An answer of yes is noted in the task, as use of a privilege.
    pub fn capable(&self, capability: Capability) -> bool {
        // SAFETY: The number is that of a capability; the task runs.
        unsafe { bindings::capable(c_int::from(capability.0)) }
    }

    /// Whether the task has a capability in its own user namespace: `ns_capable()`.
    ///
    /// Any user can make a namespace and have all capabilities there: this is for what belongs to
    /// that namespace alone.
    pub fn ns_capable(&self, capability: Capability) -> bool {
        // SAFETY: The number is that of a capability; the task runs, and holds its namespace.
        unsafe { bindings::kmod_current_ns_capable(c_int::from(capability.0)) }
    }
}

const COMM_LEN: usize = bindings::KMOD_TASK_COMM_LEN as usize;

/// The name of a task: at most 15 bytes, of any encoding. `{}` shows what is not UTF-8 as U+FFFD.
///
/// # Invariants
///
/// One of the bytes is NUL.
#[derive(Clone, Copy)]
pub struct Comm([u8; COMM_LEN]);

impl Comm {
    /// All of its bytes, of which one is NUL.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for Comm {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        // By the invariant there is one.
        CStr::from_bytes_until_nul(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Comm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        c_str(self).fmt(f)
    }
}

impl fmt::Debug for Comm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn a_name_ends_at_its_first_nul() {
        let comm = Comm(*b"sh\0left over   \0");
        assert_eq!(&*comm, c"sh");
        assert_eq!(comm.to_string(), "sh");
        let comm = Comm(*b"fifteen\xffbytes..\0");
        assert_eq!(comm.to_bytes().len(), 15);
        assert_eq!(comm.to_string(), "fifteen\u{fffd}bytes..");
    }

    #[test]
    fn capabilities_have_the_numbers_of_user_space() {
        assert_eq!(capability::CAP_CHOWN.0, 0);
        assert_eq!(capability::CAP_SYS_ADMIN.0, 21);
        assert_eq!(capability::CAP_CHECKPOINT_RESTORE.0, 40);
    }
}
