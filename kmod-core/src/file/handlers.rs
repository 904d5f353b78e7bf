// SPDX-License-Identifier: GPL-2.0-only
//! What `#[file_operations]` tells of an `impl`.

/// Which of the handlers that can be absent are there, and which of the kernel's own functions
/// stand in their place.
#[doc(hidden)]
pub struct Handlers {
    pub release: bool,
    pub read: bool,
    pub write: bool,
    pub read_iter: bool,
    pub write_iter: bool,
    pub llseek: bool,
    pub fsync: bool,
    pub flush: bool,
    pub fasync: bool,
    pub show_fdinfo: bool,
    pub poll: bool,
    pub mmap: bool,
    pub open_as: OpenAs,
    pub llseek_as: LlseekAs,
    pub splice_read: bool,
    pub splice_write: bool,
    pub nowait: bool,
}

/// What the kernel does to a file that has been opened.
#[doc(hidden)]
pub enum OpenAs {
    /// Nothing more.
    Plain,
    /// `nonseekable_open()`
    Nonseekable,
    /// `stream_open()`
    Stream,
}

/// Which of the kernel's functions `llseek` is.
#[doc(hidden)]
pub enum LlseekAs {
    /// None: a handler, or `NULL`.
    Absent,
    /// `default_llseek()`
    Default,
    /// `generic_file_llseek()`
    Generic,
    /// `noop_llseek()`
    Noop,
    /// `no_seek_end_llseek()`
    NoSeekEnd,
    /// `fixed_size_llseek()`, with the size
    FixedSize(u64),
}

impl Handlers {
    /// A device that can be opened.
    pub const NONE: Self = Self {
        release: false,
        read: false,
        write: false,
        read_iter: false,
        write_iter: false,
        llseek: false,
        fsync: false,
        flush: false,
        fasync: false,
        show_fdinfo: false,
        poll: false,
        mmap: false,
        open_as: OpenAs::Plain,
        llseek_as: LlseekAs::Absent,
        splice_read: false,
        splice_write: false,
        nowait: false,
    };
}
