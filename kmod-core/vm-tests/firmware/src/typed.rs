// SPDX-License-Identifier: GPL-2.0-only
//! What is asked of values that are something else.

use core::fmt::Write;

use kmod_core::prelude::*;

use crate::dump::Text;

/// Answers of firmware, each of which is to be as its test says.
pub(crate) fn answers(firmware: &AcpiHandle) -> Result<Text> {
    let mut text = Text::default();
    let numbers = [c"NUMB", c"TEXT", c"PACK", c"MISS"].map(|name| firmware.integer(name, &[]));
    let bytes = firmware.evaluate(c"BYTS", &[])?;
    let bytes = bytes.value();
    let (four, five) = (bytes.first_bytes::<4>(), bytes.first_bytes::<5>());
    let pack = firmware.evaluate(c"PACK", &[])?;
    let pack = pack.value().package()?;
    let inner = pack.get(3)?.package()?.get(1)?.package()?.get(0)?.integer();
    let beyond = [
        pack.get(9).map(|_| ()),
        pack.get(usize::MAX).map(|_| ()),
        pack.get(0)?.package().map(|_| ()),
        pack.get(2)?.text().map(|_| ()),
        pack.get(1)?.bytes().map(|_| ()),
    ];
    let (count, two) = (pack.len(), pack.get(1)?.text());
    let bad = firmware.evaluate(c"BADS", &[])?;
    let bad = bad.value().text().map(|_| ());
    let many = [AcpiArgument::Integer(1); 8];
    let many = firmware.call(c"LAST", &many);
    write!(
        text,
        "{numbers:?} {four:?} {five:?} {inner:?} {count} {two:?} {bad:?} {many:?}"
    )?;
    if beyond != [Err(EPROTO); 5] {
        return Err(EBADE);
    }
    Ok(text)
}
