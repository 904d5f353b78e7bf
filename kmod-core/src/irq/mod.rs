// SPDX-License-Identifier: GPL-2.0-only
//! Interrupts of a device.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// A card that says when it is done
//! #[kernel_module(name = "card", license = "GPL")]
//! #[derive(Default)]
//! struct Module {
//!     #[pci_driver(ids = [(0x1234, 0x11e8)])]
//!     driver: Driver,
//! }
//!
//! #[derive(Default)]
//! struct Driver;
//!
//! #[handlers]
//! impl PciDriver for Driver {
//!     type Device = Card;
//!
//!     fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
//!         Ok(Card::default())
//!     }
//! }
//!
//! #[registers(size = 0x100)]
//! struct Edu {
//!     #[ro(0x24)]
//!     raised: u32,
//!     #[wo(0x64)]
//!     acknowledge: u32,
//! }
//!
//! #[device]
//! #[derive(Default)]
//! struct Card {
//!     #[bar(index = 0)]
//!     edu: Bar<Edu>,
//!     done: Completion,
//!     #[irq]
//!     irq: Irq<Done>,
//! }
//!
//! #[derive(Default)]
//! struct Done;
//!
//! #[handlers]
//! impl IrqHandler for Done {
//!     type Instance = Card;
//!
//!     fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
//!         let card = irq.instance();
//!         // The line is another device's, too; and one that was pulled out reads as all ones.
//!         let Some(raised) = card.edu.pending(Edu::RAISED) else {
//!             return IrqReturn::None;
//!         };
//!         card.edu.write(Edu::ACKNOWLEDGE, raised);
//!         card.done.complete();
//!         IrqReturn::Handled
//!     }
//! }
//! # fn main() {}
//! ```

mod object;
mod source;

#[doc(hidden)]
pub use object::{Interrupt, IrqField, IrqObject};
#[doc(hidden)]
pub use source::{IrqNumbers, IrqSource, assert_irq_numbers, irq_kinds};

use core::sync::atomic::{AtomicU32, Ordering};

use crate::instance::ModuleState;
use crate::sync::Shared;

/// What a device's interrupt does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what an interrupt does",
    label = "an interrupt's handler says so",
    note = "write `#[handlers] impl IrqHandler for {Self} {{ fn handle(…) -> IrqReturn {{ … }} }}`"
)]
pub trait IrqHandler: Sized + Shared {
    /// The module whose state the handler uses; `()` (what `#[handlers]` inserts) for none.
    type Module: ModuleState;

    /// The struct of which the interrupt is a field, if the handler uses it; `()` (what `#[handlers]`
    /// inserts) for none.
    type Instance: 'static;

    /// Which handlers the `impl` has; `#[handlers]` writes this.
    #[doc(hidden)]
    const HANDLERS: IrqHandlers;

    /// The line is raised, in atomic context: it must not sleep, and interrupts the task that runs on its
    /// CPU. On `PREEMPT_RT` it is a thread's. It may run from when it is registered on, before the device
    /// is live, and until it has been taken back; a line that is shared is also others'.
    fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn {
        let _ = irq;
        IrqReturn::WakeThread
    }

    /// What `handle` leaves to a thread by [`IrqReturn::WakeThread`], in process context. Without a `handle`
    /// it is called at once, and the line stays masked until it returns: then it cannot be shared with one
    /// that is not so.
    fn thread(&self, irq: &IrqCall<'_, Self>) {
        let _ = irq;
    }
}

/// Which of the handlers that can be absent are there.
#[doc(hidden)]
pub struct IrqHandlers {
    pub handle: bool,
    pub thread: bool,
}

impl IrqHandlers {
    /// None.
    pub const NONE: Self = Self {
        handle: false,
        thread: false,
    };
}

/// Whose an interrupt was: the kernel's `irqreturn_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IrqReturn {
    /// Not this device's. After very many that are nobody's, the kernel turns the line off.
    None,
    /// This device's, and it has been dealt with.
    Handled,
    /// This device's, and [`thread`](IrqHandler::thread) does the rest; without one, it has been dealt with.
    WakeThread,
}

/// The interrupt that a handler is called for.
pub struct IrqCall<'a, H: IrqHandler> {
    instance: &'a H::Instance,
    index: usize,
}

impl<'a, H: IrqHandler> IrqCall<'a, H> {
    /// The struct of which the interrupt is a field.
    pub fn instance(&self) -> &'a H::Instance {
        self.instance
    }

    /// Which one of its field's it is: of an array of interrupts that of this index, and else 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The state of the module.
    pub fn module(&self) -> &'a H::Module {
        // SAFETY: This is within a callback of a registered object, for whose time the value lives.
        unsafe { H::Module::state() }
    }
}

/// An interrupt with its handler: a field under `#[irq]`, or one of an array that is such a field.
pub struct Irq<H> {
    /// The kernel's number of its line while it is registered; it also gives the value an address of its
    /// own, by which the kernel tells handlers of a line apart.
    line: AtomicU32,
    /// Which one of its field's it is, while it is registered.
    index: AtomicU32,
    handler: H,
}

impl<H> Irq<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            line: AtomicU32::new(0),
            index: AtomicU32::new(0),
            handler,
        }
    }

    /// The kernel's number of its line, as `/proc/interrupts` shows it; `None` while it is not registered.
    pub fn line(&self) -> Option<u32> {
        let line = self.line.load(Ordering::Relaxed);
        (line != 0).then_some(line)
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }
}

impl<H: Default> Default for Irq<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}
