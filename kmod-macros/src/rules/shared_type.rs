// SPDX-License-Identifier: GPL-2.0-only
//! Types that userspace and the kernel cannot share, with the reason. What cannot be seen in a
//! type's name, the compiler refuses by the trait `Uapi`.

use quote::ToTokens;
use syn::{Path, Type};

use crate::errors::Errors;

const ADDRESS: &str =
    "an address means nothing on the other side, and is 4 bytes in 32-bit programs";
const POINTER_SIZED: &str = "it is as large as an address, 4 bytes in 32-bit programs";
const KERNELS: &str = "its bytes mean something to the kernel only";

/// Types by name: why not, and what instead.
const REFUSED: &[(&[&str], &str, &str)] = &[
    (&["usize"], POINTER_SIZED, "write `u64`"),
    (&["isize"], POINTER_SIZED, "write `i64`"),
    (
        &["bool"],
        "userspace can send other bytes than 0 and 1",
        "write `u8`, and take `!= 0` for true",
    ),
    (
        &["char"],
        "userspace can send numbers that are no character",
        "write `u32`, and use `char::from_u32()`",
    ),
    (
        &["f32", "f64"],
        "kernel code does not compute with floating point",
        "write an integer, of thousandths for example",
    ),
    (
        &["u128", "i128"],
        "C has no such integer in `<linux/types.h>`",
        "write `[u64; 2]`",
    ),
    (
        &[
            "NonZero",
            "NonZeroU8",
            "NonZeroU16",
            "NonZeroU32",
            "NonZeroU64",
            "NonZeroI8",
            "NonZeroI16",
            "NonZeroI32",
            "NonZeroI64",
        ],
        "userspace can send 0",
        "write the plain integer, and check it in the handler",
    ),
    (
        &["NonZeroUsize", "NonZeroIsize"],
        POINTER_SIZED,
        "write `u64`, and check it in the handler",
    ),
    (
        &["Option", "Result", "Ordering"],
        "not every combination of bytes is one of its values",
        "write an integer, and say by a flag or a value of its own that there is none",
    ),
    (
        &["String", "KString", "str", "CStr", "CString"],
        "text has no size of its own",
        "write `[u8; N]`",
    ),
    (
        &["Vec", "KVec"],
        "it stands elsewhere in the kernel's memory",
        "write `[T; N]`; data of any length goes by read(2) and write(2)",
    ),
    (
        &["Box", "KBox", "Arc", "Rc", "NonNull"],
        ADDRESS,
        "write the type itself",
    ),
    (
        &[
            "AtomicBool",
            "AtomicU8",
            "AtomicU16",
            "AtomicU32",
            "AtomicU64",
            "AtomicUsize",
            "AtomicI8",
            "AtomicI16",
            "AtomicI32",
            "AtomicI64",
            "AtomicIsize",
            "Mutex",
            "SpinLock",
            "SpinLockBh",
            "SpinLockIrq",
            "RwLock",
            "SeqLock",
            "OnceLock",
            "Cell",
            "UnsafeCell",
            "RefCell",
        ],
        KERNELS,
        "write a plain integer: what is shared is a copy",
    ),
];

/// Refuses a type whose name tells that it cannot be shared. Returns whether it did.
pub fn check(ty: &Type, errors: &mut Errors) -> bool {
    let (why, help) = match ty {
        Type::Array(array) => return check(&array.elem, errors),
        Type::Group(group) => return check(&group.elem, errors),
        Type::Paren(paren) => return check(&paren.elem, errors),
        Type::Path(path) => match refused(&path.path) {
            Some(found) => found,
            None => return false,
        },
        Type::Reference(_) | Type::Ptr(_) | Type::BareFn(_) => (
            ADDRESS,
            "write the type that it points to, or `u64` for an address of userspace's own",
        ),
        Type::Slice(_) => (
            "its size is not known",
            "write `[T; N]`; data of any length goes by read(2) and write(2)",
        ),
        Type::Tuple(_) => (
            "Rust lays a tuple out as it likes",
            "write a struct under `#[uapi]`",
        ),
        Type::TraitObject(_) | Type::ImplTrait(_) => ("it has no layout", "write a plain type"),
        _ => return false,
    };
    let shown = shown(ty);
    errors.on(
        ty,
        format!("`{shown}` cannot be shared with userspace: {why}"),
        help,
    );
    true
}

fn refused(path: &Path) -> Option<(&'static str, &'static str)> {
    let name = path.segments.last()?.ident.to_string();
    REFUSED
        .iter()
        .find(|(names, _, _)| names.contains(&name.as_str()))
        .map(|(_, why, help)| (*why, *help))
}

/// A type as it is usually written.
fn shown(ty: &Type) -> String {
    let tokens = ty.to_token_stream().to_string();
    let tight = ["<", "::", "(", "[", "&", "*"]
        .iter()
        .fold(tokens, |text, sign| text.replace(&format!("{sign} "), sign));
    ["<", ">", "::", ";", ",", ")", "]"]
        .iter()
        .fold(tight, |text, sign| text.replace(&format!(" {sign}"), sign))
}
