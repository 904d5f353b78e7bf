// SPDX-License-Identifier: GPL-2.0-only
//! `poll` with its lifetime written or not, of queues of the device, the module, the file and none
//! of them; devices behind pointers.
#![deny(warnings)]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

static EVERYWHERE: WaitQueue = WaitQueue::new();

#[kernel_module(name = "poll_and_mmap", license = "GPL")]
struct Module {
    #[chrdev]
    elided: Elided,
    #[chrdev]
    named: KBox<Named>,
    #[chrdev]
    behind: Arc<Elided>,
    queue: WaitQueue,
}

impl KernelModule for Module {
    fn init(_params: &ModuleParams) -> Result<Self> {
        Ok(Self {
            elided: Elided::new()?,
            named: KBox::new(Named::default(), GFP_KERNEL)?,
            behind: Arc::new(Elided::new()?, GFP_KERNEL)?,
            queue: WaitQueue::new(),
        })
    }
}

struct Elided {
    queue: WaitQueue,
    boxed: KBox<WaitQueue>,
    buffer: VmallocBuffer,
}

impl Elided {
    fn new() -> Result<Self> {
        Ok(Self {
            queue: WaitQueue::new(),
            boxed: KBox::new(WaitQueue::new(), GFP_KERNEL)?,
            buffer: VmallocBuffer::new(1)?,
        })
    }
}

#[file_operations]
impl FileOperations for Elided {
    type Module = Module;
    type PerOpen = WaitQueue;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<WaitQueue> {
        Ok(WaitQueue::new())
    }

    fn poll(&self, file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.queue);
        table.wait(&self.boxed);
        table.wait(&file.module().queue);
        table.wait(file.state());
        table.wait(&EVERYWHERE);
        PollEvents::default()
    }

    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        if vma.writable() {
            vma.map(&self.buffer)
        } else {
            vma.map_read_only(&self.buffer)
        }
    }
}

#[derive(Default)]
struct Named(WaitQueue);

#[file_operations]
impl FileOperations for Named {
    fn poll<'a>(&'a self, _file: &File<'a, Self>, table: &mut PollTable<'a>) -> PollEvents {
        table.wait(&self.0);
        PollEvents::READABLE | PollEvents::WRITABLE.when(true)
    }
}

fn main() {}
