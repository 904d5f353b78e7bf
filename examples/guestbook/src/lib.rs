// SPDX-License-Identifier: GPL-2.0-only
//! A book that guests sign, seen through each window that the kernel has on a module's state.
//! `echo Ada >/dev/guestbook; cat /proc/guestbook /sys/class/misc/guestbook/count`.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// A book that guests sign, and its windows
#[kernel_module(name = "guestbook", license = "GPL", authors = ["The kmod developers"])]
struct Guestbook {
    /// Who has signed, in their order.
    guests: Mutex<KVec<KVec<u8>>>,
    /// /dev/guestbook: a name that is written signs the book.
    #[misc(mode = 0o222)]
    guestbook: Pen,
    /// /sys/class/misc/guestbook/count: how many have signed; `poll(2)` tells of the next.
    #[sysfs(of = guestbook)]
    count: SysfsPolled<AtomicU32>,
    /// /sys/class/misc/guestbook/closed: whether nobody may sign now.
    #[sysfs(of = guestbook, mode = 0o644)]
    closed: AtomicBool,
    /// /proc/sys/guestbook/longest: how long a name may be.
    #[sysctl(path = "guestbook/longest", mode = 0o644, range = 1..=64)]
    longest: AtomicU32,
    /// /proc/guestbook: a row for each guest.
    #[proc(path = "guestbook")]
    rows: Rows,
    /// /sys/module/guestbook/last: the last name, byte for byte.
    #[sysfs_bin]
    last: Last,
    /// /sys/kernel/debug/guestbook/refused: who was turned away, for who debugs it.
    #[debugfs(path = "guestbook/refused", mode = 0o644)]
    refused: AtomicU32,
}

impl KernelModule for Guestbook {
    fn init(_params: &GuestbookParams) -> Result<Self> {
        Ok(Self {
            guests: Mutex::new(KVec::new()),
            guestbook: Pen,
            count: SysfsPolled::default(),
            closed: AtomicBool::new(false),
            longest: AtomicU32::new(32),
            rows: Rows,
            last: Last,
            refused: AtomicU32::new(0),
        })
    }
}

struct Pen;

#[file_operations]
impl FileOperations for Pen {
    type Module = Guestbook;

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let book = file.module();
        let longest = book.longest.load(Ordering::Relaxed) as usize;
        if book.closed.load(Ordering::Relaxed) || from.len() > longest {
            book.refused.fetch_add(1, Ordering::Relaxed);
            return Err(EACCES);
        }
        let name = from.read_all(longest, GFP_KERNEL)?;
        book.guests.lock().push(name, GFP_KERNEL)?;
        book.count.fetch_add(1, Ordering::Relaxed);
        book.count.notify();
        Ok(())
    }
}

struct Rows;

#[handlers]
impl TextFile for Rows {
    type Module = Guestbook;

    /// Guests stay, so their number is where they are.
    fn row(&self, file: &TextCall<'_, Self>, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
        let guests = file.module().guests.lock();
        let Some(guest) = guests.get(at as usize) else {
            return Ok(None);
        };
        write!(to, "{} ", at + 1)?;
        to.write(guest.trim_ascii_end());
        to.write(b"\n");
        Ok(Some(at + 1))
    }
}

struct Last;

#[handlers]
impl SysfsBinary for Last {
    type Module = Guestbook;

    fn read(&self, file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        if let Some(guest) = file.module().guests.lock().last() {
            to.write_from(guest, pos);
        }
        Ok(())
    }
}
