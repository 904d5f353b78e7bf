// SPDX-License-Identifier: GPL-2.0-only
//! What the nodes do, as the twin's.

use kmod_core::prelude::*;

use crate::maps::{Bytes, Channel, Control, Words};
use crate::{ByteChip, SpiChip, WordChip};

/// A command, and its numbers.
struct Command<'a> {
    name: &'a str,
    first: u32,
    second: u32,
}

impl<'a> Command<'a> {
    fn parse(text: &'a str) -> Result<Self> {
        let mut words = text.split(' ');
        Ok(Self {
            name: words.next().unwrap_or_default(),
            first: kmod_core::str::parse(words.next().unwrap_or("0"))?,
            second: kmod_core::str::parse(words.next().unwrap_or("0"))?,
        })
    }

    /// The byte that is written.
    fn byte(&self) -> u8 {
        let [byte, ..] = self.second.to_le_bytes();
        byte
    }
}

/// Bytes for a node.
fn shown(bytes: &[u8]) -> Result<KVec<u8>> {
    let mut answer = KVec::new();
    answer.extend_from_slice(bytes, GFP_KERNEL)?;
    Ok(answer)
}

/// Commands that all maps know; `None` for others.
fn cache<R>(map: &Regmap<R>, command: &Command<'_>) -> Option<Result>
where
    R: kmod_core::io::Registers,
{
    Some(match command.name {
        "only" => map.cache_only(command.first != 0),
        "dirty" => map.mark_dirty(),
        "sync" => map.sync(),
        "sleep" => map.cache_only(true).and_then(|()| map.mark_dirty()),
        "wake" => map.cache_only(false).and_then(|()| map.sync()),
        _ => return None,
    })
}

fn read(map: &Regmap<Bytes>, number: u32) -> Result<u8> {
    let number = usize::try_from(number)?;
    let channel = Bytes::CHANNELS.get(number / 0x10 % 2).ok_or(EINVAL)?;
    match number {
        0x00 => map.read(Bytes::ID),
        0x01 => map.read(Bytes::LEVEL),
        0x02 => map.read(Bytes::CONTROL).map(Control::word),
        0x05 => map.take(Bytes::CAUSES),
        0x06 => map.read(Bytes::EVENTS),
        0x07 => map.read(Bytes::SCRATCH),
        0x10..0x18 => map.read(Bytes::TABLE.get(number - 0x10).ok_or(EINVAL)?),
        0x20..0x28 => map.read(Bytes::GAPS.get((number - 0x20) / 2).ok_or(EINVAL)?),
        0x28..0x2c => map.read(Bytes::LEVELS.get(number - 0x28).ok_or(EINVAL)?),
        0x40 | 0x50 => map.read(channel.of(Channel::LIMIT)),
        0x42 | 0x52 => map.read(channel.of(Channel::VALUE)),
        _ => Err(EINVAL),
    }
}

fn write(map: &Regmap<Bytes>, command: &Command<'_>) -> Result {
    let (number, value) = (usize::try_from(command.first)?, command.byte());
    let channel = Bytes::CHANNELS.get(number / 0x10 % 2).ok_or(EINVAL)?;
    match number {
        0x02 => map.write(Bytes::CONTROL, Control::new(value)),
        0x03 => map.write(Bytes::COMMAND, value),
        0x04 => map.write(Bytes::SETTING, value),
        0x06 => map.clear(Bytes::EVENTS, value),
        0x07 => map.write(Bytes::SCRATCH, value),
        0x10..0x18 => map.write(Bytes::TABLE.get(number - 0x10).ok_or(EINVAL)?, value),
        0x20..0x28 => map.write(Bytes::GAPS.get((number - 0x20) / 2).ok_or(EINVAL)?, value),
        0x40 | 0x50 => map.write(channel.of(Channel::LIMIT), value),
        _ => Err(EINVAL),
    }
}

fn run_bytes(map: &Regmap<Bytes>, command: &Command<'_>) -> Result<KVec<u8>> {
    match command.name {
        "read" => return shown(&[read(map, command.first)?]),
        "write" => write(map, command)?,
        "update" => map.update(Bytes::CONTROL, |control| {
            control.changed(command.first, command.second)
        })?,
        "add" => map.update(Bytes::SCRATCH, |value| value.wrapping_add(1))?,
        "all" => {
            let mut table = [0; 8];
            map.read_all(Bytes::TABLE, &mut table)?;
            return shown(&table);
        }
        "all_levels" => {
            let mut levels = [0; 4];
            map.read_all(Bytes::LEVELS, &mut levels)?;
            return shown(&levels);
        }
        "all_gaps" => {
            let mut gaps = [0; 4];
            map.read_all(Bytes::GAPS, &mut gaps)?;
            return shown(&gaps);
        }
        "set_all" => {
            let [first, ..] = command.first.to_le_bytes();
            map.write_all(
                Bytes::TABLE,
                &[0, 1, 2, 3, 4, 5, 6, 7].map(|i| first.wrapping_add(i)),
            )?;
        }
        "set_gaps" => {
            let [first, ..] = command.first.to_le_bytes();
            map.write_all(Bytes::GAPS, &[0, 1, 2, 3].map(|i| first.wrapping_add(i)))?;
        }
        _ => cache(map, command).ok_or(ENOTTY)??,
    }
    Ok(KVec::new())
}

fn run_words(map: &Regmap<Words>, command: &Command<'_>) -> Result<KVec<u8>> {
    let value = u16::try_from(command.second)?;
    let limit = || {
        Words::LIMITS
            .get(usize::try_from(command.first)?.wrapping_sub(2))
            .ok_or(EINVAL)
    };
    let gap = || {
        Words::GAPS
            .get((usize::try_from(command.first)?.wrapping_sub(4)) / 2)
            .ok_or(EINVAL)
    };
    match (command.name, command.first) {
        ("read", 0) => return shown(&map.read(Words::LEVEL)?.to_be_bytes()),
        ("read", 1) => return shown(&map.read(Words::CONTROL)?.to_be_bytes()),
        ("read", 2 | 3) => return shown(&map.read(limit()?)?.to_be_bytes()),
        ("read", _) => return shown(&map.read(gap()?)?.to_be_bytes()),
        ("write", 1) => map.write(Words::CONTROL, value)?,
        ("write", 2 | 3) => map.write(limit()?, value)?,
        ("write", _) => map.write(gap()?, value)?,
        ("all", _) => {
            let mut limits = [0; 2];
            map.read_all(Words::LIMITS, &mut limits)?;
            let [low, high] = limits.map(u16::to_be_bytes);
            return shown(&[low, high].concat_bytes());
        }
        ("set_all", _) => map.write_all(Words::LIMITS, &[value, value.wrapping_add(1)])?,
        _ => cache(map, command).ok_or(ENOTTY)??,
    }
    Ok(KVec::new())
}

/// One array of two.
trait ConcatBytes {
    fn concat_bytes(self) -> [u8; 4];
}

impl ConcatBytes for [[u8; 2]; 2] {
    fn concat_bytes(self) -> [u8; 4] {
        let [[a, b], [c, d]] = self;
        [a, b, c, d]
    }
}

impl ByteChip {
    fn run(&self, command: &Command<'_>) -> Result<KVec<u8>> {
        match command.name.strip_prefix("raw_") {
            Some(name) => run_bytes(&self.raw, &Command { name, ..*command }),
            None => match command.name {
                "poll" => {
                    self.poll.queue();
                    Ok(KVec::new())
                }
                "polls" => shown(&self.polls.load(Ordering::Relaxed).to_be_bytes()),
                _ => run_bytes(&self.map, command),
            },
        }
    }
}

impl WordChip {
    fn run(&self, command: &Command<'_>) -> Result<KVec<u8>> {
        run_words(&self.map, command)
    }
}

impl SpiChip {
    fn run(&self, command: &Command<'_>) -> Result<KVec<u8>> {
        if command.name == "setup" {
            let settings = SpiSettings::new().max_speed(command.first);
            return self.spi.setup(settings).map(|()| KVec::new());
        }
        run_words(&self.map, command)
    }
}

/// A node that is told commands, and answers.
macro_rules! node {
    ($node:ident, $chip:ident) => {
        #[derive(Default)]
        pub(crate) struct $node;

        #[file_operations]
        impl FileOperations for $node {
            type Instance = $chip;

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
                let answer = chip.run(&Command::parse(text)?)?;
                *chip.answer.lock() = answer;
                Ok(())
            }
        }
    };
}

node!(ByteNode, ByteChip);
node!(WordNode, WordChip);
node!(SpiNode, SpiChip);
