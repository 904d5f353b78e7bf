// SPDX-License-Identifier: GPL-2.0-only
//! Human interface devices whose other side is the test: the kernel's `uhid`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::guest::require;
use crate::sysfs::{self, below};
use crate::{events, until};

const O_NONBLOCK: i32 = 0o4000;

/// The size of `struct uhid_event`.
const EVENT: usize = 4376;

/// The size of its buffers of bytes.
const DATA: usize = 4096;

/// What is written to the kernel: numbers of `enum uhid_event_type`.
const DESTROY: u32 = 1;
const GET_REPORT_REPLY: u32 = 10;
const CREATE2: u32 = 11;
const INPUT2: u32 = 12;
const SET_REPORT_REPLY: u32 = 14;

/// What was asked of a device. Kinds of reports are `uhid`'s: 0 for features, 1 for output, 2 for input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is to be there: `hid_hw_start()`.
    Start,
    /// It is not, any more: `hid_hw_stop()`.
    Stop,
    /// Somebody reads it: `hid_hw_open()`.
    Open,
    /// Nobody does.
    Close,
    /// An output report over its own way: `hid_hw_output_report()`.
    Output(Vec<u8>),
    /// A report is asked for, of this number and kind.
    Get(u8, u8),
    /// One is sent, of this number and kind.
    Set(u8, u8, Vec<u8>),
}

/// How a device answers when a report is asked for or sent.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// 0, or that it fails: requests get `EIO` then.
    pub error: u16,
    /// What a report that is asked for has after its number.
    pub bytes: Vec<u8>,
    /// It does not answer at all.
    pub silent: bool,
}

/// A device, from when it is made until it is dropped.
pub struct Uhid {
    file: Arc<File>,
    other_side: Arc<OtherSide>,
    thread: Option<JoinHandle<()>>,
    before: Vec<String>,
}

/// What answers for a device.
#[derive(Default)]
struct OtherSide {
    asked: Mutex<Vec<Asked>>,
    answers: Mutex<Answers>,
    stop: AtomicBool,
}

