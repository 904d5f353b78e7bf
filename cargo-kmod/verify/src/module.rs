// SPDX-License-Identifier: GPL-2.0-only
//! A module's file, taken apart: sections, symbols, relocations, functions.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use anyhow::{Result, bail};
use object::elf;
use object::read::elf::ElfFile64;
use object::{
    LittleEndian, Object as _, ObjectKind, ObjectSection as _, ObjectSymbol as _, RelocationFlags,
    RelocationTarget, SymbolKind,
};

use super::atomic::{self, Way};
use super::stack::Graph;
use crate::arch::Code;

/// A module.
pub struct Module<'d> {
    /// Its processor's code, if it is known.
    pub code: Option<&'static Code>,
    /// What the file's header says of that code (`e_flags`).
    pub flags: u32,
    /// The sections, in the file's order.
    pub sections: Vec<Section<'d>>,
    /// The symbols that have a name or a section, by their number.
    pub symbols: BTreeMap<usize, Symbol<'d>>,
    static_branches: OnceCell<BTreeMap<(usize, u64), u64>>,
    graph: OnceCell<Graph<'d>>,
    ways: OnceCell<Vec<Way>>,
}

/// A section.
pub struct Section<'d> {
    /// Its number, as symbols name it.
    pub index: usize,
    /// Its name.
    pub name: &'d str,
    /// SHT_*.
    pub kind: u32,
    /// SHF_*.
    pub flags: u64,
    /// Its bytes; empty for SHT_NOBITS.
    pub data: &'d [u8],
    /// Its size in memory.
    pub size: u64,
    /// What its address is to be a multiple of.
    pub align: u64,
    /// What is to be relocated in it, by offset.
    pub relocations: Vec<Relocation>,
}

/// A place to be relocated.
#[derive(Clone, Copy, Debug)]
pub struct Relocation {
    /// Where in the section.
    pub offset: u64,
    /// R_*.
    pub kind: u32,
    /// The symbol's number.
    pub symbol: usize,
    /// What is added to the symbol.
    pub addend: i64,
}

/// A symbol.
#[derive(Clone, Copy, Debug)]
pub struct Symbol<'d> {
    /// Its name; a section's symbol has none.
    pub name: &'d str,
    /// The section that defines it.
    pub section: Option<usize>,
    /// Where in the section.
    pub address: u64,
    /// Its size.
    pub size: u64,
    /// Whether it is a function.
    pub is_function: bool,
    /// Whether another module has to define it, and it may not be left out.
    pub is_wanted: bool,
}

/// A function: a symbol of that type in an executable section.
#[derive(Clone, Copy, Debug)]
pub struct Function<'d> {
    /// Its name; of several at one place, the first.
    pub name: &'d str,
    /// Where it starts in its section.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
}

impl<'d> Module<'d> {
    /// Takes a file apart.
    pub fn parse(data: &'d [u8]) -> Result<Self> {
        let file = ElfFile64::<LittleEndian>::parse(data)?;
        if file.kind() != ObjectKind::Relocatable {
            bail!("it is not a relocatable object");
        }
        let mut sections = Vec::new();
        for section in file.sections() {
            let header = section.elf_section_header();
            let mut relocations: Vec<Relocation> = section
                .relocations()
                .filter_map(|(offset, relocation)| {
                    let RelocationFlags::Elf { r_type } = relocation.flags() else {
                        return None;
                    };
                    let symbol = match relocation.target() {
                        RelocationTarget::Symbol(symbol) => symbol.0,
                        _ => 0,
                    };
                    Some(Relocation {
                        offset,
                        kind: r_type,
                        symbol,
                        addend: relocation.addend(),
                    })
                })
                .collect();
            relocations.sort_by_key(|relocation| relocation.offset);
            sections.push(Section {
                index: section.index().0,
                name: section.name()?,
                kind: header.sh_type.get(LittleEndian),
                flags: header.sh_flags.get(LittleEndian),
                data: section.data()?,
                size: section.size(),
                align: section.align(),
                relocations,
            });
        }
        if !sections
            .iter()
            .any(|section| section.name == ".gnu.linkonce.this_module")
        {
            bail!("it has no .gnu.linkonce.this_module, which kbuild links in last");
        }
        let symbols = file
            .symbols()
            .filter_map(|symbol| {
                let taken = Symbol {
                    name: symbol.name().ok()?,
                    section: symbol.section_index().map(|index| index.0),
                    address: symbol.address(),
                    size: symbol.size(),
                    is_function: symbol.kind() == SymbolKind::Text && symbol.size() > 0,
                    is_wanted: symbol.is_undefined() && !symbol.is_weak(),
                };
                Some((symbol.index().0, taken))
            })
            .collect();
        Ok(Self {
            code: Code::of(file.architecture()),
            flags: file.elf_header().e_flags.get(LittleEndian),
            sections,
            symbols,
            static_branches: OnceCell::new(),
            graph: OnceCell::new(),
            ways: OnceCell::new(),
        })
    }

