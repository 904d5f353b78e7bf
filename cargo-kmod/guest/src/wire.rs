// SPDX-License-Identifier: GPL-2.0-only
//! What host and guest say to each other. Not for tests.
//!
//! Both ways it is lines of words, with tabs between them: the host's [`Plan`] lies in the
//! initramfs, the guest's [`Event`]s come out of a serial port.

use std::fmt::Write;

/// Where the initramfs has the plan.
pub const PLAN: &str = "/plan";

/// Where it has the kernel's configuration, a line of `CONFIG_NAME=value` for each option.
pub const CONFIG: &str = "/config";

/// The variable with the modules that are loaded before all that, a line each: its name in `/modules`, and its
/// parameters.
pub const LOAD: &str = "KMOD_LOAD";

/// The variable that says how a system call is made once more: numbers of the program counter and of the register with
/// the call's number, among those that `ptrace(2)` gives, and between them the length of the instruction.
pub const AGAIN: &str = "KMOD_AGAIN";

/// The variable that has every test run with faults on order.
pub const FAULTS: &str = "KMOD_FAULTS";

/// Where the initramfs has what a module's declaration tells of its use, or programs to be tried.
pub const FUZZ: &str = "/fuzz";

/// What the guest has to do, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Environment of every program.
    pub env: Vec<(String, String)>,
    /// Commands: a built-in of `kmod-init` or a program, then its arguments.
    pub commands: Vec<Vec<String>>,
}

/// What the guest tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// `kmod-init` runs; so many milliseconds since the kernel started.
    Hello(u64),
    /// Command number so-and-so of the plan begins.
    Begin(usize),
    /// A line that the running command, or test, wrote.
    Out(String),
    /// A record of the kernel's log.
    Log {
        /// Who: 0 is the kernel.
        facility: u16,
        /// The level, 0 to 7.
        level: u8,
        /// The text.
        text: String,
    },
    /// The program that is being listed has this wanted test.
    Listed(String),
    /// A test begins.
    Test(String),
    /// An allocation or a copy failed on order: what, where in a module if it was in one, and how often.
    Fault(String, u32),
    /// The test ended.
    Result(Verdict, u64),
    /// The kernel's taint flags, as `/proc/sys/kernel/tainted` has them; told when they changed.
    Taint(u64),
    /// Something of the kernel is not as it should be, and its log does not say so.
    Complaint(String),
    /// A test left a module loaded; it is unloaded now, if that was possible.
    Left(String),
    /// The running command ended.
    End(Status),
    /// The plan is done: the sentinel.
    Done,
}

/// How a test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It passed.
    Ok,
    /// It failed.
    Failed,
    /// It has `#[ignore]`.
    Ignored,
    /// Its program was killed, by this signal.
    Killed(i32),
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// A program's or built-in's exit code.
    Code(i32),
    /// The signal that killed it.
    Signal(i32),
    /// It could not be started.
    Error(String),
}

impl Plan {
    /// As text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::new();
        for (key, value) in &self.env {
            line(&mut text, &["env", key, value]);
        }
        for command in &self.commands {
            let words: Vec<&str> = ["do"]
                .into_iter()
                .chain(command.iter().map(String::as_str))
                .collect();
            line(&mut text, &words);
        }
        text
    }

    /// From text; `None` when it is none of ours.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let mut plan = Self::default();
        for line in text.lines() {
            let mut words = words(line);
            match words.first()?.as_str() {
                "env" => {
                    let [_, key, value] = <[String; 3]>::try_from(words).ok()?;
                    plan.env.push((key, value));
                }
                "do" if words.len() > 1 => {
                    words.remove(0);
                    plan.commands.push(words);
                }
                _ => return None,
            }
        }
        Some(plan)
    }
}

