// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls: files below `/proc/sys`, by `#[sysctl]` on a field.
//!
//! | field's type | the kernel's handler | a write fails with |
//! |---|---|---|
//! | `AtomicBool` | `proc_dobool`: any number but 0 is true | EINVAL |
//! | `AtomicI8` `AtomicI16` `AtomicI32` | `proc_dointvec_minmax` | EINVAL |
//! | `AtomicU8` `AtomicU16` `AtomicU32` | `proc_douintvec_minmax` | EINVAL; ERANGE outside of the range |
//! | `AtomicU64` `AtomicUsize` | `proc_doulongvec_minmax` | EINVAL |
//! | `AtomicI64` `AtomicIsize` | none: `proc_dostring` and `kstrtos64` | EINVAL |
//! | [`SysctlString`] | `proc_dostring`, which cuts what is too long | |
//! | one's own, by [`Sysctl`] | | what it returns |
//!
//! The field itself has the value: the module reads it like any atomic.

mod cell;
mod custom;
mod string;
mod table;
#[cfg(test)]
mod tests;

pub use cell::{Call, SysctlCell};
pub use custom::{Sysctl, SysctlWriter};
pub use string::SysctlString;
pub use table::{SysctlField, SysctlRange, SysctlTable};
