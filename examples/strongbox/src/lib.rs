// SPDX-License-Identifier: GPL-2.0-only
//! Keeps a note encrypted in memory, with a key that is made of a password (SHA-256, AES).
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::crypto::{Cipher, sha256};
use kmod_core::prelude::*;
use kmod_core::random::getrandom;

const BLOCK: usize = 16;

/// Keeps a note encrypted in memory
#[kernel_module(
    name = "strongbox",
    license = "GPL",
    authors = ["The kmod developers"],
    params(
        /// What the key is made of
        password: &str = "",
    ),
)]
struct Strongbox {
    /// /dev/strongbox: write a note, and read it.
    #[misc(name = "strongbox", mode = 0o600)]
    lid: Lid,
}

impl KernelModule for Strongbox {
    fn init(params: &StrongboxParams) -> Result<Self> {
        let key = sha256(params.password().as_bytes());
        let cipher = Cipher::new(c"cbc(aes)", &key)?;
        let note = Mutex::default();
        let lid = Lid { cipher, note };
        Ok(Self { lid })
    }
}

struct Lid {
    cipher: Cipher<BLOCK>,
    note: Mutex<Note>,
}

/// Whole blocks, of which the note is the first bytes.
#[derive(Default)]
struct Note {
    iv: [u8; BLOCK],
    blocks: KVec<u8>,
    length: usize,
}

#[file_operations]
impl FileOperations for Lid {
    type Module = Strongbox;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        let note = self.note.lock();
        let mut text = KVec::new();
        text.extend_from_slice(&note.blocks, GFP_KERNEL)?;
        self.cipher.decrypt(&mut note.iv.clone(), &mut text)?;
        to.write_from(text.get(..note.length).unwrap_or_default(), pos)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut blocks = from.read_all(4096, GFP_KERNEL)?;
        let length = blocks.len();
        blocks.resize(length.next_multiple_of(BLOCK), 0, GFP_KERNEL)?;
        let mut iv = [0; BLOCK];
        getrandom(&mut iv)?;
        self.cipher.encrypt(&mut iv.clone(), &mut blocks)?;
        *self.note.lock() = Note { iv, blocks, length };
        Ok(())
    }
}
