// SPDX-License-Identifier: GPL-2.0-only
//! How a channel's values lie in a scan: `scan = "be:s12/16>>4"`.

use proc_macro2::{TokenStream, TokenTree};

use super::text_of;
use crate::errors::Errors;

/// How a scan is written.
const SCAN_EXAMPLE: &str = "write `scan = \"s12/16>>4\"` for 12 bits with a sign, in 16, of which 4 are below them; \
                            `u` for none, `be:` or `le:` before it for an order of bytes";

/// How a channel lies in a scan.
pub struct Scan {
    /// Whether it has a sign.
    pub signed: bool,
    /// How many bits it has.
    pub real: u8,
    /// In how many they lie.
    pub storage: u8,
    /// How many are below them.
    pub shift: u8,
    /// In which order its bytes are; that of the machine otherwise.
    pub big_endian: Option<bool>,
}

impl Scan {
    /// That of a text as the kernel shows it, `be:s12/16>>4`; where the order of bytes is that of the machine, without
    /// it.
    fn parse(text: &str) -> Option<Self> {
        let (big_endian, rest) = match text.split_once(':') {
            Some(("be", rest)) => (Some(true), rest),
            Some(("le", rest)) => (Some(false), rest),
            Some(_) => return None,
            None => (None, text),
        };
        let signed = rest.starts_with('s');
        let bits = rest.strip_prefix(['s', 'u'])?;
        let (real, rest) = bits.split_once('/')?;
        let (storage, shift) = rest.split_once(">>").unwrap_or((rest, "0"));
        let number = |text: &str| {
            let digits = text.bytes().all(|digit| digit.is_ascii_digit());
            digits.then(|| text.parse::<u8>().ok()).flatten()
        };
        Some(Self {
            signed,
            real: number(real)?,
            storage: number(storage)?,
            shift: number(shift)?,
            big_endian,
        })
    }

    /// What is wrong with it.
    fn wrong(&self) -> Option<&'static str> {
        if !matches!(self.storage, 8 | 16 | 32 | 64) {
            Some("a value of a scan lies in 8, 16, 32 or 64 bits")
        } else if self.real == 0
            || u16::from(self.real) + u16::from(self.shift) > self.storage.into()
        {
            Some(
                "a value of a scan has one bit at least, and lies with those below it in the others",
            )
        } else {
            None
        }
    }
}

/// How a channel lies in a scan.
pub fn scan(value: &[TokenTree], errors: &mut Errors) -> Option<Scan> {
    let tokens = || value.iter().cloned().collect::<TokenStream>();
    let Some(scan) = text_of(value).and_then(|text| Scan::parse(&text.value)) else {
        let rule = "`scan` is how the value's bits lie, as the kernel shows it";
        errors.on(tokens(), rule, SCAN_EXAMPLE);
        return None;
    };
    if let Some(rule) = scan.wrong() {
        errors.on(tokens(), rule, SCAN_EXAMPLE);
        return None;
    }
    Some(scan)
}
