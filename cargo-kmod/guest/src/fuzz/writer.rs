// SPDX-License-Identifier: GPL-2.0-only
//! Writes programs: new ones, and such that were good, changed.

use std::io;

use crate::replay::{Op, SLOTS, Step, THREADS};

use super::chance::Chance;

/// How many steps a program has at most.
const STEPS: usize = 24;

/// One program of so many loads the module anew.
const RELOADS: usize = 80;

/// A device's number is at most so much less one.
const INDICES: usize = 4;

/// What stands for it in a path.
const INDEX: &str = "{index}";

/// A command.
struct Ioctl {
    number: u32,
    size: usize,
    takes_value: bool,
    /// How many bytes each number has that it carries, as far as that is told.
    widths: Vec<usize>,
}

/// Writes programs.
pub struct Writer {
    chance: Chance,
    threads: usize,
    /// Files by which the module is used.
    files: Vec<String>,
    /// Those of them that are nodes.
    nodes: Vec<String>,
    params: Vec<String>,
    ioctls: Vec<Ioctl>,
    good: Vec<Vec<Step>>,
}

impl Writer {
    /// Reads the lines of the declaration: `file PATH`, `param NAME`, `ioctl NUMBER SIZE TAKES_VALUE WIDTH...`.
    ///
    /// # Errors
    ///
    /// When a line declares nothing, or all of them nothing that could be used.
    pub fn new(declared: &str, seed: u64, threads: usize) -> io::Result<Self> {
        let mut writer = Self {
            chance: Chance::new(seed),
            threads: threads.clamp(1, THREADS),
            files: Vec::new(),
            nodes: Vec::new(),
            params: Vec::new(),
            ioctls: Vec::new(),
            good: Vec::new(),
        };
        for line in declared.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match &*words {
                ["file", path] => {
                    let count = if path.contains(INDEX) { INDICES } else { 1 };
                    let paths = (0..count).map(|at| path.replace(INDEX, &at.to_string()));
                    writer.files.extend(paths);
                }
                ["param", name] => writer.params.push((*name).to_owned()),
                ["ioctl", number, size, takes_value, widths @ ..] => {
                    let read = (number.parse(), size.parse());
                    let (Ok(number), Ok(size)) = read else {
                        return Err(io::Error::other(format!("`{line}` is no command")));
                    };
                    writer.ioctls.push(Ioctl {
                        number,
                        size,
                        takes_value: *takes_value == "true",
                        widths: widths.iter().flat_map(|width| width.parse()).collect(),
                    });
                }
                _ => return Err(io::Error::other(format!("`{line}` declares nothing"))),
            }
        }
        let nodes = writer.files.iter().filter(|path| path.starts_with("/dev/"));
        writer.nodes = nodes.cloned().collect();
        if writer.files.is_empty() && writer.params.is_empty() {
            return Err(io::Error::other(
                "the module has no files and no parameters",
            ));
        }
        Ok(writer)
    }

    /// Remembers a program that was good for something. Loading takes longest by far, and is not done again and again.
    pub fn keep(&mut self, mut program: Vec<Step>) {
        program.retain(|step| !matches!(step.op, Op::Reload(_)));
        if !program.is_empty() {
            self.good.push(program);
        }
    }

    /// How many have been remembered.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.good.len()
    }

    /// The next program.
    pub fn program(&mut self) -> Vec<Step> {
        let mut program = self.one();
        if self.chance.one_in(RELOADS) {
            let at = self.chance.below(program.len());
            let (thread, op) = (program[at].thread, self.reload());
            program.insert(at, Step { thread, op });
        }
        program
    }

    fn one(&mut self) -> Vec<Step> {
        let mut program = match self.chance.of(&self.good) {
            Some(good) => good.clone(),
            None => Vec::new(),
        };
        if program.is_empty() || self.chance.one_in(4) {
            program.clear();
            let count = 1 + self.chance.below(8);
            for _ in 0..count {
                self.add(&mut program);
            }
            return program;
        }
        for _ in 0..=self.chance.below(4) {
            let at = self.chance.below(program.len());
            match self.chance.below(6) {
                0 if program.len() > 1 => {
                    program.remove(at);
                }
                1 => program[at].op = self.op(&program),
                2 => program[at].thread = self.chance.below(self.threads),
                3 => {
                    let other = self.chance.of(&self.good).cloned().unwrap_or_default();
                    program.extend(other);
                }
                _ => self.add(&mut program),
            }
        }
        program.truncate(STEPS);
        program
    }

    fn add(&mut self, program: &mut Vec<Step>) {
        let has_open = program.iter().any(|step| matches!(step.op, Op::Open(..)));
        let op = match has_open || self.nodes.is_empty() {
            true => self.op(program),
            false => self.open(),
        };
        let thread = match self.chance.one_in(3) {
            true => self.chance.below(self.threads),
            false => program.last().map_or(0, |step| step.thread),
        };
        program.push(Step { thread, op });
    }

    fn open(&mut self) -> Op {
        let slot = self.slot();
        let of = if self.chance.one_in(4) || self.nodes.is_empty() {
            &self.files
        } else {
            &self.nodes
        };
        match self.chance.of(of) {
            Some(path) => Op::Open(slot, path.clone()),
            None => Op::Reload(Vec::new()),
        }
    }

    /// Mostly the first.
    fn slot(&mut self) -> usize {
        match self.chance.one_in(3) {
            true => self.chance.below(SLOTS),
            false => 0,
        }
    }

    fn op(&mut self, program: &[Step]) -> Op {
        let opened = program.iter().filter_map(|step| match step.op {
            Op::Open(slot, _) => Some(slot),
            _ => None,
        });
        let opened: Vec<usize> = opened.collect();
        let slot = match self.chance.of(&opened) {
            Some(slot) if !self.chance.one_in(10) => *slot,
            _ => self.slot(),
        };
        if !self.ioctls.is_empty() && self.chance.one_in(3) {
            return self.ioctl(slot);
        }
        match self.chance.below(16) {
            0 | 1 => self.open(),
            2 => Op::Close(slot),
            3 => Op::Seek(slot, self.chance.value()),
            4..=6 => Op::Read(slot, self.chance.value() as usize % 9000),
            7..=9 => {
                let data = match self.chance.one_in(2) {
                    true => self.chance.text(),
                    false => {
                        let count = self.chance.value() as usize % 5000;
                        self.chance.bytes(count)
                    }
                };
                Op::Write(slot, data)
            }
            10..=12 => match self.chance.of(&self.files).cloned() {
                Some(path) => Op::Get(path),
                None => self.open(),
            },
            _ => match self.chance.of(&self.files).cloned() {
                Some(path) => Op::Put(path, self.chance.text()),
                None => self.open(),
            },
        }
    }

    fn reload(&mut self) -> Op {
        let mut params = Vec::new();
        for name in &self.params {
            if self.chance.one_in(2) {
                let value = self.chance.text();
                let value = String::from_utf8_lossy(&value);
                let value = value.trim().replace(['\0', '"', ' '], "");
                params.push(format!("{name}={value}"));
            }
        }
        Op::Reload(params)
    }

    fn ioctl(&mut self, slot: usize) -> Op {
        let at = self.chance.below(self.ioctls.len());
        let Ioctl {
            number,
            size,
            takes_value,
            ref widths,
        } = self.ioctls[at];
        let data = match self.chance.one_in(4) {
            true => self.chance.bytes(size.max(1)),
            false => self.chance.numbers(widths, size.max(1)),
        };
        // Some other number, now and then.
        let number = match self.chance.one_in(30) {
            true => number ^ (1 << self.chance.below(32)),
            false => number,
        };
        if takes_value || self.chance.one_in(20) {
            return Op::Value(slot, number, self.chance.value() as usize % (1 << 16));
        }
        Op::Memory(slot, number, data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay;

    #[test]
    fn what_is_written_is_a_program() {
        let declared = "file /dev/a{index}\nfile /proc/sys/a\nparam p\nioctl 1074021377 6 false 4 2\n\
                        ioctl 3 0 true";
        let mut writer = Writer::new(declared, 1, 3).unwrap();
        for round in 0..5000 {
            let program = writer.program();
            assert_eq!(
                replay::parse(&replay::text(&program)),
                Some(program.clone())
            );
            if round % 50 == 0 {
                writer.keep(program);
            }
        }
        assert!(Writer::new("", 1, 1).is_err() && Writer::new("fly", 1, 1).is_err());
    }
}
