// SPDX-License-Identifier: GPL-2.0-only
//! Works: a handler that one of the kernel's worker threads runs soon, a `struct work_struct`.
//!
//! A work is for what may sleep, and is to be done by somebody else: a timer or an interrupt queues
//! it, or a call that should return sooner.
//!
//! | to have it run | take |
//! |---|---|
//! | soon | [`Work`] |
//! | once some time has passed, or again and again | [`DelayedWork`] |
//! | in a queue of the module's own | [`WorkQueue`], and `#[work(queue = …)]` |
//! | as often as it is asked for, each time with values of its own | a closure: [`WorkQueue::run`] |
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Says hello a little later
//! #[kernel_module(name = "later", license = "GPL")]
//! #[derive(Default)]
//! struct Later {
//!     #[work]
//!     hello: Work<Hello>,
//!     /// /dev/later
//!     #[misc]
//!     later: Control,
//! }
//!
//! #[derive(Default)]
//! struct Hello;
//!
//! #[handlers]
//! impl WorkHandler for Hello {
//!     fn run(&self, _work: &WorkCall<'_, Self>) {
//!         pr_info!("hello");
//!     }
//! }
//!
//! #[derive(Default)]
//! struct Control;
//!
//! #[file_operations]
//! impl FileOperations for Control {
//!     type Instance = Later;
//!
//!     fn open(&self, file: &OpenFile<'_, Self>) -> Result {
//!         file.instance().hello.queue();
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

mod delayed;
mod own;
mod queue;
mod work;

use crate::instance::ModuleState;
use crate::sync::Shared;

pub use delayed::DelayedWork;
pub use own::WorkQueue;
#[doc(hidden)]
pub use own::{OfQueue, RawQueue, WorkQueueObject};
#[doc(hidden)]
pub use queue::{
    OwnQueue, Queue, Queueable, Queued, SystemQueue, WorkField, WorkQueueField, system_queue,
    work_queue_flags,
};
pub use work::Work;

/// What a [`Work`] or a [`DelayedWork`] does, in the context of a worker thread: it may sleep.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a work does",
    label = "a work's handler says so",
    note = "write `#[handlers] impl WorkHandler for {Self} {{ fn run(…) {{ … }} }}`"
)]
pub trait WorkHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the work is a field, if the handler uses it: the module's or a device's;
    /// `()` (what `#[handlers]` inserts) for none.
    type Instance: 'static;

    /// Does it. It never runs twice at once, and not any more once the work's instance has gone, which
    /// waits for it: a sleep in a [`WaitQueue`](crate::sync::WaitQueue) then ends with `ENODEV`.
    fn run(&self, work: &WorkCall<'_, Self>);
}

/// The run that a handler is called for.
pub struct WorkCall<'a, H: WorkHandler> {
    instance: &'a H::Instance,
}

impl<'a, H: WorkHandler> WorkCall<'a, H> {
    /// The struct of which the work is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}
