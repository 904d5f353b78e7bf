// SPDX-License-Identifier: GPL-2.0-only
//! Signals, for [`Pid::signal`](super::Pid::signal): numbers of `<linux/signal.h>`.

use core::ffi::c_int;

use kmod_bindings as bindings;

/// A signal.
///
/// # Invariants
///
/// It is one that the kernel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(c_int);

impl Signal {
    /// Its number.
    pub(super) fn number(self) -> c_int {
        self.0
    }
}

macro_rules! signals {
    ($($name:ident: $says:literal,)*) => {$(
        #[doc = concat!("It says: ", $says, ".")]
        // INVARIANT: The kernel's headers name it.
        pub const $name: Signal = Signal(bindings::$name as c_int);
    )*};
}

signals! {
    SIGHUP: "the terminal, or the device, is gone; for daemons, read the configuration once more",
    SIGINT: "somebody interrupts",
    SIGQUIT: "somebody wants it to end with a core dump",
    SIGKILL: "end; it cannot be caught",
    SIGUSR1: "what the program takes it for",
    SIGUSR2: "what the program takes it for",
    SIGPIPE: "nobody reads what is written",
    SIGALRM: "the time is over",
    SIGTERM: "end",
    SIGCHLD: "a child has ended or stopped",
    SIGCONT: "go on",
    SIGSTOP: "stop; it cannot be caught",
    SIGURG: "there is urgent data",
    SIGWINCH: "the terminal's size is another",
    SIGIO: "something can be read or written",
    SIGPWR: "the power fails",
}
