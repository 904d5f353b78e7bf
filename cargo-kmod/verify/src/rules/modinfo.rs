// SPDX-License-Identifier: GPL-2.0-only
//! What the module says of itself.

use anyhow::Result;

use super::{REBUILD, Rule, always};
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const SINGLE: Rule = Rule {
    name: "modinfo",
    help: "the loader reads one .modinfo only: put what goes there into the section by \
           `.pushsection .modinfo,\"a\"`, never by #[used]",
    applies: always,
    check: single,
};

pub const VERMAGIC: Rule = Rule {
    name: "vermagic",
    help: "the kernel would say \"version magic ... should be ...\": a module loads only into the \
           kernel that it was built for; build it again for this one (-k, --kdir)",
    applies: always,
    check: vermagic,
};

fn single(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let mut say = |message: String| {
        findings.push(Finding {
            place: ".modinfo".to_owned(),
            message,
        });
    };
    let count = module.named(".modinfo").count();
    if count != 1 {
        say(format!("the module has {count} sections .modinfo, not one"));
    }
    for key in ["vermagic", "name"] {
        let count = module.modinfo(key).count();
        if count > 1 {
            say(format!("`{key}` is said {count} times"));
        } else if count == 0 {
            say(format!("`{key}` is not said"));
        }
    }
    for (key, options) in module.code.map_or(&[][..], |code| code.says) {
        if target.asks(options) && module.modinfo(key).next().is_none() {
            say(format!(
                "`{key}` is not said, so the kernel warns and is tainted; {REBUILD}"
            ));
        }
    }
    Ok(())
}

fn vermagic(module: &Module, target: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let wanted = target.vermagic();
    for found in module.modinfo("vermagic") {
        // Some kernels end it with a space.
        if found.trim_end() != wanted {
            findings.push(Finding {
                place: ".modinfo".to_owned(),
                message: format!(
                    "vermagic is \"{}\", the kernel's is \"{wanted}\"",
                    found.trim_end()
                ),
            });
        }
    }
    Ok(())
}
