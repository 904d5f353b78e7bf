// SPDX-License-Identifier: GPL-2.0-only
//! Misc and character devices with no operation, some and all of them; `twin/` has the same in C.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// Devices of every kind.
#[kernel_module(name = "vm_fileops", license = "GPL")]
#[derive(Default)]
struct Devices {
    /// No operations.
    #[misc(name = "fo_bare")]
    bare: Bare,
    /// A file of fixed size.
    #[misc(name = "fo_buffer", mode = 0o640)]
    buffer: Buffer,
    /// The same by the iter operations, in a folder.
    #[misc(name = "fo_iter", nodename = "fo/iter", mode = 0o666)]
    iter: Iter,
    /// All operations.
    #[misc(name = "fo_full")]
    full: Full,
    /// A value, as one.
    #[misc(name = "fo_value")]
    value: Value,
    /// The same by the iter operations.
    #[misc(name = "fo_triple")]
    triple: Triple,
    #[misc(name = "fo_noop")]
    noop: Noop,
    #[misc(name = "fo_generic")]
    generic: Generic,
    #[misc(name = "fo_default")]
    default: DefaultSeek,
    #[misc(name = "fo_no_end")]
    no_end: NoEnd,
    #[misc(name = "fo_flat")]
    flat: Nonseekable,
    /// Three streams, in a folder.
    #[chrdev(
        name = "fo_stream",
        nodename = "fo/stream/{}",
        class = "fo_class",
        mode = 0o620,
        first_minor = 5,
        minors = 3
    )]
    stream: Stream,
    /// Of the same class.
    #[chrdev(name = "fo_other", class = "fo_class")]
    other: Bare,
    /// With numbers that are not free ones.
    #[chrdev(name = "fo_fixed", major = 240, first_minor = 1048575)]
    fixed: Bare,
    #[misc(name = "fo_minor", minor = 250)]
    minor: Bare,
    /// Does what no device should.
    #[misc(name = "fo_fickle")]
    fickle: Fickle,
}

#[derive(Default)]
struct Bare;

#[file_operations]
impl FileOperations for Bare {}

const SIZE: usize = 64;

struct Content(Mutex<[u8; SIZE]>);

impl Default for Content {
    fn default() -> Self {
        Self(Mutex::new(core::array::from_fn(|i| b'A' + i as u8 % 26)))
    }
}

impl Content {
    fn read(&self, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(&*self.0.lock(), pos)?;
        Ok(())
    }

    fn write(&self, from: &mut UserReader<'_>, pos: u64) -> Result {
        if pos >= SIZE as u64 && !from.is_empty() {
            return Err(ENOSPC);
        }
        from.read_into(&mut *self.0.lock(), pos)?;
        Ok(())
    }
}

#[derive(Default)]
struct Buffer(Content);

#[file_operations(llseek = fixed_size_llseek(SIZE as u64))]
impl FileOperations for Buffer {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        self.0.read(to, pos)
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        self.0.write(from, pos)
    }
}

#[derive(Default)]
struct Iter(Content);

#[file_operations(
    llseek = fixed_size_llseek(SIZE as u64),
    splice_read = copy_splice_read,
    splice_write = iter_file_splice_write,
    rwf = RWF_NOWAIT,
)]
impl FileOperations for Iter {
    fn read_iter(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if file.nonblocking() {
            return Err(EAGAIN);
        }
        self.0.read(to, pos)
    }

    fn write_iter(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, pos: u64) -> Result {
        if file.nonblocking() {
            return Err(EAGAIN);
        }
        self.0.write(from, pos)
    }
}

#[derive(Default)]
struct Full {
    waiting: FasyncList,
}

/// What has happened to a file.
#[derive(Default)]
struct Counts {
    flushes: AtomicU32,
    syncs: AtomicU32,
    datasyncs: AtomicU32,
    pos: AtomicU64,
}

#[file_operations(splice_read = copy_splice_read, splice_write = iter_file_splice_write)]
impl FileOperations for Full {
    type PerOpen = Counts;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<Counts> {
        if file.nonblocking() {
            return Err(EAGAIN);
        }
        Ok(Counts::default())
    }

