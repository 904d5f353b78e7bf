// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's own modules in a module's VM, loaded before all else: what its package lists.

use std::path::PathBuf;

use anyhow::Result;
use kmod_test::wire::LOAD;
use serde_json::Value;

use super::{Boot, Item};
use crate::context::Context;
use crate::kernels::{self, Kernel};

/// Those of one package, for one kernel.
pub struct OwnModules {
    /// The files, each after those that it depends on.
    files: Vec<PathBuf>,
    /// The lines of the plan.
    lines: Vec<String>,
}

impl OwnModules {
    /// Takes them from the cache, the host, or the kernel's package.
    pub fn of(ctx: &Context, kernel: &Kernel, package: &str, metadata: &Value) -> Result<Self> {
        let listed = kernels::listed_modules(package, metadata)?;
        let names: Vec<&str> = listed.iter().map(|words| &*words[0]).collect();
        let files = kernels::module_files(ctx, kernel, &names)?;
        let line = |file: &PathBuf| {
            let name = file.file_stem()?.to_str()?;
            let words = listed
                .iter()
                .find(|words| words[0].replace('-', "_") == name);
            let params = words.map_or(&[][..], |words| &words[1..]);
            let words = [name].into_iter().chain(params.iter().map(String::as_str));
            Some(words.collect::<Vec<_>>().join(" "))
        };
        let lines = files.iter().filter_map(line).collect();
        Ok(Self { files, lines })
    }

    /// Has a VM load them.
    pub fn add_to(&self, boot: &mut Boot) {
        if self.files.is_empty() {
            return;
        }
        boot.items.extend(self.files.iter().map(|file| {
            let name = file.file_name().unwrap_or_default().display();
            Item::copy(format!("/modules/{name}"), file)
        }));
        let lines = self.lines.join("\n");
        boot.plan.env.push((LOAD.to_owned(), lines));
    }
}
