// SPDX-License-Identifier: GPL-2.0-only
//! The date of a package: one that depends on the source alone, so that the same source makes the same bytes.

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::error::Error;
use crate::process;

/// Seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(u64);

/// Says the date where the source does not.
pub const VARIABLE: &str = "SOURCE_DATE_EPOCH";

impl Moment {
    /// `SOURCE_DATE_EPOCH`, else the last commit's that changed the crate, else the newest file's.
    pub fn of(crate_dir: &Path) -> Result<Moment, Error> {
        if let Ok(text) = env::var(VARIABLE) {
            return match text.parse() {
                Ok(seconds) => Ok(Moment(seconds)),
                Err(_) => Err(Error::BadEpoch { text }),
            };
        }
        let mut git = process::command("git");
        git.args(["log", "-1", "--format=%ct", "--", "."]);
        let committed = process::output(git.current_dir(crate_dir));
        let committed = committed.and_then(|text| text.parse().ok());
        Ok(Moment(committed.unwrap_or_else(|| newest(crate_dir))))
    }

    /// As `SOURCE_DATE_EPOCH` has it.
    pub fn seconds(self) -> String {
        self.0.to_string()
    }

    /// As tar takes it.
    pub fn of_tar(self) -> String {
        format!("--mtime=@{}", self.0)
    }

    /// As files have it.
    pub fn time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0)
    }

    /// As a Debian changelog has it.
    pub fn rfc_2822(self) -> Result<String, Error> {
        let mut date = process::command("date");
        date.args(["-u", "-R", "-d", &format!("@{}", self.0)]);
        date.env("LC_ALL", "C");
        let said = process::output(&mut date);
        said.ok_or_else(|| Error::Failed {
            command: process::show(&date),
            said: "it gives no date".to_owned(),
        })
    }

    /// The year.
    pub fn year(self) -> Result<String, Error> {
        let date = self.rfc_2822()?;
        Ok(date.split(' ').nth(3).unwrap_or("1970").to_owned())
    }
}

/// When a file of the crate's was changed last.
fn newest(crate_dir: &Path) -> u64 {
    let folders = ["", "src", "c"].map(|folder| crate_dir.join(folder));
    let entries = folders.iter().flat_map(fs::read_dir).flatten().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok());
    let times = files
        .filter(fs::Metadata::is_file)
        .filter_map(|file| file.modified().ok());
    let newest = times.max().unwrap_or(UNIX_EPOCH);
    newest
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_in_a_changelog() {
        let moment = Moment(1_700_000_000);
        assert_eq!(
            moment.rfc_2822().unwrap(),
            "Tue, 14 Nov 2023 22:13:20 +0000"
        );
        assert_eq!(moment.year().unwrap(), "2023");
    }
}
