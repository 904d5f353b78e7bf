// SPDX-License-Identifier: GPL-2.0-only
//! Text. C strings are [`core::ffi::CStr`], with literals `c"..."`.

/// Whether `bytes` are UTF-8, as [`core::str::from_utf8`] decides; smaller, and slower on long text.
pub(crate) fn is_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        // How many bytes follow, and the bounds of the first of them: no overlong form, no
        // surrogate, nothing above U+10FFFF.
        let (more, low, high) = match first {
            0..=0x7f => (0, 0, 0),
            0xc2..=0xdf => (1, 0x80, 0xbf),
            0xe0 => (2, 0xa0, 0xbf),
            0xed => (2, 0x80, 0x9f),
            0xe1..=0xef => (2, 0x80, 0xbf),
            0xf0 => (3, 0x90, 0xbf),
            0xf1..=0xf3 => (3, 0x80, 0xbf),
            0xf4 => (3, 0x80, 0x8f),
            _ => return false,
        };
        rest = tail;
        let mut bounds = low..=high;
        for _ in 0..more {
            match rest {
                [byte, tail @ ..] if bounds.contains(byte) => rest = tail,
                _ => return false,
            }
            bounds = 0x80..=0xbf;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_what_core_takes() {
        // Every first byte, followed by bytes on both sides of every bound.
        let edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
        for first in 0..=u8::MAX {
            for second in edges {
                for third in edges {
                    for fourth in edges {
                        let bytes = [first, second, third, fourth];
                        for length in 0..=4 {
                            let bytes = &bytes[..length];
                            assert_eq!(
                                is_utf8(bytes),
                                core::str::from_utf8(bytes).is_ok(),
                                "{bytes:x?}"
                            );
                        }
                    }
                }
            }
        }
    }
}
