// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::crypto::Cipher;
use kmod_core::prelude::*;

fn change(cipher: &Cipher<16>) -> Result {
    cipher.set_key(&[0; 32])
}

fn main() {}
