// SPDX-License-Identifier: GPL-2.0-only
//! Types that the kernel's own handlers read and write without us, as C's.

use core::ffi::{c_int, c_ulong};

use kmod_bindings::{self as bindings, proc_handler};

use super::{How, Jiffies};

/// What the kernel's own handlers can work on.
#[derive(Clone, Copy)]
pub enum Direct {
    /// One `bool`.
    Bool,
    /// C's `int`, so many.
    Int(usize),
    /// One `unsigned int`.
    Uint,
    /// C's `unsigned long`, so many.
    Ulong(usize),
    /// A C string of `len` bytes, so far into the field; the handler is ours, since the kernel's
    /// has no lock.
    #[expect(missing_docs, reason = "said above")]
    Text {
        at: usize,
        len: usize,
        handler: proc_handler,
    },
}

impl Direct {
    /// One `bool`, where the kernel has a handler for it.
    pub(super) const BOOL: Option<Self> = match bindings::KMOD_SYSCTL_BOOL_LEN {
        0 => None,
        _ => Some(Self::Bool),
    };

    /// The same, `n` of them.
    pub(super) const fn row(self, n: usize) -> Option<Self> {
        match self {
            Self::Int(1) => Some(Self::Int(n)),
            Self::Ulong(1) => Some(Self::Ulong(n)),
            // The kernel has no rows of these.
            _ => None,
        }
    }

    /// Where in the field it is.
    pub(super) const fn at(self) -> usize {
        match self {
            Self::Text { at, .. } => at,
            _ => 0,
        }
    }

    /// What a table says of the size.
    pub(super) const fn maxlen(self) -> c_int {
        let size = match self {
            Self::Bool => bindings::KMOD_SYSCTL_BOOL_LEN as usize,
            Self::Int(n) => n * size_of::<c_int>(),
            Self::Uint => size_of::<c_int>(),
            Self::Ulong(n) => n * size_of::<c_ulong>(),
            Self::Text { len, .. } => len,
        };
        assert!(size <= c_int::MAX as usize);
        size as c_int
    }

    /// The handler that takes what is shown in another format.
    pub(super) const fn takes(direct: Option<Self>) -> proc_handler {
        match direct {
            Some(direct) => direct.handler(&How::<()>::PLAIN),
            None => None,
        }
    }

    /// The handler that shows them, but for a format, and takes them so, if there is one.
    pub(super) const fn handler<V>(self, how: &How<V>) -> proc_handler {
        match (self, how.jiffies, &how.range) {
            // The kernel takes a row of nothing for a mistake.
            (Self::Int(0) | Self::Ulong(0), ..) => None,
            (Self::Text { handler, .. }, ..) => handler,
            (Self::Bool, ..) => Some(bindings::proc_dobool),
            (Self::Int(_), None, None) => Some(bindings::proc_dointvec),
            (Self::Int(_), None, Some(_)) => Some(bindings::proc_dointvec_minmax),
            (Self::Int(_), Some(Jiffies::Seconds), _) => Some(bindings::proc_dointvec_jiffies),
            (Self::Int(_), Some(Jiffies::UserHz), _) => {
                Some(bindings::proc_dointvec_userhz_jiffies)
            }
            (Self::Int(_), Some(Jiffies::Ms), _) => Some(bindings::proc_dointvec_ms_jiffies),
            (Self::Uint, _, None) => Some(bindings::proc_douintvec),
            // proc_douintvec_minmax() is for GPL modules only.
            (Self::Uint, _, Some(_)) => None,
            (Self::Ulong(_), None, _) => Some(bindings::proc_doulongvec_minmax),
            (Self::Ulong(_), Some(_), _) => Some(bindings::proc_doulongvec_ms_jiffies_minmax),
        }
    }
}
