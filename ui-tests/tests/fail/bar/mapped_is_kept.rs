// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::io::Mapped;
use kmod_core::prelude::*;

#[registers(size = 0x100)]
struct Uart {
    #[rw(0x00)]
    level: u32,
}

/// Whoever keeps what is mapped would have it when the card has gone.
static KEPT: Mutex<Option<Mapped<'static, Uart>>> = Mutex::new(None);

#[device]
#[derive(Default)]
struct Card {
    #[bar(index = 0)]
    uart: Bar<Uart>,
    #[misc(name = "card{index}")]
    node: Node,
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        *KEPT.lock() = Some(file.instance().uart.mapped()?);
        Ok(())
    }
}

fn main() {}
