// SPDX-License-Identifier: GPL-2.0-only
//! Reading what `cargo test` prints: libtest's lines and trybuild's.

use super::{Case, Verdict};

/// Takes lines, gives cases; one that failed is given when its program ends: its output comes late.
#[derive(Debug, Default)]
pub struct Parser {
    suite: String,
    cases: Vec<Case>,
    /// Whose output is being printed: an index into `cases`.
    speaker: Option<usize>,
}

impl Parser {
    /// Takes one line; gives the cases that it decides.
    pub fn line(&mut self, line: &str) -> Vec<Case> {
        let line = &plain(line);
        let trimmed = line.trim();
        if let Some(suite) = suite(trimmed) {
            let before = self.take();
            self.suite = suite;
            return before;
        }
        if trimmed.starts_with("test result: ") {
            return self.take();
        }
        if let Some((name, verdict)) = test(trimmed) {
            let mut case = Case::pass(&self.suite, name);
            case.verdict = verdict;
            if verdict != Verdict::Fail {
                self.speaker = None;
                return vec![case];
            }
            self.cases.push(case);
            self.speaker = Some(self.cases.len() - 1);
            return Vec::new();
        }
        if let Some(name) = output_of(trimmed) {
            self.speaker = self.cases.iter().position(|case| case.name == name);
        } else if trimmed == "failures:" {
            self.speaker = None;
        } else if let Some(speaker) = self.speaker {
            self.cases[speaker].output.push(line.to_owned());
        }
        Vec::new()
    }

    /// The failed cases of a test program that ended without its result line: it was killed, say.
    pub fn take(&mut self) -> Vec<Case> {
        self.speaker = None;
        std::mem::take(&mut self.cases)
    }
}

/// The line without terminal colours, which trybuild writes into pipes, too.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            // "\e[" parameters, then a letter.
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            text.push(c);
        }
    }
    text
}

/// `Running unittests src/lib.rs (target/debug/deps/kmod_core-0123)`, `Doc-tests kmod_core`.
fn suite(line: &str) -> Option<String> {
    if let Some(name) = line.strip_prefix("Doc-tests ") {
        return Some(format!("{name} (doc)"));
    }
    let program = line.strip_prefix("Running ")?.strip_suffix(')')?;
    let (_, program) = program.rsplit_once('(')?;
    let file = program.rsplit('/').next()?;
    let name = file.rsplit_once('-').map_or(file, |(name, _)| name);
    Some(name.to_owned())
}

/// `test NAME ... VERDICT`.
fn test(line: &str) -> Option<(&str, Verdict)> {
    let (name, verdict) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let verdict = match verdict.split([',', ' ']).next()? {
        "ok" => Verdict::Pass,
        "ignored" => Verdict::Ignored,
        // The last three are trybuild's.
        "FAILED" | "mismatch" | "error" | "wip" => Verdict::Fail,
        _ => return None,
    };
    // trybuild begins its line long before it ends it: another test's line may come between.
    let name = name
        .rsplit_once(" ... test ")
        .map_or(name, |(_, name)| name);
    Some((name, verdict))
}

/// `---- NAME stdout ----`.
fn output_of(line: &str) -> Option<&str> {
    line.strip_prefix("---- ")?.strip_suffix(" stdout ----")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Vec<Case> {
        let mut parser = Parser::default();
        let mut cases: Vec<Case> = text.lines().flat_map(|line| parser.line(line)).collect();
        cases.extend(parser.take());
        cases
    }

    #[test]
    fn cases_their_suites_and_their_output() {
        let cases = parse(
            "     Running unittests src/lib.rs (/t/debug/deps/kmod_core-0a1b)\n\
             \n\
             running 3 tests\n\
             test a::one ... ok\n\
             test a::two - should panic ... ok\n\
             test b ... FAILED\n\
             test c ... ignored, because\n\
             \n\
             failures:\n\
             \n\
             ---- b stdout ----\n\
             left: 1\n\
             failures:\n\
             \u{20}   b\n\
             \n\
             test result: FAILED. 2 passed; 1 failed\n\
             \u{20}  Doc-tests kmod_core\n\
             test src/lib.rs - x (line 3) ... ok\n\
             test result: ok.\n",
        );
        let names: Vec<_> = cases
            .iter()
            .map(|c| (&*c.suite, &*c.name, c.verdict))
            .collect();
        assert_eq!(
            names,
            [
                ("kmod_core", "a::one", Verdict::Pass),
                ("kmod_core", "a::two - should panic", Verdict::Pass),
                ("kmod_core", "c", Verdict::Ignored),
                ("kmod_core", "b", Verdict::Fail),
                ("kmod_core (doc)", "src/lib.rs - x (line 3)", Verdict::Pass),
            ]
        );
        assert_eq!(cases[3].output, ["left: 1"]);
    }

    #[test]
    fn trybuilds_lines_are_cases() {
        let cases = parse(
            "     Running tests/ui.rs (/t/debug/deps/ui-0a1b)\n\
             \u{1b}[0mtest \u{1b}[0m\u{1b}[1mchrdev/a.rs\u{1b}[0m [should fail to compile] ... \u{1b}[0m\u{1b}[32mok\n\
             test chrdev/b.rs [should fail to compile] ... mismatch\n\
             EXPECTED:\n\
             test ui ... FAILED\n\
             test chrdev/c.rs [should fail to compile] ... test page ... FAILED\n\
             test result: FAILED.\n",
        );
        assert_eq!(cases.len(), 4);
        assert_eq!(cases[3].name, "page");
        assert_eq!(cases[0].name, "chrdev/a.rs [should fail to compile]");
        assert_eq!(cases[1].output, ["EXPECTED:"]);
        assert_eq!(cases[1].verdict, Verdict::Fail);
    }

    #[test]
    fn a_killed_program_keeps_its_cases() {
        let cases = parse("     Running x (/t/x-1)\ntest a ... ok\n");
        assert_eq!(cases.len(), 1);
    }
}
