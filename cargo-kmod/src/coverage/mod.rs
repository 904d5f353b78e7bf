// SPDX-License-Identifier: GPL-2.0-only
//! Which lines of modules ran in a VM, of the modules as they are: nothing is compiled into them for it.
//!
//! QEMU's translator logs each block of code in the modules' part of the kernel's memory, right before the block
//! runs first (`code`). By their bytes it is told whose they are (`laid`), and the debug information beside the
//! module says which lines (`lines`).

mod code;
mod html;
mod laid;
mod lcov;
mod lines;

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};

use crate::decode::debug_file;
use laid::Layout;
use lines::Files;

pub use lines::{Count, Row};

/// What ran in all VMs of a run.
#[derive(Default)]
pub struct Coverage {
    files: Mutex<Files>,
}

impl Coverage {
    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the log of a VM that had these modules. Told of are those with a [`debug_file`].
    ///
    /// # Errors
    ///
    /// When a file of them cannot be read.
    pub fn add(&self, log: &Path, modules: &[&Path]) -> Result<()> {
        let texts: Result<Vec<Vec<u8>>> = modules.iter().map(|ko| read(ko)).collect();
        let texts = texts?;
        let mut layout = Layout::default();
        for (number, (data, ko)) in texts.iter().zip(modules).enumerate() {
            let file = object::File::parse(&**data)
                .with_context(|| format!("{} is no module", ko.display()))?;
            layout.sections.extend(laid::sections(&file, number)?);
        }
        let log = File::open(log).with_context(|| format!("cannot read {}", log.display()))?;
        code::blocks(BufReader::new(log)).for_each(|block| layout.see(block));
        for (number, (data, ko)) in texts.iter().zip(modules).enumerate() {
            let debug = debug_file(ko);
            if !debug.is_file() {
                continue;
            }
            let own = layout.sections.iter();
            let own: Vec<_> = own.filter(|section| section.module == number).collect();
            let mut lines = Files::default();
            for data in [&read(&debug)?, data] {
                lines.add(&object::File::parse(&**data)?, &own)?;
            }
            self.files().merge(lines);
        }
        Ok(())
    }

    /// Whether a line ran of the file whose path ends so; nothing if there is no code of it.
    #[must_use]
    pub fn ran(&self, file: &str, line: u32) -> Option<bool> {
        let files = self.files();
        let mut found = files.lines.iter().filter(|(path, _)| path.ends_with(file));
        found.find_map(|(_, lines)| lines.get(&line).copied())
    }

    /// Writes `lcov.info` and `index.html` into a folder, of the sources below `root`; gives what stands at the
    /// end of the run: a row a crate.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub fn write(&self, to: &Path, root: &Path, target_dir: &Path) -> Result<Vec<Row>> {
        let files = self.files().below(root, target_dir);
        let cannot = || format!("cannot write to {}", to.display());
        fs::create_dir_all(to).with_context(cannot)?;
        fs::write(to.join("lcov.info"), lcov::text(&files)).with_context(cannot)?;
        let rows = files.rows(root);
        for (name, text) in html::pages(&files, &rows, root) {
            fs::write(to.join(name), text).with_context(cannot)?;
        }
        Ok(rows)
    }
}

/// What is told at the end of a run.
pub fn table(rows: &[Row], folder: &Path) -> String {
    let mut text = "\n| crate | lines | ran | |\n|---|---|---|---|\n".to_owned();
    for Row { name, count } in rows {
        let Count { lines, ran } = count;
        text += &format!("| {name} | {lines} | {ran} | {} |\n", count.percent());
    }
    text + &format!("\n{}\n", folder.join("index.html").display())
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}
