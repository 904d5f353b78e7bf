// SPDX-License-Identifier: GPL-2.0-only
//! A notice board in shared memory: /dev/shm_board.
//!
//! Who maps it reads the notice and votes for it without a system call; `write(2)` puts a new
//! notice up, `poll(2)` tells of it, and `read(2)` tells of the votes.
#![no_std]
#![forbid(unsafe_code)]

use core::mem::offset_of;

use kmod_core::prelude::*;
use kmod_core::zerocopy::{FromBytes, Immutable, IntoBytes};

/// A notice board in shared memory
#[kernel_module(name = "shm", license = "GPL", authors = ["The kmod developers"])]
struct Module {
    #[chrdev(name = "shm_board", mode = 0o666)]
    board: Board,
}

impl KernelModule for Module {
    fn init(_params: &ModuleParams) -> Result<Self> {
        Ok(Self {
            board: Board {
                page: VmallocBuffer::new(size_of::<Page>())?,
                writer: Mutex::new(()),
                news: WaitQueue::new(),
            },
        })
    }
}

/// What user space maps.
#[derive(FromBytes, IntoBytes, Immutable)]
#[zerocopy(crate = "kmod_core::zerocopy")]
#[repr(C)]
struct Page {
    /// Odd while the notice changes, and then 2 more than before.
    generation: u32,
    /// User space adds to it.
    votes: u32,
    notice: [u8; 120],
}

struct Board {
    page: VmallocBuffer,
    /// Held by who puts up a notice.
    writer: Mutex<()>,
    news: WaitQueue,
}

impl Board {
    fn generation(&self) -> Result<&AtomicU32> {
        self.page.atomic(offset_of!(Page, generation))
    }

    fn votes(&self) -> Result<&AtomicU32> {
        self.page.atomic(offset_of!(Page, votes))
    }
}

#[file_operations]
impl FileOperations for Board {
    /// The generation that the file's reader knows.
    type PerOpen = AtomicU32;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<AtomicU32> {
        Ok(AtomicU32::new(0))
    }

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let generation = self.generation()?.load(Ordering::Acquire);
        writeln!(to, "{}", self.votes()?.load(Ordering::Relaxed))?;
        file.state().store(generation, Ordering::Relaxed);
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut notice = [0; 120];
        from.read(&mut notice)?;
        let writer = self.writer.lock_interruptible()?;
        self.generation()?.fetch_or(1, Ordering::SeqCst);
        self.page.write(offset_of!(Page, notice), &notice)?;
        self.votes()?.store(0, Ordering::Relaxed);
        self.generation()?.fetch_add(1, Ordering::SeqCst);
        drop(writer);
        self.news.wake_up_poll(PollEvents::READABLE);
        Ok(())
    }

    fn poll(&self, file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.news);
        match self.generation() {
            Ok(now) => {
                let known = file.state().load(Ordering::Relaxed);
                PollEvents::READABLE.when(now.load(Ordering::Acquire) != known)
            }
            Err(_) => PollEvents::ERR,
        }
    }

    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map(&self.page)
    }
}
