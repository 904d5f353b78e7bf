// SPDX-License-Identifier: GPL-2.0-only
//! Units of systemd's that a crate has beside its module.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use crate::glue::udev::is_unit;

/// Where systemd looks for those of packages.
pub const FOLDER: &str = "usr/lib/systemd/system";

/// What dpkg has done when they have come or gone: systemd reads them again, if it is what runs.
pub const READ_AGAIN: &str = "\
#!/bin/sh
# Made by cargo kmod.
set -e

if [ -d /run/systemd/system ]; then
	systemctl --system daemon-reload || true
fi

exit 0
";

/// The files of the crate in `dir`: name and text of each.
pub fn read(dir: &Path, files: &[PathBuf]) -> Result<Vec<(String, String)>, Error> {
    let one = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(dir.join(file)).ok();
        let found = text
            .filter(|_| is_unit(&name))
            .ok_or_else(|| Error::NoUnit {
                path: file.to_owned(),
            });
        Ok((name.into_owned(), found?))
    };
    files.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_files_with_names_of_units() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["ticketd.service", "ticketd.text"] {
            fs::write(dir.path().join(name), "[Unit]\n").unwrap();
        }
        let of = |name: &str| read(dir.path(), &[name.into()]);
        let found = of("ticketd.service").unwrap();
        assert_eq!(
            found,
            [("ticketd.service".to_owned(), "[Unit]\n".to_owned())]
        );
        for wrong in ["ticketd.text", "other.service", ".service", ""] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }
}
