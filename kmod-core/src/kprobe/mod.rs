// SPDX-License-Identifier: GPL-2.0-only
//! Probes: handlers that run whenever one of the kernel's functions is called, or returns.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Counts files that are opened, and how often that fails
//! #[kernel_module(name = "opens", license = "GPL")]
//! #[derive(Default)]
//! struct Opens {
//!     #[kprobe(symbol = "do_sys_openat2")]
//!     opened: Kprobe<Opened>,
//!     #[kretprobe(symbol = "do_sys_openat2")]
//!     failed: Kretprobe<Failed>,
//!     /// /proc/opens: how often
//!     #[proc(path = "opens")]
//!     count: AtomicU64,
//!     failures: AtomicU64,
//! }
//!
//! #[derive(Default)]
//! struct Opened;
//!
//! #[handlers]
//! impl KprobeHandler for Opened {
//!     type Instance = Opens;
//!
//!     fn entered(&self, call: &KprobeCall<'_, Self>) {
//!         call.instance().count.fetch_add(1, Ordering::Relaxed);
//!     }
//! }
//!
//! #[derive(Default)]
//! struct Failed;
//!
//! #[handlers]
//! impl KretprobeHandler for Failed {
//!     type Instance = Opens;
//!
//!     fn returned(&self, call: &KretprobeReturn<'_, Self>) {
//!         if call.value() as i32 <= 0 {
//!             call.instance().failures.fetch_add(1, Ordering::Relaxed);
//!         }
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! A handler sees arguments and returned values as numbers, as the registers had them: a prototype that
//! was wrong for the running kernel could not do harm, and most functions that are worth a probe are in
//! no header. What an argument points to is not to be had: it may be gone, or be user memory.

mod entry;
mod returned;

use core::ffi::CStr;
use core::marker::PhantomData;
use core::ptr::NonNull;

use kmod_bindings::{self as bindings, pt_regs};

use crate::task::{Comm, current};

pub use entry::{Kprobe, KprobeCall, KprobeField, KprobeHandler, KprobeObject};
pub use returned::{
    Kretprobe, KretprobeCall, KretprobeField, KretprobeHandler, KretprobeHandlers, KretprobeObject,
    KretprobeReturn,
};

/// Where a probe has been hit: registers, and the task that ran.
///
/// # Invariants
///
/// The registers are those of a hit that this CPU handles, as long as the value lives.
pub struct Hit<'a> {
    regs: NonNull<pt_regs>,
    hit: PhantomData<&'a pt_regs>,
}

impl Hit<'_> {
    /// The hit that is being handled.
    ///
    /// # Safety
    ///
    /// The kernel gave the registers to a probe's handler, which the value does not outlive.
    unsafe fn new(regs: *mut pt_regs) -> Self {
        // INVARIANT: They are a hit's, which the value does not outlive (this function's contract).
        Self {
            // SAFETY: The kernel gives a probe's handler registers (this function's contract).
            regs: unsafe { NonNull::new_unchecked(regs) },
            hit: PhantomData,
        }
    }

    /// The name of the thread that ran.
    pub fn comm(&self) -> Comm {
        current::comm()
    }

    /// The id of the thread that ran, in the initial pid namespace; 0 for an idle CPU.
    pub fn pid(&self) -> i32 {
        current::pid()
    }

    /// The id of the process that ran, in the initial pid namespace; 0 for an idle CPU.
    pub fn tgid(&self) -> i32 {
        current::tgid()
    }

    /// The word in the register of an argument.
    fn argument<const N: u32>(&self) -> usize {
        const {
            assert!(
                N < bindings::KMOD_PROBE_ARGUMENTS,
                "so many arguments are not in registers: the others are not to be had"
            )
        };
        // SAFETY: They are the registers of a hit (invariant).
        let word = unsafe { bindings::kmod_probe_argument(self.regs.as_ptr(), N) };
        word as usize
    }

    /// The word in the register of what is returned.
    fn value(&self) -> usize {
        // SAFETY: They are the registers of a hit (invariant).
        let word = unsafe { bindings::kmod_probe_value(self.regs.as_ptr()) };
        word as usize
    }
}

/// What all fields of probes have.
pub trait ProbeSymbol {
    /// The name of the function.
    const SYMBOL: &'static CStr;
}
