// SPDX-License-Identifier: GPL-2.0-only
//! A module as it is while it is being written.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Hands out ticket numbers
#[kernel_module(
    name = "ticket",
    license = "GPL",
    params(
        /// First number handed out
        #[param(perm = 0o444)]
        start: u32 = 1,
    ),
)]
struct Ticket {
    /// /dev/ticket: every read returns the next number.
    #[chrdev(mode = 0o644)]
    ticket: Dispenser,
    #[misc(mode = 0o600)]
    other: Dispenser,
    #[sysctl(path = "ticket/step", mode = 0o644, range = 1..=100)]
    step: AtomicU32,
    #[filesystem(name = "ticketfs")]
    tree: Tree,
    #[chrdev_region(minors = 4)]
    numbers: ChrdevRegion,
    plain: Plain,
}

struct Plain;

impl Plain {
    fn plainly(&self) {}
}

struct Tree;

impl FileSystem for Tree {
    type Module = ();

    const TREE: &'static [Node<Self>] = &[];
}

impl KernelModule for Ticket {
    fn init(params: &TicketParams) -> Result<Self> {
        let _ = params.start();
        Err(EINVAL)
    }
}

/// The next number.
struct Dispenser(Mutex<u32>);

#[file_operations(llseek = noop_llseek)]
impl FileOperations for Dispenser {
    type Module = Ticket;
    type Ioctl = TicketCmd;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let module = file.module();
        module.plain.plainly();
        let next = self.0.lock();
        writeln!(to, "{}", *next)?;
        Ok(())
    }
}

/// What may be drawn.
#[uapi]
struct Limits {
    min: u32,
    max: u32,
}

/// Commands.
#[ioctl(magic = b'T')]
enum TicketCmd {
    /// Draw the next number.
    #[ior(0x01)]
    Draw(u32),
    #[iow(0x02)]
    SetLimits(Limits),
}

impl TicketCmdHandler for Dispenser {
    fn draw(&self, _file: &File<'_, Self>) -> Result<u32> {
        Ok(TicketCmd::DRAW)
    }

    fn set_limits(&self, _file: &File<'_, Self>, limits: Limits) -> Result {
        let _ = limits.min;
        Ok(())
    }
}
