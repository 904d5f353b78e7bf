// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's reports, readable: names as Rust writes them, and of each function of a module the lines.

// `frame` finds in a line what it says of functions, `module` what a module's files know of them, `dwarf` reads
// their debug information, `source` shows the lines.

pub mod dwarf;
mod frame;
mod module;
mod source;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::error::unfit;
use crate::vm::complains;
use dwarf::Place;
use frame::Frame;
use module::{Known, Module};
use source::Sources;

pub use frame::demangled;
pub use module::debug_file;

/// The modules of which something is known; there may be several builds of one.
#[derive(Default)]
pub struct Decoder {
    /// Modules that are read when a log first tells of one: most boots report nothing.
    kos: Vec<PathBuf>,
    read: OnceLock<Vec<Module>>,
    added: Vec<Module>,
}

/// A log, decoded.
#[derive(Debug, Default)]
pub struct Decoded {
    /// Its lines, and those of sources between.
    pub lines: Vec<String>,
    /// How many functions of modules it tells of.
    pub frames: usize,
    /// How many of them were found.
    pub found: usize,
    /// What keeps others from being found.
    pub notes: Vec<String>,
}

impl Decoder {
    /// A decoder for the modules of which there is debug information.
    pub fn of<'p>(kos: impl IntoIterator<Item = &'p Path>) -> Self {
        Self {
            kos: kos.into_iter().map(Path::to_owned).collect(),
            ..Self::default()
        }
    }

    fn modules(&self) -> impl Iterator<Item = &Module> {
        let read = self.read.get_or_init(|| {
            let kos = self.kos.iter().filter(|ko| debug_file(ko).is_file());
            kos.filter_map(|ko| Module::read(ko).ok()).collect()
        });
        read.iter().chain(&self.added)
    }

    /// Takes another module.
    ///
    /// # Errors
    ///
    /// When its debug information is not there, cannot be read, or is of another build.
    pub fn add(&mut self, ko: &Path) -> Result<()> {
        let module = Module::read(ko)?;
        if module.is_mixed() {
            let (debug, ko) = (module.file(), ko.display());
            let debug = debug.display();
            bail!(
                unfit(format!("{debug} is of another build than {ko}"))
                    .help("build the module again, or take both from where it was built")
            );
        }
        self.added.push(module);
        Ok(())
    }

    /// The lines as they are read best.
    pub fn lines(&self, log: &[String]) -> Vec<String> {
        self.decode(log).lines
    }

    /// The same, with what there was to find.
    pub fn decode(&self, log: &[String]) -> Decoded {
        let frames: Vec<Vec<Frame>> = log.iter().map(|line| frame::frames(line)).collect();
        let mut decoded = Decoded::default();
        let known = self.know(&frames, &mut decoded);
        let mut sources = Sources::default();
        let mut shown = BTreeSet::new();
        let mut has_text = false;
        for (line, frames) in log.iter().zip(&frames) {
            if begins_report(line) {
                // The kernel's next report.
                shown.clear();
                has_text = false;
            }
            let places = |frame: &Frame| known.get(&key(frame));
            decoded.lines.push(frame::with_names(line, frames, |frame| {
                let whole = places(frame).map(|(name, _)| name);
                dwarf::demangled(whole.unwrap_or(&frame.symbol))
            }));
            for frame in frames.iter().filter(|frame| !frame.is_doubtful) {
                let Some((_, places)) = places(frame) else {
                    continue;
                };
                if !shown.insert((&frame.symbol, frame.offset)) {
                    continue;
                }
                decoded.lines.extend(sources.places(places, !has_text));
                has_text |= places.iter().any(|place| source::is_own(&place.file));
            }
        }
        decoded
    }

    /// What is known of the frames of modules.
    fn know(
        &self,
        frames: &[Vec<Frame>],
        decoded: &mut Decoded,
    ) -> HashMap<Key, (String, Vec<Place>)> {
        let exact: BTreeSet<_> = frames
            .iter()
            .flatten()
            .filter(|frame| frame.is_exact)
            .map(key)
            .collect();
        let mut of_modules = BTreeMap::<String, Vec<Frame>>::new();
        for frame in frames.iter().flatten() {
            let Some(module) = &frame.module else {
                continue;
            };
            let mut frame = frame.clone();
            // A trace may begin with the instruction that was executed.
            frame.is_exact |= exact.contains(&key(&frame));
            of_modules.entry(module.clone()).or_default().push(frame);
        }
        let mut found = HashMap::new();
        for (name, frames) in of_modules {
            decoded.frames += frames.len();
            let frames: Vec<&Frame> = frames.iter().collect();
            let builds = self.modules().filter(|module| module.name == name);
            let mut known: Vec<(&Module, Vec<Known>)> = Vec::new();
            for module in builds {
                match module.know(&frames) {
                    Ok(of_frames) => known.push((module, of_frames)),
                    Err(error) => {
                        let file = module.file();
                        decoded.notes.push(format!("{}: {error:#}", file.display()));
                    }
                }
            }
            // The log is of one build: the one that knows the most.
            let count = |known: &[Known]| {
                let places = known.iter().filter(|one| matches!(one, Known::Places(..)));
                places.count()
            };
            let best = known
                .into_iter()
                .rev()
                .max_by_key(|(_, known)| count(known));
            let Some((module, known)) = best else {
                decoded.notes.push(format!(
                    "there is no debug information of the module {name}"
                ));
                continue;
            };
            decoded.found += count(&known);
            let mut others = BTreeSet::new();
            for (frame, known) in frames.into_iter().zip(known) {
                match known {
                    Known::Places(name, places) => {
                        found.insert(key(frame), (name, places));
                    }
                    Known::Other => {
                        others.insert(dwarf::demangled(&frame.symbol));
                    }
                    Known::Nothing => {}
                }
            }
            if !others.is_empty() {
                decoded.notes.push(format!(
                    "{} is of another build than the module in the log: {} is of another size",
                    module.file().display(),
                    Vec::from_iter(others).join(", ")
                ));
            }
        }
        found
    }
}

