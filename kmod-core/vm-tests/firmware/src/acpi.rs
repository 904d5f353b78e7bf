// SPDX-License-Identifier: GPL-2.0-only
//! A device of firmware's, by commands to a node.

use core::fmt::Write;

use kmod_core::prelude::*;

use crate::dump::{Text, dump};
use crate::{DROPPED, GONE, typed};

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl AcpiDriver for Driver {
    type Device = Device;
    type Id = &'static str;

    fn probe(&self, device: &AcpiDevice<'_, Self>) -> Result<Device> {
        let (name, id, number) = (device.name(), device.id(), device.integer(c"NUMB", &[]));
        pr_info!("{name} is {id}: {number:x?}");
        Ok(Device::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Device {
    #[bus]
    firmware: AcpiHandle,
    #[acpi_notify]
    notified: AcpiNotify<Notified>,
    #[misc(name = "vm_firmware_acpi{index}", mode = 0o666)]
    node: Node,
    answer: Mutex<Text>,
    event: AtomicU32,
    events: AtomicU32,
    came: Completion,
    never: Completion,
}

impl Drop for Device {
    fn drop(&mut self) {
        let error = self.firmware.integer(c"NUMB", &[]).err();
        let error = error.map_or(0, |error| error.to_errno().unsigned_abs());
        DROPPED.store(error, Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Notified;

#[handlers]
impl AcpiNotifyHandler for Notified {
    type Instance = Device;

    fn notified(&self, call: &AcpiNotifyCall<'_, Self>) {
        let device = call.instance();
        // It can ask firmware itself.
        if device
            .firmware
            .integer(c"ADDS", &[AcpiArgument::Integer(1); 2])
            != Ok(2)
        {
            pr_err!("a handler cannot ask firmware");
        }
        device.event.store(call.event(), Ordering::Relaxed);
        device.events.fetch_add(1, Ordering::Relaxed);
        device.came.complete();
        // One that waits for what does not come, until the device goes.
        if call.event() == 0xdd {
            let end = device.never.wait_uninterruptible();
            if end != Err(ENODEV) {
                pr_err!("a handler's sleep ended with {:?}", end);
            }
        }
    }
}

/// A device of which firmware does not tell.
#[derive(Default)]
pub(crate) struct Without;

#[handlers]
impl PlatformDriver for Without {
    type Device = Nothing;

    fn probe(&self, _device: &PlatformDevice<'_, Self>) -> Result<Nothing> {
        Ok(Nothing::default())
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Nothing {
    #[acpi_notify]
    notified: AcpiNotify<Ignored>,
}

#[derive(Default)]
struct Ignored;

#[handlers]
impl AcpiNotifyHandler for Ignored {
    fn notified(&self, _call: &AcpiNotifyCall<'_, Self>) {}
}

#[derive(Default)]
struct Node;

/// A word with a NUL after it.
fn c_string<'b>(word: &str, buffer: &'b mut [u8; 32]) -> Result<&'b CStr> {
    let to = buffer.get_mut(..word.len()).ok_or(EINVAL)?;
    to.copy_from_slice(word.as_bytes());
    CStr::from_bytes_until_nul(buffer).map_err(|_| EINVAL)
}

impl Device {
    fn run(&self, text: &str) -> Result<Text> {
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let (how, name) = command.split_at_checked(1).ok_or(EINVAL)?;
        let (mut buffer, mut string) = ([0; 32], [0; 32]);
        let name = c_string(name, &mut buffer)?;
        let argument = match words.next() {
            None => None,
            Some(word) => Some(match word.split_at_checked(1).ok_or(EINVAL)? {
                ("i", number) => AcpiArgument::Integer(kmod_core::str::parse(number)?),
                ("s", text) => AcpiArgument::String(c_string(text, &mut string)?),
                ("b", bytes) => AcpiArgument::Buffer(bytes.as_bytes()),
                _ => return Err(EINVAL),
            }),
        };
        // As often as is said.
        let times: usize = kmod_core::str::parse(words.next().unwrap_or("1"))?;
        let all = argument.map(|argument| [argument; 8]);
        let arguments = all.as_ref().map_or(&[][..], |all| all.as_slice());
        let arguments = arguments
            .get(..times.min(arguments.len()))
            .unwrap_or_default();
        let mut answer = Text::default();
        match how {
            "=" => dump(
                &mut answer,
                self.firmware.evaluate(name, arguments)?.value(),
            )?,
            "!" => self.firmware.call(name, arguments)?,
            "?" => write!(answer, "{}", self.firmware.has(name))?,
            "~" => {
                self.came.reinit();
                self.firmware.call(name, arguments)?;
                self.came.wait()?;
                write!(answer, "{:x}", self.event.load(Ordering::Relaxed))?;
            }
            "#" => write!(answer, "{}", self.events.load(Ordering::Relaxed))?,
            "*" => return typed::answers(&self.firmware),
            _ => return Err(ENOTTY),
        }
        Ok(answer)
    }
}

#[file_operations]
impl FileOperations for Node {
    type Instance = Device;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        to.write(file.instance().answer.lock().as_bytes()).map(drop)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let answer = file.instance().run(text)?;
        *file.instance().answer.lock() = answer;
        Ok(())
    }
}
