// SPDX-License-Identifier: GPL-2.0-only
//! The results of several kernels side by side: for people a table, for machines a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Case, Verdict};
use crate::error::host;

/// A kernel of a run: its name and its release.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Column {
    /// What `-k` calls it.
    pub name: String,
    /// `uname -r` of it.
    pub release: String,
}

/// A row of tests: the crate, and the test's name.
type Row<'a> = (&'a str, &'a str);

/// How each test ended on each kernel that it ran on.
fn rows(cases: &[Case]) -> BTreeMap<Row<'_>, BTreeMap<&str, Verdict>> {
    let mut rows = BTreeMap::<Row<'_>, BTreeMap<&str, Verdict>>::new();
    for case in cases {
        if let Some(kernel) = &case.kernel {
            let row = rows.entry((&case.suite, &case.name)).or_default();
            row.insert(kernel, case.verdict);
        }
    }
    rows
}

/// A row a crate, a column a kernel; nothing for fewer than two kernels. Below a crate of which not
/// every test passed on every kernel that it ran on stands a row a test; below every crate, if `all`
/// is wanted.
pub fn table(columns: &[Column], cases: &[Case], all: bool) -> String {
    if columns.len() < 2 {
        return String::new();
    }
    let rows = rows(cases);
    let mut lines = vec![(
        String::new(),
        columns.iter().map(|c| c.name.clone()).collect(),
    )];
    let mut crates: Vec<&str> = rows.keys().map(|(suite, _)| *suite).collect();
    crates.dedup();
    for suite in crates {
        let tests: Vec<_> = rows.iter().filter(|((of, _), _)| *of == suite).collect();
        let of = |column: &Column| -> Vec<Option<Verdict>> {
            let verdict =
                |(_, row): &(_, &BTreeMap<&str, Verdict>)| row.get(&*column.name).copied();
            tests.iter().map(verdict).collect()
        };
        lines.push((
            suite.to_owned(),
            columns.iter().map(|c| count(&of(c))).collect(),
        ));
        let passed = |verdict: &Option<Verdict>| *verdict == Some(Verdict::Pass);
        let good = |column: &Column| {
            let verdicts = of(column);
            verdicts.iter().all(Option::is_none) || verdicts.iter().all(passed)
        };
        if all || !columns.iter().all(good) {
            for ((_, test), row) in tests {
                let cells = columns
                    .iter()
                    .map(|column| word(row.get(&*column.name).copied()));
                lines.push((format!("  {test}"), cells.map(str::to_owned).collect()));
            }
        }
    }
    laid_out(columns, &lines)
}

/// The first cells as wide as the widest of them, the others under their kernel's name.
fn laid_out(columns: &[Column], lines: &[(String, Vec<String>)]) -> String {
    let first = lines
        .iter()
        .map(|(row, _)| row.chars().count())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (row, cells) in lines {
        let _ = write!(text, "\n{row:first$}");
        for (column, cell) in columns.iter().zip(cells) {
            let width = column.name.len().max(8);
            let _ = write!(text, "  {cell:>width$}");
        }
    }
    text + "\n"
}

/// The cell of a crate.
fn count(verdicts: &[Option<Verdict>]) -> String {
    let count = |wanted| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == Some(wanted))
            .count()
    };
    match (count(Verdict::Pass), count(Verdict::Fail)) {
        (0, 0) if count(Verdict::Ignored) == 0 => "-".to_owned(),
        (passed, 0) => format!("{passed} ok"),
        (_, failed) => format!("{failed} FAIL"),
    }
}

/// The cell of a test.
fn word(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Pass) => "ok",
        Some(Verdict::Fail) => "FAIL",
        Some(Verdict::Ignored) => "skip",
        None => "-",
    }
}

