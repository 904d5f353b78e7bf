// SPDX-License-Identifier: GPL-2.0-only
//! Looking at a finished module before a kernel does: would it be loaded, and has its code the
//! defences that the kernel's own has?
//!
//! [`rules`] holds the table of what is asked, a file per rule; [`module`] is the file taken apart,
//! [`code`] its instructions, [`stack`] its calls,
//! [`target`] the kernel that it is for.

mod atomic;
mod bounded;
mod code;
mod cycles;
mod module;
mod report;
mod rules;
mod size;
mod stack;
mod target;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::exit::usage;
use crate::kernels::Kernel;
use module::Module;
pub use report::Report;
pub use size::Sizes;
use target::Target;

/// Looks at the module `ko` for `kernel`, beside the C module `against` if one is given.
///
/// # Errors
///
/// When a file cannot be read or is no module; what a rule finds is in the report.
pub fn verify(ko: &Path, kernel: &Kernel, against: Option<&Path>) -> Result<Report> {
    let data = read(ko)?;
    let module = parse(&data, ko)?;
    let wanted = module.wanted().chain([rules::MODULE_LAYOUT]);
    let target = Target::read(&kernel.kdir, &kernel.release, wanted)?;
    let other = against.map(read).transpose()?;
    let other = match (&other, against) {
        (Some(data), Some(path)) => Some((path, parse(data, path)?)),
        _ => None,
    };
    let mut report = Report::new(ko, &kernel.release);
    for rule in rules::RULES {
        if !(rule.applies)(&module, &target) {
            report.not_asked(rule.name);
            continue;
        }
        let mut findings = Vec::new();
        (rule.check)(&module, &target, &mut findings).with_context(|| rule.name.to_owned())?;
        report.checked(rule, findings);
    }
    report.sizes(ko, &module);
    if let Some((path, other)) = &other {
        report.sizes(path, other);
        report.compare(&module, other);
    }
    Ok(report)
}

/// What the module says of the kernel that it was built for: the release in its vermagic.
pub fn release_of(ko: &Path) -> Result<Option<String>> {
    let data = read(ko)?;
    let module = parse(&data, ko)?;
    let vermagic = module.modinfo("vermagic").next();
    Ok(vermagic.and_then(|text| Some(text.split(' ').next()?.to_owned())))
}

/// How big a module is in memory.
///
/// # Errors
///
/// As [`verify`].
pub fn sizes_of(ko: &Path) -> Result<Sizes> {
    let data = read(ko)?;
    Ok(Sizes::of(&parse(&data, ko)?))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| usage(format!("{}: {error}", path.display())))
}

fn parse<'d>(data: &'d [u8], path: &Path) -> Result<Module<'d>> {
    Module::parse(data).map_err(|error| {
        usage(format!(
            "{} is not a kernel module: {error:#}\n\
             = help: NAME.ko is meant, as kbuild writes it (not compressed)",
            path.display()
        ))
    })
}
