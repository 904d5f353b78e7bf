// SPDX-License-Identifier: GPL-2.0-only
//! Progress on standard error: a spinner on a terminal; elsewhere a line per phase, and one now and
//! then during a long one.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// How often a phase says that it is still under way, where nothing can be drawn.
const STILL: Duration = Duration::from_secs(20);

/// Where progress is told.
pub struct Progress {
    quiet: bool,
    verbose: bool,
    terminal: bool,
    /// Warnings that were shown.
    warned: Mutex<BTreeSet<String>>,
    /// Phases may run side by side.
    bars: MultiProgress,
}

impl Progress {
    /// Tells nothing when `quiet`; draws nothing over the commands' own output when `verbose`.
    pub fn new(quiet: bool, verbose: bool) -> Progress {
        Progress {
            quiet,
            verbose,
            warned: Mutex::default(),
            terminal: !verbose && io::stderr().is_terminal(),
            bars: MultiProgress::new(),
        }
    }

    /// Begins a phase: "building hello.ko". It ends with `done`, or unfinished when dropped.
    pub fn phase(&self, what: impl Into<String>) -> Phase {
        let what = what.into();
        let (mut bar, mut still) = (None, None);
        if self.terminal && !self.quiet {
            bar = Some(spinner(&self.bars, &what));
        } else if !self.quiet {
            eprintln!("  ... {what}");
            still = Some(say_still(what.clone()));
        }
        Phase {
            what,
            bar,
            _still: still,
            start: Instant::now(),
            quiet: self.quiet,
            finished: false,
        }
    }

    /// Shows on a terminal what is waited for, until it is dropped. Elsewhere nothing is said of it.
    pub fn waiting(&self, what: impl Into<String>) -> Waiting {
        let shown = self.terminal && !self.quiet;
        Waiting(shown.then(|| spinner(&self.bars, &what.into())))
    }

    /// Says something that is no phase: a note, a warning.
    pub fn note(&self, text: impl AsRef<str>) {
        if !self.quiet {
            eprintln!("{}", text.as_ref());
        }
    }
    /// Shows what compilers have to say of what they took, with blank lines between: each once, for a
    /// crate is compiled for its tests and for each kernel. Verbose builds have shown it.
    pub fn warnings(&self, text: &str) {
        if self.verbose {
            return;
        }
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        for warning in text.split("\n\n").map(|text| text.trim_matches('\n')) {
            if !warning.is_empty() && warned.insert(warning.to_owned()) {
                self.note(format!("{warning}\n"));
            }
        }
    }
}

fn spinner(bars: &MultiProgress, what: &str) -> ProgressBar {
    let bar = bars.add(ProgressBar::new_spinner().with_message(what.to_owned()));
    let style = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn say_still(what: String) -> Sender<()> {
    let (sender, receiver) = mpsc::channel();
    let start = Instant::now();
    thread::spawn(move || {
        while receiver.recv_timeout(STILL) == Err(RecvTimeoutError::Timeout) {
            eprintln!("      {what}: {} s so far", start.elapsed().as_secs());
        }
    });
    sender
}

/// Something short that is waited for, and not worth a line.
pub struct Waiting(Option<ProgressBar>);

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}

/// One phase under way.
pub struct Phase {
    what: String,
    bar: Option<ProgressBar>,
    /// Ends its thread when dropped.
    _still: Option<Sender<()>>,
    start: Instant,
    quiet: bool,
    finished: bool,
}

impl Phase {
    /// Says what the phase is at: the last line that a tool printed.
    pub fn detail(&self, text: &str) {
        if let Some(bar) = &self.bar {
            let text: String = text.chars().take(60).collect();
            bar.set_message(format!("{}: {text}", self.what));
        }
    }

    /// The phase ended well.
    pub fn done(mut self) {
        self.finish("");
    }

    /// The phase ended well, with a word on how.
    pub fn done_with(mut self, how: &str) {
        self.finish(how);
    }

    fn finish(&mut self, how: &str) {
        self.finished = true;
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if !self.quiet {
            let between = if how.is_empty() { "" } else { ": " };
            let seconds = self.start.elapsed().as_secs_f32();
            eprintln!("  ok  {}{between}{how} ({seconds:.1} s)", self.what);
        }
    }
}

impl Drop for Phase {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if !self.finished && !self.quiet {
            eprintln!(
                "  --  {} ({:.1} s)",
                self.what,
                self.start.elapsed().as_secs_f32()
            );
        }
    }
}
