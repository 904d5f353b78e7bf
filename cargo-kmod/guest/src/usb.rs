// SPDX-License-Identifier: GPL-2.0-only
//! USB devices whose other side is the test: the kernel's `dummy_hcd` and `gadgetfs`.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::guest::require;
use crate::{Mounted, events, mount, sysfs, until};

const O_NONBLOCK: i32 = 0o4000;

/// The size of `struct usb_gadgetfs_event`.
const EVENT: usize = 12;

/// The event that is a control request.
const SETUP: u32 = 3;

/// How long the other side waits before it looks whether it is to stop.
const BEAT: Duration = Duration::from_millis(20);

/// A control request, as the device sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// `bRequestType`; 0x80 is set if the device is asked for something.
    pub kind: u8,
    /// `bRequest`
    pub request: u8,
    /// `wValue`
    pub value: u16,
    /// `wIndex`
    pub index: u16,
    /// `wLength`
    pub length: u16,
}

/// How a device answers a control request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It is done, or these bytes are given, of at most 256.
    Bytes(Vec<u8>),
    /// It is refused. One that brings bytes cannot be, by this controller: for the host it is over before the device
    /// hears of it. If the host asks for something else at once, its bytes are lost.
    Stall,
    /// Not at all, until the host has given it up and asks for something else, of which the first is refused, or the
    /// first few.
    Never,
}

/// An endpoint: its address (0x81 and 0x86 are bulk-in, 0x02 and 0x07 are bulk-out, 0x85 is interrupt-in), kind
/// (2 for bulk, 3 for interrupt), size of packets, and interval.
pub type Endpoint = (u8, u8, u16, u8);

/// What a device says that it is.
#[derive(Clone, Debug)]
pub struct UsbFunction {
    /// Its vendor and product.
    pub ids: (u16, u16),
    /// Its interfaces: class, subclass, protocol, and their endpoints.
    pub interfaces: Vec<([u8; 3], Vec<Endpoint>)>,
    /// Its manufacturer, product and serial number, as far as it has them.
    pub strings: Vec<String>,
}

impl UsbFunction {
    /// The device descriptor.
    fn device(&self) -> Vec<u8> {
        let mut bytes = vec![18, 1, 0, 2, 0, 0, 0, 64];
        bytes.extend(self.ids.0.to_le_bytes());
        bytes.extend(self.ids.1.to_le_bytes());
        bytes.extend([0x34, 0x12]);
        bytes.extend([1, 2, 3].map(|number| {
            let is_there = usize::from(number) <= self.strings.len();
            if is_there { number } else { 0 }
        }));
        bytes.push(1);
        bytes
    }

    /// The configuration, with all that is in it.
    fn configuration(&self) -> Vec<u8> {
        let mut bytes = vec![9, 2, 0, 0, byte(self.interfaces.len()), 1, 0, 0xc0, 1];
        for (number, (class, endpoints)) in self.interfaces.iter().enumerate() {
            bytes.extend([9, 4, byte(number), 0, byte(endpoints.len())]);
            bytes.extend(class);
            bytes.push(0);
            bytes.extend(endpoints.iter().flat_map(endpoint));
        }
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        bytes[2..4].copy_from_slice(&length.to_le_bytes());
        bytes
    }

    /// The string of this number.
    fn string(&self, number: u8) -> Answer {
        let units: Vec<u16> = match number {
            // The languages: English of the USA.
            0 => vec![0x409],
            _ => match self.strings.get(usize::from(number) - 1) {
                Some(string) => string.encode_utf16().collect(),
                None => return Answer::Stall,
            },
        };
        let mut bytes = vec![byte(2 + 2 * units.len()), 3];
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        Answer::Bytes(bytes)
    }
}

/// An endpoint's descriptor.
fn endpoint((address, kind, size, interval): &Endpoint) -> [u8; 7] {
    let [low, high] = size.to_le_bytes();
    [7, 5, *address, *kind, low, high, *interval]
}

fn byte(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// What answers requests for a device, with the bytes that came with them.
type Answers = dyn Fn(&Control, &[u8]) -> Answer + Send + Sync;

/// A device, plugged in until it is dropped.
pub struct UsbGadget {
    other_side: Arc<OtherSide>,
    thread: Mutex<Option<JoinHandle<()>>>,
    ids: (u16, u16),
}

/// What answers for a device.
struct OtherSide {
    function: UsbFunction,
    answers: Box<Answers>,
    asked: Mutex<Vec<Control>>,
    endpoints: Mutex<HashMap<u8, Arc<File>>>,
    configured: AtomicBool,
    /// The next request was refused before it was heard.
    refused: AtomicBool,
    stop: AtomicBool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the kernel has the files of the devices that user space is.
fn folder() -> io::Result<&'static Path> {
    static MOUNTED: OnceLock<Mounted> = OnceLock::new();
    let mounted = match MOUNTED.get() {
        Some(mounted) => mounted,
        None => {
            let mounted = mount("gadgetfs")?;
            MOUNTED.get_or_init(|| mounted)
        }
    };
    Ok(mounted.path())
}

/// The file in it whose name begins so.
fn file_of(begin: &str) -> io::Result<PathBuf> {
    let found = sysfs::below(folder()?, begin);
    found.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, begin.to_owned()))
}

