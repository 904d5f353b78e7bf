// SPDX-License-Identifier: GPL-2.0-only
//! One device with every handler, to be used by many at once while its module comes and goes.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;

/// A device under stress
#[kernel_module(name = "vm_stress", license = "GPL")]
struct Stress {
    /// /dev/vm_stress
    #[chrdev(name = "vm_stress", mode = 0o600)]
    device: Device,
    /// How many files are open; none is when the state is dropped.
    open: AtomicU32,
}

impl KernelModule for Stress {
    fn init(_params: &StressParams) -> Result<Self> {
        Ok(Self {
            device: Device {
                queue: Mutex::new(KVec::new()),
                readable: WaitQueue::new(),
                memory: VmallocBuffer::new(MEMORY)?,
            },
            open: AtomicU32::new(0),
        })
    }
}

impl Drop for Stress {
    fn drop(&mut self) {
        let open = *self.open.get_mut();
        if open != 0 {
            pr_err!("{open} files are open\n");
        }
    }
}

/// The most bytes that are queued.
const QUEUE: usize = 256;

/// How much may be mapped: all of it says `MARK`, but for a number at its start.
const MEMORY: usize = 2 * 4096;

const MARK: &[u8] = b"stress";

/// What /dev/vm_stress is told beside bytes.
#[ioctl(magic = b's')]
enum StressCmd {
    /// Forgets what is queued.
    #[io(0)]
    Clear,
    #[ior(1)]
    Fill(StressFill),
    /// Queues a byte so often, and wakes readers. Returns how many were queued.
    #[iow(2, returns)]
    Put(StressFill),
    /// Gives back the complement of the bytes.
    #[iowr(3)]
    Invert(KBox<[u8; 1024]>),
}

/// How full the queue is, or is to become.
#[uapi]
#[derive(Clone, Copy)]
struct StressFill {
    byte: u32,
    count: u32,
}

struct Device {
    queue: Mutex<KVec<u8>>,
    readable: WaitQueue,
    memory: VmallocBuffer,
}

/// A file's own queue, and how often it was used.
#[derive(Default)]
struct PerOpen {
    used: AtomicU32,
    queue: WaitQueue,
}

#[file_operations]
impl FileOperations for Device {
    type Module = Stress;
    type PerOpen = PerOpen;
    type Ioctl = StressCmd;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<PerOpen> {
        file.module().open.fetch_add(1, Ordering::Relaxed);
        self.memory.write(4096, MARK)?;
        Ok(PerOpen::default())
    }

    fn release(&self, file: &File<'_, Self>) {
        file.module().open.fetch_sub(1, Ordering::Relaxed);
        self.readable.wake_up_all();
    }

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let queue = self.queue.lock_interruptible()?;
        if queue.is_empty() && file.nonblocking() {
            return Err(EAGAIN);
        }
        let wait = self.readable.exclusive().timeout(Duration::from_millis(20));
        let mut queue = wait.wait_locked(queue, |queue| !queue.is_empty())?;
        while !to.is_empty() {
            let Some(byte) = queue.pop() else { break };
            to.write(&[byte])?;
        }
        if !queue.is_empty() {
            // The wake-up was for one.
            self.readable.wake_up();
        }
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        file.state().used.fetch_add(1, Ordering::Relaxed);
        file.state().queue.wake_up();
        self.memory
            .atomic::<AtomicU32>(0)?
            .fetch_add(1, Ordering::Relaxed);
        let mut queue = self.queue.lock_interruptible()?;
        if queue.len() >= QUEUE {
            return Err(EAGAIN);
        }
        let mut byte = [0];
        while queue.len() < QUEUE && from.read(&mut byte)? != 0 {
            queue.push(byte[0], GFP_KERNEL)?;
        }
        drop(queue);
        self.readable.wake_up_poll(PollEvents::READABLE);
        Ok(())
    }

    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        file.seek_fixed(to, MEMORY as u64)
    }

    fn poll(&self, file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        table.wait(&self.readable);
        table.wait(&file.state().queue);
        let len = self.queue.lock().len();
        PollEvents::READABLE.when(len > 0)
            | PollEvents::WRITABLE.when(len < QUEUE)
            | PollEvents::PRI.when(file.state().used.load(Ordering::Relaxed) > 0)
    }

    fn mmap(&self, _file: &File<'_, Self>, vma: &mut VmArea<'_>) -> Result {
        vma.map(&self.memory)
    }
}

impl StressCmdHandler for Device {
    fn clear(&self, _file: &File<'_, Self>) -> Result {
        self.queue.lock_interruptible()?.clear();
        Ok(())
    }

    fn fill(&self, _file: &File<'_, Self>) -> Result<StressFill> {
        let queue = self.queue.lock_interruptible()?;
        Ok(StressFill {
            byte: queue.last().copied().unwrap_or(0).into(),
            count: queue.len() as u32,
        })
    }

    fn put(&self, file: &File<'_, Self>, arg: StressFill) -> Result<u32> {
        file.state().used.fetch_add(1, Ordering::Relaxed);
        let mut queue = self.queue.lock_interruptible()?;
        let count = (arg.count as usize).min(QUEUE - queue.len());
        for _ in 0..count {
            queue.push(arg.byte as u8, GFP_KERNEL)?;
        }
        drop(queue);
        self.readable.wake_up_poll(PollEvents::READABLE);
        Ok(count as u32)
    }

    fn invert(
        &self,
        _file: &File<'_, Self>,
        mut arg: KBox<[u8; 1024]>,
    ) -> Result<KBox<[u8; 1024]>> {
        for byte in arg.iter_mut() {
            *byte = !*byte;
        }
        Ok(arg)
    }
}
