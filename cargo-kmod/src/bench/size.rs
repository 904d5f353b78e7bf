// SPDX-License-Identifier: GPL-2.0-only
//! The bytes of a module, by what they are in memory.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _, SectionFlags, SectionKind, elf};
use serde_json::{Value, json};

/// Bytes of a module, as size(1) adds them up, but for constant data, which it counts as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Code.
    pub text: u64,
    /// Data that does not change.
    pub rodata: u64,
    /// Data that does.
    pub data: u64,
    /// Zeroes.
    pub bss: u64,
    /// The file, symbols and all.
    pub file: u64,
}

impl Size {
    /// Of a `.ko`.
    pub fn of(ko: &Path) -> Result<Size> {
        let bytes = fs::read(ko).with_context(|| format!("cannot read {}", ko.display()))?;
        let elf = object::File::parse(&*bytes)
            .with_context(|| format!("{} is not a module", ko.display()))?;
        let mut size = Size {
            file: bytes.len() as u64,
            ..Size::default()
        };
        for section in elf.sections() {
            let SectionFlags::Elf { sh_flags } = section.flags() else {
                continue;
            };
            if sh_flags & u64::from(elf::SHF_ALLOC) == 0 {
                continue;
            }
            let part = if section.kind() == SectionKind::UninitializedData {
                &mut size.bss
            } else if sh_flags & u64::from(elf::SHF_EXECINSTR) != 0 {
                &mut size.text
            } else if sh_flags & u64::from(elf::SHF_WRITE) != 0 {
                &mut size.data
            } else {
                &mut size.rodata
            };
            *part += section.size();
        }
        Ok(size)
    }

    /// All that is in memory once the module is loaded.
    pub fn loaded(&self) -> u64 {
        self.text + self.rodata + self.data + self.bss
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({ "text": self.text, "rodata": self.rodata, "data": self.data, "bss": self.bss,
                "loaded": self.loaded(), "file": self.file })
    }
}
