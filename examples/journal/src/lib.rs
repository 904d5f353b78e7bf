// SPDX-License-Identifier: GPL-2.0-only
//! Four journals, `/dev/journal0` to `/dev/journal3`: what is written to one is kept, and everyone
//! who opens it reads it at their own pace.
//!
//! A journal that is full forgets its oldest text. Who has not read that yet is told once, by
//! `EPIPE`, as readers of `/dev/kmsg` are.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// Keeps what is written to it, for everyone to read
#[kernel_module(
    name = "journal",
    license = "GPL",
    authors = ["The kmod developers"],
    params(
        /// How many bytes a journal keeps
        #[param(range = 64..=65536)]
        room: usize = 4096,
    ),
)]
#[derive(Default)]
struct Journal {
    #[chrdev(name = "journal", minors = 4, mode = 0o644)]
    journals: Journals,
}

#[derive(Default)]
struct Journals([Mutex<Text>; 4]);

/// The text that a journal still has.
#[derive(Default)]
struct Text {
    bytes: KVec<u8>,
    /// How many bytes it has forgotten.
    forgotten: u64,
}

impl Text {
    fn append(&mut self, entry: &[u8], room: usize) -> Result {
        let over = (self.bytes.len() + entry.len()).saturating_sub(room);
        self.bytes.extend_from_slice(entry, GFP_KERNEL_ACCOUNT)?;
        self.bytes.rotate_left(over);
        self.bytes.truncate(self.bytes.len() - over);
        self.forgotten += over as u64;
        Ok(())
    }
}

/// Up to where a reader has read, counted from the journal's beginning.
struct Bookmark(Mutex<u64>);

impl Journals {
    fn text(&self, minor: u32) -> Result<&Mutex<Text>> {
        self.0.get(minor as usize).ok_or(ENXIO)
    }
}

#[file_operations]
impl FileOperations for Journals {
    type PerOpen = Bookmark;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<Bookmark> {
        let forgotten = self.text(file.minor())?.lock().forgotten;
        Ok(Bookmark(Mutex::new(forgotten)))
    }

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let mut bookmark = file.state().0.lock();
        let text = self.text(file.minor())?.lock();
        let Some(start) = bookmark.checked_sub(text.forgotten) else {
            *bookmark = text.forgotten;
            return Err(EPIPE);
        };
        *bookmark += to.write_from(&text.bytes, start)? as u64;
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let room = Journal::params().room();
        let entry = from.read_all(room, GFP_KERNEL_ACCOUNT)?;
        self.text(file.minor())?.lock().append(&entry, room)
    }
}
