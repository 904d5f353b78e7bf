// SPDX-License-Identifier: GPL-2.0-only
//! `#[filesystem]`

use crate::errors::Errors;
use crate::kernel_module::Field;
use crate::model::Filesystem;
use crate::rules::names;

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
