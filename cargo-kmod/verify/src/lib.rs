// SPDX-License-Identifier: GPL-2.0-only
//! Looking at a finished module before a kernel does: would it be loaded, and has its code the
//! defences that the kernel's own has?
//!
//! [`verify`] asks all of a module, as `cargo kmod verify` shows it; [`sizes_of`], [`stacks_of`] and [`release_of`]
//! ask one thing each. A kernel is known by the folder that modules are built in, which has to be there; the module may
//! be of any language. [`arch`] is what the rules know of an architecture's code.
//!
//! ```no_run
//! use std::path::Path;
//!
//! let kernel = kmod_verify::Kernel {
//!     release: "6.1.0-56-cloud-amd64",
//!     kdir: Path::new("/usr/src/linux-headers-6.1.0-56-cloud-amd64"),
//!     others: &[],
//! };
//! let report = kmod_verify::verify(Path::new("hello.ko"), &kernel, None)?;
//! if !report.is_clean() {
//!     eprintln!("{}", report.failures());
//! }
//! # Ok::<(), kmod_verify::Error>(())
//! ```

// `rules` holds the table of what is asked, a file per rule; `module` is the file taken apart, `code` its
// instructions, `stack` its calls, `target` the kernel that it is for.
pub mod arch;
mod atomic;
mod bounded;
mod code;
mod cycles;
mod error;
mod module;
mod report;
mod rules;
mod size;
mod stack;
mod target;
#[cfg(test)]
mod wrong;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

pub use error::Error;
use module::Module;
pub use report::Report;
pub use size::Sizes;
use target::Target;

/// The kernel that a module is for.
#[derive(Clone, Copy, Debug)]
pub struct Kernel<'k> {
    /// `uname -r` of it.
    pub release: &'k str,
    /// The folder in which its modules are built.
    pub kdir: &'k Path,
    /// What modules export that do not come with it: their `Module.symvers`.
    pub others: &'k [PathBuf],
}

/// Looks at the module `ko` for `kernel`, beside the C module `against` if one is given.
///
/// # Errors
///
/// When a file cannot be read or is no module; what a rule finds is in the report.
pub fn verify(ko: &Path, kernel: &Kernel<'_>, against: Option<&Path>) -> Result<Report, Error> {
    let data = read(ko)?;
    let module = parse(&data, ko)?;
    let other = against.map(read).transpose()?;
    let other = match (&other, against) {
        (Some(data), Some(path)) => Some((path, parse(data, path)?)),
        _ => None,
    };
    let mut report = Report::new(ko, kernel.release);
    ask(&module, kernel, &mut report).map_err(Error::Kernel)?;
    report.sizes(ko, &module);
    if let Some((path, other)) = &other {
        report.sizes(path, other);
        report.compare(&module, other);
    }
    Ok(report)
}

/// Asks the module what each rule asks.
fn ask(module: &Module, kernel: &Kernel<'_>, report: &mut Report) -> anyhow::Result<()> {
    let wanted = module.wanted().chain([rules::MODULE_LAYOUT]);
    let target = Target::read(kernel, wanted)?;
    // Of such a module nothing else is right, either.
    let is_for_another = rules::is_for_another(module, &target).is_some();
    for (number, rule) in rules::RULES.iter().enumerate() {
        let is_passed_over = is_for_another && number > 0;
        if is_passed_over || !(rule.applies)(module, &target) {
            report.not_asked(rule.name);
            continue;
        }
        let mut findings = Vec::new();
        (rule.check)(module, &target, &mut findings).with_context(|| rule.name.to_owned())?;
        report.checked(rule, findings);
    }
    Ok(())
}

/// What the module says of the kernel that it was built for: the release in its vermagic.
///
/// # Errors
///
/// When the file cannot be read or is no module.
pub fn release_of(ko: &Path) -> Result<Option<String>, Error> {
    let data = read(ko)?;
    let module = parse(&data, ko)?;
    let vermagic = module.modinfo("vermagic").next();
    Ok(vermagic.and_then(|text| Some(text.split(' ').next()?.to_owned())))
}

/// How big a module is in memory.
///
/// # Errors
///
/// As [`release_of`].
pub fn sizes_of(ko: &Path) -> Result<Sizes, Error> {
    let data = read(ko)?;
    Ok(Sizes::of(&parse(&data, ko)?))
}

/// What the deepest chain of calls takes of the stack from each of the module's functions on that no other
/// of its functions calls, the most first: what the kernel's functions take is not in it, nor what is
/// called by a pointer.
///
/// # Errors
///
/// As [`release_of`].
pub fn stacks_of(ko: &Path) -> Result<Vec<(String, u64)>, Error> {
    let data = read(ko)?;
    Ok(rules::depth::entries(&parse(&data, ko)?))
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn parse<'d>(data: &'d [u8], path: &Path) -> Result<Module<'d>, Error> {
    Module::parse(data).map_err(|source| Error::NotAModule {
        path: path.to_owned(),
        source,
    })
}
