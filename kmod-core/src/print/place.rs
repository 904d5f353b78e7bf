// SPDX-License-Identifier: GPL-2.0-only
//! Places of `pr_debug!` that are switched on and off while the module runs: the kernel's dynamic debug.

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::mem::{offset_of, size_of};
use core::sync::atomic::{AtomicU32, Ordering};

use kmod_bindings as bindings;

/// A text as a C string.
///
/// # Invariants
///
/// One of the bytes is NUL.
#[repr(transparent)]
pub struct Text<const N: usize>([u8; N]);

impl<const N: usize> Text<N> {
    /// That of `text`, for which there must be room.
    pub const fn new(text: &str) -> Self {
        let text = text.as_bytes();
        let mut bytes = [0; N];
        let mut at = 0;
        while at < text.len() {
            bytes[at] = text[at];
            at += 1;
        }
        // INVARIANT: The last byte is one.
        assert!(at < N, "no room for the NUL");
        Self(bytes)
    }

    /// It.
    pub const fn as_c_str(&self) -> &CStr {
        match CStr::from_bytes_until_nul(&self.0) {
            Ok(text) => text,
            // By the invariant there is one.
            Err(_) => c"",
        }
    }
}

/// The name of the function that the item of this path stands in, as C's `__func__` has it.
pub const fn function_around(path: &'static str) -> &'static str {
    let bytes = path.as_bytes();
    let mut end = begin(bytes, bytes.len()).saturating_sub(2);
    let mut at = begin(bytes, end);
    // A closure has the name of the function that it stands in, and so has what a place is made in.
    while at >= 2 && (bytes[at] == b'{' || is_place(path.split_at(end).0.split_at(at).1)) {
        end = at - 2;
        at = begin(bytes, end);
    }
    path.split_at(end).0.split_at(at).1
}

/// Whether it is the name of what a place is made in.
const fn is_place(part: &str) -> bool {
    matches!(part.as_bytes(), b"__place")
}

/// Where the last part of a path begins that ends at `end`.
const fn begin(path: &[u8], end: usize) -> usize {
    let mut at = end;
    while at >= 2 && !(path[at - 1] == b':' && path[at - 2] == b':') {
        at -= 1;
    }
    if at < 2 { 0 } else { at }
}

/// The path of a type.
#[cfg(target_os = "none")]
pub const fn path_of<T>(_: &T) -> &'static str {
    core::any::type_name::<T>()
}

/// The path of a type, of which nothing is known before it runs.
#[cfg(not(target_os = "none"))]
pub const fn path_of<T>(_: &T) -> &'static str {
    "host::host"
}

/// Whether the kernel has places.
pub const PLACES: bool = bindings::KMOD_DDEBUG != 0;

/// Whether a place's branch is a static one.
pub const BRANCHES: bool = bindings::KMOD_DDEBUG_BRANCH != 0;

/// The size of a place, in bytes.
pub const SIZE: usize = bindings::KMOD_DDEBUG_SIZE as usize;

/// Where its static key is.
pub const KEY: usize = offset_of!(Place, key);

/// The words of that, of which there are none where the kernel has no static branches.
pub const KEY_WORDS: usize = (SIZE - 40) / 8;

/// Where `__this_module` keeps the module's name.
#[cfg(target_os = "none")]
pub const MODULE_NAME: usize = bindings::KMOD_MODULE_NAME_OFFSET as usize;

/// Bits of a line's number; behind them is the class, and behind that are the flags.
const LINE_BITS: u32 = 18;

/// The class of those who are in none: all bits.
const CLASS: u32 = (1 << bindings::KMOD_DDEBUG_CLASS_BITS) - 1;

/// `_DPRINTK_FLAGS_PRINT`
const PRINT: u32 = 1 << (LINE_BITS + bindings::KMOD_DDEBUG_CLASS_BITS);

/// The line, the class and the flags of a place that is on from the start, or not.
pub const fn line_class_flags(line: u32, on: bool) -> u32 {
    let flags = if on { PRINT } else { 0 };
    line & ((1 << LINE_BITS) - 1) | CLASS << LINE_BITS | flags
}

/// A place: the kernel's `struct _ddebug`.
///
/// # Invariants
///
/// It is one of the section in which the kernel looks for places, and the kernel alone writes to it.
#[repr(C, align(8))]
pub struct Place {
    strings: [usize; 4],
    line_class_flags: AtomicU32,
    key: Key,
}

/// A static key.
#[repr(C, align(8))]
struct Key(UnsafeCell<[u64; KEY_WORDS]>);

// Behind the strings and the bits is its key: `check_bits()` in C shows that the kernel's is so.
const _: () = assert!(KEY == 40 && size_of::<Place>() == SIZE);

// SAFETY: Only the kernel writes to it, by its own rules (invariant).
unsafe impl Sync for Place {}

impl Place {
    /// Whether it is on: for kernels without static branches.
    #[inline(always)]
    pub fn is_on(&self) -> bool {
        self.line_class_flags.load(Ordering::Relaxed) & PRINT != 0
    }
}

/// No place.
pub const NOWHERE: Option<&'static Place> = None;

