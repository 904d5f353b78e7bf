// SPDX-License-Identifier: GPL-2.0-only
//! `poll(2)`, `select(2)` and `epoll(7)`.

use core::ffi::c_uint;
use core::marker::PhantomData;
use core::ops::{BitOr, BitOrAssign};

use kmod_bindings::{self as bindings, poll_table_struct};

use crate::sync::WaitQueue;

/// What a file is ready for: `EPOLLIN` and its kind, combined with `|`. `default()` is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct PollEvents(c_uint);

impl PollEvents {
    /// `EPOLLIN`: there is something to read.
    pub const IN: Self = Self(bindings::KMOD_EPOLLIN);
    /// `EPOLLPRI`: something exceptional happened.
    pub const PRI: Self = Self(bindings::KMOD_EPOLLPRI);
    /// `EPOLLOUT`: there is room to write.
    pub const OUT: Self = Self(bindings::KMOD_EPOLLOUT);
    /// `EPOLLERR`: an error; told whether asked for or not.
    pub const ERR: Self = Self(bindings::KMOD_EPOLLERR);
    /// `EPOLLHUP`: the other side has gone; told whether asked for or not.
    pub const HUP: Self = Self(bindings::KMOD_EPOLLHUP);
    /// `EPOLLRDNORM`: as `IN`; `select(2)` looks at either.
    pub const RDNORM: Self = Self(bindings::KMOD_EPOLLRDNORM);
    /// `EPOLLRDBAND`: there is priority data to read.
    pub const RDBAND: Self = Self(bindings::KMOD_EPOLLRDBAND);
    /// `EPOLLWRNORM`: as `OUT`; `select(2)` looks at either.
    pub const WRNORM: Self = Self(bindings::KMOD_EPOLLWRNORM);
    /// `EPOLLWRBAND`: there is room to write priority data.
    pub const WRBAND: Self = Self(bindings::KMOD_EPOLLWRBAND);
    /// `EPOLLMSG`: a message.
    pub const MSG: Self = Self(bindings::KMOD_EPOLLMSG);
    /// `EPOLLRDHUP`: the other side will write no more.
    pub const RDHUP: Self = Self(bindings::KMOD_EPOLLRDHUP);
    /// What drivers say when a read would not block: `EPOLLIN | EPOLLRDNORM`.
    pub const READABLE: Self = Self(Self::IN.0 | Self::RDNORM.0);
    /// What drivers say when a write would not block: `EPOLLOUT | EPOLLWRNORM`.
    pub const WRITABLE: Self = Self(Self::OUT.0 | Self::WRNORM.0);

    /// These events if `ready`, else none.
    pub const fn when(self, ready: bool) -> Self {
        Self(if ready { self.0 } else { 0 })
    }

    pub(crate) const fn bits(self) -> c_uint {
        self.0
    }
}

impl BitOr for PollEvents {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for PollEvents {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The caller of [`poll`](super::FileOperations::poll), who wants to know when the answer changes.
///
/// The lifetime is that of the device, the module and the file's state as the handler sees them.
/// It is a lifetime that the handler does not choose and that outlasts its call, and the handler is
/// given only shared references of it; so what it can borrow for that long is part of these three
/// (or leaked, or static), and nothing takes it apart before they are dropped.
///
/// # Invariants
///
/// `file` and `table` are those of the running call of `poll`, which the value does not outlive.
/// Device, module and state live until the file's `release` has returned.
pub struct PollTable<'a> {
    file: *mut bindings::file,
    table: *mut poll_table_struct,
    /// Takes queues of at least that lifetime: it must never be shortened.
    takes: PhantomData<fn(&'a WaitQueue)>,
}

impl<'a> PollTable<'a> {
    /// The table of a call.
    ///
    /// # Safety
    ///
    /// The kernel gave both to `poll` of a file whose device, module and state, as the handler gets
    /// them, are borrowed for `'a`, and are dropped after the file's `release` at the earliest.
    pub(super) unsafe fn new(file: *mut bindings::file, table: *mut poll_table_struct) -> Self {
        // INVARIANT: The kernel gave both to `poll`, of a file that lives for `'a` (`new`'s contract).
        Self {
            file,
            table,
            takes: PhantomData,
        }
    }

    /// Lets the caller know when `queue` is woken: `poll_wait()`. It does not sleep. To be called
    /// for every queue that matters, before looking at what is ready.
    pub fn wait(&mut self, queue: &'a WaitQueue) {
        // SAFETY: File and table are those of the running call (invariant). The kernel may keep the
        // queue until the file is released: `poll`, `select`, AIO and io_uring hold the file until
        // they have left the queue, and the kernel takes a file out of its epolls before `release`.
        // The queue lives that long, in its place: it is borrowed for `'a` (see above).
        unsafe { bindings::kmod_poll_wait(self.file, queue.for_waiting(), self.table) };
    }
}
