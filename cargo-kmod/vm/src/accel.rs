// SPDX-License-Identifier: GPL-2.0-only
//! What runs the guest's code.

use kmod_build::arch::Guest;

/// What runs the guest's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accel {
    /// The processor itself.
    Kvm,
    /// QEMU's translator.
    Tcg,
    /// The translator, with one processor by whose clock each instruction takes a nanosecond.
    Icount,
}

impl Accel {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Accel::Kvm => "kvm",
            Accel::Tcg => "tcg",
            Accel::Icount => "tcg, counting instructions",
        }
    }

    /// QEMU's options. Where devices come and go while the guest runs, the translator takes its processors in turn:
    /// with a thread for each, QEMU before 8.2 may give another device what one of them writes, while another one
    /// changes where devices are. What that was, was the end of an interrupt, once: no other one came since, and the
    /// guest stood still.
    pub(crate) fn options(self, guest: &Guest, is_changed: bool) -> Vec<&'static str> {
        let (accel, processors) = match self {
            Accel::Kvm => ("kvm", guest.processors),
            Accel::Tcg if is_changed => ("tcg,thread=single", guest.processors),
            Accel::Tcg => (guest.translator, guest.processors),
            Accel::Icount => ("tcg,thread=single", "1"),
        };
        let mut options = vec!["-accel", accel, "-smp", processors];
        if self == Accel::Icount {
            options.extend(["-icount", "shift=0,sleep=off"]);
        }
        options
    }
}
