// SPDX-License-Identifier: GPL-2.0-only
//! Addresses in the log.

use core::fmt::{self, Write};

/// An argument that a message may show by `{:p}`: the addresses in that are then what `%p` makes of
/// them. It is otherwise shown as ever.
pub struct Pointer<'a, T>(pub &'a T);

/// Chooses [`Pointer`] for what has a `{:p}`, by the same means as [`Choose`](super::Choose).
pub trait IsPointer {
    /// What is shown.
    fn hashed(&self) -> &Self;
}

impl<T: fmt::Pointer> IsPointer for Pointer<'_, T> {
    fn hashed(&self) -> &Self {
        self
    }
}

/// Chooses the argument itself for the rest: a width, or what the compiler is to refuse.
pub trait IsOther {
    /// What is shown.
    type Value;

    /// What is shown.
    fn hashed(&self) -> &Self::Value;
}

impl<T> IsOther for &Pointer<'_, T> {
    type Value = T;

    fn hashed(&self) -> &T {
        self.0
    }
}

impl<T: fmt::Pointer> fmt::Pointer for Pointer<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Text::new();
        // An error says that the text is full: what there is, is shown.
        let _ = write!(text, "{:p}", *self.0).and_then(|()| text.end());
        f.pad(text.as_str())
    }
}

macro_rules! as_ever {
    ($($name:ident)*) => {$(
        impl<T: fmt::$name> fmt::$name for Pointer<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

as_ever! { Binary Debug Display LowerExp LowerHex Octal UpperExp UpperHex }

/// Text in which each address (`0x` and digits) is replaced by what `%p` shows.
///
/// # Invariants
///
/// The first `length` bytes are UTF-8.
struct Text {
    bytes: [u8; Text::LENGTH],
    length: usize,
    seen: Seen,
}

/// What was written last, and is not in the text yet.
#[derive(Clone, Copy)]
enum Seen {
    Nothing,
    Zero,
    Address(usize),
}

impl Text {
    /// An address takes 16 bytes; a type may show more than that.
    const LENGTH: usize = 128;

    const fn new() -> Self {
        Self {
            bytes: [0; Self::LENGTH],
            length: 0,
            seen: Seen::Nothing,
        }
    }

    fn push(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.length..).unwrap_or_default();
        let room = room.get_mut(..text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        // INVARIANT: Whole texts only. The sum is at most the size.
        self.length = self.length.wrapping_add(text.len());
        Ok(())
    }

    /// Puts what was seen last into the text.
    fn end(&mut self) -> fmt::Result {
        match core::mem::replace(&mut self.seen, Seen::Nothing) {
            Seen::Nothing => Ok(()),
            Seen::Zero => self.push("0"),
            Seen::Address(address) => {
                let mut buffer = [0; 32];
                self.push(hash(address, &mut buffer))
            }
        }
    }

    fn as_str(&self) -> &str {
        let text = self.bytes.get(..self.length).unwrap_or_default();
        // SAFETY: They are UTF-8 (invariant).
        unsafe { core::str::from_utf8_unchecked(text) }
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| self.write_char(c))
    }

    fn write_char(&mut self, c: char) -> fmt::Result {
        self.seen = match (self.seen, c.to_digit(16)) {
            (Seen::Address(address), Some(digit)) => Seen::Address(address << 4 | digit as usize),
            (Seen::Zero, _) if c == 'x' => Seen::Address(0),
            _ => {
                self.end()?;
                if c != '0' {
                    return self.push(c.encode_utf8(&mut [0; 4]));
                }
                Seen::Zero
            }
        };
        Ok(())
    }
}

/// What `%p` shows of an address.
fn hash(address: usize, buffer: &mut [u8; 32]) -> &str {
    let pointer = core::ptr::without_provenance(address);
    let (to, size) = (buffer.as_mut_ptr().cast(), buffer.len());
    // SAFETY: The buffer has that size. The kernel reads nothing at the address: `%p` is followed by
    // nothing.
    let length = unsafe { kmod_bindings::kmod_hash_pointer(pointer, to, size) };
    let text = usize::try_from(length).ok().and_then(|n| buffer.get(..n));
    // It is ASCII.
    text.and_then(|text| core::str::from_utf8(text).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::Pointer;
    use core::fmt;
    use core::ptr;
    use std::format;

    /// What a kernel shows that has no key yet, and the host's stand-in.
    const HASHED: &str = "(____ptrval____)";

    #[test]
    fn addresses_are_hashed() {
        let pointer = ptr::without_provenance::<u8>(0xffff_8880_1234_5678);
        assert_eq!(format!("{:p}", Pointer(&pointer)), HASHED);
        assert_eq!(format!("{:p}", Pointer(&&1)), HASHED);
        assert_eq!(format!("{:>18p}|", Pointer(&&1)), format!("  {HASHED}|"));
    }

    #[test]
    fn all_addresses_in_a_text_are_hashed() {
        struct Two;
        impl fmt::Pointer for Two {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("00 0x1f,0")?;
                f.write_str("x2é 7 0")
            }
        }
        let shown = format!("{:p}", Pointer(&Two));
        assert_eq!(shown, format!("00 {HASHED},{HASHED}é 7 0"));
    }

    #[test]
    fn the_rest_is_shown_as_ever() {
        assert_eq!(
            format!("{} {:?} {:x}", Pointer(&"a"), Pointer(&"b"), Pointer(&255)),
            "a \"b\" ff"
        );
    }
}