/// The devices of the bus.
fn devices() -> Vec<String> {
    let all = fs::read_dir("/sys/bus/hid/devices").into_iter().flatten();
    all.flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

impl OtherSide {
    /// Takes what the kernel says, and answers, until it is to stop.
    fn run(&self, file: &File) {
        let mut event = vec![0; EVENT];
        while !self.stop.load(Ordering::Relaxed) {
            if !says(file, Duration::from_millis(50)) {
                continue;
            }
            let (mut reader, mut writer) = (file, file);
            // From before the kernel gives it until it is kept: `all` finds it either there or here.
            let mut seen = self.seen();
            let Ok(read) = reader.read(&mut event) else {
                continue;
            };
            let heard = event
                .get(..read)
                .and_then(|event| self.hear(event, &mut seen));
            drop(seen);
            if let Some(reply) = heard {
                // The device may have gone meanwhile.
                let _ = writer.write(&reply);
            }
        }
    }

    /// Keeps what the kernel says, and gives the answer.
    fn hear(&self, event: &[u8], seen: &mut Vec<Asked>) -> Option<Vec<u8>> {
        let (kind, what) = event.split_first_chunk()?;
        let length = |at: usize| -> Option<usize> {
            let bytes = what.get(at..at + 2)?.try_into().ok()?;
            Some(u16::from_ne_bytes(bytes).into())
        };
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut reply = None;
        let asked = match u32::from_ne_bytes(*kind) {
            2 => Asked::Start,
            3 => Asked::Stop,
            4 => Asked::Open,
            5 => Asked::Close,
            6 => Asked::Output(what.get(..length(DATA)?)?.to_vec()),
            9 => {
                let number = *what.get(4)?;
                let mut bytes = vec![number];
                bytes.extend(&answers.bytes);
                let mut says = GET_REPORT_REPLY.to_ne_bytes().to_vec();
                says.extend(what.get(..4)?);
                says.extend(answers.error.to_ne_bytes());
                says.extend(u16::try_from(bytes.len()).ok()?.to_ne_bytes());
                says.extend(bytes);
                reply = Some(says);
                Asked::Get(number, *what.get(5)?)
            }
            13 => {
                let mut says = SET_REPORT_REPLY.to_ne_bytes().to_vec();
                says.extend(what.get(..4)?);
                says.extend(answers.error.to_ne_bytes());
                reply = Some(says);
                let bytes = what.get(8..8 + length(6)?)?.to_vec();
                Asked::Set(*what.get(4)?, *what.get(5)?, bytes)
            }
            _ => return None,
        };
        seen.push(asked);
        reply.filter(|_| !answers.silent)
    }

    fn seen(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All that the kernel has said until now, also what the thread has still to read.
    fn all(&self, file: &File) -> MutexGuard<'_, Vec<Asked>> {
        loop {
            let seen = self.seen();
            if !says(file, Duration::ZERO) {
                return seen;
            }
            drop(seen);
            thread::yield_now();
        }
    }
}

/// Whether the kernel says something within that time.
fn says(file: &File, within: Duration) -> bool {
    events::poll(file, libc::POLLIN, within).is_ok_and(|ready| ready & libc::POLLIN != 0)
}

impl Uhid {
    /// Makes one on this bus (6 is `BUS_VIRTUAL`), of this vendor and product, with this descriptor, which has no
    /// bytes to give when it is asked. It is there a little later: [`folder`](Uhid::folder) waits for it.
    ///
    /// # Errors
    ///
    /// If `/dev/uhid` cannot be opened: list `uhid` among `modules` in `[package.metadata.kmod]`. If the
    /// descriptor has no byte, or more than 4,096.
    pub fn new(bus: u16, vendor: u32, product: u32, descriptor: &[u8]) -> io::Result<Self> {
        Self::answering(Answers::default(), bus, vendor, product, descriptor)
    }

    /// The same, which answers so from the beginning.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Uhid::new).
    pub fn answering(
        answers: Answers,
        bus: u16,
        vendor: u32,
        product: u32,
        descriptor: &[u8],
    ) -> io::Result<Self> {
        require();
        let mut options = OpenOptions::new();
        options.read(true).write(true).custom_flags(O_NONBLOCK);
        let file = Arc::new(options.open("/dev/uhid")?);
        let size = u16::try_from(descriptor.len()).unwrap_or(u16::MAX);
        let mut event = CREATE2.to_ne_bytes().to_vec();
        event.extend(b"kmod-test");
        // Name, place and serial number.
        event.resize(4 + 128 + 64 + 64, 0);
        event.extend(size.to_ne_bytes());
        event.extend(bus.to_ne_bytes());
        // Version 1, of no country.
        for number in [vendor, product, 1, 0] {
            event.extend(number.to_ne_bytes());
        }
        event.extend(descriptor);
        event.resize(EVENT, 0);
        let other_side = Arc::new(OtherSide {
            answers: Mutex::new(answers),
            ..OtherSide::default()
        });
        let before = devices();
        let thread = thread::spawn({
            let (file, other_side) = (file.clone(), other_side.clone());
            move || other_side.run(&file)
        });
        let device = Self {
            file,
            other_side,
            thread: Some(thread),
            before,
        };
        (&*device.file).write_all(&event)?;
        Ok(device)
    }

    /// Its folder in sysfs, once it is there.
    pub fn folder(&self) -> PathBuf {
        let new = || devices().into_iter().find(|it| !self.before.contains(it));
        until(|| new().is_some());
        Path::new("/sys/bus/hid/devices").join(new().unwrap_or_default())
    }

    /// By which name sysfs knows it.
    pub fn name(&self) -> String {
        sysfs::name(&self.folder())
    }

    /// The name of the driver that has it, or is about to.
    pub fn driver(&self) -> Option<String> {
        sysfs::driver(&self.folder())
    }

    /// The node of its first input device, once that is there: the folder in sysfs comes before the node.
    pub fn input_node(&self) -> PathBuf {
        let inputs = self.folder().join("input");
        let node = || {
            let event = below(&below(&inputs, "input")?, "event")?;
            let node = Path::new("/dev/input").join(event.file_name()?);
            node.exists().then_some(node)
        };
        until(|| node().is_some());
        node().unwrap_or_default()
    }

    /// The node of its raw reports, if it has one.
    pub fn hidraw_node(&self) -> Option<PathBuf> {
        let raw = below(&self.folder().join("hidraw"), "hidraw")?;
        Some(Path::new("/dev").join(raw.file_name()?))
    }

    /// Sends a report.
    ///
    /// While its driver is being bound, the kernel drops what comes, and no error says so.
    ///
    /// # Errors
    ///
    /// The kernel's, if the device has gone.
    pub fn send(&self, report: &[u8]) -> io::Result<()> {
        let mut event = INPUT2.to_ne_bytes().to_vec();
        event.extend(
            u16::try_from(report.len())
                .unwrap_or(u16::MAX)
                .to_ne_bytes(),
        );
        event.extend(report);
        (&*self.file).write(&event).map(drop)
    }

    /// Pulls it out. What was opened of it stays open, and answers errors.
    pub fn unplug(&self) {
        // It may be out already.
        let _ = (&*self.file).write(&DESTROY.to_ne_bytes());
    }

    /// How it answers from now on.
    pub fn answer(&self, answers: Answers) {
        let mut now = self
            .other_side
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *now = answers;
    }

    /// What was asked of it since the last time that this was called.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.other_side.all(&self.file))
    }

    /// Whether this was asked of it since then.
    pub fn was_asked(&self, what: &Asked) -> bool {
        self.other_side.all(&self.file).contains(what)
    }
}

impl Drop for Uhid {
    fn drop(&mut self) {
        self.unplug();
        self.other_side.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
