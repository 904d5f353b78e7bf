// SPDX-License-Identifier: GPL-2.0-only
//! The C compiler's part: it compares the header with the module, and builds the tests' programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::kernels::Kernel;
use crate::process;

/// What a header has to bear.
const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// A program for 32-bit processes stands on nothing: there need not be a C library for it. The
/// kernel's headers are where the host's own are.
const FREESTANDING: [&str; 4] = ["-ffreestanding", "-fno-pie", "-nostdlib", "-static"];

/// Lets the C compiler read the header and a program that compares it with numbers, sizes and
/// offsets, for 64-bit and for 32-bit programs. Gives what it said.
pub fn compare(header: &Path, program: &str) -> Result<Result<(), String>> {
    let folder = header.parent().unwrap_or(header);
    let file = tempfile::Builder::new().suffix(".c").tempfile()?;
    fs::write(file.path(), program)?;
    for flags in [&["-m64"][..], &["-m32", "-ffreestanding"]] {
        let mut gcc = with_headers(process::command("gcc"));
        gcc.args(["-std=c11", "-fsyntax-only"])
            .args(flags)
            .args(STRICT)
            .arg("-I")
            .arg(folder)
            .arg(file.path());
        if let Err(said) = run(&mut gcc)? {
            return Ok(Err(said));
        }
    }
    Ok(Ok(()))
}

/// Builds each source as a static program for a kernel's VM: `NAME_32.c` for 32-bit processes, without
/// a C library, if the kernel runs such. `headers` is where `cargo kmod uapi` wrote.
pub fn test_programs(
    kernel: &Kernel,
    sources: &[PathBuf],
    headers: &Path,
    out: &Path,
) -> Result<Vec<PathBuf>> {
    let mut programs = Vec::new();
    for source in sources {
        let name = source.file_stem().unwrap_or_default();
        let program = out.join(name);
        fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
        let is_narrow = name.to_string_lossy().ends_with("_32");
        let gcc = match is_narrow {
            true => kernel.narrow_cc(),
            false => Some(kernel.cc()),
        };
        let Some(gcc) = gcc else { continue };
        let mut gcc = with_headers(gcc);
        gcc.args(["-std=gnu11", "-O2"]).args(STRICT);
        match is_narrow {
            true => gcc.args(FREESTANDING),
            false => gcc.arg("-static"),
        };
        gcc.arg("-I")
            .arg(headers)
            .arg("-o")
            .arg(&program)
            .arg(source);
        if let Err(said) = run(&mut gcc)? {
            bail!("{} does not compile:\n{said}", source.display());
        }
        programs.push(program);
    }
    Ok(programs)
}

/// The `tests/*.c` of a crate.
pub fn sources(crate_dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(crate_dir.join("tests")).into_iter().flatten();
    let files = entries.flatten().map(|entry| entry.path());
    let mut sources: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|end| end == "c"))
        .collect();
    sources.sort();
    sources
}

/// A compiler that finds the kernel's headers for user space where the host has its own.
fn with_headers(mut gcc: Command) -> Command {
    let triplet = format!("/usr/include/{}-linux-gnu", std::env::consts::ARCH);
    gcc.arg("-idirafter").arg(triplet);
    gcc
}

fn run(command: &mut Command) -> Result<Result<(), String>> {
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", process::show(command)))?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(Err(format!("{said}  it was: {}", process::show(command))))
}
