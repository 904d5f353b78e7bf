// SPDX-License-Identifier: GPL-2.0-only
//! The configuration of the kernel that runs.

use std::fs;
use std::io;

use crate::{guest, wire};

/// The value of an option, named without `CONFIG_`, of the kernel that runs: `y`, a number, a string
/// in quotes. `None` when it is not set. A test asks before it wants what not every kernel gives.
///
/// # Errors
/// When the kernel's configuration cannot be read.
pub fn config(option: &str) -> io::Result<Option<String>> {
    guest::require();
    let text = fs::read_to_string(wire::CONFIG)?;
    Ok(value(&text, option).map(str::to_owned))
}

fn value<'t>(text: &'t str, option: &str) -> Option<&'t str> {
    text.lines().find_map(|line| {
        let rest = line.strip_prefix("CONFIG_")?.strip_prefix(option)?;
        rest.strip_prefix('=')
    })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn an_option_is_found_by_its_whole_name() {
        let text = "#\nCONFIG_KASAN_INLINE=y\nCONFIG_HZ=250\n";
        assert_eq!(value(text, "KASAN"), None);
        assert_eq!(value(text, "KASAN_INLINE"), Some("y"));
        assert_eq!(value(text, "HZ"), Some("250"));
    }
}
