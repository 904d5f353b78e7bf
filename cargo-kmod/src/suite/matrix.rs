// SPDX-License-Identifier: GPL-2.0-only
//! The results of several kernels side by side: for people a table, for machines a file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::{Case, Verdict};

/// A kernel of a run: its name and its release.
#[derive(Clone, Debug)]
pub struct Column {
    /// What `-k` calls it.
    pub name: String,
    /// `uname -r` of it.
    pub release: String,
}

/// How many tests of a crate ended how on one kernel.
#[derive(Clone, Copy, Default)]
struct Cell {
    passed: usize,
    failed: usize,
}

/// A row a crate, a column a kernel; nothing for fewer than two kernels.
pub fn table(columns: &[Column], cases: &[Case]) -> String {
    if columns.len() < 2 {
        return String::new();
    }
    let mut rows = BTreeMap::<&str, BTreeMap<&str, Cell>>::new();
    for case in cases {
        let Some(kernel) = &case.kernel else { continue };
        let cell = rows
            .entry(&case.suite)
            .or_default()
            .entry(kernel)
            .or_default();
        match case.verdict {
            Verdict::Pass => cell.passed += 1,
            Verdict::Fail => cell.failed += 1,
            Verdict::Ignored => {}
        }
    }
    let first = rows.keys().map(|row| row.len()).max().unwrap_or(0);
    let mut text = format!("\n{:first$}", "");
    for column in columns {
        text += &format!("  {:>8}", column.name);
    }
    for (row, cells) in rows {
        text += &format!("\n{row:first$}");
        for column in columns {
            let width = column.name.len().max(8);
            let cell = cells.get(column.name.as_str());
            text += &format!(
                "  {:>width$}",
                cell.map_or_else(|| "-".to_owned(), Cell::show)
            );
        }
    }
    text + "\n"
}

impl Cell {
    fn show(&self) -> String {
        match (self.passed, self.failed) {
            (passed, 0) => format!("{passed} ok"),
            (_, failed) => format!("{failed} FAIL"),
        }
    }
}

/// Writes all results to `file`; docs/commands.md describes it.
pub fn write(file: &Path, columns: &[Column], cases: &[Case]) -> Result<()> {
    let kernels: Vec<Value> = columns
        .iter()
        .map(|column| json!({ "name": column.name, "release": column.release }))
        .collect();
    let tests: Vec<Value> = cases.iter().map(value).collect();
    let count = |verdict| cases.iter().filter(|case| case.verdict == verdict).count();
    let all = json!({
        "kernels": kernels,
        "tests": tests,
        "passed": count(Verdict::Pass),
        "failed": count(Verdict::Fail),
        "ignored": count(Verdict::Ignored),
    });
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let text = serde_json::to_string_pretty(&all)?;
    std::fs::write(file, text + "\n").with_context(|| format!("cannot write {}", file.display()))
}

/// One test's result.
pub fn value(case: &Case) -> Value {
    let verdict = match case.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Ignored => "ignored",
    };
    json!({
        "type": "test",
        "suite": case.suite,
        "name": case.name,
        "kernel": case.kernel,
        "result": verdict,
        "ms": case.ms,
        "output": case.output,
        "repeat": case.repeat,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<Column> {
        let column = |name: &&str| Column {
            name: (*name).to_owned(),
            release: format!("{name}.0"),
        };
        names.iter().map(column).collect()
    }

    fn on(case: Case, kernel: &str) -> Case {
        Case {
            kernel: Some(kernel.to_owned()),
            ..case
        }
    }

    #[test]
    fn a_row_is_a_crate_and_a_column_a_kernel() {
        let cases = [
            on(Case::pass("hello", "a"), "5.10"),
            on(Case::pass("hello", "b"), "5.10"),
            on(Case::fail("hello", "a", Vec::new()), "6.1-rt-amd64"),
            on(Case::pass("vm-x", "a"), "5.10"),
            Case::pass("host", "h"),
        ];
        assert_eq!(
            table(&columns(&["5.10", "6.1-rt-amd64"]), &cases),
            "\n           5.10  6.1-rt-amd64\n\
             hello      2 ok        1 FAIL\n\
             vm-x       1 ok             -\n"
        );
        assert_eq!(table(&columns(&["5.10"]), &cases), "");
    }

    #[test]
    fn the_file_tells_each_test_of_each_kernel() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("kmod/results.json");
        let cases = [
            on(Case::pass("hello", "a"), "5.10"),
            Case::pass("host", "h"),
        ];
        write(&file, &columns(&["5.10"]), &cases).unwrap();
        let read: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(read["passed"], 2);
        assert_eq!(read["kernels"][0]["release"], "5.10.0");
        assert_eq!(read["tests"][0]["kernel"], "5.10");
        assert_eq!(read["tests"][1]["kernel"], Value::Null);
    }
}
