// SPDX-License-Identifier: GPL-2.0-only
//! Values of firmware's as text.

use core::fmt::{self, Write};

use kmod_core::acpi::{AcpiPackage, AcpiValue};

/// How deep it looks.
const DEPTH: usize = 6;

/// A text of limited length.
pub(crate) struct Text {
    bytes: [u8; 192],
    length: usize,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            bytes: [0; 192],
            length: 0,
        }
    }
}

impl Text {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let to = self.bytes.get_mut(self.length..).unwrap_or_default();
        let to = to.get_mut(..text.len()).ok_or(fmt::Error)?;
        to.copy_from_slice(text.as_bytes());
        self.length += text.len();
        Ok(())
    }
}

fn hex(to: &mut Text, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
}

/// One value; the package that it is, is left to the caller.
fn one<'a>(to: &mut Text, value: AcpiValue<'a>) -> Result<Option<AcpiPackage<'a>>, fmt::Error> {
    match value {
        AcpiValue::Integer(integer) => write!(to, "{integer:x} ")?,
        AcpiValue::String(bytes) => {
            to.write_str("'")?;
            hex(to, bytes)?;
            to.write_str("' ")?;
        }
        AcpiValue::Buffer(bytes) => {
            to.write_str("<")?;
            hex(to, bytes)?;
            to.write_str("> ")?;
        }
        AcpiValue::Package(package) => return Ok(Some(package)),
        AcpiValue::Other(other) => write!(to, "?{other} ")?,
    }
    Ok(None)
}

/// A value, and what is in it.
pub(crate) fn dump(to: &mut Text, value: AcpiValue<'_>) -> fmt::Result {
    let mut within: [Option<(AcpiPackage<'_>, usize)>; DEPTH] = [None; DEPTH];
    let mut depth = 0;
    let mut next = Some(value);
    loop {
        if let Some(value) = next.take()
            && let Some(package) = one(to, value)?
        {
            match within.get_mut(depth) {
                Some(place) => {
                    to.write_str("[ ")?;
                    *place = Some((package, 0));
                    depth += 1;
                }
                None => to.write_str("... ")?,
            }
        }
        let Some(Some((package, index))) = depth.checked_sub(1).and_then(|at| within.get_mut(at))
        else {
            return Ok(());
        };
        if let Ok(value) = package.get(*index) {
            *index += 1;
            next = Some(value);
        } else {
            to.write_str("] ")?;
            depth -= 1;
        }
    }
}
