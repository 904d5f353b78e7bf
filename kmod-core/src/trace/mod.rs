// SPDX-License-Identifier: GPL-2.0-only
//! Trace events of one's own: a struct is an event, which perf, ftrace and bpftrace see with its fields.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// The door was opened.
//! #[trace_event]
//! struct Opened<'a> {
//!     minor: u32,
//!     by: Comm,
//!     why: &'a CStr,
//! }
//!
//! fn open(minor: u32, caller: &Caller<'_>, why: &CStr) {
//!     Opened::trace(|| Opened {
//!         minor,
//!         by: caller.comm(),
//!         why,
//!     });
//! }
//! ```
//!
//! The event is `NAME:NAME_opened`, after the module's name and the struct's. While nobody traces it, a
//! call costs an instruction of no effect: the closure runs only while somebody does.
//!
//! The kernel's own tracepoints have handlers by [`#[tracepoint]`](crate::tracepoint) on a [`Tracepoint`].
//!
//! C's side is what `TRACE_EVENT()` makes of the same fields: `cargo kmod` writes that of the structs, and
//! the kernel's compiler makes it a part of the module.

mod field;
mod point;
mod probe;

use crate::uapi;

pub use field::{TraceElement, TraceField};
#[doc(hidden)]
pub use field::{TraceKind, TraceValue, assert_event_size, assert_not_empty};
#[doc(hidden)]
pub use point::{BRANCH, KEY, POINTS, Point};
pub use probe::{Tracepoint, TracepointCall, TracepointHandler};
#[doc(hidden)]
pub use probe::{TracepointField, TracepointName, TracepointObject};

/// What may be traced: a struct under [`#[trace_event]`](crate::trace_event).
///
/// # Safety
///
/// Only `#[trace_event]` implements it: [`send`](Self::send) hands C a value of each of the
/// [`FIELDS`](Self::FIELDS), in their order.
pub unsafe trait TraceEvent: Sized {
    /// What C is told of its fields.
    #[doc(hidden)]
    const FIELDS: &'static [uapi::TraceField];

    /// Whether somebody traces it: for what is to be prepared for more than one event. It costs an
    /// instruction of no effect while it is off.
    fn is_on() -> bool;

    /// Hands the fields over.
    #[doc(hidden)]
    fn send(&self);

    /// The event that the closure makes, if somebody traces it. The closure runs where this is called, and
    /// not at all while the event is off.
    ///
    /// It may stand anywhere, in handlers of interrupts and probes, too.
    #[inline(always)]
    fn trace(make: impl FnOnce() -> Self) {
        if Self::is_on() {
            made(make);
        }
    }
}

/// Out of the way of who does not trace.
#[cold]
#[inline(never)]
fn made<E: TraceEvent>(make: impl FnOnce() -> E) {
    make().send();
}
