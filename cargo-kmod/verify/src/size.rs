// SPDX-License-Identifier: GPL-2.0-only
//! How big a module is in memory, by what it holds.

use std::fmt::Write as _;

use object::elf;
use serde_json::{Value, json};

use super::module::Module;

/// Bytes by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Code.
    pub text: u64,
    /// Data that does not change.
    pub rodata: u64,
    /// Data that does.
    pub data: u64,
    /// Zeroes.
    pub bss: u64,
    /// What the kernel reads of a module: its information, parameters, versions, ORC, patch sites.
    pub tables: u64,
}

impl Sizes {
    /// Of a module's loaded sections.
    pub fn of(module: &Module) -> Self {
        let mut sizes = Self::default();
        for section in module.sections.iter().filter(|section| section.is_loaded()) {
            let place = if section.is_executable() {
                &mut sizes.text
            } else if section.kind == elf::SHT_NOBITS {
                &mut sizes.bss
            } else if section.name.contains("rodata") {
                &mut sizes.rodata
            } else if section.is_writable() && section.name.contains("data") {
                &mut sizes.data
            } else {
                &mut sizes.tables
            };
            *place += section.size;
        }
        sizes
    }

    /// What the author wrote, and the compiler made of it: all but the tables.
    fn own(self) -> u64 {
        self.text + self.rodata + self.data + self.bss
    }

    /// All that is in memory once the module is loaded.
    pub fn loaded(self) -> u64 {
        self.own() + self.tables
    }

    /// A table; the second module is what the first is compared with.
    pub fn table(modules: &[(String, Self)]) -> String {
        let width = modules
            .iter()
            .map(|(name, _)| name.len())
            .max()
            .unwrap_or(0);
        let mut text = format!(
            "{:width$} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}\n",
            "", "text", "rodata", "data", "bss", "sum", "tables"
        );
        for (name, s) in modules {
            let _ = writeln!(
                text,
                "{name:width$} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
                s.text,
                s.rodata,
                s.data,
                s.bss,
                s.own(),
                s.tables
            );
        }
        if let [(_, ours), (name, theirs)] = modules
            && theirs.own() > 0
        {
            let hundredths = ours.own() * 100 / theirs.own();
            let _ = writeln!(
                text,
                "{}.{:02} times the size of {name}",
                hundredths / 100,
                hundredths % 100
            );
        }
        text
    }

    /// The same for programs.
    pub fn json(self, name: &str) -> Value {
        json!({
            "module": name,
            "text": self.text,
            "rodata": self.rodata,
            "data": self.data,
            "bss": self.bss,
            "sum": self.own(),
            "tables": self.tables,
        })
    }
}
