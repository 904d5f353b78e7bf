// SPDX-License-Identifier: GPL-2.0-only
//! All keys of all attributes in one module.
#![forbid(unsafe_code)]
#![deny(warnings)]

use kmod_core::prelude::*;

const MOST: u64 = 1 << 40;

/// Hands out ticket numbers.
///
/// And more.
#[kernel_module(
    name = "every",
    license = "Dual MIT/GPL",
    authors = ["A. Author <a@example.org>", "B. \"Bé\" Author"],
    description = "Every key \\ of every {attribute}",
    version = "1.0",
    alias = ["every-alias", "char-major-10-200"],
    softdep = "pre: loop dummy post: zram",
    firmware = ["every/firmware.bin"],
    import_ns = ["DMA_BUF"],
    params(
        /// A truth.
        on: bool = true,
        a: i8 = -128,
        b: i16 = -1,
        c: i32 = 0x7fff_ffff,
        d: i64 = -9_223_372_036_854_775_808,
        e: isize = -1,
        f: u8 = 255,
        g: u16 = 1u16,
        /// A number
        /// in its range.
        #[param(perm = 0o644, range = 1..=100)]
        h: u32 = 7,
        #[param(range = ..=MOST)]
        i: u64 = MOST,
        #[param(perm = 0, range = 10..)]
        j: usize = 4 * 1024,
        #[param(perm = 0o400)]
        k: &str = "world",
        l: &CStr = c"world",
    ),
)]
struct Every {
    #[chrdev(name = "every_device", mode = 0o666, minors = 2)]
    device: Device,
    #[cfg(debug_assertions)]
    #[chrdev]
    debug: Device,
    #[cfg(not(debug_assertions))]
    #[chrdev]
    release: Device,
    #[chrdev_region(name = "every_region", minors = 4)]
    region: ChrdevRegion,
    #[sysctl(path = "every/number", mode = 0o600, range = 1..=MOST_STEPS)]
    number: AtomicU32,
    #[sysctl(path = "every/on")]
    on: AtomicBool,
    #[filesystem(name = "everyfs", magic = 0x6e6f7465)]
    notes: Notes,
    count: AtomicU32,
}

const MOST_STEPS: u32 = 100;

impl KernelModule for Every {
    fn init(params: &EveryParams) -> Result<Self> {
        let _signed = (params.a(), params.b(), params.c(), params.d(), params.e());
        let _unsigned = (params.f(), params.g(), params.i(), params.j());
        let _strings: (&'static str, &'static CStr) = (params.k(), params.l());
        Ok(Self {
            device: Device,
            #[cfg(debug_assertions)]
            debug: Device,
            #[cfg(not(debug_assertions))]
            release: Device,
            region: ChrdevRegion::default(),
            number: AtomicU32::new(params.h()),
            on: AtomicBool::new(params.on()),
            notes: Notes,
            count: AtomicU32::new(0),
        })
    }
}

struct Device;

#[file_operations]
impl FileOperations for Device {
    type Module = Every;
    type PerOpen = u32;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<u32> {
        if file.nonblocking() {
            return Err(EAGAIN);
        }
        Ok(file.minor() + file.module().number.load(Ordering::Relaxed))
    }

    fn release(&self, file: &File<'_, Self>) {
        file.module()
            .count
            .fetch_add(*file.state(), Ordering::Relaxed);
    }

    fn read(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        Err(EINVAL)
    }

    #[cfg(debug_assertions)]
    fn write(&self, _file: &File<'_, Self>, _from: &mut UserReader<'_>, _pos: u64) -> Result {
        Ok(())
    }

    fn llseek(&self, _file: &File<'_, Self>, _to: SeekFrom) -> Result<u64> {
        Ok(0)
    }
}

struct Notes;

impl FileSystem for Notes {
    type Module = ();

    const TREE: &'static [Node<Self>] = &[
        Node::file("readme", b"Read me.\n"),
        Node::dir("folder", &[Node::file("file", b"")]),
    ];
}

fn main() {}
