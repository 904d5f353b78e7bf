// SPDX-License-Identifier: GPL-2.0-only
//! Parses what a file is written, as each type.

use kmod_core::prelude::*;
use kmod_core::str::parse;

/// `TYPE TEXT`, and then the value is read.
#[derive(Default)]
pub struct Numbers(Mutex<KString>);

impl Sysctl for Numbers {
    type Module = ();

    fn read(&self, _module: &(), to: &mut SysctlWriter<'_>) -> Result {
        writeln!(to, "{}", &**self.0.lock())
    }

    fn write(&self, _module: &(), data: &SysctlReader<'_>) -> Result {
        let at = data.iter().position(|byte| *byte == b' ').ok_or(EINVAL)?;
        let (kind, text) = data.split_at(at);
        let text = text.get(1..).unwrap_or_default();
        let shown = match kind {
            b"u8" => show(parse::<u8>(text)?),
            b"i8" => show(parse::<i8>(text)?),
            b"u64" => show(parse::<u64>(text)?),
            b"i64" => show(parse::<i64>(text)?),
            b"bool" => show(parse::<bool>(text)?),
            _ => Err(ENOENT),
        }?;
        *self.0.lock() = shown;
        Ok(())
    }
}

fn show(value: impl core::fmt::Display) -> Result<KString> {
    KString::from_fmt(format_args!("{value}"), GFP_KERNEL)
}
