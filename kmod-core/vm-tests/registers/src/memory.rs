// SPDX-License-Identifier: GPL-2.0-only
//! The memory of `bochs-display`, as if it were registers: what is written by one name is read by others.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Board;

    /// Looks at the same bytes as little- and as big-endian ones.
    fn probe(&self, pci: &PciDevice<'_, Self>) -> Result<Board> {
        let written = {
            let big = pci.map::<Big>(0)?;
            big.write(Big::SHORT, 0x0102);
            big.write(Big::LONG, 0x0304_0506_0708_090a);
            big.write(Big::CHANNEL.of(BigChannel::WORD), 0x0b0c_0d0e);
            big.read(Big::LONG)
        };
        let little = pci.map::<Views>(0)?;
        Ok(Board {
            probed: [
                written,
                little.read(Views::BYTES.nth::<0>()).into(),
                little.read(Views::SHORTS.nth::<0>()).into(),
                little.read(Views::LONGS.nth::<1>()),
                little.read(Views::WORDS.nth::<4>()).into(),
            ],
            ..Board::default()
        })
    }
}

#[registers(size = 0x40, endian = big)]
struct Big {
    #[rw(0x00)]
    short: u16,
    #[rw(0x08)]
    long: u64,
    #[block(0x10)]
    channel: BigChannel,
}

#[registers(size = 0x04, endian = big)]
struct BigChannel {
    #[rw(0x00)]
    word: u32,
}

/// The same bytes, by width.
#[registers(size = 0x100)]
struct Views {
    #[rw(0x00)]
    bytes: [u8; 256],
    #[rw(0x00, alias = bytes)]
    shorts: [u16; 128],
    #[rw(0x00, alias = bytes)]
    words: [u32; 64],
    #[rw(0x00, alias = bytes)]
    longs: [u64; 32],
    /// Blocks of 16 bytes, of which each has three registers.
    #[block(0x80, stride = 0x20, alias = bytes)]
    channels: [Channel; 4],
}

#[registers(size = 0x10)]
struct Channel {
    #[rw(0x00, reset = 0xff)]
    mode: u8,
    #[rw(0x02, stride = 4)]
    levels: [u16; 2],
    #[rw(0x08)]
    address: u64,
}

#[device]
#[derive(Default)]
pub(crate) struct Board {
    #[bar(index = 0)]
    memory: Bar<Views>,
    #[misc(name = "vm_registers_memory{index}", mode = 0o666)]
    node: Node,
    probed: [u64; 5],
    answer: AtomicU64,
}

impl Board {
    fn run(&self, command: &str, [value, index]: [u64; 2]) -> Result<u64> {
        let memory = &self.memory;
        let index = usize::try_from(index)?;
        macro_rules! view {
            ($views:ident $write:ident $read:ident) => {{
                let register = Views::$views.get(index).ok_or(EINVAL)?;
                memory.$write(register, value.try_into()?);
                u64::from(memory.$read(register))
            }};
        }
        let channel = || Views::CHANNELS.get(index).ok_or(EINVAL);
        Ok(match command {
            "byte" => view!(BYTES write read),
            "short" => view!(SHORTS write_relaxed read),
            "word" => view!(WORDS write read_relaxed),
            "long" => {
                let register = Views::LONGS.get(index).ok_or(EINVAL)?;
                memory.write(register, value);
                memory.read(register)
            }
            "mode" => {
                memory.write(channel()?.of(Channel::MODE), Channel::MODE_RESET);
                0
            }
            "level" => {
                let levels = channel()?.all_of(Channel::LEVELS);
                memory.write(levels.nth::<1>(), value.try_into()?);
                levels
                    .iter()
                    .map(|level| u64::from(memory.read(level)))
                    .sum()
            }
            "address" => {
                memory.write(channel()?.of(Channel::ADDRESS), value);
                0
            }
            "count" => u64::try_from(Views::CHANNELS.iter().count())?,
            "probed" => *self.probed.get(index).ok_or(EINVAL)?,
            _ => return Err(EINVAL),
        })
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Board;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().answer.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let board = file.instance();
        let answer = crate::command(from, |command, numbers| board.run(command, numbers))?;
        board.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}
