// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel logs when it makes something fail: the stack, from which the place is read.

use std::collections::BTreeSet;

/// The line that it begins with.
const BEGINNING: &str = "FAULT_INJECTION: forcing a failure";

/// What other lines of it begin with, but for those of the stack, which are indented, and of registers.
const LINES: &[&str] = &["name ", "CPU: ", "Hardware name: ", "Call Trace:", "Code: "];

/// Whether a line tells of registers: `R10: 0000`.
fn is_of_registers(line: &str) -> bool {
    let name = line.split_once(": ").map_or("", |(name, _)| name);
    name.len() == 3 && name.starts_with('R')
}

/// Reads a log by lines, and takes these dumps out of it.
#[derive(Default)]
pub struct Dumps {
    inside: bool,
}

impl Dumps {
    /// Whether the next line belongs to such a dump, and then, whether it is the first.
    pub fn see(&mut self, line: &str) -> Option<bool> {
        if line.starts_with(BEGINNING) {
            self.inside = true;
            return Some(true);
        }
        let was_inside = self.inside;
        let is_last = line.trim() == "</TASK>";
        let is_one = line.starts_with(' ')
            || is_of_registers(line)
            || LINES.iter().any(|start| line.starts_with(start));
        self.inside = was_inside && is_one && !is_last;
        (was_inside && is_one).then_some(false)
    }
}

/// The loader's function that makes a module's folder in sysfs, with a file for each section: it allocates a hundred
/// times, the same for every module, and goes on without.
const FOLDER: &str = " mod_sysfs_setup+";

/// Whether something failed for the module's folder in sysfs.
pub fn is_for_the_folder(records: &[String]) -> bool {
    let at = records.iter().rposition(|line| line.starts_with(BEGINNING));
    at.is_some_and(|at| records[at..].iter().any(|line| line.starts_with(FOLDER)))
}

/// What failed (`failslab`), and where: the innermost function of one of these modules, or nothing if there is none on
/// the stack.
pub fn place(records: &[String], modules: &BTreeSet<String>) -> Option<String> {
    let at = records
        .iter()
        .rposition(|line| line.starts_with(BEGINNING))?;
    let lines: Vec<&str> = records[at..].iter().flat_map(|text| text.lines()).collect();
    let kind = lines.iter().find_map(|line| line.strip_prefix("name "))?;
    let kind = kind.split(',').next()?;
    let place = lines.iter().find_map(|line| {
        let (frame, module) = line.trim().strip_suffix(']')?.rsplit_once(" [")?;
        // What begins with a mark is only found on the stack, and need not have been called.
        let is_one = line.starts_with(' ') && !frame.starts_with('?') && modules.contains(module);
        is_one.then_some(frame)
    });
    Some(match place {
        Some(frame) => format!("{kind} {frame}"),
        None => kind.to_owned(),
    })
}
