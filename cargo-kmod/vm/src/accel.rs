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

    /// QEMU's options.
    pub(crate) fn options(self, guest: &Guest) -> Vec<&'static str> {
        let (accel, processors) = match self {
            Accel::Kvm => ("kvm", guest.processors),
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
