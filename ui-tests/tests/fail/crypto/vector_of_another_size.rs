// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::crypto::Cipher;
use kmod_core::prelude::*;

fn encrypt(cipher: &Cipher<16>, data: &mut [u8]) -> Result {
    cipher.encrypt(&mut [0; 12], data)
}

fn main() {}
