// SPDX-License-Identifier: GPL-2.0-only
//! Uses memory, text and locks inside the kernel.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::alloc::{__GFP_NOWARN, __GFP_ZERO, GFP_NOWAIT};
use kmod_core::prelude::*;

/// Uses memory, text and locks
#[kernel_module(
    name = "vm_alloc",
    license = "GPL",
    params(
        /// What to try
        what: &str = "",
    ),
)]
struct Alloc {
    /// Every write counts, in two steps that a lock must keep together.
    #[sysctl(path = "vm_alloc/mutex")]
    mutex: Counted<Mutex<u64>>,
    #[sysctl(path = "vm_alloc/spinlock")]
    spinlock: Counted<SpinLock<u64>>,
    /// What is in a box is read and written as without.
    #[sysctl(path = "vm_alloc/number", range = -5..=100)]
    number: KBox<AtomicI32>,
    #[sysctl(path = "vm_alloc/text")]
    text: Arc<SysctlString<8>>,
}

impl KernelModule for Alloc {
    fn init(params: &AllocParams) -> Result<Self> {
        match params.what() {
            "box" => boxes()?,
            "align" => alignment()?,
            "vec" => vectors()?,
            "large" => large()?,
            "refuse" => refusals()?,
            "text" => text()?,
            "arc" => owners()?,
            "list" => lists()?,
            "" => {}
            _ => return Err(ENOENT),
        }
        Ok(Alloc {
            mutex: Counted(Mutex::new(0)),
            spinlock: Counted(SpinLock::new(0)),
            number: KBox::new(AtomicI32::new(7), GFP_KERNEL)?,
            text: Arc::new(SysctlString::new("text"), GFP_KERNEL)?,
        })
    }
}

/// EINVAL, and where, unless it holds.
macro_rules! check {
    ($condition:expr) => {
        if !$condition {
            pr_err!("line {}: {}", line!(), stringify!($condition));
            return Err(EINVAL);
        }
    };
}

/// Counts its drops.
struct Dropped<'a>(&'a AtomicU32);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn boxes() -> Result {
    let drops = AtomicU32::new(0);
    let mut boxed = KBox::new([1u64; 100], GFP_KERNEL)?;
    boxed[99] += 1;
    check!(boxed.iter().sum::<u64>() == 101);
    check!(KBox::into_inner(boxed)[99] == 2);
    drop(KBox::new(Dropped(&drops), GFP_ATOMIC)?);
    check!(drops.load(Ordering::Relaxed) == 1);
    check!(*KBox::new(7, GFP_KERNEL | __GFP_ZERO)? == 7);
    Ok(())
}

/// So many nodes that dropping each in a call of its own would overflow the stack many times.
fn lists() -> Result {
    let drops = AtomicU32::new(0);
    let mut list = List::new();
    for _ in 0..100_000 {
        list.push_front(Dropped(&drops), GFP_KERNEL)?;
    }
    let mut atomic = List::of(Dropped(&drops), GFP_ATOMIC)?;
    list.append(&mut atomic);
    check!(list.iter().count() == 100_001);
    drop(list.pop_front());
    check!(drops.load(Ordering::Relaxed) == 1);
    drop(list);
    check!(drops.load(Ordering::Relaxed) == 100_001);
    Ok(())
}

fn aligned<T: Default>() -> Result<bool> {
    let mut boxes = KVec::new();
    for _ in 0..64 {
        boxes.push(KBox::new(T::default(), GFP_KERNEL)?, GFP_KERNEL)?;
    }
    Ok(boxes
        .iter()
        .all(|boxed| (&raw const **boxed).addr() % align_of::<T>() == 0))
}

fn alignment() -> Result {
    macro_rules! aligned_to {
        ($($align:literal)*) => {$(
            #[derive(Default)]
            #[repr(align($align))]
            struct Aligned([u8; 3]);
            check!(aligned::<Aligned>()?);
            check!(aligned::<[Aligned; 3]>()?);
            let values = KVec::from_elem(0u8, 1, GFP_KERNEL)?;
            check!(values.len() == 1 && Aligned::default().0[0] == 0);
        )*};
    }
    {
        aligned_to!(1);
    }
    {
        aligned_to!(16);
    }
    {
        aligned_to!(64);
    }
    {
        aligned_to!(256);
    }
    {
        aligned_to!(512);
    }
    check!(aligned::<u128>()?);
    check!(aligned::<[u64; 12]>()?);
    Ok(())
}

