// SPDX-License-Identifier: GPL-2.0-only
//! The linker's part: of cargo's archive and the helpers, only what the module reaches.
//!
//! The archive holds the module with all that it uses of Rust (one object, by fat LTO), and
//! `compiler_builtins`, which stays out: the kernel has its own `memcpy`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use kmod_build::env::KernelEnv;
use object::elf::SHF_LINK_ORDER;
use object::read::archive::ArchiveFile;
use object::{
    Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SectionFlags,
    SectionKind, SymbolIndex, SymbolKind,
};

use super::compile::Compiled;
use super::helpers::Reached;
use super::{Request, events, exports, functions, makefile, panics, runtime, tracepoints};
use crate::error::unfit;

/// The symbols that a module starts and ends with.
const ENTRIES: [&str; 2] = ["init_module", "cleanup_module"];

/// Sections that the linker writes by itself.
const LINKERS: [SectionKind; 3] = [
    SectionKind::Metadata,
    SectionKind::Debug,
    SectionKind::DebugString,
];

/// Sections of code and data, of which only what is reached stays, by the beginnings of their names.
pub const REACHED: [&str; 4] = [".text", ".rodata", ".data", ".bss"];

/// What only LLVM and we read, and what the kernel's own objects do not have.
const DISCARDED: [&str; 8] = [
    ".llvmbc",
    ".llvmcmd",
    ".eh_frame",
    ".comment",
    ".note.GNU-stack",
    panics::MARK,
    functions::SECTION,
    makefile::SECTION,
];

/// The linked object.
pub struct Linked {
    /// As kbuild gets it.
    pub object: Vec<u8>,
    /// Its debug information, as a file of its own.
    pub debug: Vec<u8>,
}

/// Returns the linked object, and writes the header of what C calls in it.
pub fn object(request: &Request, kernel: &KernelEnv, compiled: &Compiled) -> Result<Linked> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let members = members(&compiled.archive)?;
    let Some(module) = members.iter().find(|member| member.defines(ENTRIES[0])) else {
        bail!(
            unfit(format!(
                "{} has no `init_module`",
                request.crate_dir.display()
            ))
            .help(
                "put `#[kernel_module(name = \"…\", license = \"GPL\")]` on a struct of \
                 the crate"
            )
        );
    };
    makefile::check(request, &module.data)?;
    // The rest of the archive.
    let runtime: BTreeSet<&str> = members
        .iter()
        .filter(|member| !member.defines(ENTRIES[0]))
        .flat_map(|member| member.defined.iter().map(String::as_str))
        .collect();

    let described = functions::read(&module.data)?;
    functions::write_header(request, &described)?;
    exports::write(request, &described)?;
    let mut entries = functions::called_by_c(&described, &request.objtree)?;
    entries.extend(ENTRIES);
    if module.has_section(panics::MARK) {
        panics::none(&module.data, &entries)?;
    }

    let events = events::object(request, kernel, &module.data, &described.events)?;
    let tracepoints = tracepoints::objects(request, kernel, &described.tracepoints)?;
    let made: Vec<&Member> = events.iter().chain(&tracepoints).collect();
    let own: Vec<&Member> = [module].into_iter().chain(made.iter().copied()).collect();

    let path = |name: &str| folder.path().join(name);
    let reach = |members: &[&Member], helpers: &Reached, to: &str| -> Result<Vec<u8>> {
        let mut ld = command(&request.ld, "LD")?;
        ld.args(["-r", "--gc-sections"]);
        for entry in &entries {
            ld.args(["-u", entry]);
        }
        fs::write(path("script"), script(members))?;
        ld.arg("-T").arg(path("script"));
        for (number, member) in members.iter().enumerate() {
            let file = path(&format!("{number}.o"));
            fs::write(&file, &member.data)?;
            for names in helpers.jumps_of(member) {
                let mut objcopy = command(&request.objcopy, "OBJCOPY")?;
                objcopy.args(names.iter().map(|to| format!("--redefine-sym={to}")));
                run(objcopy.arg(&file))?;
            }
            ld.arg(file);
        }
        run(ld.arg("-o").arg(path(to)))?;
        Ok(fs::read(path(to))?)
    };
    let reached = reach(&own, &Reached::default(), "reached.o")?;
    let helpers = Reached::by(&reached, &compiled.helpers)?;
    if helpers.is_none() && made.is_empty() {
        runtime::none(request, &reached, &runtime)?;
        return split(request, &path("reached.o"));
    }
    let all: Vec<&Member> = own.into_iter().chain(&helpers.members).collect();
    let linked = reach(&all, &helpers, "linked.o")?;

    // objtool takes an object with several file symbols for a linked one, and says so.
    let files = all.iter().flat_map(|member| &member.files).cloned();
    let mut objcopy = command(&request.objcopy, "OBJCOPY")?;
    objcopy.args(
        files
            .chain(unused(&linked)?)
            .map(|symbol| format!("--strip-symbol={symbol}")),
    );
    run(objcopy.arg(path("linked.o")))?;
    let linked = fs::read(path("linked.o"))?;
    runtime::none(request, &linked, &runtime)?;
    split(request, &path("linked.o"))
}

