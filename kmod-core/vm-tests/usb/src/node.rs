// SPDX-License-Identifier: GPL-2.0-only
//! A node that takes commands, and gives what they gave.

use core::time::Duration;
use kmod_core::prelude::*;

use crate::Gadget;

/// What a command gave.
#[derive(Default)]
pub(crate) struct Answer {
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

pub(crate) struct Node;

impl Gadget {
    /// What a command gives, of a request or an index, a size, and milliseconds.
    fn run(&self, command: &str, number: u8, size: usize, timeout: u64) -> Result<Answer> {
        if size > 0x80_0000 {
            return Err(E2BIG);
        }
        let timeout = Duration::from_millis(timeout);
        let request = UsbRequest::vendor(number).value(0x102).index(0x304);
        let mut buffer = KVec::from_elem(0x77, size, GFP_KERNEL)?;
        let bytes = &mut buffer;
        match command {
            "in" => self
                .usb
                .control_in(&request, bytes, timeout)
                .map(Answer::of),
            "out" => Answer::number(self.usb.control_out(&request, bytes, timeout)?),
            "class" => {
                let request = UsbRequest::class(number).interface(0);
                Answer::number(self.usb.control_out(&request, bytes, timeout)?)
            }
            "read" => {
                let endpoint = self.bulk_in.as_ref().ok_or(ENXIO)?;
                self.usb.read(endpoint, bytes, timeout).map(Answer::of)
            }
            "report" => {
                let endpoint = self.interrupt_in.as_ref().ok_or(ENXIO)?;
                self.usb.read(endpoint, bytes, timeout).map(Answer::of)
            }
            "write" => {
                let endpoint = self.bulk_out.as_ref().ok_or(ENXIO)?;
                Answer::number(self.usb.write(endpoint, bytes, timeout)?)
            }
            "clear" => {
                let endpoint = self.bulk_in.as_ref().ok_or(ENXIO)?;
                self.usb.clear_halt(endpoint)?;
                Ok(Answer::default())
            }
            "clear_out" => {
                let endpoint = self.bulk_out.as_ref().ok_or(ENXIO)?;
                self.usb.clear_halt(endpoint)?;
                Ok(Answer::default())
            }
            "string" => {
                let text = self.usb.string(number, bytes)?;
                Ok(Answer::of(text.as_bytes()))
            }
            "sizes" => {
                let endpoint = self.bulk_in.as_ref().ok_or(ENXIO)?;
                let [high, low] = endpoint.max_packet().to_be_bytes();
                let report = self.interrupt_in.as_ref().map_or(0, UsbEndpoint::interval);
                Ok(Answer::of(&[endpoint.address(), high, low, report]))
            }
            "polls" => {
                self.polls.queue();
                Ok(Answer::default())
            }
            "polled" => Ok(Answer::of(
                &self.polled.load(Ordering::Relaxed).to_be_bytes(),
            )),
            _ => Err(ENOTTY),
        }
    }
}

#[file_operations]
impl FileOperations for Node {
    type Instance = Gadget;

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
        let gadget = file.instance();
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let number = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let size = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let timeout = kmod_core::str::parse(words.next().unwrap_or("1000"))?;
        let answer = gadget.run(command, number, size, timeout)?;
        *gadget.answer.lock() = answer;
        Ok(())
    }
}