impl OtherSide {
    /// Takes what the host asks for, and answers, until it is to stop.
    fn run(&self, control: &File) {
        while !self.stop.load(Ordering::Relaxed) {
            let ready = events::poll(control, libc::POLLIN, BEAT).unwrap_or(0);
            if ready & libc::POLLIN == 0 {
                continue;
            }
            let (mut reader, mut event) = (control, [0; EVENT]);
            if reader.read(&mut event).is_ok_and(|read| read == EVENT) {
                self.hear(control, event);
            }
        }
        // `gadgetfs` frees an answer that the host has not taken yet, and the controller uses it after that: the
        // host gets the time that it needs.
        thread::sleep(5 * BEAT);
    }

    fn hear(&self, control: &File, event: [u8; EVENT]) {
        let [kind, request, v0, v1, i0, i1, l0, l1, what @ ..] = event;
        if u32::from_ne_bytes(what) != SETUP {
            return;
        }
        let setup = Control {
            kind,
            request,
            value: u16::from_le_bytes([v0, v1]),
            index: u16::from_le_bytes([i0, i1]),
            length: u16::from_le_bytes([l0, l1]),
        };
        if self.refused.swap(false, Ordering::Relaxed) {
            // An answer would wait for ever for somebody who asks.
            self.reply(control, &setup, &Answer::Stall);
            return;
        }
        let bytes = self.taken(control, &setup);
        let answer = match (setup.kind, setup.request) {
            (0x80, 6) if setup.value >> 8 == 3 => self.function.string(v0),
            (0x00, 9) => {
                if let Err(error) = self.configure() {
                    eprintln!("the device has no endpoints: {error}");
                }
                Answer::Bytes(Vec::new())
            }
            (0x01, 11) => Answer::Bytes(Vec::new()),
            _ => {
                let answer = (self.answers)(&setup, &bytes);
                locked(&self.asked).push(setup);
                answer
            }
        };
        self.reply(control, &setup, &answer);
        if (setup.kind, setup.request) == (0x00, 9) {
            self.configured.store(true, Ordering::Release);
        }
    }

    /// The bytes that a request brings.
    fn taken(&self, mut control: &File, setup: &Control) -> Vec<u8> {
        let mut bytes = vec![0; setup.length.into()];
        if setup.kind & 0x80 != 0 || bytes.is_empty() {
            return Vec::new();
        }
        while !self.stop.load(Ordering::Relaxed) {
            match control.read(&mut bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => thread::yield_now(),
                Ok(read) => {
                    bytes.truncate(read);
                    return bytes;
                }
                Err(_) => break,
            }
        }
        Vec::new()
    }

    fn reply(&self, mut control: &File, setup: &Control, answer: &Answer) {
        let is_in = setup.kind & 0x80 != 0;
        // The device may be out meanwhile, and a wrong direction is an error that refuses.
        let _ = match answer {
            Answer::Bytes(bytes) if is_in => control.write(bytes),
            // What brings bytes was answered when they were taken.
            Answer::Bytes(_) | Answer::Stall if !is_in && setup.length > 0 => Ok(0),
            Answer::Bytes(_) => control.read(&mut []),
            Answer::Stall if is_in => control.read(&mut [0; EVENT]),
            Answer::Stall => control.write(&[]),
            Answer::Never => {
                while !self.stop.load(Ordering::Relaxed) {
                    if events::poll(control, 0, BEAT).is_ok_and(|ready| ready & libc::POLLHUP != 0)
                    {
                        // It is asked something else, which that refuses, unless it was disconnected.
                        let aborted = control.read(&mut [0; EVENT]).is_err();
                        self.refused.store(aborted, Ordering::Relaxed);
                        break;
                    }
                }
                Ok(0)
            }
        };
    }

    /// Opens the endpoints.
    fn configure(&self) -> io::Result<()> {
        let mut open = locked(&self.endpoints);
        let all = self.function.interfaces.iter().flat_map(|(_, all)| all);
        for one in all {
            let direction = if one.0 & 0x80 == 0 { "out" } else { "in" };
            if open.contains_key(&one.0) {
                continue;
            }
            let path = file_of(&format!("ep{}{direction}", one.0 & 0x7f))?;
            let file = OpenOptions::new().read(true).write(true).open(path)?;
            let mut bytes = 1_u32.to_ne_bytes().to_vec();
            // One that says to the host that its packets have no byte has some.
            let (address, kind, size, interval) = *one;
            bytes.extend(endpoint(&(address, kind, size.max(8), interval)));
            (&file).write_all(&bytes)?;
            open.insert(one.0, Arc::new(file));
        }
        Ok(())
    }
}