/// Writes all results to `file`; docs/commands.md describes it.
pub fn write(file: &Path, columns: &[Column], cases: &[Case]) -> Result<()> {
    let kernels: Vec<Value> = columns
        .iter()
        .map(|column| json!({ "name": column.name, "release": column.release }))
        .collect();
    let tests: Vec<Value> = cases.iter().map(value).collect();
    let table = rows(cases).into_iter().map(|((suite, name), row)| {
        let results: Map<String, Value> = row
            .into_iter()
            .map(|(kernel, verdict)| (kernel.to_owned(), json!(verdict)))
            .collect();
        json!({ "suite": suite, "name": name, "results": results })
    });
    let count = |verdict| cases.iter().filter(|case| case.verdict == verdict).count();
    let all = json!({
        "kernels": kernels,
        "tests": tests,
        "table": table.collect::<Vec<Value>>(),
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

/// What several runs wrote, one after the other. A kernel's release must be the same in all.
pub fn read(files: &[PathBuf]) -> Result<(Vec<Column>, Vec<Case>)> {
    let mut columns = Vec::<Column>::new();
    let mut cases = Vec::new();
    for file in files {
        let shown = file.display();
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
        let run: Run = serde_json::from_str(&text)
            .with_context(|| format!("{shown} is not what `cargo kmod test` writes"))?;
        for column in run.kernels {
            let known = columns.iter().find(|known| known.name == column.name);
            match known {
                Some(known) if known.release != column.release => bail!(
                    host(format!(
                        "{} is {} in {shown}, and {} in a file before it",
                        column.name, column.release, known.release
                    ))
                    .help(format!(
                        "`cargo kmod kernels fetch {}` gets every machine the newest",
                        column.name
                    ))
                ),
                Some(_) => {}
                None => columns.push(column),
            }
        }
        cases.extend(run.tests);
    }
    Ok((columns, cases))
}

/// What [`read`] needs of what [`write()`] writes.
#[derive(Deserialize)]
struct Run {
    kernels: Vec<Column>,
    tests: Vec<Case>,
}

/// One test's result.
pub fn value(case: &Case) -> Value {
    let mut value = json!(case);
    value["type"] = "test".into();
    value
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
            on(Case::pass("vm-x", "a"), "6.1-rt-amd64"),
            on(Case::pass("bench", "a"), "5.10"),
            Case::pass("host", "h"),
        ];
        assert_eq!(
            table(&columns(&["5.10", "6.1-rt-amd64"]), &cases, false),
            "\n           5.10  6.1-rt-amd64\n\
             bench      1 ok             -\n\
             hello      2 ok        1 FAIL\n\
             \x20 a          ok          FAIL\n\
             \x20 b          ok             -\n\
             vm-x       1 ok          1 ok\n"
        );
        assert_eq!(table(&columns(&["5.10"]), &cases, true), "");
    }

    #[test]
    fn all_tests_have_their_row_when_that_is_wanted() {
        let cases = ["5.10", "6.1"].map(|kernel| on(Case::pass("vm-x", "a"), kernel));
        let rows = |all| {
            table(&columns(&["5.10", "6.1"]), &cases, all)
                .lines()
                .count()
        };
        assert_eq!((rows(false), rows(true)), (3, 4));
    }

    #[test]
    fn the_file_tells_each_test_of_each_kernel() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("kmod/results.json");
        let cases = [
            on(Case::pass("hello", "a"), "5.10"),
            Case::pass("host", "h"),
            on(Case::fail("hello", "a", Vec::new()), "6.1"),
        ];
        write(&file, &columns(&["5.10", "6.1"]), &cases).unwrap();
        let read: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(read["passed"], 2);
        assert_eq!(read["kernels"][0]["release"], "5.10.0");
        assert_eq!(read["tests"][0]["kernel"], "5.10");
        assert_eq!(read["tests"][1]["kernel"], Value::Null);
        let row =
            json!({ "suite": "hello", "name": "a", "results": { "5.10": "pass", "6.1": "fail" } });
        assert_eq!(read["table"], json!([row]));
    }

    #[test]
    fn parts_become_one_run_again() {
        let dir = tempfile::tempdir().unwrap();
        let files = ["a", "b"].map(|name| dir.path().join(name));
        let first = [
            on(Case::pass("hello", "a"), "5.10"),
            Case::pass("host", "h"),
        ];
        let failed = Case {
            ms: Some(3),
            repeat: Some("again".to_owned()),
            ..on(Case::fail("hello", "a", vec!["why".to_owned()]), "6.1")
        };
        write(&files[0], &columns(&["5.10"]), &first).unwrap();
        write(
            &files[1],
            &columns(&["6.1", "5.10"]),
            std::slice::from_ref(&failed),
        )
        .unwrap();
        let (read_columns, cases) = read(&files).unwrap();
        assert_eq!(read_columns, columns(&["5.10", "6.1"]));
        assert_eq!(cases, [&first[..], &[failed]].concat());

        let other = Column {
            name: "6.1".to_owned(),
            release: "6.1.7".to_owned(),
        };
        write(&files[0], &[other], &[]).unwrap();
        let error = crate::error::message(&read(&files).unwrap_err());
        assert!(error.starts_with("6.1 is 6.1.0 in "), "{error}");
        std::fs::write(&files[0], "{}").unwrap();
        assert!(read(&files).is_err());
    }
}