/// A place in a function of a module.
type Key = (Option<String>, String, u64);

fn key(frame: &Frame) -> Key {
    (frame.module.clone(), frame.symbol.clone(), frame.offset)
}

/// Where a report begins of which the line `at` is the first that complains: a WARN's own words, and those of a
/// panic, stand before it.
pub fn beginning(lines: &[String], at: usize) -> usize {
    let before = at.saturating_sub(1);
    let is_cut = lines
        .get(before)
        .is_some_and(|line| line.contains("[ cut here ]"));
    before.saturating_sub(usize::from(is_cut))
}

/// Whether a line of `dmesg` or of a console begins a report of the kernel's.
pub fn begins_report(line: &str) -> bool {
    complains(without_time(line))
}

/// A line of `dmesg` or of a console without what stands before its text.
fn without_time(line: &str) -> &str {
    let text = line.trim_start();
    // "<4>[   12.345678][  T123] text"
    let level = text.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    let mut text = level.map_or(text, |(_, rest)| rest);
    while let Some((time, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if !time.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        text = rest;
    }
    text.strip_prefix(' ').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::process::Command;

    use object::{Object as _, ObjectSymbol as _};

    use super::*;

    #[test]
    fn what_stands_before_a_lines_text_is_found() {
        for line in [
            "WARNING: x",
            "[    3.141592] WARNING: x",
            "<4>[   12.345678][  T123] WARNING: x",
            "[Sun Nov 29 21:00:00 2026] WARNING: x",
        ] {
            assert_eq!(without_time(line), "WARNING: x");
        }
        assert_eq!(without_time("[ BUG: Invalid"), "[ BUG: Invalid");
    }

    #[test]
    fn a_report_begins_with_its_own_words() {
        let lines = [
            "a",
            "m: panicked",
            "------------[ cut here ]------------",
            "kernel BUG at",
        ];
        let lines = lines.map(str::to_owned);
        assert_eq!(beginning(&lines, 3), 1);
        assert_eq!(beginning(&lines, 1), 0);
        assert_eq!(beginning(&lines, 0), 0);
    }

    #[test]
    fn a_module_that_nobody_knows_is_told() {
        let log = [
            " f+0x1/0x2 [m]".to_owned(),
            " do_one_initcall+0x1/0x2".to_owned(),
        ];
        let decoded = Decoder::default().decode(&log);
        assert_eq!((decoded.frames, decoded.found), (1, 0));
        assert_eq!(decoded.lines, log);
        assert_eq!(
            decoded.notes,
            ["there is no debug information of the module m"]
        );
    }

    /// What stands for a module: an object of C with debug information, where a module and its debug file are.
    fn module(folder: &Path) -> PathBuf {
        let source = "int g(int);\nint f(int x)\n{\n\tx = g(x);\n\treturn g(x + 1);\n}\n\
             int name_of_a_function(void)\n{\n\treturn 1;\n}\n";
        fs::write(folder.join("m.c"), source).unwrap();
        let mut cc = Command::new("cc");
        cc.args(["-c", "-g", "-O0", "-o", "m.ko.debug"]);
        let made = cc.arg(folder.join("m.c")).current_dir(folder).status();
        assert!(made.unwrap().success());
        folder.join("m.ko")
    }

    /// How far it is from `f` to what follows.
    fn size_of_f(ko: &Path) -> u64 {
        let data = fs::read(debug_file(ko)).unwrap();
        let file = object::File::parse(&*data).unwrap();
        let mut symbols = file.symbols();
        let next = symbols.find(|symbol| symbol.name() == Ok("name_of_a_function"));
        next.unwrap().address()
    }

    fn line(decoder: &Decoder, log: String) -> Option<u32> {
        let said = decoder.lines(&[log]);
        let place = said.get(1)?.split_once("m.c:")?.1;
        place.split(':').next()?.parse().ok()
    }

    #[test]
    fn a_frame_has_its_line_and_a_call_that_of_the_call() {
        let folder = tempfile::tempdir().unwrap();
        let ko = module(folder.path());
        let decoder = Decoder::of([ko.as_path()]);
        let size = size_of_f(&ko);
        let exact = |at| line(&decoder, format!("RIP: 0010:f+{at:#x}/{size:#x} [m]"));
        let after_call = |at| line(&decoder, format!(" f+{at:#x}/{size:#x} [m]"));
        assert!(matches!(exact(0), Some(2 | 3)));
        // Where the second call begins, the first one has returned to, or some moves before.
        let second = (0..size).find(|at| exact(*at) == Some(5)).unwrap();
        assert_eq!((exact(second), after_call(second)), (Some(5), Some(4)));
        let said = decoder.lines(&[format!("RIP: 0010:f+{second:#x}/{size:#x} [m]")]);
        assert!(
            said.contains(&"        > 5 | \treturn g(x + 1);".to_owned()),
            "{said:?}"
        );
        assert!(said[1].ends_with(", in f"), "{said:?}");
        // Found on the stack, but not known to be called.
        assert_eq!(
            line(&decoder, format!(" ? f+{second:#x}/{size:#x} [m]")),
            None
        );
    }

    #[test]
    fn another_build_is_seen_by_the_size() {
        let folder = tempfile::tempdir().unwrap();
        let ko = module(folder.path());
        let decoder = Decoder::of([ko.as_path()]);
        let size = size_of_f(&ko);
        for (of_log, found) in [(size, 1), (size - 16, 0), (size + 16, 0)] {
            let decoded = decoder.decode(&[format!(" f+0x4/{of_log:#x} [m]")]);
            assert_eq!(decoded.found, found, "{decoded:?}");
            assert_eq!(decoded.notes.len(), 1 - found, "{decoded:?}");
        }
    }

    #[test]
    fn nonsense_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let ko = module(folder.path());
        let decoder = Decoder::of([ko.as_path()]);
        let most = u64::MAX;
        for line in [
            format!("RIP: 0010:name_of_a_function+{most:#x}/{most:#x} [m]"),
            format!(" name_of_a_function+0x0/{most:#x} [m]"),
            format!(" f+{most:#x}/0x0 [m]"),
            "+0x+0x+0x/0x [m".to_owned(),
            " f+0x1/0x2 [".to_owned(),
            "ü\u{0}+0x1/0x2 [m]".to_owned(),
        ] {
            assert!(!decoder.lines(&[line]).is_empty());
        }
        let whole = fs::read(debug_file(&ko)).unwrap();
        for length in [0, 1, 64, whole.len() / 2, whole.len() - 8] {
            fs::write(debug_file(&ko), &whole[..length]).unwrap();
            let decoder = Decoder::of([ko.as_path()]);
            assert_eq!(decoder.lines(&[" f+0x4/0x20 [m]".to_owned()]).len(), 1);
        }
    }

    #[test]
    fn two_files_of_different_builds_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let ko = module(folder.path());
        fs::copy(debug_file(&ko), &ko).unwrap();
        Decoder::default().add(&ko).unwrap();
        fs::copy(std::env::current_exe().unwrap(), &ko).unwrap();
        let said = Decoder::default().add(&ko).unwrap_err().to_string();
        assert!(said.contains("is of another build than"), "{said}");
    }
}
