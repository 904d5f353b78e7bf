// SPDX-License-Identifier: GPL-2.0-only
//! Files that are made from others and reviewed when they change.

use std::fs;
use std::path::Path;

/// The command that accepts what changed.
const COMMAND: &str = "BLESS=1 cargo test -p kmod-macros -p ui-tests";

/// Compares files to what they are to hold, or with `BLESS` writes it.
pub fn hold<P: AsRef<Path>>(files: impl IntoIterator<Item = (P, String)>) {
    let bless = std::env::var_os("BLESS").is_some();
    let mut stale = Vec::new();
    for (path, now) in files {
        let path = path.as_ref();
        if fs::read_to_string(path).unwrap_or_default() == now {
            continue;
        }
        if bless {
            fs::write(path, now).expect("the file can be written");
        } else {
            stale.push(path.display().to_string());
        }
    }
    assert!(
        stale.is_empty(),
        "changed: {stale:#?}; to accept, after reading the difference: {COMMAND}"
    );
}
