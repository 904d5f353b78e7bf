// SPDX-License-Identifier: GPL-2.0-only
//! Growing text.

use core::borrow::Borrow;
use core::fmt::{self, Write};
use core::hash::{Hash, Hasher};
use core::ops::Deref;

use super::{AllocError, Flags, KVec};
use crate::error::Result;
use crate::error::code::EINVAL;
use crate::print::{Kind, PrintkArg, Style, Words};

/// Growing text.
///
/// # Invariants
/// The bytes are UTF-8.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KString {
    bytes: KVec<u8>,
}

impl KString {
    /// An empty one, which takes no memory.
    pub const fn new() -> Self {
        Self { bytes: KVec::new() }
    }

    /// The text once more, on the heap.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory.
    pub fn from_str(text: &str, flags: Flags) -> Result<Self, AllocError> {
        let mut string = Self::new();
        string.push_str(text, flags)?;
        Ok(string)
    }

    /// The bytes as text.
    ///
    /// # Errors
    /// EINVAL when they are not UTF-8.
    pub fn from_utf8(bytes: KVec<u8>) -> Result<Self> {
        if !crate::str::is_utf8(&bytes) {
            return Err(EINVAL);
        }
        Ok(Self { bytes })
    }

    /// What `args` show: `KString::from_fmt(format_args!("{a}-{b}"), GFP_KERNEL)`.
    ///
    /// # Errors
    /// ENOMEM when there is no memory, EINVAL when a `Display` fails of its own.
    pub fn from_fmt(args: fmt::Arguments<'_>, flags: Flags) -> Result<Self> {
        let mut string = Self::new();
        string.push_fmt(args, flags)?;
        Ok(string)
    }

    /// Appends text.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has been appended then.
    pub fn push_str(&mut self, text: &str, flags: Flags) -> Result<(), AllocError> {
        self.bytes.extend_from_slice(text.as_bytes(), flags)
    }

    /// Appends a character.
    ///
    /// # Errors
    /// [`AllocError`] when there is no memory; nothing has been appended then.
    pub fn push(&mut self, char: char, flags: Flags) -> Result<(), AllocError> {
        self.push_str(char.encode_utf8(&mut [0; 4]), flags)
    }

    /// Appends what `args` show.
    ///
    /// # Errors
    /// ENOMEM when there is no memory, EINVAL when a `Display` fails of its own; a part may have
    /// been appended then.
    pub fn push_fmt(&mut self, args: fmt::Arguments<'_>, flags: Flags) -> Result {
        let mut writer = Writer {
            string: self,
            flags,
            outcome: Ok(()),
        };
        let written = writer.write_fmt(args);
        writer.outcome?;
        Ok(written?)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // SAFETY: By the invariant.
        unsafe { str::from_utf8_unchecked(&self.bytes) }
    }

    /// The bytes.
    pub fn into_bytes(self) -> KVec<u8> {
        self.bytes
    }

    /// Drops the text, and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }
}

/// Remembers that it was memory that was lacking.
struct Writer<'a> {
    string: &'a mut KString,
    flags: Flags,
    outcome: Result<(), AllocError>,
}

impl Write for Writer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.outcome = self.string.push_str(text, self.flags);
        self.outcome.map_err(|_| fmt::Error)
    }
}

impl Deref for KString {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for KString {
    fn as_ref(&self) -> &str {
        self
    }
}

/// As of its text, which is why a [`KHashMap`](super::KHashMap) can be searched by `&str`.
impl Hash for KString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// A [`KMap`](super::KMap) with texts as keys is searched by `&str`.
impl Borrow<str> for KString {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Debug for KString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for KString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

// SAFETY: Length and address of bytes.
unsafe impl PrintkArg for KString {
    const KIND: Kind = Kind::Text;

    #[inline(always)]
    fn push(&self, style: Style, to: &mut Words) {
        PrintkArg::push(self.as_str(), style, to);
    }
}
