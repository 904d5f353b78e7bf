// SPDX-License-Identifier: GPL-2.0-only
//! A module's files with debug information: `NAME.ko.debug`, which has that of its Rust code, and `NAME.ko`
//! itself, which has that of its C code where the kernel's configuration wants it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use object::{File, Object as _, ObjectSymbol as _, SectionIndex, SymbolKind};

use super::dwarf::{self, Place};
use super::frame::Frame;

/// How many characters of a symbol older kernels tell.
const CUT: usize = 127;

/// The file with the debug information of a module's Rust code.
pub fn debug_file(ko: &Path) -> PathBuf {
    ko.with_extension("ko.debug")
}

/// A module, and what is known of its code.
pub struct Module {
    /// As the kernel calls it.
    pub name: String,
    ko: PathBuf,
    objects: Vec<Object>,
}

/// A file, and its functions by their symbols.
struct Object {
    data: Vec<u8>,
    functions: HashMap<String, Function>,
    /// The file is the module itself.
    build_id: Option<String>,
}

#[derive(Clone, Copy)]
struct Function {
    section: SectionIndex,
    at: u64,
    size: u64,
    /// Up to the next function; what the last one is followed by is not known here.
    room: Option<u64>,
}

/// What a module knows of a frame.
pub enum Known {
    /// Its function's whole symbol, and its places, the innermost first.
    Places(String, Vec<Place>),
    /// There is such a function, of another size.
    Other,
    /// There is none.
    Nothing,
}

impl Module {
    /// The module `ko`, which need not be there any more, but its [`debug_file`] has to be.
    pub fn read(ko: &Path) -> Result<Self> {
        let debug = debug_file(ko);
        let mut objects = vec![Object::read(&debug)?];
        if ko.is_file() {
            objects.push(Object::read(ko)?);
        }
        let stem = ko.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Self {
            name: stem.replace('-', "_"),
            ko: ko.to_owned(),
            objects,
        })
    }

    /// The file of the debug information.
    pub fn file(&self) -> PathBuf {
        debug_file(&self.ko)
    }

    /// Whether the file of the module is of another build than that of its debug information.
    pub fn is_mixed(&self) -> bool {
        let [debug, ko] = &*self.objects else {
            return false;
        };
        let mut functions = debug.functions.iter();
        !functions.all(|(name, one)| {
            let other = ko.functions.get(name);
            other.is_some_and(|other| one.size == other.size)
        })
    }

    /// What is known of each frame.
    pub fn know(&self, frames: &[&Frame]) -> Result<Vec<Known>> {
        let mut known: Vec<Known> = frames.iter().map(|_| Known::Nothing).collect();
        for object in &self.objects {
            let mut wanted = Vec::new();
            for (number, frame) in frames.iter().enumerate() {
                if matches!(known[number], Known::Places(..)) {
                    continue;
                }
                let is_others = |own: &String| frame.build_id.as_ref().is_some_and(|id| id != own);
                match object.find(frame) {
                    Some((_, function)) if !function.fits(frame) => known[number] = Known::Other,
                    Some(_) if self.build_id().is_some_and(is_others) => {
                        known[number] = Known::Other;
                    }
                    Some((name, function)) => wanted.push((number, name, function.address(frame))),
                    None => {}
                }
            }
            let addresses: Vec<_> = wanted.iter().map(|(_, _, address)| *address).collect();
            let places = object.places(&addresses)?;
            for ((number, name, _), places) in wanted.into_iter().zip(places) {
                known[number] = Known::Places(name, places);
            }
        }
        Ok(known)
    }

    fn build_id(&self) -> Option<&String> {
        self.objects
            .iter()
            .find_map(|object| object.build_id.as_ref())
    }
}

impl Object {
    fn read(path: &Path) -> Result<Self> {
        let data = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let file =
            File::parse(&*data).with_context(|| format!("{} is no object file", path.display()))?;
        let functions = functions(&file);
        let build_id = file.build_id().ok().flatten().map(|id| {
            let bytes = id.iter().map(|byte| format!("{byte:02x}"));
            bytes.collect::<String>()
        });
        Ok(Self {
            functions,
            build_id,
            data,
        })
    }

    /// The function of a frame, with its whole symbol.
    fn find(&self, frame: &Frame) -> Option<(String, Function)> {
        if let Some(function) = self.functions.get(&frame.symbol) {
            return Some((frame.symbol.clone(), *function));
        }
        if frame.symbol.len() < CUT {
            return None;
        }
        let mut cut = self
            .functions
            .iter()
            .filter(|(name, function)| name.starts_with(&frame.symbol) && function.fits(frame));
        let (name, function) = cut.next()?;
        cut.next().is_none().then(|| (name.clone(), *function))
    }

    fn places(&self, addresses: &[(SectionIndex, u64)]) -> Result<Vec<Vec<Place>>> {
        dwarf::places(&File::parse(&*self.data)?, addresses)
    }
}

impl Function {
    /// Whether a frame can be of this function: the kernel counts what is between two of them to the first.
    fn fits(&self, frame: &Frame) -> bool {
        self.size <= frame.size && self.room.is_none_or(|room| frame.size <= room)
    }

    /// The address of the instruction that the frame is about: before the one that a call returns to.
    fn address(&self, frame: &Frame) -> (SectionIndex, u64) {
        let back = u64::from(!frame.is_exact && frame.offset > 0);
        let offset = frame.offset.wrapping_sub(back);
        (self.section, self.at.wrapping_add(offset))
    }
}

fn functions(file: &File<'_>) -> HashMap<String, Function> {
    let symbols = file
        .symbols()
        .filter(|symbol| symbol.kind() == SymbolKind::Text);
    let mut found: Vec<(String, Function)> = symbols
        .filter_map(|symbol| {
            let function = Function {
                section: symbol.section_index()?,
                at: symbol.address(),
                size: symbol.size(),
                room: None,
            };
            Some((symbol.name().ok()?.to_owned(), function))
        })
        .collect();
    found.sort_by_key(|(_, function)| (function.section.0, function.at));
    let starts: Vec<_> = found.iter().map(|(_, one)| (one.section, one.at)).collect();
    for (_, function) in &mut found {
        let here = (function.section.0, function.at);
        let next = starts.partition_point(|(section, at)| (section.0, *at) <= here);
        let next = starts
            .get(next)
            .filter(|(section, _)| *section == function.section);
        function.room = next.map(|(_, at)| at - function.at);
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(symbol: &str, size: u64) -> Frame {
        Frame {
            at: 0..0,
            symbol: symbol.to_owned(),
            offset: 0,
            size,
            module: None,
            build_id: None,
            is_exact: true,
            is_doubtful: false,
        }
    }

    #[test]
    fn a_name_that_was_cut_off_is_found_if_there_is_one() {
        let long = "f".repeat(CUT);
        let of = |at, size| Function {
            section: SectionIndex(1),
            at,
            size,
            room: Some(size + 4),
        };
        let functions = [
            (format!("{long}_a"), of(0, 16)),
            (format!("{long}_b"), of(32, 48)),
        ];
        let object = Object {
            data: Vec::new(),
            functions: functions.into_iter().collect(),
            build_id: None,
        };
        let found = |size| Some(object.find(&frame(&long, size))?.0);
        assert_eq!(found(16), Some(format!("{long}_a")));
        assert_eq!(found(52), Some(format!("{long}_b")));
        assert_eq!(found(100), None);
        assert!(object.find(&frame("fff", 16)).is_none());
    }
}