/// Runs `$print` with `$place` where this place is on; as C's `dynamic_pr_debug()`. `$symbol` is a name that no
/// other place has.
///
/// The place is made by the assembler: the kernel takes the section for an array, and rustc may align statics
/// more than they are (`-Zmin-function-alignment` does so).
#[cfg(target_os = "none")]
#[doc(hidden)]
#[macro_export]
macro_rules! __at_place {
    ($symbol:literal, $format:expr, |$place:ident| $print:expr) => {
        if $crate::__private::print::PLACES {
            // In a block the macro would be a statement, which it cannot be.
            mod __place {
                fn __here() {}
                $crate::__text! {
                    __FUNCTION = $crate::__private::print::function_around(
                        $crate::__private::print::path_of(&__here)
                    );
                    __FILE = $crate::__private::file!();
                    __FORMAT = $format;
                }
                $crate::__private::global_asm!(
                    ".rept {places}",
                    ".pushsection __dyndbg, \"aw\"",
                    ".balign 8",
                    $crate::__private::concat!(".type ", $symbol, ", %object"),
                    $crate::__private::concat!(".size ", $symbol, ", {size}"),
                    $crate::__private::concat!($symbol, ":"),
                    ".quad {module} + {name}, {function}, {file}, {format}",
                    ".long {bits}, 0",
                    ".rept {words}",
                    ".quad {on}",
                    ".endr",
                    ".popsection",
                    ".endr",
                    places = const $crate::__private::print::PLACES as usize,
                    size = const $crate::__private::print::SIZE,
                    module = sym $crate::__private::__this_module,
                    name = const $crate::__private::print::MODULE_NAME,
                    function = sym __FUNCTION,
                    file = sym __FILE,
                    format = sym __FORMAT,
                    bits = const $crate::__private::print::line_class_flags(
                        $crate::__private::line!(),
                        $crate::__private::cfg!(debug_assertions),
                    ),
                    words = const $crate::__private::print::KEY_WORDS,
                    // The counter of a key that is on, and the bit that says that it was so from the start.
                    on = const $crate::__private::cfg!(debug_assertions) as usize,
                );
                unsafe extern "C" {
                    #[link_name = $symbol]
                    pub static PLACE: $crate::__private::print::Place;
                }
            }
            let mut __on = $crate::__private::cfg!(debug_assertions);
            if $crate::__private::print::BRANCHES {
                // SAFETY: The instruction does nothing, or jumps to the block where the kernel has made it a
                // jump; the row tells the kernel of it, of the block, and of the place's key, which is
                // true from the start if the lowest bit says so.
                unsafe {
                    $crate::__private::asm!(
                        "2:",
                        $crate::__private::static_branch!(),
                        ".pushsection __jump_table, \"aw\"",
                        ".balign 8",
                        ".long 2b - ., {jumps} - .",
                        ".quad {place} + {key} - .",
                        ".popsection",
                        jumps = label { __on = !__on; },
                        place = sym __place::PLACE,
                        key = const $crate::__private::print::KEY
                            + $crate::__private::cfg!(debug_assertions) as usize,
                        options(nomem, nostack, preserves_flags),
                    )
                };
            } else {
                // SAFETY: The assembler has made a place of that name above; it stays as long as the
                // module's code, and the kernel alone writes to it (`Place`'s invariant).
                __on = unsafe { &__place::PLACE }.is_on();
            }
            if __on {
                // SAFETY: The assembler has made a place of that name above; it stays as long as the
                // module's code, and the kernel alone writes to it (`Place`'s invariant).
                let $place = $crate::__private::Some(unsafe { &__place::PLACE });
                $print
            }
        } else if $crate::__private::cfg!(debug_assertions) {
            let $place = $crate::__private::print::NOWHERE;
            $print
        }
    };
}

/// Statics of C strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($($name:ident = $text:expr;)*) => {$(
        static $name: $crate::__private::print::Text<
            { const TEXT: &$crate::__private::primitive::str = $text; TEXT.len() + 1 },
        > = $crate::__private::print::Text::new($text);
    )*};
}

/// Runs `$print` if there are debug assertions: on the host there are no places.
#[cfg(not(target_os = "none"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __at_place {
    ($symbol:literal, $format:expr, |$place:ident| $print:expr) => {
        if $crate::__private::cfg!(debug_assertions) {
            let $place = $crate::__private::print::NOWHERE;
            $print
        }
    };
}

/// The name of the function that it stands in, a `&'static CStr`.
#[doc(hidden)]
#[macro_export]
macro_rules! __function {
    () => {{
        fn __here() {}
        $crate::__text! {
            __FUNCTION = $crate::__private::print::function_around(
                $crate::__private::print::path_of(&__here)
            );
        }
        __FUNCTION.as_c_str()
    }};
}

#[cfg(test)]
mod tests {
    use super::{Text, function_around};

    #[test]
    fn a_function_is_known_by_its_own_name() {
        for (path, name) in [
            ("<a::B as a::C>::read::__here", "read"),
            ("<a::B as a::C>::read::{{closure}}::__here", "read"),
            ("a::read::{{closure}}::{{closure}}::__here", "read"),
            ("a::b::B<_>::read::__here", "read"),
            ("a::read::{{closure}}::__place::__here", "read"),
            ("a::__places::__here", "__places"),
            ("read::__here", "read"),
            ("__here", ""),
            ("", ""),
        ] {
            assert_eq!(function_around(path), name, "{path}");
        }
    }

    #[test]
    fn a_text_ends_with_a_nul() {
        assert_eq!(Text::<5>::new("text").as_c_str(), c"text");
        assert_eq!(Text::<4>::new("a\0b").as_c_str(), c"a");
    }
}
