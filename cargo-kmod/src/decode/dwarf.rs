// SPDX-License-Identifier: GPL-2.0-only
//! The lines of an object that is not linked: all its sections begin at 0, and what its debug information says
//! of addresses are relocations.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

use addr2line::Context;
use addr2line::gimli::{self, Dwarf, EndianSlice, RunTimeEndian, SectionId};
use anyhow::{Context as _, Result};
use object::{
    File, Object as _, ObjectSection as _, ObjectSymbol as _, RelocationKind, RelocationTarget,
    SectionFlags, SectionIndex, elf,
};

/// The sections of debug information, as their names begin.
const DEBUG: &str = ".debug_";

/// What is said of an object that is not as it should be.
const UNREADABLE: &str = "cannot read the debug information";

/// How far apart the sections are laid, and the first one from 0, where is what has been dropped.
const PAGE: u64 = 0x1000;

/// A line of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The function that it is written in, demangled.
    pub function: Option<String>,
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: Option<u32>,
}

/// The places of each address, an offset in a section.
pub fn places(file: &File<'_>, wanted: &[(SectionIndex, u64)]) -> Result<Vec<Vec<Place>>> {
    let debug = Debug::of(file)?;
    let lines = debug.lines()?;
    let places = wanted
        .iter()
        .map(|(section, at)| lines.places(*section, *at));
    places.collect()
}

/// An object's debug information, relocated.
pub struct Debug {
    sections: HashMap<String, Vec<u8>>,
    endian: RunTimeEndian,
    bases: HashMap<SectionIndex, u64>,
}

/// What it says of code.
pub struct Lines<'d> {
    context: Context<EndianSlice<'d, RunTimeEndian>>,
    bases: &'d HashMap<SectionIndex, u64>,
}

impl Debug {
    /// Takes it out of an object.
    pub fn of(file: &File<'_>) -> Result<Self> {
        let bases = bases(file);
        let base = |at: Option<SectionIndex>| at.and_then(|at| bases.get(&at)).unwrap_or(&0);
        let mut sections = HashMap::new();
        for section in file.sections() {
            let name = section.name().unwrap_or_default();
            if !name.starts_with(DEBUG) {
                continue;
            }
            let mut data = section
                .data()
                .context("a section that is cut off")?
                .to_vec();
            for (at, relocation) in section.relocations() {
                let to = match relocation.target() {
                    RelocationTarget::Symbol(index) => {
                        let symbol = file.symbol_by_index(index)?;
                        symbol.address().wrapping_add(*base(symbol.section_index()))
                    }
                    RelocationTarget::Section(index) => *base(Some(index)),
                    _ => continue,
                };
                if relocation.kind() == RelocationKind::Absolute {
                    let value = to.wrapping_add_signed(relocation.addend());
                    put(&mut data, at, relocation.size(), value);
                }
            }
            sections.insert(name.to_owned(), data);
        }
        let endian = match file.is_little_endian() {
            true => RunTimeEndian::Little,
            false => RunTimeEndian::Big,
        };
        Ok(Self {
            sections,
            endian,
            bases,
        })
    }

    /// Reads it; an object without any has no lines.
    pub fn lines(&self) -> Result<Lines<'_>> {
        let load = |id: SectionId| {
            let data = self.sections.get(id.name()).map_or(&[][..], Vec::as_slice);
            Ok::<_, gimli::Error>(EndianSlice::new(data, self.endian))
        };
        let context = Dwarf::load(load).and_then(Context::from_dwarf);
        Ok(Lines {
            context: context.context(UNREADABLE)?,
            bases: &self.bases,
        })
    }
}

impl Lines<'_> {
    fn address(&self, section: SectionIndex, at: u64) -> u64 {
        self.bases.get(&section).unwrap_or(&0).wrapping_add(at)
    }

    /// The places of an address, an offset in a section: first where its code is written, then where that has
    /// been inlined, and so on.
    pub fn places(&self, section: SectionIndex, at: u64) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        let frames = self.context.find_frames(self.address(section, at));
        let mut frames = frames.skip_all_loads().context(UNREADABLE)?;
        while let Some(frame) = frames.next().context(UNREADABLE)? {
            let name = frame
                .function
                .as_ref()
                .and_then(|name| name.raw_name().ok());
            let place = frame.location.and_then(|location| {
                Some(Place {
                    function: name.map(|name| demangled(&name)),
                    file: location.file?.into(),
                    line: location.line?,
                    column: location.column.filter(|column| *column > 0),
                })
            });
            places.extend(place);
        }
        Ok(places)
    }

    /// The pieces of a section of so many bytes of which each is code of one line.
    pub fn pieces(&self, section: SectionIndex, size: u64) -> Result<Vec<Range<u64>>> {
        let base = self.address(section, 0);
        let rows = self.context.find_location_range(base, base + size);
        let rows = rows.context(UNREADABLE)?.map(|(from, length, _)| {
            let from = from.saturating_sub(base);
            from..from.saturating_add(length).min(size)
        });
        Ok(rows.collect())
    }
}

/// A name as it is written in Rust; that of a C function as it is.
pub fn demangled(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// Where each section of the module's memory is laid.
fn bases(file: &File<'_>) -> HashMap<SectionIndex, u64> {
    let mut next = PAGE;
    let in_memory = file.sections().filter(|section| {
        let flags = section.flags();
        matches!(flags, SectionFlags::Elf { sh_flags } if sh_flags & u64::from(elf::SHF_ALLOC) != 0)
    });
    in_memory
        .map(|section| {
            let base = next;
            let end = base.saturating_add(section.size()).saturating_add(PAGE);
            next = end.checked_next_multiple_of(PAGE).unwrap_or(end);
            (section.index(), base)
        })
        .collect()
}

/// Writes a number of so many bits, if there is room.
fn put(data: &mut [u8], at: u64, bits: u8, value: u64) {
    let bytes = usize::from(bits / 8);
    let place = usize::try_from(at).ok();
    let place = place.and_then(|at| data.get_mut(at..at.checked_add(bytes)?));
    if let Some(place) = place.filter(|_| bytes <= 8) {
        place.copy_from_slice(&value.to_le_bytes()[..bytes]);
    }
}