impl Event {
    /// As one line, newline included.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::new();
        let mut put = |words: &[&str]| line(&mut text, words);
        match self {
            Self::Hello(ms) => put(&["hello", &ms.to_string()]),
            Self::Begin(index) => put(&["begin", &index.to_string()]),
            Self::Out(out) => put(&["out", out]),
            Self::Log {
                facility,
                level,
                text,
            } => put(&["log", &facility.to_string(), &level.to_string(), text]),
            Self::Listed(name) => put(&["listed", name]),
            Self::Test(name) => put(&["test", name]),
            Self::Fault(place, times) => put(&["fault", place, &times.to_string()]),
            Self::Result(verdict, ms) => {
                let ms = ms.to_string();
                match verdict {
                    Verdict::Ok => put(&["result", "ok", &ms]),
                    Verdict::Failed => put(&["result", "failed", &ms]),
                    Verdict::Ignored => put(&["result", "ignored", &ms]),
                    Verdict::Killed(signal) => put(&["result", &signal.to_string(), &ms]),
                }
            }
            Self::Taint(bits) => put(&["taint", &bits.to_string()]),
            Self::Complaint(text) => put(&["complaint", text]),
            Self::Left(module) => put(&["left", module]),
            Self::End(Status::Code(code)) => put(&["end", "code", &code.to_string()]),
            Self::End(Status::Signal(signal)) => put(&["end", "signal", &signal.to_string()]),
            Self::End(Status::Error(why)) => put(&["end", "error", why]),
            Self::Done => put(&["done"]),
        }
        text
    }

    /// From a line; `None` when it is none of ours.
    #[must_use]
    pub fn decode(line: &str) -> Option<Self> {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Some(match *words.as_slice() {
            ["hello", ms] => Self::Hello(ms.parse().ok()?),
            ["begin", index] => Self::Begin(index.parse().ok()?),
            ["out", text] => Self::Out(text.to_owned()),
            ["log", facility, level, text] => Self::Log {
                facility: facility.parse().ok()?,
                level: level.parse().ok()?,
                text: text.to_owned(),
            },
            ["listed", name] => Self::Listed(name.to_owned()),
            ["test", name] => Self::Test(name.to_owned()),
            ["fault", place, times] => Self::Fault(place.to_owned(), times.parse().ok()?),
            ["result", verdict, ms] => {
                let verdict = match verdict {
                    "ok" => Verdict::Ok,
                    "failed" => Verdict::Failed,
                    "ignored" => Verdict::Ignored,
                    signal => Verdict::Killed(signal.parse().ok()?),
                };
                Self::Result(verdict, ms.parse().ok()?)
            }
            ["taint", bits] => Self::Taint(bits.parse().ok()?),
            ["complaint", text] => Self::Complaint(text.to_owned()),
            ["left", module] => Self::Left(module.to_owned()),
            ["end", "code", code] => Self::End(Status::Code(code.parse().ok()?)),
            ["end", "signal", signal] => Self::End(Status::Signal(signal.parse().ok()?)),
            ["end", "error", why] => Self::End(Status::Error(why.to_owned())),
            ["done"] => Self::Done,
            _ => return None,
        })
    }
}

fn line(text: &mut String, words: &[&str]) {
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            text.push('\t');
        }
        for c in word.chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                '\t' => text.push_str("\\t"),
                '\n' => text.push_str("\\n"),
                c if c.is_control() => {
                    let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
                }
                c => text.push(c),
            }
        }
    }
    text.push('\n');
}

fn words(line: &str) -> Vec<String> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.split('\t').map(unescape).collect()
}

fn unescape(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('u') => {
                let hex: String = chars
                    .by_ref()
                    .skip_while(|&c| c == '{')
                    .take_while(|&c| c != '}')
                    .collect();
                let code = u32::from_str_radix(&hex, 16).ok();
                text.extend(code.and_then(char::from_u32));
            }
            other => text.extend(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: &str = "a\tb\\t\n\r\u{1b}[0m é {} \\u{7}";

    #[test]
    fn plan_there_and_back() {
        let plan = Plan {
            env: vec![("A".into(), NASTY.into()), ("EMPTY".into(), String::new())],
            commands: vec![
                vec!["insmod".into(), "who=a b".into()],
                vec!["echo".into(), NASTY.into(), String::new()],
            ],
        };
        assert_eq!(Plan::decode(&plan.encode()), Some(plan));
    }

    #[test]
    fn events_there_and_back() {
        for event in [
            Event::Hello(12),
            Event::Begin(3),
            Event::Out(NASTY.into()),
            Event::Out(String::new()),
            Event::Log {
                facility: 0,
                level: 4,
                text: NASTY.into(),
            },
            Event::Listed("a::b".into()),
            Event::Test("a::b".into()),
            Event::Fault("failslab f+0x1/0x2".into(), 3),
            Event::Result(Verdict::Ok, 1),
            Event::Result(Verdict::Failed, 2),
            Event::Result(Verdict::Ignored, 0),
            Event::Result(Verdict::Killed(11), 3),
            Event::Taint(4096),
            Event::Complaint(NASTY.into()),
            Event::Left("m".into()),
            Event::End(Status::Code(101)),
            Event::End(Status::Signal(9)),
            Event::End(Status::Error(NASTY.into())),
            Event::Done,
        ] {
            let line = event.encode();
            assert_eq!(line.matches('\n').count(), 1, "{line:?}");
            assert_eq!(Event::decode(&line), Some(event));
        }
    }

    #[test]
    fn noise_is_no_event() {
        for noise in [
            "",
            "done\tnow",
            "begin\tx",
            "[    0.1] Linux version",
            "result\tok",
        ] {
            assert_eq!(Event::decode(noise), None, "{noise:?}");
        }
        assert_eq!(Plan::decode("do\n"), None);
    }
}
