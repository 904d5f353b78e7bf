// SPDX-License-Identifier: GPL-2.0-only
//! Everything that generated code may name. Nothing here is meant for people.

pub use crate::chrdev::{Chrdev, ChrdevField, ChrdevRegionField, ChrdevRegionObject};
pub use crate::file::Handlers;
pub use crate::filesystem::{Filesystem, FilesystemField};
pub use crate::module::{Field, Module, ModuleSlot, Object, Provides, exit, init};
pub use crate::params::{KernelParam, Param, ParamType};
pub use crate::print;
pub use crate::sysctl::{SysctlCell, SysctlField, SysctlRange, SysctlTable};
pub use kmod_macros::printk;

/// The largest field that may stand in the module struct itself, in bytes.
pub const MAX_FIELD_SIZE: usize = 1024;

/// The largest module struct, in bytes: `init` returns it by value, over the kernel's stack.
pub const MAX_MODULE_SIZE: usize = 2048;

/// The keys of the attributes, for editors: an expansion names the keys that the user wrote.
pub mod keys {
    kmod_macros::documented_keys!();
}
