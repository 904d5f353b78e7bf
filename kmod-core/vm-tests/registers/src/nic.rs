// SPDX-License-Identifier: GPL-2.0-only
//! The network card `e1000e`: it has registers that are cleared by being read, and by ones.

use kmod_core::prelude::*;

#[derive(Default)]
pub(crate) struct Driver;

#[handlers]
impl PciDriver for Driver {
    type Device = Card;

    fn probe(&self, _pci: &PciDevice<'_, Self>) -> Result<Card> {
        Ok(Card::default())
    }
}

#[registers(size = 0x6000)]
pub(crate) struct Nic {
    /// Why there is an interrupt; reading it clears it, as no cause is let through.
    #[rc(0x00c0)]
    causes: Causes,
    /// The same: a one clears a cause.
    #[w1c(0x00c0, alias = causes)]
    served: Causes,
    /// Raises what is one in it.
    #[wo(0x00c8, reset = 0x84)]
    raise: Causes,
    /// Which causes are let through: a one ends that.
    #[wo(0x00d8)]
    mask: u32,
    #[rw(0x5200)]
    multicast: [u32; 128],
    /// The two halves of addresses.
    #[rw(0x5400, stride = 8)]
    low: [u32; 16],
    #[rw(0x5404, stride = 8)]
    high: [u32; 16],
}

#[bits(u32)]
#[derive(Debug, PartialEq)]
struct Causes {
    #[bit(0)]
    sent: bool,
    #[bit(2)]
    link: bool,
    #[bit(7)]
    received: bool,
}

#[device]
#[derive(Default)]
pub(crate) struct Card {
    #[bar(index = 0)]
    nic: Bar<Nic>,
    #[misc(name = "vm_registers_nic{index}", mode = 0o666)]
    node: Node,
    answer: AtomicU64,
}

/// The causes that are looked at, of those that there are.
const LOOKED_AT: u32 = 0x81;

impl Card {
    fn run(&self, command: &str, [value, index]: [u64; 2]) -> Result<u64> {
        let nic = &self.nic;
        let (value, index) = (u32::try_from(value)?, usize::try_from(index)?);
        Ok(match command {
            "raise" => {
                nic.write(Nic::MASK, u32::MAX);
                nic.write(Nic::RAISE, Causes::new(value));
                0
            }
            "take" => (nic.take(Nic::CAUSES).word() & LOOKED_AT).into(),
            "clear" => {
                nic.clear(Nic::SERVED, Causes::new(value));
                0
            }
            "multicast" => {
                let register = Nic::MULTICAST.get(index).ok_or(EINVAL)?;
                nic.write(register, value);
                nic.read(register).into()
            }
            "low" => {
                let register = Nic::LOW.get(index).ok_or(EINVAL)?;
                nic.write(register, value);
                nic.read(register).into()
            }
            "high" => {
                nic.update(Nic::HIGH.nth::<3>(), |high| high & !0xff | value);
                nic.read_relaxed(Nic::HIGH.nth::<3>()).into()
            }
            "reset" => Nic::RAISE_RESET.word().into(),
            _ => return Err(EINVAL),
        })
    }
}

#[derive(Default)]
struct Node;

#[file_operations]
impl FileOperations for Node {
    type Instance = Card;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        write!(to, "{:x}", file.instance().answer.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let card = file.instance();
        let answer = crate::command(from, |command, numbers| card.run(command, numbers))?;
        card.answer.store(answer, Ordering::Relaxed);
        Ok(())
    }
}
