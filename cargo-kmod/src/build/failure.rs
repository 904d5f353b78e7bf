// SPDX-License-Identifier: GPL-2.0-only
//! What to show of a failed build: the lines that say why, the log, the command that repeats it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process;

const LINES: usize = 40;

/// The message of a failed build.
pub fn describe(name: &str, log: &Path, make: &Command, crate_dir: &Path) -> String {
    let text = String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned();
    format!(
        "building {name}.ko failed\n{}\nits whole output: {}\nthe same again: cd {} && {} V=1",
        useful(&text),
        log.display(),
        crate_dir.display(),
        process::show(make),
    )
}

/// From the first error on, without make's own echo of it; else the last lines.
fn useful(text: &str) -> String {
    let kept: Vec<&str> = text.lines().filter(|line| !is_makes_echo(line)).collect();
    let first = kept.iter().position(|line| is_error(line));
    let from = match first {
        // gcc names the function in a line before.
        Some(first @ 1..) if kept[first - 1].contains(": In function ") => first - 1,
        Some(first) => first,
        None => kept.len().saturating_sub(LINES),
    };
    let shown = &kept[from..];
    let mut result = shown[..shown.len().min(LINES)].join("\n");
    if shown.len() > LINES {
        result += &format!("\n... ({} lines more)", shown.len() - LINES);
    }
    result
}

fn is_error(line: &str) -> bool {
    line.starts_with("error")
        || line.contains(" error:")
        || line.contains("ERROR:")
        || line.contains("***")
}

fn is_makes_echo(line: &str) -> bool {
    let by_make = line.starts_with("make[") || line.starts_with("make:");
    by_make && (line.contains("] Error ") || line.contains("ing directory"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_comes_first_and_makes_echo_is_left_out() {
        let text = "  RUST [M]  hello_rust.o\n   Compiling hello\nerror[E0425]: cannot find\n --> src/lib.rs:3\n\
                    make[1]: *** [scripts/Makefile.build:250: x] Error 1\nmake: Leaving directory '/usr/src'\n";
        assert_eq!(useful(text), "error[E0425]: cannot find\n --> src/lib.rs:3");
    }

    #[test]
    fn an_error_of_c_comes_with_its_function() {
        let text = "  CC [M]  c/a.o\nc/a.c: In function 'f':\nc/a.c:3:9: error: 'x' undeclared\n    3 | x\n\
                    make[1]: *** [scripts/Makefile.build:250: c/a.o] Error 1\n";
        assert_eq!(
            useful(text),
            "c/a.c: In function 'f':\nc/a.c:3:9: error: 'x' undeclared\n    3 | x"
        );
    }

    #[test]
    fn without_an_error_the_last_lines_are_shown() {
        assert_eq!(useful("a\nb\n"), "a\nb");
    }

    #[test]
    fn a_flood_is_cut_and_counted() {
        let text = "error: x\n".repeat(LINES + 5);
        assert!(useful(&text).ends_with("... (5 lines more)"));
    }
}
