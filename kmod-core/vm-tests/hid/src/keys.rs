// SPDX-License-Identifier: GPL-2.0-only
//! A keyboard with a lamp and settings, by commands to a node.

use kmod_core::prelude::*;

use crate::{DROPPED, Devices, GONE, REMOVED, settings};

/// What the driver's ids say.
#[derive(Debug)]
pub(crate) enum Model {
    Small,
    Large,
}

/// One key, `z`, eight times, and the report that nobody knows.
static OTHER: [u8; 36] = [
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, 0x01, 0x05, 0x07, 0x09, 0x1d, 0x15, 0x00, 0x25, 0x01,
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x85, 0x03, 0x06, 0x00, 0xff, 0x09, 0x02, 0x75, 0x08, 0x95,
    0x04, 0x81, 0x02, 0xc0,
];

/// More than the kernel is given.
static LONG: [u8; 0x1_0000] = [0; 0x1_0000];

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl HidDriver for Driver {
    type Module = Devices;
    type Device = Keyboard;
    type Id = Model;

    fn report_fixup<'r>(&self, fixup: &HidFixup<'_, Self>, descriptor: &'r mut [u8]) -> &'r [u8] {
        let _ = fixup.module();
        match Devices::params().fixup() {
            // The keys are `1` to `8`, or on a large one `2` to `9`.
            1 => {
                let first = match fixup.id() {
                    Model::Small => 0x1e,
                    Model::Large => 0x1f,
                };
                if let Some([low, _, high]) = descriptor.get_mut(11..14) {
                    *low = first;
                    *high = first + 7;
                }
                descriptor
            }
            2 => descriptor.get(..5).unwrap_or_default(),
            3 => &OTHER,
            4 => &[],
            5 => &LONG,
            _ => descriptor,
        }
    }

    fn probe(&self, device: &HidDevice<'_, Self>) -> Result<Keyboard> {
        match Devices::params().fail() {
            0 => {}
            1 => return Err(EIO),
            _ => return Err(EPROBE_DEFER),
        }
        let (id, ids) = (device.id(), device.ids()?);
        let first = settings(device);
        let (bus, vendor, product) = (ids.bus, ids.vendor, ids.product);
        dev_info!(
            device,
            "{bus:x}:{vendor:x}:{product:x} is {id:?}: {first:#x}"
        );
        Ok(Keyboard::default())
    }

    fn remove(&self, keyboard: &Keyboard) {
        REMOVED.store(settings(&keyboard.hid), Ordering::Relaxed);
    }

    fn raw_event(&self, keyboard: &Keyboard, report: &mut HidReport<'_>) -> Result {
        let length = report.bytes().len();
        keyboard.reports.fetch_add(1, Ordering::Relaxed);
        keyboard.length.store(length.try_into()?, Ordering::Relaxed);
        keyboard.told.queue();
        match report.bytes_mut() {
            [3, 0xee, ..] => Err(EIO),
            [3, 0xff, second, ..] => {
                *second = 0x55;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn event(&self, keyboard: &Keyboard, event: &HidEvent) -> HidReturn {
        keyboard.events.fetch_add(1, Ordering::Relaxed);
        match event.usage.usage() {
            0x7_0005 => HidReturn::Handled,
            _ => HidReturn::Unhandled,
        }
    }

    fn input_mapping(&self, keyboard: &Keyboard, usage: &HidUsage) -> HidMapping {
        keyboard.controls.fetch_add(1, Ordering::Relaxed);
        // Nothing that the device owns is there yet.
        keyboard.told.queue();
        if usage.application() != 0x1_0006 || usage.report() != 1 {
            return HidMapping::Default;
        }
        match usage.usage() {
            0x7_0006 => HidMapping::Ignore,
            0x7_0007 => HidMapping::Key(input::KEY_PHONE),
            0x7_000a => HidMapping::Relative(input::REL_X),
            0x7_000b => HidMapping::Absolute(input::ABS_Y),
            _ => HidMapping::Default,
        }
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Keyboard {
    #[bus]
    hid: HidHandle,
    /// Asks the device whenever a report has come.
    #[work]
    told: Work<Told>,
    #[led(name = "vm_hid{index}", max_brightness = 3)]
    lamp: Led<Lamp>,
    #[misc(name = "vm_hid{index}", mode = 0o666)]
    node: Node,
    reports: AtomicU32,
    length: AtomicU32,
    events: AtomicU32,
    controls: AtomicU32,
    asked: AtomicU32,
    asks: AtomicBool,
    answer: Mutex<Answer>,
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        DROPPED.store(settings(&self.hid), Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Told;

#[handlers]
impl WorkHandler for Told {
    type Instance = Keyboard;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let keyboard = work.instance();
        if keyboard.asks.load(Ordering::Relaxed) {
            settings(&keyboard.hid);
            keyboard.asked.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Lamp;

#[handlers]
impl LedOps for Lamp {
    type Instance = Keyboard;

    fn brightness_set_blocking(&self, led: &LedCall<'_, Self>, brightness: u32) -> Result {
        let report = [1, brightness.try_into()?];
        led.instance()
            .hid
            .set_report(HidReportKind::Output, &report)?;
        Ok(())
    }
}

/// What a command gave.
#[derive(Default)]
struct Answer {
    bytes: [u8; 32],
    length: usize,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let mut answer = Self::default();
        for (to, from) in answer.bytes.iter_mut().zip(bytes) {
            *to = *from;
            answer.length += 1;
        }
        answer
    }

    fn number(number: usize) -> Result<Self> {
        Ok(Self::of(&u32::try_from(number)?.to_be_bytes()))
    }
}

#[derive(Default)]
struct Node;

impl Keyboard {
    /// What a command gives, of a kind of reports, a number and a size.
    fn run(&self, command: &str, kind: HidReportKind, number: u8, size: usize) -> Result<Answer> {
        if size > 0x1_0000 {
            return Err(E2BIG);
        }
        let mut buffer = KVec::from_elem(0x77, size, GFP_KERNEL)?;
        if let Some(first) = buffer.first_mut() {
            *first = number;
        }
        match command {
            "get" => Ok(Answer::of(self.hid.get_report(
                kind,
                number,
                &mut buffer,
            )?)),
            "set" => Answer::number(self.hid.set_report(kind, &buffer)?),
            "output" => Answer::number(self.hid.output_report(&buffer)?),
            "asks" => {
                self.asks.store(size != 0, Ordering::Relaxed);
                Ok(Answer::default())
            }
            "counts" => {
                let counts = [&self.reports, &self.length, &self.events, &self.controls];
                let counts = counts.map(|count| count.load(Ordering::Relaxed).to_be_bytes());
                Ok(Answer::of(counts.as_flattened()))
            }
            "asked" => Ok(Answer::of(
                &self.asked.load(Ordering::Relaxed).to_be_bytes(),
            )),
            _ => Err(ENOTTY),
        }
    }
}

#[file_operations]
impl FileOperations for Node {
    type Instance = Keyboard;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let answer = file.instance().answer.lock();
        for byte in answer.bytes.get(..answer.length).unwrap_or_default() {
            write!(to, "{byte:02x}")?;
        }
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let keyboard = file.instance();
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let kind = match words.next() {
            Some("1") => HidReportKind::Output,
            Some("2") => HidReportKind::Feature,
            _ => HidReportKind::Input,
        };
        let number = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let size = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let answer = keyboard.run(command, kind, number, size)?;
        *keyboard.answer.lock() = answer;
        Ok(())
    }
}