    fn release(&self, _file: &File<'_, Self>) {
        self.waiting.kill_fasync(Band::Hup);
    }

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        to.write(b"read")?;
        Ok(())
    }

    fn read_iter(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        to.write(b"iter")?;
        Ok(())
    }

    /// Tells those who wait; a `!` is refused.
    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut data = [0; 4];
        let n = from.read(&mut data)?;
        if data[..n].contains(&b'!') {
            return Err(EPERM);
        }
        self.waiting.kill_fasync(Band::In);
        Ok(())
    }

    fn write_iter(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        from.skip(from.len().min(8))
    }

    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        let pos = match to {
            SeekFrom::Start(pos) => pos,
            SeekFrom::Current(by) => file.pos().checked_add_signed(by).ok_or(EINVAL)?,
            SeekFrom::End(_) => return Err(ENXIO),
        };
        file.state().pos.store(pos, Ordering::Relaxed);
        Ok(pos)
    }

    fn fsync(&self, file: &File<'_, Self>, range: RangeInclusive<u64>, datasync: bool) -> Result {
        if *range.end() != i64::MAX as u64 {
            return Err(EIO);
        }
        let state = file.state();
        let count = if datasync {
            &state.datasyncs
        } else {
            &state.syncs
        };
        count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn flush(&self, file: &File<'_, Self>) -> Result {
        match file.state().flushes.fetch_add(1, Ordering::Relaxed) {
            1 => Err(EDQUOT),
            _ => Ok(()),
        }
    }

    fn fasync(&self, _file: &File<'_, Self>) -> &FasyncList {
        &self.waiting
    }

    fn show_fdinfo(&self, file: &File<'_, Self>, to: &mut SeqFile<'_>) {
        let state = file.state();
        let counts = [&state.flushes, &state.syncs, &state.datasyncs];
        let [flushes, syncs, datasyncs] = counts.map(|count| count.load(Ordering::Relaxed));
        let pos = state.pos.load(Ordering::Relaxed);
        let _ = writeln!(to, "counts:\t{flushes} {syncs} {datasyncs}\nsought:\t{pos}");
    }
}

#[derive(Default)]
struct Value(Mutex<u64>);

#[file_operations]
impl FileOperations for Value {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        to.write_value(&*self.0.lock())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        *self.0.lock() = from.read_value()?;
        Ok(())
    }
}

#[derive(Default)]
struct Triple(Mutex<[u32; 3]>);

#[file_operations]
impl FileOperations for Triple {
    fn read_iter(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        to.write_value(&*self.0.lock())
    }

    fn write_iter(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        *self.0.lock() = from.read_value()?;
        Ok(())
    }
}

/// Shows where it was read.
fn place(to: &mut UserWriter<'_>, pos: u64) -> Result {
    to.write_fmt(format_args!("{pos}"))
}

macro_rules! seekers {
    ($($name:ident: $key:ident = $function:ident;)*) => {$(
        #[derive(Default)]
        struct $name;

        #[file_operations($key = $function)]
        impl FileOperations for $name {
            fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
                place(to, pos)
            }
        }
    )*};
}

seekers! {
    Noop: llseek = noop_llseek;
    Generic: llseek = generic_file_llseek;
    DefaultSeek: llseek = default_llseek;
    NoEnd: llseek = no_seek_end_llseek;
    Nonseekable: open = nonseekable_open;
}

#[derive(Default)]
struct Stream;

#[file_operations(open = stream_open, splice_read = copy_splice_read)]
impl FileOperations for Stream {
    fn read_iter(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_fmt(format_args!("stream {} at {pos}", file.minor()))
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        from.skip(from.len() / 2)
    }
}

/// Has two lists of those who want signals, and answers with one after the other.
#[derive(Default)]
struct Fickle {
    lists: [FasyncList; 2],
    asked: AtomicUsize,
}

#[file_operations]
impl FileOperations for Fickle {
    /// Promises an answer that never comes.
    fn read_iter(&self, _file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        Err(EIOCBQUEUED)
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        from.skip(from.len())?;
        for list in &self.lists {
            list.kill_fasync(Band::Out);
        }
        Ok(())
    }

    fn fasync(&self, _file: &File<'_, Self>) -> &FasyncList {
        &self.lists[self.asked.fetch_add(1, Ordering::Relaxed) % 2]
    }
}
