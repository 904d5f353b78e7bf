// SPDX-License-Identifier: GPL-2.0-only
//! `#[filesystem]`

use super::names;
use crate::errors::Errors;
use crate::model::{Field, Filesystem};

/// Applies the rules.
pub fn check(filesystem: &Filesystem, _field: &Field, errors: &mut Errors) {
    names::filesystem(&filesystem.name, errors);
    if let Some(magic) = &filesystem.magic
        && magic.value > u32::MAX.into()
    {
        errors.at(
            magic.span,
            "a magic number has 32 bits",
            format!("write `magic = {:#x}`", magic.value & u128::from(u32::MAX)),
        );
    }
}
