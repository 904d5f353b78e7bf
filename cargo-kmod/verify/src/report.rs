// SPDX-License-Identifier: GPL-2.0-only
//! What was found, for people and for programs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::module::Module;
use super::rules::Rule;
use super::size::Sizes;

/// So many findings of one rule are shown; one cause has mostly many.
const SHOWN: usize = 5;

/// Something that a rule does not allow.
#[derive(Debug)]
pub struct Finding {
    /// Where: a section, a function and its instruction, a symbol.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

/// What was found in a module.
pub struct Report {
    module: String,
    release: String,
    passed: Vec<&'static str>,
    not_asked: Vec<&'static str>,
    failed: Vec<(&'static Rule, Vec<Finding>)>,
    sizes: Vec<(String, Sizes)>,
    only_ours: BTreeSet<String>,
    only_theirs: BTreeSet<String>,
}

impl Report {
    /// A report without rules.
    pub fn new(ko: &Path, release: &str) -> Self {
        Self {
            module: name(ko),
            release: release.to_owned(),
            passed: Vec::new(),
            not_asked: Vec::new(),
            failed: Vec::new(),
            sizes: Vec::new(),
            only_ours: BTreeSet::new(),
            only_theirs: BTreeSet::new(),
        }
    }

    /// The kernel does not ask for what the rule checks.
    pub fn not_asked(&mut self, rule: &'static str) {
        self.not_asked.push(rule);
    }

    /// What a rule found.
    pub fn checked(&mut self, rule: &'static Rule, findings: Vec<Finding>) {
        if findings.is_empty() {
            self.passed.push(rule.name);
        } else {
            self.failed.push((rule, findings));
        }
    }

    /// Adds a line to the table of sizes.
    pub fn sizes(&mut self, ko: &Path, module: &Module) {
        self.sizes.push((name(ko), Sizes::of(module)));
    }

    /// Notes the loaded sections that only one of two modules has.
    pub fn compare(&mut self, ours: &Module, theirs: &Module) {
        let loaded = |module: &Module| -> BTreeSet<String> {
            let sections = module.sections.iter();
            sections
                .filter(|section| section.is_loaded() && section.size > 0)
                .map(|section| section.name.to_owned())
                .collect()
        };
        let (ours, theirs) = (loaded(ours), loaded(theirs));
        self.only_ours = ours.difference(&theirs).cloned().collect();
        self.only_theirs = theirs.difference(&ours).cloned().collect();
    }

    /// Whether every rule that the kernel asks for is kept.
    pub fn is_clean(&self) -> bool {
        self.failed.is_empty()
    }

    /// What is wrong, a paragraph each.
    pub fn failures(&self) -> String {
        let mut text = String::new();
        for (rule, findings) in &self.failed {
            for finding in findings.iter().take(SHOWN) {
                let _ = writeln!(
                    text,
                    "error[{}]: {}\n  --> {}",
                    rule.name, finding.message, finding.place
                );
            }
            if findings.len() > SHOWN {
                let _ = writeln!(text, "  ... and {} more", findings.len() - SHOWN);
            }
            let _ = writeln!(text, "= help: {}", rule.help);
        }
        text
    }

    /// One line on how it ended.
    pub fn verdict(&self) -> String {
        let (module, release) = (&self.module, &self.release);
        let kept = self.passed.len();
        if self.is_clean() {
            return format!("{module} is as kernel {release} wants it: {kept} rules kept");
        }
        let broken: Vec<&str> = self.failed.iter().map(|(rule, _)| rule.name).collect();
        format!(
            "{module} is not as kernel {release} wants it: {kept} rules kept, broken: {}",
            broken.join(", ")
        )
    }

    /// All of it for people.
    pub fn human(&self) -> String {
        let mut text = self.failures();
        text += &Sizes::table(&self.sizes);
        for (whose, sections) in [
            ("this module", &self.only_ours),
            ("the other", &self.only_theirs),
        ] {
            if !sections.is_empty() {
                let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
                let _ = writeln!(text, "only in {whose}: {}", sections.join(" "));
            }
        }
        if !self.not_asked.is_empty() {
            let _ = writeln!(
                text,
                "not asked for by this kernel: {}",
                self.not_asked.join(", ")
            );
        }
        text + &self.verdict() + "\n"
    }

    /// All of it for programs.
    pub fn json(&self) -> Value {
        let findings: Vec<Value> = self
            .failed
            .iter()
            .flat_map(|(rule, findings)| {
                findings.iter().map(|finding| {
                    json!({
                        "rule": rule.name,
                        "place": finding.place,
                        "message": finding.message,
                        "help": rule.help,
                    })
                })
            })
            .collect();
        let sizes: Vec<Value> = self
            .sizes
            .iter()
            .map(|(name, sizes)| sizes.json(name))
            .collect();
        json!({
            "module": self.module,
            "kernel": self.release,
            "clean": self.is_clean(),
            "kept": self.passed,
            "not_asked": self.not_asked,
            "findings": findings,
            "sizes": sizes,
            "only_here": self.only_ours,
            "only_there": self.only_theirs,
        })
    }
}

fn name(ko: &Path) -> String {
    let name = ko.file_name().unwrap_or(ko.as_os_str());
    name.to_string_lossy().into_owned()
}