fn vectors() -> Result {
    let drops = AtomicU32::new(0);
    let mut vec = KVec::new();
    for i in 0..10_000u32 {
        vec.push(i, GFP_KERNEL)?;
    }
    check!(vec.iter().copied().eq(0..10_000));
    vec.truncate(10);
    vec.extend_from_slice(&[1, 2], GFP_KERNEL)?;
    check!(vec.len() == 12 && vec.pop() == Some(2) && vec.remove(0) == Some(0));
    check!(vec.try_clone(GFP_KERNEL)? == vec);
    check!(vec.into_iter().sum::<u32>() == 46);
    let mut vec = KVec::with_capacity(3, GFP_KERNEL)?;
    for _ in 0..3 {
        vec.push(Dropped(&drops), GFP_KERNEL)?;
    }
    let mut values = vec.into_iter();
    drop(values.next());
    check!(drops.load(Ordering::Relaxed) == 1);
    drop(values);
    check!(drops.load(Ordering::Relaxed) == 3);
    Ok(())
}

/// More than `kmalloc()` has.
fn large() -> Result {
    let mut vec = KVec::from_elem(1u8, 16 << 20, GFP_KERNEL)?;
    vec[(16 << 20) - 1] = 2;
    check!(vec.iter().map(|byte| u32::from(*byte)).sum::<u32>() == (16 << 20) + 1);
    Ok(())
}

/// What cannot be, is an error and no WARN.
fn refusals() -> Result {
    check!(KVec::<u8>::with_capacity(16 << 20, GFP_ATOMIC | __GFP_NOWARN).is_err());
    check!(KVec::<u8>::with_capacity(16 << 20, GFP_NOWAIT).is_err());
    check!(KVec::<u8>::with_capacity(1 << 40, GFP_KERNEL).is_err());
    check!(KVec::<u8>::with_capacity(usize::MAX, GFP_KERNEL).is_err());
    check!(KVec::<u64>::with_capacity(usize::MAX / 2, GFP_KERNEL).is_err());
    Ok(())
}

fn text() -> Result {
    let mut text = KString::from_str("Zoë", GFP_KERNEL)?;
    text.push_fmt(format_args!("-{}-{:?}", 1, "b"), GFP_KERNEL)?;
    check!(&*text == "Zoë-1-\"b\"");
    pr_info!("{text} {}", c_str(c"C text"));
    check!(c"C text".to_str()?.len() == 6);
    check!(CStr::from_bytes_with_nul(b"no end").is_err());
    check!(CStr::from_bytes_until_nul(b"end\0rest")?.to_bytes() == b"end");
    check!(c"\xff".to_str().is_err());
    let mut bytes = KVec::new();
    bytes.extend_from_slice(b"\xff", GFP_KERNEL)?;
    check!(KString::from_utf8(bytes) == Err(EINVAL));
    Ok(())
}

fn owners() -> Result {
    let drops = AtomicU32::new(0);
    let first = Arc::new(Dropped(&drops), GFP_KERNEL)?;
    let second = first.clone();
    check!(Arc::ptr_eq(&first, &second));
    drop(first);
    check!(drops.load(Ordering::Relaxed) == 0);
    drop(second);
    check!(drops.load(Ordering::Relaxed) == 1);
    Ok(())
}

/// A number behind a lock.
struct Counted<L>(L);

/// Adds one, as slowly as it can be.
fn add_one(count: &mut u64) {
    let before = *count;
    for _ in 0..100 {
        core::hint::spin_loop();
    }
    *count = before + 1;
}

impl Sysctl for Counted<Mutex<u64>> {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        writeln!(to, "{}", *self.0.lock())
    }

    fn write(&self, _module: &(), _data: &SysctlReader<'_>) -> Result {
        add_one(&mut *self.0.lock_interruptible()?);
        Ok(())
    }
}

impl Sysctl for Counted<SpinLock<u64>> {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        writeln!(to, "{}", self.0.with(|count| *count))
    }

    fn write(&self, _module: &(), _data: &SysctlReader<'_>) -> Result {
        self.0.with(add_one);
        Ok(())
    }
}
