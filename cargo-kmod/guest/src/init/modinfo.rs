// SPDX-License-Identifier: GPL-2.0-only
//! `modinfo`: what the module's `.modinfo` section says, in the layout of kmod's tool.

use std::io;
use std::path::Path;

/// The text for the module file `path` with the content `elf`.
pub fn show(path: &Path, elf: &[u8]) -> io::Result<String> {
    let section = section(elf, b".modinfo").ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{} is no module: it has no .modinfo", path.display()),
        )
    })?;
    let entries: Vec<(String, String)> = section
        .split(|&byte| byte == 0)
        .filter_map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            let (key, value) = entry.split_once('=')?;
            Some((key.to_owned(), value.to_owned()))
        })
        .collect();
    let mut text = line("filename", &path.display().to_string());
    for (key, value) in &entries {
        match key.as_str() {
            // Shown with its `parm`; alone when the parameter has no description.
            "parmtype" => {
                let (name, kind) = value.split_once(':').unwrap_or((value, ""));
                if !has_description(&entries, name) {
                    text.push_str(&line("parm", &format!("{name}:{kind}")));
                }
            }
            "parm" => {
                let name = value.split(':').next().unwrap_or_default();
                let value = match kind_of(&entries, name) {
                    Some(kind) => format!("{value} ({kind})"),
                    None => value.clone(),
                };
                text.push_str(&line("parm", &value));
            }
            _ => text.push_str(&line(key, value)),
        }
    }
    Ok(text)
}

fn line(key: &str, value: &str) -> String {
    format!("{:<16}{value}\n", format!("{key}:"))
}

fn has_description(entries: &[(String, String)], name: &str) -> bool {
    entries
        .iter()
        .any(|(key, value)| key == "parm" && value.split(':').next() == Some(name))
}

fn kind_of<'a>(entries: &'a [(String, String)], name: &str) -> Option<&'a str> {
    entries.iter().find_map(|(key, value)| {
        let (of, kind) = value.split_once(':')?;
        (key == "parmtype" && of == name).then_some(kind)
    })
}

/// The content of a section of a little-endian ELF64 file.
fn section<'a>(elf: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    const CLASS64_LITTLE: &[u8] = b"\x7fELF\x02\x01";
    if !elf.starts_with(CLASS64_LITTLE) {
        return None;
    }
    let table = u64_at(elf, 0x28)?;
    let entry = usize::from(u16_at(elf, 0x3a)?);
    let count = usize::from(u16_at(elf, 0x3c)?);
    let names = usize::from(u16_at(elf, 0x3e)?);
    let header = |index: usize| elf.get(table.checked_add(index.checked_mul(entry)?)?..);
    let content = |header: &[u8]| {
        let start = u64_at(header, 0x18)?;
        elf.get(start..start.checked_add(u64_at(header, 0x20)?)?)
    };
    let names = content(header(names)?)?;
    (0..count).find_map(|index| {
        let header = header(index)?;
        let start = u32::from_le_bytes(header.get(..4)?.try_into().ok()?) as usize;
        let found = names.get(start..)?.split(|&byte| byte == 0).next()?;
        (found == name).then(|| content(header))?
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<usize> {
    let value = u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?);
    usize::try_from(value).ok()
}
