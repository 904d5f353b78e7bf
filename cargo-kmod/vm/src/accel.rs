// SPDX-License-Identifier: GPL-2.0-only
//! What runs the guest's code.

/// What runs the guest's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accel {
    /// The processor itself, with two of them in the guest.
    Kvm,
    /// QEMU's translator, with two processors.
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
    pub(crate) fn options(self) -> &'static [&'static str] {
        match self {
            Accel::Kvm => &["-accel", "kvm", "-smp", "2"],
            Accel::Tcg => &["-accel", "tcg", "-smp", "2"],
            Accel::Icount => &[
                "-accel",
                "tcg,thread=single",
                "-icount",
                "shift=0,sleep=off",
                "-smp",
                "1",
            ],
        }
    }
}
