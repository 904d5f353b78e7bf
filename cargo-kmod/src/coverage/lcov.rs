// SPDX-License-Identifier: GPL-2.0-only
//! The format that editors and forges read: lcov's.

use std::fmt::Write as _;

use super::lines::{Count, Files};

/// The file's text. How often a line ran is not known: 1 stands for it.
pub fn text(files: &Files) -> String {
    let mut text = String::new();
    for (file, lines) in &files.lines {
        let _ = writeln!(text, "TN:\nSF:{}", file.display());
        for (line, ran) in lines {
            let _ = writeln!(text, "DA:{line},{}", u8::from(*ran));
        }
        let count = Count::of(lines);
        let _ = writeln!(text, "LF:{}\nLH:{}\nend_of_record", count.lines, count.ran);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_a_file() {
        let lines = [(3, true), (7, false)].into();
        let files = Files {
            lines: [("/a/b.rs".into(), lines)].into(),
        };
        assert_eq!(
            text(&files),
            "TN:\nSF:/a/b.rs\nDA:3,1\nDA:7,0\nLF:2\nLH:1\nend_of_record\n"
        );
    }
}
