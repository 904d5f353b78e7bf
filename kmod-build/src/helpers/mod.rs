// SPDX-License-Identifier: GPL-2.0-only
//! The helpers: functions in C that give the kernel's macros and inline functions a symbol.
//!
//! A build script only says which sources there are. They are compiled when a module is linked, and
//! of them only those that it reaches, once per kernel: compiling all of them was more than half of
//! a build script's time, and grew with each subject.
//!
//! A call of a helper is a call more than in C. One that only jumps is not called: the module calls
//! what it jumps to. Which ones do is read from what the kernel's compiler makes of them with the
//! kernel's flags; what more a kernel's configuration has them do (check, count, sleep) leaves them
//! as they are.

mod bodies;
mod compiler;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

pub use bodies::{Body, bodies};
pub use compiler::assembly;

use crate::arch::{Arch, Assembly};
use crate::env::KernelEnv;

/// The helpers of one crate, and how they are compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helpers {
    /// What the name of each of them begins with.
    pub prefix: String,
    /// The C sources: an object of each, so that a module holds only those that it uses.
    pub sources: Vec<PathBuf>,
    cc: String,
    flags: Vec<String>,
    /// rustc's name of the architecture.
    arch: String,
    /// Where the objects go.
    folder: PathBuf,
}

/// What the kernel's compiler makes of one source.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The object file.
    pub object: PathBuf,
    /// Those of its functions that come to so little that they need not be called.
    pub bodies: HashMap<String, Body>,
}

/// In a build script's `OUT_DIR`.
const FILE: &str = "kmod-helpers";

impl Helpers {
    /// Helpers for `kernel`, whose architecture rustc calls `arch`; the objects go below `out_dir`.
    #[must_use]
    pub fn new(kernel: &KernelEnv, arch: &str, prefix: &str, out_dir: &Path) -> Self {
        let mut flags = kernel.helper_flags().to_vec();
        // What a module does not use of a source goes when its object is linked.
        flags.extend(["-ffunction-sections", "-fdata-sections"].map(str::to_owned));
        Self {
            prefix: prefix.to_owned(),
            sources: Vec::new(),
            cc: kernel.cc().to_owned(),
            flags,
            arch: arch.to_owned(),
            folder: out_dir.join("helpers"),
        }
    }

    /// Headers are looked for in `folder`, too.
    pub fn include(&mut self, folder: &Path) {
        self.flags.push(format!("-I{}", folder.display()));
    }