impl UsbGadget {
    /// Plugs one in that answers so, and waits until the host has configured it: drivers are bound a little later.
    /// There is one at a time.
    ///
    /// # Errors
    ///
    /// If the kernel has none of it: list `dummy_hcd` and `gadgetfs` among `modules` in
    /// `[package.metadata.kmod]`. If the function is none.
    pub fn plug(
        function: UsbFunction,
        answers: impl Fn(&Control, &[u8]) -> Answer + Send + Sync + 'static,
    ) -> io::Result<Self> {
        require();
        let mut options = OpenOptions::new();
        options.read(true).write(true).custom_flags(O_NONBLOCK);
        let control = options.open(file_of("dummy_udc")?)?;
        let mut bytes = 0_u32.to_ne_bytes().to_vec();
        bytes.extend(function.configuration());
        bytes.extend(function.device());
        (&control).write_all(&bytes)?;
        let ids = function.ids;
        let other_side = Arc::new(OtherSide {
            function,
            answers: Box::new(answers),
            asked: Mutex::default(),
            endpoints: Mutex::default(),
            configured: AtomicBool::new(false),
            refused: AtomicBool::new(false),
            stop: AtomicBool::new(false),
        });
        let thread = thread::spawn({
            let other_side = other_side.clone();
            move || other_side.run(&control)
        });
        let gadget = Self {
            other_side,
            thread: Mutex::new(Some(thread)),
            ids,
        };
        until(|| gadget.other_side.configured.load(Ordering::Acquire));
        Ok(gadget)
    }

    /// The folder of one of its interfaces in sysfs, once it is there.
    pub fn interface(&self, number: usize) -> PathBuf {
        let end = format!(":1.{number}");
        let is_it = |path: &Path| {
            let device = path.to_string_lossy().trim_end_matches(&end).to_owned();
            let id = |file| {
                let text = fs::read_to_string(Path::new(&device).join(file)).unwrap_or_default();
                u16::from_str_radix(text.trim(), 16).ok()
            };
            path.to_string_lossy().ends_with(&end)
                && (id("idVendor"), id("idProduct")) == (Some(self.ids.0), Some(self.ids.1))
        };
        let find = || {
            let all = fs::read_dir("/sys/bus/usb/devices").into_iter().flatten();
            let mut paths = all.flatten().map(|entry| entry.path());
            paths.find(|path| is_it(path))
        };
        until(|| find().is_some());
        find().unwrap_or_default()
    }

    /// By which name sysfs knows one of its interfaces.
    pub fn name(&self, number: usize) -> String {
        sysfs::name(&self.interface(number))
    }

    /// The name of the driver that has one of its interfaces, or is about to.
    pub fn driver(&self, number: usize) -> Option<String> {
        sysfs::driver(&self.interface(number))
    }

    /// What it was asked since the last time that this was called, but for what each device is asked.
    pub fn asked(&self) -> Vec<Control> {
        std::mem::take(&mut *locked(&self.other_side.asked))
    }

    fn endpoint(&self, address: u8) -> io::Result<Arc<File>> {
        let endpoints = locked(&self.other_side.endpoints);
        let file = endpoints.get(&address).cloned();
        file.ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Sends something by an endpoint, and waits until the host has taken it.
    ///
    /// # Errors
    ///
    /// If the device is pulled out meanwhile, or has no such endpoint.
    pub fn send(&self, address: u8, bytes: &[u8]) -> io::Result<()> {
        (&*self.endpoint(address)?).write(bytes).map(drop)
    }

    /// Takes what the host sends by an endpoint, up to a packet that is short, or so many bytes.
    ///
    /// # Errors
    ///
    /// If the device is pulled out meanwhile, or has no such endpoint.
    pub fn receive(&self, address: u8, size: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; size];
        let read = (&*self.endpoint(address)?).read(&mut bytes)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    /// Stalls an endpoint: the host is refused until it clears that.
    ///
    /// # Errors
    ///
    /// If the device has no such endpoint.
    pub fn stall(&self, address: u8) -> io::Result<()> {
        let file = self.endpoint(address)?;
        // The wrong direction, which is an error, stalls it.
        let _ = if address & 0x80 == 0 {
            (&*file).write(&[0])
        } else {
            (&*file).read(&mut [0])
        };
        Ok(())
    }

    /// Pulls it out.
    pub fn unplug(&self) {
        self.other_side.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = locked(&self.thread).take() {
            let _ = thread.join();
        }
    }
}

impl Drop for UsbGadget {
    fn drop(&mut self) {
        self.unplug();
    }
}
