// SPDX-License-Identifier: GPL-2.0-only
//! What the C compiler had to say of files that it took. Unlike cargo, kbuild says it only when it
//! compiles them.

use std::fs;
use std::path::Path;

/// The warnings in the log of a build, with a blank line between.
pub fn of_c(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    of_text(&String::from_utf8_lossy(&text))
}

fn of_text(text: &str) -> String {
    let mut warnings: Vec<String> = Vec::new();
    // What gcc says before a warning: whose function, included by whom.
    let mut before = String::new();
    let mut is_open = false;
    for line in text.lines() {
        if line.contains(": In function ") || line.starts_with("In file included from ") {
            before = format!("{line}\n");
            is_open = false;
        } else if is_of_c(line, "warning") {
            warnings.push(format!("{before}{line}\n"));
            before.clear();
            is_open = true;
        } else if is_of_c(line, "note") || is_quoted(line) {
            if let Some(warning) = warnings.last_mut().filter(|_| is_open) {
                *warning += &format!("{line}\n");
            }
        } else if !before.is_empty() && line.starts_with("                 from ") {
            before += &format!("{line}\n");
        } else {
            before.clear();
            is_open = false;
        }
    }
    warnings.join("\n")
}

/// Whether a line is `FILE.c:LINE:COLUMN: KIND: ...`.
fn is_of_c(line: &str, kind: &str) -> bool {
    let Some((place, _)) = line.split_once(&format!(": {kind}: ")) else {
        return false;
    };
    place.contains(".c:") || place.contains(".h:")
}

/// Whether it quotes a line of source, or marks something below one: `  12 |     int a;`.
fn is_quoted(line: &str) -> bool {
    let (number, rest) = line.split_once('|').unwrap_or((line, ""));
    let is_number = number.chars().all(|c| c == ' ' || c.is_ascii_digit());
    is_number && rest.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_of_c_are_told_from_all_else() {
        let text = "  RUST [M]  m_rust.o\nwarning: unused\n --> src/lib.rs:3:1\n  |\n3 | fn f() {}\n\n\
                    \x20 CC [M]  c/a.o\nc/a.c: In function 'f':\nc/a.c:3:6: warning: unused variable 'x'\n\
                    \x20   3 | int x;\n      |     ^\nc/a.c:2:1: note: here\n  CC [M]  c/b.o\n\
                    In file included from c/b.h:1,\n                 from c/b.c:1:\n\
                    c/c.h:9: warning: again\n  LD [M]  m.o\n    4 | int y;\n";
        assert_eq!(
            of_text(text),
            "c/a.c: In function 'f':\nc/a.c:3:6: warning: unused variable 'x'\n\
             \x20   3 | int x;\n      |     ^\nc/a.c:2:1: note: here\n\n\
             In file included from c/b.h:1,\n                 from c/b.c:1:\nc/c.h:9: warning: again\n"
        );
    }
}
