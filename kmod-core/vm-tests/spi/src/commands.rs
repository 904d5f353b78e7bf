// SPDX-License-Identifier: GPL-2.0-only
//! What a node does, as the twin's.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::Chip;

/// What the controller takes, and a byte.
pub(crate) const BUFFER: usize = 4097;

/// What goes over without a copy.
pub(crate) struct Buffers {
    pub(crate) from: SpiBuffer,
    pub(crate) to: SpiBuffer,
}

/// Of the bytes, those that the node shows.
fn shown(bytes: &[u8], count: usize) -> Result<KVec<u8>> {
    let mut answer = KVec::new();
    let count = count.min(bytes.len()).min(64);
    answer.extend_from_slice(bytes.get(..count).unwrap_or_default(), GFP_KERNEL)?;
    Ok(answer)
}

impl Chip {
    /// What a command gives.
    fn run(&self, command: &str, first: u32, second: u32) -> Result<KVec<u8>> {
        let buffers = &mut *self.buffers.lock();
        for (index, byte) in buffers.from.iter_mut().enumerate() {
            *byte = (index + 0x80).to_le_bytes()[0];
        }
        buffers.to.fill(0);
        let (register, value) = (first.to_le_bytes()[0], second.to_le_bytes()[0]);
        let (first, second) = (usize::try_from(first)?, usize::try_from(second)?);
        match command {
            "write" => self.spi.write(&[register, value])?,
            "write_n" => self.spi.write(buffers.from.get(..first).ok_or(EINVAL)?)?,
            "read" => {
                let to = buffers.to.get_mut(..first).ok_or(EINVAL)?;
                self.spi.read(to)?;
                return shown(to, first);
            }
            "write_then_read" => {
                let to = buffers.to.get_mut(..second).ok_or(EINVAL)?;
                self.spi.write_then_read(&[register], to)?;
                return shown(to, second);
            }
            "transfer" => {
                let from = SpiBuffer::from_slice(buffers.from.get(..first).ok_or(EINVAL)?)?;
                let mut to = SpiBuffer::new(first)?;
                self.spi.transfer(&from, &mut to)?;
                return shown(&to, first);
            }
            "message" => {
                let moved = self.send(first, buffers)?;
                return shown(&buffers.to, moved);
            }
            "setup" => self.setup(first)?,
            "settings" => {
                let bits = self.spi.bits_per_word()?;
                let settings = [self.spi.mode()? as u8, bits, self.spi.chip_select()?];
                let mut answer = shown(&settings, 3)?;
                let speed = self.spi.max_speed()?.to_le_bytes();
                answer.extend_from_slice(&speed, GFP_KERNEL)?;
                return Ok(answer);
            }
            _ => return self.run_odd(command, first, buffers),
        }
        Ok(KVec::new())
    }

    /// What the twin lacks.
    fn run_odd(&self, command: &str, first: usize, buffers: &mut Buffers) -> Result<KVec<u8>> {
        let Buffers { from, to } = buffers;
        let from = &*from;
        let write = || SpiTransfer::write(from).length(1);
        match command {
            "uneven" => self.spi.transfer(&SpiBuffer::new(2)?, to)?,
            "huge" => drop(SpiBuffer::new(first << 20)?),
            "beyond" => drop(
                self.spi
                    .message(&mut [SpiTransfer::write(from).length(first)])?,
            ),
            "two" => {
                let parts = &mut [
                    SpiTransfer::write(from).length(first),
                    SpiTransfer::write(from).length(first),
                ];
                self.spi.message(parts)?;
            }
            "late" => {
                let time = Duration::from_micros(first.try_into()?);
                self.spi.message(&mut [write().delay(time)])?;
            }
            "wide" => {
                let bits = first.try_into()?;
                self.spi.message(&mut [write().bits_per_word(bits)])?;
            }
            "wider" => {
                let bits = first.try_into()?;
                self.spi.setup(SpiSettings::new().bits_per_word(bits))?;
            }
            "moved" => {
                let parts = &mut [write(), SpiTransfer::read(to).length(first)];
                let moved = self.spi.message(parts)?;
                return shown(&moved.to_be_bytes(), 8);
            }
            "poll" => {
                self.poll.queue();
            }
            "polls" => return shown(&self.polls.load(Ordering::Relaxed).to_be_bytes(), 4),
            "sizes" => {
                let mut answer = shown(&self.spi.max_transfer_size()?.to_be_bytes(), 8)?;
                let message = self.spi.max_message_size()?.to_be_bytes();
                answer.extend_from_slice(&message, GFP_KERNEL)?;
                return Ok(answer);
            }
            _ => return Err(ENOTTY),
        }
        Ok(KVec::new())
    }

    fn setup(&self, which: usize) -> Result {
        let settings = SpiSettings::new();
        self.spi.setup(match which {
            0 => settings.mode(SpiMode::Mode3).max_speed(1_000_000),
            1 => settings.bits_per_word(16),
            2 => settings.bits_per_word(12).max_speed(5_000),
            3 => settings.three_wire(true),
            4 => settings.mode(SpiMode::Mode1).lsb_first(true),
            5 => settings
                .mode(SpiMode::Mode0)
                .lsb_first(false)
                .bits_per_word(8)
                .max_speed(100_000_000),
            _ => settings,
        })
    }

    fn send(&self, which: usize, buffers: &mut Buffers) -> Result<usize> {
        let Buffers { from, to } = buffers;
        let micros = Duration::from_micros;
        let four = SpiTransfer::write(from).length(4);
        let spi = &self.spi;
        match which {
            0 => spi.message(&mut [
                four.cs_change().delay(micros(30)),
                SpiTransfer::write(from).length(1),
                SpiTransfer::read(to).length(5),
            ]),
            1 => spi.message(&mut [four.speed(1_000_000).bits_per_word(16)]),
            2 => spi.message(&mut []),
            3 => spi.message(&mut [four.length(3).bits_per_word(16)]),
            4 => spi.message(&mut [four.bits_per_word(12)]),
            5 => spi.message(&mut [
                four.word_delay(micros(5)).cs_change_for(micros(70)),
                SpiTransfer::full_duplex(from, to).length(6),
            ]),
            6 => spi.message(&mut [four.cs_change()]),
            7 => spi.message(&mut [four.length(0).delay(micros(1))]),
            8 => spi.message(&mut [four.speed(500)]),
            _ => spi.message(&mut [four]),
        }
    }
}

#[derive(Default)]
pub(crate) struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Chip;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        for byte in &*file.instance().answer.lock() {
            write!(to, "{byte:02x}")?;
        }
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let chip = file.instance();
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let first = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let second = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let answer = chip.run(command, first, second)?;
        *chip.answer.lock() = answer;
        Ok(())
    }
}
