// SPDX-License-Identifier: GPL-2.0-only
//! Numbers by chance: the same ones for the same seed.

pub struct Chance(u64);

/// Numbers at which something begins or ends.
const EDGES: &[u64] = &[
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    9,
    15,
    16,
    17,
    31,
    32,
    63,
    64,
    100,
    127,
    128,
    255,
    256,
    1023,
    1024,
    4095,
    4096,
    0x7fff,
    0x8000,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x7fff_ffff_ffff_ffff,
    0x8000_0000_0000_0000,
    u64::MAX,
];

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.number() % end.max(1) as u64) as usize
    }

    /// Whether one of so many comes true.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn of<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        match all.len() {
            0 => None,
            count => all.get(self.below(count)),
        }
    }

    /// A number that somebody may have forgotten.
    pub fn value(&mut self) -> u64 {
        match self.below(6) {
            0 => self.number(),
            1..=3 => self.below(20) as u64,
            _ => self.of(EDGES).copied().unwrap_or_default(),
        }
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 8);
        let width = [1, 2, 4, 8][self.below(4)];
        let is_zero = self.one_in(4);
        while bytes.len() < count {
            let value = if is_zero && !self.one_in(8) {
                0
            } else {
                self.value()
            };
            bytes.extend(&value.to_le_bytes()[..width]);
        }
        bytes.truncate(count);
        bytes
    }

    /// So many bytes, of numbers of these widths first.
    pub fn numbers(&mut self, widths: &[usize], count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 8);
        for width in widths {
            bytes.extend(&self.value().to_le_bytes()[..(*width).min(8)]);
        }
        if bytes.len() < count {
            bytes.extend(self.bytes(count - bytes.len()));
        }
        bytes.truncate(count);
        bytes
    }

    /// What somebody may write into a file of text.
    pub fn text(&mut self) -> Vec<u8> {
        let number = self.value();
        match self.below(10) {
            0 => self.bytes(16),
            1 => b"a".repeat(self.below(5000)),
            2 => Vec::new(),
            3 => format!("-{number}\n").into_bytes(),
            4 => format!("{number:#x}\n").into_bytes(),
            5 => format!("{number} {} {}\n", self.value(), self.value()).into_bytes(),
            6 => [&b"Y"[..], b"N", b"on", b"off", b"1\n", b"0\n"][self.below(6)].to_vec(),
            _ => format!("{number}\n").into_bytes(),
        }
    }
}
