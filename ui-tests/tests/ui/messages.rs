// SPDX-License-Identifier: GPL-2.0-only
//! `docs/messages.md`: what the compiler says about each case of `tests/fail`.
//!
//! `BLESS=1 cargo test -p ui-tests` writes it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "\
<!-- SPDX-License-Identifier: GPL-2.0-only -->
<!-- Made from ui-tests/tests/fail by `BLESS=1 cargo test -p ui-tests`. -->
# Messages and what they mean

Each mistake that the attributes know, what the compiler says about it, and how to mend it. A
mistake is a file of `ui-tests/tests/fail`, which shows it in a module.
";

/// What an attribute's folder is called in the page.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("crypto", "Hashes and ciphers"),
    ("dmi", "`dmi_table!`"),
    ("firmware", "`firmware_name!`"),
    ("mm", "`VmallocBuffer`"),
    ("param_enum", "`#[derive(ParamEnum)]`"),
    ("params", "`params(…)` and `#[param]`"),
    ("printk", "`pr_info!` and its kin"),
    ("task", "Tasks"),
    ("wait_queue", "`WaitQueue`"),
];

/// A message, and what helps.
struct Message {
    rule: String,
    help: Option<String>,
}

/// The compiler's messages in a case's output.
fn messages(text: &str) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error") {
            // `error: …` and `error[E0277]: …`
            let Some((_, rule)) = rest.split_once(": ") else {
                continue;
            };
            let rule = rule.trim_start_matches("evaluation panicked: ").to_owned();
            messages.push(Message { rule, help: None });
            continue;
        }
        let Some(message) = messages.last_mut() else {
            continue;
        };
        let line = line.trim_start();
        let help = line
            .strip_prefix("= help: ")
            .or_else(|| line.strip_prefix("= note: "))
            .or_else(|| line.strip_prefix("help: "));
        let compilers_own = [
            "the trait `",
            "this error originates",
            "the following",
            "required ",
        ];
        if let Some(help) = help
            && message.help.is_none()
            && !compilers_own.iter().any(|own| help.starts_with(own))
        {
            message.help = Some(help.to_owned());
        }
    }
    messages
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<")
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for folder in sorted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fail")) {
        let attribute = stem(&folder);
        let title = ATTRIBUTES.iter().find(|(name, _)| *name == attribute);
        let title = title.map_or_else(
            || format!("`#[{attribute}]`"),
            |(_, title)| (*title).to_owned(),
        );
        let _ = write!(
            page,
            "\n## {title}\n\n| mistake | message | what helps |\n|---|---|---|\n"
        );
        for path in sorted(&folder) {
            if path
                .extension()
                .is_none_or(|extension| extension != "stderr")
            {
                continue;
            }
            let case = stem(&path);
            let mistake = format!(
                "[{}](../ui-tests/tests/fail/{attribute}/{case}.rs)",
                case.replace('_', " ")
            );
            let text = fs::read_to_string(&path).expect("the message can be read");
            let mut seen = Vec::new();
            for Message { rule, help } in messages(&text) {
                if seen.contains(&rule) {
                    continue;
                }
                let first = if seen.is_empty() { &*mistake } else { "" };
                let help = help.unwrap_or_default();
                let _ = writeln!(page, "| {first} | {} | {} |", cell(&rule), cell(&help));
                seen.push(rule);
            }
        }
    }
    page
}

/// Writes the page if it is to be written, and says whether it is what it must be.
pub fn hold() -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/messages.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    fs::read_to_string(path).is_ok_and(|text| text == page)
}

#[test]
fn a_message_is_its_rule_and_its_help() {
    let text = "error[E0277]: `A` is none\n --> a.rs:1:1\n  |\n  = help: the trait `B` is not\n  \
                = note: write `C`\n\nerror: two\n       = help: mend\n";
    let found: Vec<_> = messages(text)
        .into_iter()
        .map(|message| (message.rule, message.help.unwrap_or_default()))
        .collect();
    let expected = [("`A` is none", "write `C`"), ("two", "mend")];
    assert_eq!(
        found,
        expected.map(|(rule, help)| (rule.to_owned(), help.to_owned()))
    );
}
