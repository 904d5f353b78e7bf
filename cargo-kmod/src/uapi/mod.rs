// SPDX-License-Identifier: GPL-2.0-only
//! What userspace compiles against: a C header and a Rust crate, from a module's `#[ioctl]` and
//! `#[uapi]`; and the header between a module's C and its Rust.
//!
//! The compiler writes lines of JSON into a section of what it makes for the host, so that aliases
//! and constants are resolved by itself; [`read`] finds them, [`c`] and [`rust`] write.

mod c;
mod compiler;
mod describe;
mod read;
mod rust;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::changed;
use crate::context::Context;
use crate::kernels::Kernel;
use crate::package::Package;

pub use c::{declaration, functions, layout};
pub use describe::{
    Command, Described, Event, EventField, EventKind, Export, File, Function, INDEX, Module,
    ModuleParam, Struct, Tracepoint, Type,
};
pub use read::described;

/// What was written.
pub struct Uapi {
    /// The C header.
    pub header: PathBuf,
    /// The folder of the Rust crate.
    pub krate: PathBuf,
}

/// Where a module's are kept when nobody says where.
pub fn folder(package: &Package) -> PathBuf {
    package.target_dir.join("kmod/uapi").join(&package.name)
}

/// The programs of a crate's `tests/*.c`, which may include its header, for a kernel's VM.
pub fn test_programs(ctx: &Context, crate_dir: &Path, kernel: &Kernel) -> Result<Vec<PathBuf>> {
    let sources = compiler::sources(crate_dir);
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let package = Package::at(crate_dir)?;
    let headers = folder(&package);
    write(ctx, &package, &headers)?;
    let out = headers.join("programs").join(kernel.arch.name);
    compiler::test_programs(kernel, &sources, &headers, &out)
}

/// Writes `NAME.h` and the crate `NAME-uapi` into the folder `out`, and lets the C compiler compare
/// the header with the module: numbers, sizes and offsets, for 64-bit and for 32-bit programs.
///
/// `None` if the module has nothing that userspace shares.
pub fn write(ctx: &Context, package: &Package, out: &Path) -> Result<Option<Uapi>> {
    let described = read::described(ctx, package)?;
    if described.structs.is_empty() && described.commands.is_empty() {
        return Ok(None);
    }
    let name = package.name.replace('-', "_");
    let header = out.join(format!("{name}.h"));
    let krate = out.join(format!("{}-uapi", package.name));
    changed::write_below(&header, c::header(&name, &described))?;
    let manifest = rust::manifest(&package.name, &package.version);
    changed::write_below(&krate.join("Cargo.toml"), &manifest)?;
    changed::write_below(
        &krate.join("src/lib.rs"),
        rust::library(&package.name, &described),
    )?;
    if let Err(said) = compiler::compare(&header, &c::assertions(&name, &described))? {
        bail!(
            "the C compiler does not take {} for what the module has:\n{said}",
            header.display()
        );
    }
    Ok(Some(Uapi { header, krate }))
}
