// SPDX-License-Identifier: GPL-2.0-only
//! `#[uapi]`

use syn::ItemStruct;

/// A struct that the kernel and userspace share.
pub struct Uapi {
    /// The struct.
    pub item: ItemStruct,
    /// It has `#[repr(C)]` already.
    pub is_repr_c: bool,
    /// It breaks a rule: what is emitted for it only keeps the compiler from further reports.
    pub refused: bool,
}