    /// The sections of that name.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Section<'d>> {
        self.sections
            .iter()
            .filter(move |section| section.name == name)
    }

    /// The sections that hold compiled code. What the kernel's macros write, and the kernel patches
    /// as it goes (alternatives, static calls), is objtool's to check.
    pub fn compiled(&self) -> impl Iterator<Item = &Section<'d>> {
        self.sections.iter().filter(|section| section.is_compiled())
    }

    /// The functions of a section, in the order of their places.
    pub fn functions(&self, section: &Section) -> Vec<Function<'d>> {
        let mut found: BTreeMap<u64, Function> = BTreeMap::new();
        for symbol in self.symbols.values() {
            // objtool and clang name the bytes before a function so.
            let is_before = ["__pfx_", "__cfi_"]
                .iter()
                .any(|p| symbol.name.starts_with(p));
            if symbol.is_function && !is_before && symbol.section == Some(section.index) {
                let function = Function {
                    name: symbol.name,
                    start: symbol.address,
                    end: symbol.address + symbol.size,
                };
                found.entry(function.start).or_insert(function);
            }
        }
        found.into_values().collect()
    }

    /// Whether code between functions is what the kernel puts in another's place, on processors that have it
    /// (alternatives): its lists of these name it, or what it follows.
    pub fn is_replacement(&self, section: &Section, offset: u64) -> bool {
        const LISTS: [&str; 2] = [".altinstructions", ".alternative"];
        let functions = self.functions(section);
        let before = functions.iter().map(|function| function.end);
        let start = before.filter(|end| *end <= offset).max().unwrap_or(0);
        let lists = LISTS.iter().flat_map(|name| self.named(name));
        let mut named = lists.flat_map(|list| &list.relocations);
        named.any(|relocation| {
            self.symbol_of(relocation).is_some_and(|symbol| {
                let place = symbol.address.checked_add_signed(relocation.addend);
                symbol.section == Some(section.index)
                    && place.is_some_and(|place| (start..=offset).contains(&place))
            })
        })
    }

    /// Where the kernel has an instruction lead once a static key says so (`pr_debug!`, a trace event), in the same
    /// section: `__jump_table` has a row for each.
    pub fn static_branch(&self, section: usize, at: u64) -> Option<u64> {
        let branches = self.static_branches.get_or_init(|| {
            let tables = self.named("__jump_table");
            tables.flat_map(|table| self.rows(table)).collect()
        });
        branches.get(&(section, at)).copied()
    }

    /// The rows of a `__jump_table`: the place of the instruction, and that of the code, each as the distance from
    /// where that stands; and the key.
    fn rows(&self, table: &Section) -> Vec<((usize, u64), u64)> {
        const ROW: usize = 16;
        let place = |at: u64| {
            let relocation = table.relocation_in(at..at + 1)?;
            let symbol = self.symbol_of(relocation)?;
            let place = symbol.address.checked_add_signed(relocation.addend)?;
            Some((symbol.section?, place))
        };
        let rows = (0..table.size).step_by(ROW);
        rows.filter_map(|row| {
            let (from, to) = place(row).zip(place(row + 4))?;
            (from.0 == to.0).then_some((from, to.1))
        })
        .collect()
    }

    /// Its functions, and which calls which; of an architecture that is not known, none.
    pub fn graph(&self) -> &Graph<'d> {
        self.graph.get_or_init(|| match self.code {
            Some(code) => Graph::of(self, code),
            None => Graph::default(),
        })
    }

    /// The ways to what must not be where they begin.
    pub fn ways(&self) -> &[Way] {
        self.ways.get_or_init(|| atomic::ways(self))
    }

    /// The symbol that a relocation names.
    pub fn symbol_of(&self, relocation: &Relocation) -> Option<&Symbol<'d>> {
        self.symbols.get(&relocation.symbol)
    }

    /// The names that another module or the kernel has to define.
    pub fn wanted(&self) -> impl Iterator<Item = &'d str> {
        // The loader passes the last one over.
        self.symbols
            .values()
            .filter(|symbol| symbol.is_wanted)
            .map(|symbol| symbol.name)
            .filter(|name| !name.is_empty() && *name != "_GLOBAL_OFFSET_TABLE_")
    }

    /// The values that `.modinfo` has for `key`.
    pub fn modinfo(&self, key: &str) -> impl Iterator<Item = String> {
        let values: Vec<String> = self
            .named(".modinfo")
            .flat_map(|section| section.data.split(|byte| *byte == 0))
            .map(String::from_utf8_lossy)
            .filter_map(|line| {
                let (found, value) = line.split_once('=')?;
                (found == key).then(|| value.to_owned())
            })
            .collect();
        values.into_iter()
    }

    /// A place as a reader looks for it: "function+0x4 (.text+0x54)".
    pub fn place(&self, section: &Section, offset: u64) -> String {
        let at = format!("{}+{offset:#x}", section.name);
        let functions = self.functions(section);
        let around = functions
            .iter()
            .rev()
            .find(|function| function.start <= offset && offset < function.end);
        match around {
            Some(function) => {
                let name = rustc_demangle::demangle(function.name);
                format!("{name:#}+{:#x} ({at})", offset - function.start)
            }
            None => at,
        }
    }
}

impl Section<'_> {
    /// Whether it is loaded.
    pub fn is_loaded(&self) -> bool {
        self.flags & u64::from(elf::SHF_ALLOC) != 0
    }

    /// Whether it holds code.
    pub fn is_executable(&self) -> bool {
        self.is_loaded() && self.flags & u64::from(elf::SHF_EXECINSTR) != 0
    }

    /// Whether it holds code that a compiler made.
    pub fn is_compiled(&self) -> bool {
        const PATCHED: [&str; 2] = [".altinstr_replacement", ".static_call.text"];
        self.is_executable() && !PATCHED.contains(&self.name)
    }

    /// Whether it is written to.
    pub fn is_writable(&self) -> bool {
        self.flags & u64::from(elf::SHF_WRITE) != 0
    }

    /// The relocation within `range` of offsets, if there is one.
    pub fn relocation_in(&self, range: std::ops::Range<u64>) -> Option<&Relocation> {
        let first = self
            .relocations
            .partition_point(|relocation| relocation.offset < range.start);
        let found = self.relocations.get(first)?;
        (found.offset < range.end).then_some(found)
    }
}
