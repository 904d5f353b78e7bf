// SPDX-License-Identifier: GPL-2.0-only
//! What gdb is given with `--gdb`: a script that connects to the guest, and loads the lines of its modules once
//! they are loaded. Where they lie, the guest tells on its console.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use kmod_test::PLACE;
use kmod_vm::{Boot, Item};

use crate::decode::debug_file;

/// Writes the script for a boot in the folder `dir`; returns where.
pub fn script(boot: &Boot, dir: &Path, console: &Path) -> Result<PathBuf> {
    let kos = boot.items.iter().filter_map(Item::module);
    let text = text(kos, &dir.join("symbols.gdb"), console);
    let file = dir.join("kmod.gdb");
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn text<'p>(kos: impl Iterator<Item = &'p Path>, symbols: &Path, console: &Path) -> String {
    let (symbols, console) = (symbols.display(), console.display());
    let mut text = format!(
        "# Written by cargo kmod.\n\
         define symbols\n\
         shell : > '{symbols}'\n"
    );
    for ko in kos.filter(|ko| debug_file(ko).is_file()) {
        let name = ko.file_stem().unwrap_or_default().to_string_lossy();
        let (name, file) = (name.replace('-', "_"), debug_file(ko));
        let _ = writeln!(
            text,
            "shell sed -n 's|.*{PLACE}{name} at \\(0x[0-9a-f]*\\).*|add-symbol-file {} \\1|p' '{console}' \
             | tail -n 1 >> '{symbols}'",
            file.display()
        );
    }
    text + &format!(
        "set confirm off\n\
         source {symbols}\n\
         set confirm on\n\
         end\n\
         document symbols\n\
         Load the lines of the modules that are loaded in the guest.\n\
         end\n\
         target remote :1234\n\
         echo `continue` starts the kernel. Once the module is loaded: Ctrl-C, and `symbols`.\\n\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_with_lines_are_in_the_script() {
        let folder = tempfile::tempdir().unwrap();
        let ko = |name: &str| folder.path().join(format!("{name}.ko"));
        fs::write(debug_file(&ko("one-two")), "").unwrap();
        let kos = [ko("one-two"), ko("other")];
        let said = text(
            kos.iter().map(PathBuf::as_path),
            Path::new("/s"),
            Path::new("/c"),
        );
        let line = said.lines().find(|line| line.contains("one-two.ko.debug"));
        let line = line.unwrap();
        assert!(line.contains("the code of one_two at"), "{said}");
        assert!(line.ends_with("'/c' | tail -n 1 >> '/s'"), "{said}");
        assert!(!said.contains("other"), "{said}");
        assert!(said.contains("\nsource /s\n"), "{said}");
    }
}
