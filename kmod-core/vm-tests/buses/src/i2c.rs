// SPDX-License-Identifier: GPL-2.0-only
//! A chip, by commands to a node.

use kmod_core::i2c::BLOCK_MAX;
use kmod_core::prelude::*;

use crate::{Buses, DROPPED, GONE, REMOVED, told};

/// What the driver's ids say.
#[derive(Debug)]
pub(crate) enum Model {
    Small,
    Large,
}

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl I2cDriver for Driver {
    type Module = Buses;
    type Device = Chip;
    type Id = Model;

    fn probe(&self, device: &I2cDevice<'_, Self>) -> Result<Chip> {
        match Buses::params().fail() {
            0 => {}
            1 => return Err(EIO),
            _ => return Err(EPROBE_DEFER),
        }
        // A chip that is not there does not answer.
        let first = device.read_byte_data(1)?;
        let (name, id, address) = (device.name(), device.id(), device.address()?);
        let known = ["vm-chip", "vm-chip-2", "other"].map(|name| device.is_named(name));
        pr_info!("{name} at {address:#x} is {id:?} {known:?}: {first:#x}");
        Ok(Chip::default())
    }

    fn remove(&self, chip: &Chip) {
        REMOVED.store(told(chip.client.read_byte_data(1)), Ordering::Relaxed);
    }
}

#[device]
#[derive(Default)]
pub(crate) struct Chip {
    #[bus]
    client: I2cClient,
    /// Reads it until the device goes.
    #[work]
    poll: Work<Poll>,
    #[misc(name = "vm_buses_i2c{index}", mode = 0o666)]
    node: Node,
    answer: Mutex<Answer>,
    polls: AtomicU32,
}

impl Drop for Chip {
    fn drop(&mut self) {
        DROPPED.store(told(self.client.read_byte_data(1)), Ordering::Relaxed);
        GONE.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Poll;

#[handlers]
impl WorkHandler for Poll {
    type Instance = Chip;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let chip = work.instance();
        if let Err(error) = chip.client.read_byte_data(1) {
            pr_err!("a work of a device that is there reads {error:?}");
        }
        chip.polls.fetch_add(1, Ordering::Relaxed);
        chip.poll.queue();
    }
}

/// What a command gave.
#[derive(Default)]
struct Answer {
    bytes: [u8; BLOCK_MAX],
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
}

#[derive(Default)]
struct Node;

impl Chip {
    /// What the commands that the twin has, too, give.
    fn run(&self, command: &str, register: u8, value: u16) -> Result<Answer> {
        let chip = &self.client;
        let [low, _] = value.to_le_bytes();
        match command {
            "quick" => chip.quick(register != 0)?,
            "read_byte" => return Ok(Answer::of(&[chip.read_byte()?])),
            "write_byte" => chip.write_byte(register)?,
            "read_byte_data" => return Ok(Answer::of(&[chip.read_byte_data(register)?])),
            "write_byte_data" => chip.write_byte_data(register, low)?,
            "read_word_data" => {
                return Ok(Answer::of(&chip.read_word_data(register)?.to_be_bytes()));
            }
            "write_word_data" => chip.write_word_data(register, value)?,
            "process_call" => {
                return Ok(Answer::of(
                    &chip.process_call(register, value)?.to_be_bytes(),
                ));
            }
            _ => return self.run_blocks(command, register, value.into()),
        }
        Ok(Answer::default())
    }

    /// Those for blocks of `length` bytes.
    fn run_blocks(&self, command: &str, register: u8, length: usize) -> Result<Answer> {
        let chip = &self.client;
        let mut bytes = [0; BLOCK_MAX];
        let counted: [u8; BLOCK_MAX + 1] = core::array::from_fn(|n| n.to_le_bytes()[0]);
        let sent = counted.get(..length).ok_or(EINVAL)?;
        match command {
            "read_block" => return Ok(Answer::of(chip.read_block_data(register, &mut bytes)?)),
            "write_block" => chip.write_block_data(register, sent)?,
            "read_bytes" => {
                let mut bytes = [0; BLOCK_MAX + 1];
                let to = bytes.get_mut(..length).ok_or(EINVAL)?;
                let read = chip.read_i2c_block_data(register, to)?;
                return Ok(Answer::of(to.get(..read).unwrap_or_default()));
            }
            "write_bytes" => chip.write_i2c_block_data(register, sent)?,
            "transfer" => {
                let to = bytes.get_mut(..length).ok_or(EINVAL)?;
                chip.write_read(&[register], to)?;
                return Ok(Answer::of(to));
            }
            "receive" => {
                let to = bytes.get_mut(..length).ok_or(EINVAL)?;
                chip.write_read(&[], to)?;
                return Ok(Answer::of(to));
            }
            _ => return Err(ENOTTY),
        }
        Ok(Answer::default())
    }
}

#[file_operations]
impl FileOperations for Node {
    type Instance = Chip;

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
        let chip = file.instance();
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let register = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let value = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let answer = match command {
            "poll" => {
                chip.poll.queue();
                Answer::default()
            }
            "polls" => Answer::of(&chip.polls.load(Ordering::Relaxed).to_be_bytes()),
            _ => chip.run(command, register, value)?,
        };
        *chip.answer.lock() = answer;
        Ok(())
    }
}
