// SPDX-License-Identifier: GPL-2.0-only
//! The helpers: functions in C that give the kernel's macros and inline functions a symbol.
//!
//! A call of one is a call more than in C. Some are spared it, by what the kernel's compiler makes
//! of them with the kernel's flags: one that only jumps is bound to where it jumps, and one of
//! [`IN_PLACE`] that is only `asm` of the kernel's headers is the same `asm` in Rust. What more a
//! kernel's configuration has them do (check, count, sleep) leaves them as they are.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use bindgen::callbacks::{ItemInfo, ItemKind, ParseCallbacks};
use kmod_build::arch::{Arch, Assembly};
use kmod_build::env::KernelEnv;

use super::bodies::{Body, bodies};
use super::compiler::assembly;

/// Helpers that return nothing, with their one argument, that may stand in place.
const IN_PLACE: &[(&str, &str, &str)] = &[("kmod_spin_unlock", "lock", "*mut kmod_spinlock")];

/// Those that need not be called.
pub struct Helpers {
    bodies: HashMap<String, Body>,
    arch: Option<&'static Assembly>,
}

impl Helpers {
    /// Compiles them, an object for each source, so that a module holds only those that it uses.
    pub fn compile(kernel: &KernelEnv, c: &Path, out: &Path) -> Self {
        let mut flags = kernel.helper_flags().to_vec();
        // What a module does not use of a subject goes when its object is linked.
        flags.extend(["-ffunction-sections", "-fdata-sections"].map(str::to_owned));
        let mut build = cc::Build::new();
        build
            .compiler(kernel.cc())
            .no_default_flags(true)
            .warnings(false)
            .inherit_rustflags(false);
        for flag in &flags {
            build.flag(flag);
        }
        let arch = Arch::of_build_script().and_then(|arch| arch.assembly.as_ref());
        let mut found = HashMap::new();
        for source in sources(c) {
            let include = format!("#include \"{}\"\n", source.display());
            let text = assembly(kernel.cc(), &flags, &include)
                .flatten()
                .unwrap_or_else(|error| panic!("cannot compile {}:\n{error}", source.display()));
            if let Some(arch) = arch {
                found.extend(bodies(&text, arch));
            }
            let to = out
                .join(source.file_name().expect("it is a file"))
                .with_extension("s");
            fs::write(&to, text)
                .unwrap_or_else(|error| panic!("cannot write {}: {error}", to.display()));
            build.file(to);
        }
        build.compile("kmod_helpers");
        Self {
            bodies: found,
            arch,
        }
    }

    /// The names, declarations of which bindgen is not to make, and their definitions.
    pub fn in_place(&self) -> (Vec<&'static str>, String) {
        let mut names = Vec::new();
        let mut definitions = String::new();
        let Some(arch) = self.arch else {
            return (names, definitions);
        };
        for (name, argument, kind) in IN_PLACE {
            let Some(Body::Asm(text)) = self.bodies.get(*name) else {
                continue;
            };
            names.push(*name);
            definitions += &format!(
                "#[inline(always)]\npub unsafe fn {name}({argument}: {kind}) {{\n\
                 // SAFETY: It is all of the C function's code, and may do what that may: with the\n\
                 // same argument, it does the same.\n\
                 unsafe {{ ::core::arch::asm!({text:?}, in({:?}) {argument}, \
                 clobber_abi(\"C\"), options({})) }}\n}}\n",
                arch.argument, arch.options
            );
        }
        (names, definitions)
    }

    /// For bindgen: where those that only jump are bound to.
    pub fn links(&self) -> Links {
        let jumps = self.bodies.iter().filter_map(|(name, body)| match body {
            Body::Jump(to) => Some((name.clone(), to.clone())),
            Body::Asm(_) => None,
        });
        Links(jumps.collect())
    }
}

/// By helper the function that it jumps to.
#[derive(Debug)]
pub struct Links(HashMap<String, String>);

impl ParseCallbacks for Links {
    fn generated_link_name_override(&self, item: ItemInfo<'_>) -> Option<String> {
        match item.kind {
            ItemKind::Function => self.0.get(item.name).cloned(),
            _ => None,
        }
    }
}

fn sources(c: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(c)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", c.display()))
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|file| file.extension().is_some_and(|extension| extension == "c"))
        .collect();
    files.sort();
    files
}
