// SPDX-License-Identifier: GPL-2.0-only
//! Signals to those who asked for them with `fcntl(2)` and `O_ASYNC`.

use core::cell::UnsafeCell;
use core::ffi::c_int;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::{self as bindings, fasync_struct, file};

use crate::alloc::{Arc, GFP_KERNEL_ACCOUNT};
use crate::error::Result;
use crate::sync::Mutex;

/// What has happened: the `si_band` of a signal's `siginfo_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Band {
    /// `POLL_IN`: there is something to read.
    In = bindings::POLL_IN,
    /// `POLL_OUT`: there is room to write.
    Out = bindings::POLL_OUT,
    /// `POLL_MSG`: there is a message to read.
    Msg = bindings::POLL_MSG,
    /// `POLL_ERR`: something went wrong.
    Err = bindings::POLL_ERR,
    /// `POLL_PRI`: there is something urgent to read.
    Pri = bindings::POLL_PRI,
    /// `POLL_HUP`: the other side is gone.
    Hup = bindings::POLL_HUP,
}

/// Those who want a signal when something happens: the kernel's `struct fasync_struct *`.
///
/// It is what a device's [`fasync`](super::FileOperations::fasync) handler returns. A file leaves
/// the list when it is closed, wherever the list has gone meanwhile.
///
/// # Invariants
///
/// `head` is `NULL` or from `Arc::into_raw`, for which this value is an owner.
#[derive(Default)]
pub struct FasyncList {
    head: AtomicPtr<Head>,
}

/// The head of the kernel's list. It stays where it is, and lives as long as there are members.
#[derive(Default)]
struct Head(UnsafeCell<*mut fasync_struct>);

// SAFETY: Only the kernel's functions use the pointer, under a lock and RCU of their own.
unsafe impl Send for Head {}
// SAFETY: By a shared reference, too, only the kernel's functions use the pointer, under a lock of
// their own.
unsafe impl Sync for Head {}

impl FasyncList {
    /// An empty list.
    pub const fn new() -> Self {
        Self {
            head: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// Sends `SIGIO`, or the signal that `fcntl(2)` has set with `F_SETSIG`, to all of the list.
    /// It may be called anywhere, with locks held and in interrupts.
    pub fn kill_fasync(&self, band: Band) {
        // SAFETY: By the invariant, and the value is not dropped while it is borrowed.
        let Some(head) = (unsafe { self.head.load(Ordering::Acquire).as_ref() }) else {
            return;
        };
        let signal = bindings::SIGIO.cast_signed();
        let band = (band as u32).cast_signed();
        // SAFETY: The head lives, and the files of its members are open: each leaves when it is
        // closed.
        unsafe { bindings::kill_fasync(head.0.get(), signal, band) };
    }

    /// The head, which is made when it is first needed.
    fn head(&self) -> Result<Arc<Head>> {
        let mut raw = self.head.load(Ordering::Acquire);
        if raw.is_null() {
            let new = Arc::into_raw(Arc::new(Head::default(), GFP_KERNEL_ACCOUNT)?).cast_mut();
            let null = ptr::null_mut();
            let set = self
                .head
                .compare_exchange(null, new, Ordering::AcqRel, Ordering::Acquire);
            // INVARIANT: The list takes the new head over, or it is not set.
            raw = match set {
                Ok(_) => new,
                Err(other) => {
                    // SAFETY: It is from `into_raw` above, and nobody else knows it.
                    drop(unsafe { Arc::from_raw(new) });
                    other
                }
            };
        }
        // SAFETY: By the invariant; the list stays an owner.
        Ok(unsafe { Arc::clone_raw(raw) })
    }
}

impl Drop for FasyncList {
    fn drop(&mut self) {
        let head = *self.head.get_mut();
        if !head.is_null() {
            // SAFETY: By the invariant.
            drop(unsafe { Arc::from_raw(head) });
        }
    }
}

/// The list that a file is in.
///
/// # Invariants
///
/// The file is in no list but that of the head, if there is one.
#[derive(Default)]
pub(super) struct Membership(Mutex<Option<Arc<Head>>>);

impl Membership {
    /// Puts the file into a list, and out of any other; the return value is that of C's `fasync`.
    ///
    /// # Safety
    ///
    /// `file` is open, and this is its membership.
    pub(super) unsafe fn set(
        &self,
        fd: c_int,
        file: *mut file,
        list: Option<&FasyncList>,
    ) -> c_int {
        let mut member_of = self.0.lock();
        let head = match list.map(FasyncList::head).transpose() {
            Ok(head) => head,
            Err(error) => return error.to_errno(),
        };
        let mut ret = 0;
        if let Some(old) =
            member_of.take_if(|old| !head.as_ref().is_some_and(|new| Arc::ptr_eq(old, new)))
        {
            // SAFETY: The head lives, and the caller has the file.
            ret = unsafe { bindings::fasync_helper(fd, file, 0, old.0.get()) };
        }
        if let Some(head) = head {
            // SAFETY: The new head lives, and the caller has the file.
            ret = unsafe { bindings::fasync_helper(fd, file, 1, head.0.get()) };
            if ret >= 0 {
                // INVARIANT: The file is in this list now, and was taken out of any other.
                *member_of = Some(head);
            }
        }
        ret
    }
}
