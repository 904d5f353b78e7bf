// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's log of the code that it translates (`-d in_asm`): a block each time, right before it runs first.

use std::io::BufRead;
use std::iter;

/// Instructions that lie one after the other and that QEMU translates in one piece: after the first of them runs,
/// so do the others, unless one of them faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The address of the first byte.
    pub at: u64,
    /// The instructions.
    pub bytes: Vec<u8>,
}

impl Block {
    /// The address behind it.
    pub fn end(&self) -> u64 {
        self.at.saturating_add(self.bytes.len() as u64)
    }
}

/// The blocks of a log, in their order. What is cut off at its end is left out.
pub fn blocks(mut log: impl BufRead) -> impl Iterator<Item = Block> {
    let mut line = Vec::new();
    let mut next: Option<Block> = None;
    iter::from_fn(move || {
        loop {
            line.clear();
            match log.read_until(b'\n', &mut line) {
                Ok(read) if read > 0 => {}
                _ => return next.take(),
            }
            if !line.ends_with(b"\n") {
                return next.take();
            }
            let Some((at, bytes)) = instruction(&String::from_utf8_lossy(&line)) else {
                if let Some(block) = next.take() {
                    return Some(block);
                }
                continue;
            };
            match &mut next {
                Some(block) if block.end() == at => block.bytes.extend(bytes),
                _ => {
                    if let Some(block) = next.replace(Block { at, bytes }) {
                        return Some(block);
                    }
                }
            }
        }
    })
}

/// The address and the bytes of a line: `0xffffffffc0201671:  48 c7 c7 08 40 20 c0     movq …`; the rest of a long
/// instruction has a line without words. Instructions of a fixed length are told as numbers.
fn instruction(line: &str) -> Option<(u64, Vec<u8>)> {
    let (at, rest) = line.strip_prefix("0x")?.split_once(':')?;
    let at = u64::from_str_radix(at, 16).ok()?;
    let rest = rest.trim();
    let told = rest.split("  ").next()?;
    let mut bytes = Vec::new();
    for number in told.split(' ') {
        let whole = u64::from_str_radix(number, 16).ok()?;
        let length = number.len() / 2;
        if number.len() % 2 != 0 || length > size_of::<u64>() {
            return None;
        }
        bytes.extend(&whole.to_le_bytes()[..length]);
    }
    Some((at, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_comes_apart_into_blocks() {
        let log = "----------------\nIN: f\n\
            0xffffffffc0201650:  8b 05 aa 29 00 00        movl     0x29aa(%rip), %eax\n\
            0xffffffffc0201656:  48 c7 05 9f 2d 00 00 00  movq     $0, 0x2d9f(%rip)\n\
            0xffffffffc020165e:  00 00 00\n\n\
            ----------------\nIN: \n\
            0xffff800001234560:  d503233f  paciasp\n\n\
            ----------------\nIN: \n0xffffffffc02014d0:  55    push";
        let found: Vec<Block> = blocks(log.as_bytes()).collect();
        let first = [
            0x8b, 0x05, 0xaa, 0x29, 0, 0, 0x48, 0xc7, 0x05, 0x9f, 0x2d, 0, 0, 0, 0, 0, 0,
        ];
        let block = |at, bytes: &[u8]| Block {
            at,
            bytes: bytes.to_vec(),
        };
        assert_eq!(
            found,
            [
                block(0xffff_ffff_c020_1650, &first),
                block(0xffff_8000_0123_4560, &[0x3f, 0x23, 0x03, 0xd5]),
            ]
        );
    }
}
