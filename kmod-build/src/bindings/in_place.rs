// SPDX-License-Identifier: GPL-2.0-only
//! Helpers that stand where they are called, without a call: one that is only `asm` of the kernel's
//! headers is the same `asm` in Rust.

use crate::arch::Assembly;
use crate::helpers::{Body, Helpers};

use super::Error;

/// A helper that returns nothing and takes one pointer.
pub struct InPlace<'a> {
    name: &'a str,
    argument: &'a str,
    kind: &'a str,
}

impl<'a> InPlace<'a> {
    /// Reads `name(argument: type)`.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let parts = || {
            let (name, rest) = text.split_once('(')?;
            let (argument, kind) = rest.strip_suffix(')')?.split_once(':')?;
            Some(Self {
                name,
                argument: argument.trim(),
                kind: kind.trim(),
            })
        };
        parts().ok_or_else(|| {
            Error::new(format!(
                "`{text}` cannot stand in place: it must be `name(argument: *mut type)`"
            ))
        })
    }
}

/// Of `wanted` those that can be had so: names of which bindgen is not to make declarations, and
/// their definitions.
pub fn definitions(wanted: &[String], helpers: &Helpers) -> Result<(Vec<String>, String), Error> {
    let mut names = Vec::new();
    let mut text = String::new();
    let Some(arch) = helpers.written() else {
        return Ok((names, text));
    };
    for one in wanted {
        let one = InPlace::parse(one)?;
        // Only what defines it is compiled for it: the likeliest is the one.
        let Some(source) = helpers.candidates(one.name).first().copied() else {
            continue;
        };
        let bodies = helpers.bodies(source).map_err(Error::new)?;
        if let Some(Body::Asm(asm)) = bodies.get(one.name) {
            names.push(one.name.to_owned());
            text += &one.definition(asm, arch);
        }
    }
    Ok((names, text))
}

impl InPlace<'_> {
    fn definition(&self, asm: &str, arch: &Assembly) -> String {
        let Self {
            name,
            argument,
            kind,
        } = self;
        let Assembly {
            argument: register,
            options,
            ..
        } = arch;
        format!(
            "#[inline(always)]\npub unsafe fn {name}({argument}: {kind}) {{\n\
             // SAFETY: It is all of the C function's code, and may do what that may: with the\n\
             // same argument, it does the same.\n\
             unsafe {{ ::core::arch::asm!({asm:?}, in({register:?}) {argument}, \
             clobber_abi(\"C\"), options({options})) }}\n}}\n"
        )
    }
}