/// Takes an object and its debug information apart. What reads modules (objtool, kbuild, the kernel) is then as
/// fast as ever, and a module as small.
fn split(request: &Request, linked: &Path) -> Result<Linked> {
    let part = |how: &str| -> Result<Vec<u8>> {
        let to = linked.with_extension("part");
        let mut objcopy = command(&request.objcopy, "OBJCOPY")?;
        run(objcopy.arg(how).arg(linked).arg(&to))?;
        Ok(fs::read(&to)?)
    };
    Ok(Linked {
        object: part("--strip-debug")?,
        debug: part("--only-keep-debug")?,
    })
}

/// The undefined symbols that nothing refers to: what only collected functions called. The kernel
/// would look each of them up.
fn unused(object: &[u8]) -> Result<Vec<String>> {
    let file = object::File::parse(object).context("the linker wrote no object")?;
    let used: HashSet<SymbolIndex> = file
        .sections()
        .flat_map(|section| section.relocations())
        .filter_map(|(_, relocation)| match relocation.target() {
            RelocationTarget::Symbol(index) => Some(index),
            _ => None,
        })
        .collect();
    Ok(file
        .symbols()
        .filter(|symbol| symbol.is_undefined() && !used.contains(&symbol.index()))
        .filter_map(|symbol| Some(symbol.name().ok()?.to_owned()))
        .filter(|name| !name.is_empty())
        .collect())
}

/// Keeps what is reached and what the kernel finds by section, and makes one section of each kind,
/// as C objects have it.
fn script(members: &[&Member]) -> String {
    let mut script = String::from("SECTIONS {\n");
    for name in REACHED {
        let common = if name == ".bss" { " COMMON" } else { "" };
        script += &format!("\t{name} : {{ *({name} {name}.*{common}) }}\n");
    }
    // Tables that tell the kernel about code (exceptions, alternatives, bugs): nothing refers to
    // them. They hold what they tell of, unless each of their sections belongs to one of code, and
    // stays where that stays.
    let mut found = BTreeMap::<&str, bool>::new();
    for (name, belongs) in members.iter().flat_map(|member| &member.sections) {
        *found.entry(name).or_insert(true) &= belongs;
    }
    for (name, belongs) in found {
        if REACHED
            .iter()
            .chain(&DISCARDED)
            .any(|with| name.starts_with(*with))
        {
            continue;
        }
        let pattern = format!("*({name})");
        script += &match belongs {
            true => format!("\t{name} : {{ {pattern} }}\n"),
            false => format!("\t{name} : {{ KEEP({pattern}) }}\n"),
        };
    }
    let discarded = DISCARDED.map(|name| format!("*({name})")).join(" ");
    script + &format!("\t/DISCARD/ : {{ {discarded} }}\n}}\n")
}

/// One object of the archive.
pub struct Member {
    data: Vec<u8>,
    defined: BTreeSet<String>,
    /// The symbols that it takes from elsewhere.
    pub undefined: BTreeSet<String>,
    /// The sections of its contents, and whether they belong to another section.
    sections: Vec<(String, bool)>,
    /// The source files that it says it comes from.
    files: Vec<String>,
}

impl Member {
    /// An object file; nothing if it is something else.
    pub fn read(data: &[u8]) -> Option<Self> {
        let file = object::File::parse(data).ok()?;
        let names = |undefined: bool| {
            file.symbols()
                .filter(|symbol| symbol.is_global() && symbol.is_undefined() == undefined)
                .filter_map(|symbol| Some(symbol.name().ok()?.to_owned()))
                .collect()
        };
        let files = file
            .symbols()
            .filter(|symbol| symbol.kind() == SymbolKind::File)
            .filter_map(|symbol| Some(symbol.name().ok()?.to_owned()))
            .collect();
        let sections = file
            .sections()
            .filter(|section| !LINKERS.contains(&section.kind()))
            .filter_map(|section| {
                let belongs = matches!(
                    section.flags(),
                    SectionFlags::Elf { sh_flags } if sh_flags & u64::from(SHF_LINK_ORDER) != 0
                );
                Some((section.name().ok()?.to_owned(), belongs))
            })
            .collect();
        Some(Self {
            data: data.to_owned(),
            defined: names(false),
            undefined: names(true),
            sections,
            files,
        })
    }

    fn has_section(&self, name: &str) -> bool {
        self.sections.iter().any(|(section, _)| section == name)
    }

    /// Whether it has a symbol for others.
    pub fn defines(&self, name: &str) -> bool {
        self.defined.contains(name)
    }
}

fn members(archive: &Path) -> Result<Vec<Member>> {
    let data = fs::read(archive).with_context(|| format!("cannot read {}", archive.display()))?;
    let file = ArchiveFile::parse(&*data)
        .with_context(|| format!("{} is not an archive", archive.display()))?;
    let mut members = Vec::new();
    for member in file.members() {
        members.extend(Member::read(member?.data(&*data)?));
    }
    Ok(members)
}

/// A program of kbuild's, with the flags that its make variable carries.
fn command(line: &str, variable: &str) -> Result<Command> {
    let words =
        shlex::split(line).with_context(|| format!("kbuild's {variable} is not a shell line"))?;
    let (program, flags) = words
        .split_first()
        .with_context(|| format!("kbuild's {variable} is empty"))?;
    let mut command = Command::new(program);
    command.args(flags);
    Ok(command)
}

fn run(command: &mut Command) -> Result<()> {
    let output = command
        .output()
        .with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!(
            "the linker failed: {command:?}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}
