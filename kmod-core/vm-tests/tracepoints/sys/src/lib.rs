// SPDX-License-Identifier: GPL-2.0-only
//! What comes by a tracepoint, for a handler on it: all that is `unsafe` in the module.
#![no_std]

use kmod_core::prelude::*;

#[import_c]
unsafe extern "C" {
    /// Comes by `module_get`, then by `module_put`.
    fn vm_tracepoints_come_by();
}

/// Comes by the tracepoints `module_get` and `module_put`, once each.
pub fn come_by() {
    // SAFETY: It counts the module's users up and down, which may be done anywhere.
    unsafe { vm_tracepoints_come_by() };
}
