// SPDX-License-Identifier: GPL-2.0-only
//! SipHash-2-4, as `core`'s own hasher computes it. That one indexes slices, and on some kernels keeps the panics
//! of doing so, which a module with `panic = "forbid"` cannot have.

use core::hash::Hasher;

/// A hash that is being made.
pub(super) struct SipHasher {
    state: [u64; 4],
    /// The bytes since the last whole word, the first of them lowest.
    tail: u64,
    /// How many bytes there were, modulo 256 and more.
    length: u32,
}

impl SipHasher {
    /// That of no bytes, with this secret.
    pub(super) const fn new([one, other]: [u64; 2]) -> Self {
        Self {
            state: [
                one ^ 0x736f_6d65_7073_6575,
                other ^ 0x646f_7261_6e64_6f6d,
                one ^ 0x6c79_6765_6e65_7261,
                other ^ 0x7465_6462_7974_6573,
            ],
            tail: 0,
            length: 0,
        }
    }

    /// Mixes the state once.
    #[inline]
    fn round(&mut self) {
        let [mut a, mut b, mut c, mut d] = self.state;
        a = a.wrapping_add(b);
        c = c.wrapping_add(d);
        b = b.rotate_left(13) ^ a;
        d = d.rotate_left(16) ^ c;
        a = a.rotate_left(32);
        c = c.wrapping_add(b);
        a = a.wrapping_add(d);
        b = b.rotate_left(17) ^ c;
        d = d.rotate_left(21) ^ a;
        c = c.rotate_left(32);
        self.state = [a, b, c, d];
    }

    /// Takes a word.
    #[inline]
    fn word(&mut self, word: u64) {
        self.state[3] ^= word;
        self.round();
        self.round();
        self.state[0] ^= word;
    }

    /// Takes a byte.
    #[inline]
    fn byte(&mut self, byte: u8) {
        self.tail |= u64::from(byte) << (self.length % 8 * 8);
        self.length = self.length.wrapping_add(1);
        if self.length.is_multiple_of(8) {
            let word = self.tail;
            self.tail = 0;
            self.word(word);
        }
    }
}

impl Hasher for SipHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        if self.length.is_multiple_of(8) {
            let (words, after) = bytes.as_chunks::<8>();
            for word in words {
                self.word(u64::from_le_bytes(*word));
                self.length = self.length.wrapping_add(8);
            }
            rest = after;
        }
        for byte in rest {
            self.byte(*byte);
        }
    }

    fn finish(&self) -> u64 {
        let mut last = Self {
            state: self.state,
            tail: 0,
            length: 0,
        };
        last.word(u64::from(self.length) << 56 | self.tail);
        last.state[2] ^= 0xff;
        for _ in 0..4 {
            last.round();
        }
        let [a, b, c, d] = last.state;
        a ^ b ^ c ^ d
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(deprecated, reason = "it is what this is compared with")]
    fn it_is_that_of_core() {
        let secret = [0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908];
        let bytes: [u8; 300] = core::array::from_fn(|at| (at * 7 % 251).to_le_bytes()[0]);
        for (first, second) in [
            (0, 0),
            (1, 0),
            (8, 8),
            (3, 13),
            (7, 1),
            (16, 284),
            (255, 45),
        ] {
            let mut ours = SipHasher::new(secret);
            let mut cores = core::hash::SipHasher::new_with_keys(secret[0], secret[1]);
            for part in [&bytes[..first], &bytes[first..first + second]] {
                ours.write(part);
                cores.write(part);
                assert_eq!(ours.finish(), cores.finish(), "{first} and {second}");
            }
            ours.write_u32(5);
            cores.write_u32(5);
            assert_eq!(ours.finish(), cores.finish(), "{first} and {second}");
        }
    }
}
