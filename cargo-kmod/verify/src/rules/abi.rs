// SPDX-License-Identifier: GPL-2.0-only
//! The file's header says that it is for the kernel's architecture, and that its functions are called as the
//! kernel's are.

use anyhow::Result;

use kmod_build::arch::Arch;

use super::{Rule, always};
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "abi",
    help: "the kernel would say \"Exec format error\", or look for arguments where there are none: a module \
           loads only into the kernel that it was built for; build it for this one (-k, --kdir) by \
           `cargo kmod build` or `make`",
    applies: always,
    check,
};

/// The architectures of a module and of the kernel, if they are two.
pub fn is_for_another(module: &Module, target: &Target) -> Option<(&'static str, &'static str)> {
    let of_kernel = Arch::of(&target.config)?.name;
    let of_module = module.code.map_or("another architecture", |code| code.name);
    (of_module != of_kernel).then_some((of_module, of_kernel))
}

fn check(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let mut say = |message| {
        findings.push(Finding {
            place: "the file's header".to_owned(),
            message,
        });
    };
    if let Some((found, wanted)) = is_for_another(module, target) {
        say(format!(
            "the module is for {found}, the kernel for {wanted}"
        ));
        return Ok(());
    }
    for flag in module.code.map_or(&[][..], |code| code.flags) {
        if module.flags & flag.mask != flag.is && !target.asks(flag.unless) {
            say(format!("its flags are {:#x}: {}", module.flags, flag.says));
        }
    }
    Ok(())
}
