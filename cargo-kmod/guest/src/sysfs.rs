// SPDX-License-Identifier: GPL-2.0-only
//! What folders in sysfs, and what is like it, are asked for.

use std::fs;
use std::path::{Path, PathBuf};

/// The first entry of a folder whose name begins so.
pub fn below(folder: &Path, begin: &str) -> Option<PathBuf> {
    let all = fs::read_dir(folder).ok()?;
    let mut paths = all.flatten().map(|entry| entry.path());
    paths.find(|path| name(path).starts_with(begin))
}

/// The name of what is at a path.
pub fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The name of the driver that a device in such a folder has.
pub fn driver(device: &Path) -> Option<String> {
    let link = fs::read_link(device.join("driver")).ok()?;
    Some(name(&link))
}
