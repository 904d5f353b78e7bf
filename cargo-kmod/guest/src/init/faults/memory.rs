// SPDX-License-Identifier: GPL-2.0-only
//! What of each system call has failed already.

use std::collections::HashMap;
use std::fs;
use std::io;

/// Where it is kept, from one test to the next, which calls need not fail again.
const DONE: &str = "/run/faults";

/// Before the first allocation of a module's own, a load allocates by how much there is to read, and by its parameters:
/// so many more than another load.
const MARGIN: u32 = 16;

/// Of what fails alike for every module, one in so many does.
const STRIDE: u32 = 16;

/// How many calls of one kind, of one file, are made to fail in a test: others do the same in a loop.
const ALIKE: u32 = 8;

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// This is the next that is to fail.
    Next(u32),
    /// Each has.
    Done,
}

/// What is known of all calls of a test.
#[derive(Default)]
pub struct Memory {
    calls: HashMap<String, Progress>,
    /// Which allocation in the load of a module is the first of its own.
    own: HashMap<String, u32>,
    /// Loads in which some are passed over, and the last that was not; 0 when no more are to be.
    strides: HashMap<String, u32>,
    /// How many calls of a kind this round has seen.
    seen: HashMap<String, u32>,
    /// Calls that went well although something in them failed: what comes after it, the next round has fail.
    pub went_well: u32,
}

impl Memory {
    /// With what earlier tests have done.
    pub fn load() -> Self {
        let done = fs::read_to_string(DONE).unwrap_or_default();
        let mut memory = Self::default();
        for (nth, name) in done.lines().filter_map(|line| line.split_once('\t')) {
            if let Ok(nth) = nth.parse() {
                memory.is_own(name, nth);
            } else {
                memory.done(name);
            }
        }
        memory
    }

    /// Begins a round.
    pub fn begin(&mut self) {
        self.seen.clear();
        self.went_well = 0;
    }

    /// What a call is called in which something may fail; `None` for one of which there have been enough.
    pub fn key(&mut self, kind: &str, is_the_same_everywhere: bool) -> Option<String> {
        if is_the_same_everywhere {
            return Some(kind.to_owned());
        }
        let seen = self.seen.entry(kind.to_owned()).or_default();
        *seen += 1;
        (*seen <= ALIKE).then(|| format!("{kind} #{seen}"))
    }

    /// Which of a call's is to fail next.
    pub fn next(&self, key: &str) -> Option<u32> {
        match self.calls.get(key).copied().unwrap_or(Progress::Next(1)) {
            Progress::Next(nth) => Some(nth),
            Progress::Done => None,
        }
    }

    /// A module is loaded: what the kernel's loader does before, has failed in another load.
    pub fn loads(&mut self, key: &str, module: &str) {
        if let Some(own) = self.own.get(module) {
            let first = own.saturating_sub(MARGIN).max(1);
            let calls = self.calls.entry(key.to_owned());
            calls.or_insert(Progress::Next(first));
        }
    }

    /// One of the module's own has failed in its load.
    pub fn is_own(&mut self, module: &str, nth: u32) {
        let own = self.own.entry(module.to_owned()).or_insert(nth);
        *own = nth.min(*own);
    }

    /// One has failed of those that fail alike for every module: some are passed over.
    pub fn failed_alike(&mut self, key: &str, nth: u32) {
        let last = self.strides.entry(key.to_owned()).or_insert(nth);
        let step = if *last == 0 { 1 } else { STRIDE };
        *last = if *last == 0 { 0 } else { nth };
        self.calls
            .insert(key.to_owned(), Progress::Next(nth + step));
    }

    /// Goes back to what was passed over, once it is known that some of it may not be alike.
    fn goes_back(&mut self, key: &str) -> bool {
        let Some(last) = self.strides.get_mut(key).filter(|last| **last > 0) else {
            return false;
        };
        let next = Progress::Next(*last + 1);
        *last = 0;
        self.calls.insert(key.to_owned(), next);
        true
    }

    /// One has failed.
    pub fn failed(&mut self, key: &str, nth: u32) {
        if !self.goes_back(key) {
            self.calls.insert(key.to_owned(), Progress::Next(nth + 1));
        }
    }

    /// One has of which the kernel does not tell where.
    pub fn failed_somewhere(&mut self, key: &str, nth: u32) {
        self.calls.insert(key.to_owned(), Progress::Next(nth + 1));
    }

    /// All have, but for what was passed over: that is what the call fails with when it is made again.
    pub fn done(&mut self, key: &str) {
        if self.goes_back(key) {
            self.went_well += 1;
            return;
        }
        self.calls.insert(key.to_owned(), Progress::Done);
    }

    /// Keeps what other tests need not do.
    pub fn save(&self) -> io::Result<()> {
        let done = self
            .calls
            .iter()
            .filter(|(key, progress)| **progress == Progress::Done && !key.contains(" #"));
        let done = done.map(|(key, _)| format!("done\t{key}"));
        let own = self
            .own
            .iter()
            .map(|(module, nth)| format!("{nth}\t{module}"));
        let lines: Vec<String> = done.chain(own).collect();
        fs::write(DONE, lines.join("\n"))
    }
}