    /// Leaves word of them in `out_dir`, for the link; objects of an earlier build go.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub fn write(&self, out_dir: &Path) -> io::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&self.folder)?,
        }
        let mut text = String::new();
        let mut line = |word: &str, value: &str| text += &format!("{word} {value}\n");
        line("prefix", &self.prefix);
        line("cc", &self.cc);
        line("arch", &self.arch);
        self.flags.iter().for_each(|flag| line("flag", flag));
        for source in &self.sources {
            line("source", &source.to_string_lossy());
        }
        fs::write(out_dir.join(FILE), text)
    }

    /// The helpers that a build script with this `out_dir` has left word of, if it has.
    ///
    /// # Errors
    ///
    /// When that cannot be read.
    pub fn read(out_dir: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read_to_string(out_dir.join(FILE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let values = |word: &'static str| {
            let lines = text.lines().filter_map(|line| line.split_once(' '));
            let lines = lines.filter(move |(before, _)| *before == word);
            lines.map(|(_, value)| value.to_owned())
        };
        let value = |word| values(word).next().unwrap_or_default();
        Ok(Some(Self {
            prefix: value("prefix"),
            cc: value("cc"),
            arch: value("arch"),
            flags: values("flag").collect(),
            sources: values("source").map(PathBuf::from).collect(),
            folder: out_dir.join("helpers"),
        }))
    }

    /// The sources that may define `name`, the likeliest first: those that name it, which all but
    /// a macro that puts names together do.
    #[must_use]
    pub fn candidates(&self, name: &str) -> Vec<&Path> {
        if !name.starts_with(&self.prefix) {
            return Vec::new();
        }
        let mut sources: Vec<&Path> = self.sources.iter().map(PathBuf::as_path).collect();
        sources.sort_by_cached_key(|source| !names(source, name));
        sources
    }

    /// Compiles a source, unless that was done before.
    ///
    /// # Errors
    ///
    /// What the compiler has to say against the source.
    pub fn compile(&self, source: &Path) -> Result<Compiled, String> {
        let name = self.name(source);
        let object = self.folder.join(format!("{name}.o"));
        let listing = self.folder.join(format!("{name}.s"));
        let text = match (object.exists(), fs::read_to_string(&listing)) {
            (true, Ok(text)) => text,
            _ => self.make(source, &object, &listing)?,
        };
        Ok(Compiled {
            object,
            bodies: self.bodies_in(&text),
        })
    }

    /// The same for a source that may define `name`; nothing if it does not compile and does not name it: it is of
    /// what this kernel has not got.
    ///
    /// # Errors
    ///
    /// What the compiler has to say against a source that names it.
    pub fn compile_for(&self, name: &str, source: &Path) -> Result<Option<Compiled>, String> {
        if names(source, name) {
            return self.compile(source).map(Some);
        }
        // That it does not compile holds as long as what is compiled.
        let none = self.folder.join(format!("{}.none", self.name(source)));
        if none.exists() {
            return Ok(None);
        }
        let compiled = self.compile(source).ok();
        if compiled.is_none() {
            fs::write(&none, "")
                .map_err(|error| format!("cannot write {}: {error}", none.display()))?;
        }
        Ok(compiled)
    }

    /// Those functions of a source that come to so little that they need not be called.
    ///
    /// # Errors
    ///
    /// What the compiler has to say against the source.
    pub fn bodies(&self, source: &Path) -> Result<HashMap<String, Body>, String> {
        Ok(self.bodies_in(&self.assembly(source)?))
    }

    /// How the kernel's compiler writes functions, where that is known.
    pub(crate) fn written(&self) -> Option<&'static Assembly> {
        Arch::named(&self.arch).and_then(|arch| arch.assembly.as_ref())
    }

    fn bodies_in(&self, assembly: &str) -> HashMap<String, Body> {
        self.written()
            .map(|arch| bodies(assembly, arch))
            .unwrap_or_default()
    }

    fn assembly(&self, source: &Path) -> Result<String, String> {
        let include = format!("#include \"{}\"\n", source.display());
        assembly(&self.cc, &self.flags, &include)
            .flatten()
            .map_err(|said| format!("cannot compile {}:\n{said}", source.display()))
    }

    /// Other builds may be at it: each file appears whole.
    fn make(&self, source: &Path, object: &Path, listing: &Path) -> Result<String, String> {
        let cannot = |error: io::Error| format!("cannot write {}: {error}", object.display());
        let text = self.assembly(source)?;
        let own = |file: &Path| {
            let end = file.extension().unwrap_or_default().to_string_lossy();
            file.with_extension(format!("{}.{end}", process::id()))
        };
        fs::write(own(listing), &text).map_err(cannot)?;
        let assembled = compiler::command(&self.cc)
            .args(&self.flags)
            .args(["-w", "-c", "-o"])
            .args([&own(object), &own(listing)])
            .output()
            .map_err(|error| format!("cannot start {}: {error}", self.cc))?;
        if !assembled.status.success() {
            let said = String::from_utf8_lossy(&assembled.stderr);
            return Err(format!("cannot assemble {}:\n{said}", source.display()));
        }
        fs::rename(own(listing), listing).map_err(cannot)?;
        fs::rename(own(object), object).map_err(cannot)?;
        Ok(text)
    }

    /// A name of its own for what is made of a source: two subjects may have files of one name.
    fn name(&self, source: &Path) -> String {
        let at = self.sources.iter().position(|one| one == source);
        let stem = source.file_stem().unwrap_or_default().to_string_lossy();
        format!("{}-{stem}", at.unwrap_or(self.sources.len()))
    }
}

/// Whether a source has this name in it.
fn names(source: &Path, name: &str) -> bool {
    let text = fs::read_to_string(source).unwrap_or_default();
    let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.any(|word| word == name)
}
