// SPDX-License-Identifier: GPL-2.0-only
//! What the host must have, and installing it.

use anyhow::Result;

use crate::context::Context;

/// Something that a verb needs of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// All that building a module takes: make, gcc, libclang, headers, Rust's library sources.
    Build,
    /// All that booting a VM takes: QEMU, and apt's way to the kernel image.
    Vm,
}

/// Installs what is missing of `needs`; does nothing, quickly, when all is there.
pub fn ensure(_ctx: &Context, _needs: &[Need]) -> Result<()> {
    Ok(())
}
