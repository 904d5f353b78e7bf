// SPDX-License-Identifier: GPL-2.0-only
//! What is said about mistakes. How it looks to the user is in `ui-tests`.

mod c;
mod file_operations;
mod ioctl;
mod keys;
mod module;
mod objects;
mod params;
mod uapi;

const WHOLE: &str = "name = \"ticket\", license = \"GPL\"";

/// One mistake is one report, of this rule and this help.
#[track_caller]
fn one(reports: Vec<String>, rule: &str, help: &str) {
    let [report] = reports.as_slice() else {
        panic!("not one report: {reports:#?}");
    };
    let (first, second) = report.split_once("\n= help: ").expect("it has a help");
    assert!(first.contains(rule), "{rule:?} is not in {first:?}");
    assert!(second.contains(help), "{help:?} is not in {second:?}");
}
