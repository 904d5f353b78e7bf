// SPDX-License-Identifier: GPL-2.0-only
//! Sections that a module must not have.

use anyhow::Result;
use object::elf;

use super::{Rule, always};
use crate::module::{Module, Section};
use crate::report::Finding;
use crate::target::Target;

pub const LEFTOVER: Rule = Rule {
    name: "sections",
    help: "what a compiler leaves for a linker or for user space has no place in a module: build \
           with `cargo kmod build` or `make`, which drop it",
    applies: always,
    check: leftover,
};

pub const WRITABLE_CODE: Rule = Rule {
    name: "writable-code",
    help: "the kernel maps no memory writable and executable: keep code and data in sections of \
           their own",
    applies: always,
    check: writable_code,
};

pub const ALIGNMENT: Rule = Rule {
    name: "alignment",
    help: "a module's memory begins at a page, and nothing in it is aligned to more: put what needs \
           that into a `KBox`, whose memory is",
    applies: always,
    check: alignment,
};

/// What the module loader aligns a module's memory to; sections are aligned within it.
const PAGE: u64 = 4096;

/// What is left over, by the beginning of its name, and what it is.
const LEFTOVERS: &[(&str, &str)] = &[
    (".llvm", "LLVM's own: bitcode, or notes of its linker"),
    (".gnu.lto_", "gcc's intermediate code"),
    (".rmeta", "Rust's metadata"),
    (".rustc", "Rust's metadata"),
    (
        ".eh_frame",
        "for unwinding in user space; the kernel has ORC or frame pointers",
    ),
    (".gcc_except_table", "for unwinding in user space"),
    (".stack_sizes", "for tools that look at objects"),
    (".debug_gdb_scripts", "for gdb, and loaded without need"),
    (".init_array", "constructors, which the kernel does not run"),
    (".fini_array", "destructors, which the kernel does not run"),
    (".ctors", "constructors, which the kernel does not run"),
    (".tdata", "thread-local storage, which the kernel has not"),
    (".tbss", "thread-local storage, which the kernel has not"),
    (".got", "a global offset table, which modules have not"),
    (".discard", "kbuild's final link drops it"),
];

/// Where a kernel with CONFIG_CONSTRUCTORS looks for those that it runs: KASAN learns of a module's
/// globals by them. The destructors that compilers make beside them, in `.fini_array` and, from
/// LLVM, `.fini_array.1`, are data that nothing reads. With KCSAN the C compiler makes one for each
/// file, for a function that does nothing; so it is no fault where it is not run.
const CONSTRUCTORS: [&str; 2] = [".ctors", ".init_array"];

fn leftover(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let made = module.code.map_or(&[][..], |code| code.made);
    for section in &module.sections {
        if made.contains(&section.name) {
            continue;
        }
        let known = LEFTOVERS
            .iter()
            .find(|(beginning, _)| section.name.starts_with(beginning));
        let message = if let Some((_, what)) = known {
            let is_known =
                CONSTRUCTORS.contains(&section.name) || section.name.starts_with(".fini_array");
            if is_known && target.asks(&["CONSTRUCTORS", "KCSAN"]) {
                continue;
            }
            format!("it is {what}")
        } else if section.name == ".comment" && contains(section.data, b"rustc version") {
            "it holds the compiler's name beyond what C modules carry".to_owned()
        } else if is_unexpected(section) {
            "it holds data but is not loaded: modpost calls it an unexpected non-allocatable section"
                .to_owned()
        } else {
            continue;
        };
        findings.push(Finding {
            place: section.name.to_owned(),
            message: format!("{}: {message}", section.name),
        });
    }
    Ok(())
}

/// modpost's `check_section`.
fn is_unexpected(section: &Section) -> bool {
    const EXPECTED: &[&str] = &[
        ".comment",
        ".debug",
        ".zdebug",
        ".GCC.command.line",
        ".mdebug",
        ".note",
        ".pdr",
        ".cranges",
        ".gnu.attributes",
        ".compress",
        ".BTF",
    ];
    section.kind == elf::SHT_PROGBITS
        && !section.is_loaded()
        && !EXPECTED.iter().any(|known| section.name.starts_with(known))
}

fn writable_code(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in &module.sections {
        if section.is_executable() && section.is_writable() {
            findings.push(Finding {
                place: section.name.to_owned(),
                message: format!("{} is writable and executable", section.name),
            });
        }
    }
    Ok(())
}

fn alignment(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in &module.sections {
        if section.is_loaded() && section.align > PAGE {
            findings.push(Finding {
                place: section.name.to_owned(),
                message: format!(
                    "{} is aligned to {} bytes, of which the loader keeps {PAGE}",
                    section.name, section.align
                ),
            });
        }
    }
    Ok(())
}

fn contains(data: &[u8], text: &[u8]) -> bool {
    data.windows(text.len()).any(|window| window == text)
}
