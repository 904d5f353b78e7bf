// SPDX-License-Identifier: GPL-2.0-only
//! Where the registers of a map are, as far as only the compiler knows it.

/// Where a register is, or a block of some.
pub struct Placing {
    /// In bytes.
    pub offset: usize,
    /// In bytes, of each.
    pub size: usize,
    /// Of what its offset is a multiple.
    pub align: usize,
    /// How many there are.
    pub count: usize,
    /// How far it is from one to the next, in bytes.
    pub stride: usize,
    /// Whether it can be read, and written.
    pub access: (bool, bool),
}

impl Placing {
    /// Where the last of them ends.
    const fn end(&self) -> Option<usize> {
        let Some(before) = self.count.checked_sub(1) else {
            return Some(self.offset);
        };
        match self.stride.checked_mul(before) {
            Some(bytes) => match self.offset.checked_add(bytes) {
                Some(last) => last.checked_add(self.size),
                None => None,
            },
            None => None,
        }
    }

    /// Those that follow each other without a gap are as one.
    const fn joined(&self) -> Self {
        let whole = self.stride == self.size;
        Self {
            size: if whole {
                self.size.saturating_mul(self.count)
            } else {
                self.size
            },
            count: if whole { 1 } else { self.count },
            ..*self
        }
    }

    /// Whether one of them has a byte between these two.
    const fn touches(&self, from: usize, to: usize) -> bool {
        if to <= self.offset || self.count == 0 || self.stride == 0 {
            return false;
        }
        // The last one that begins before `to`.
        let nearest = (to - 1 - self.offset) / self.stride;
        let nearest = if nearest < self.count {
            nearest
        } else {
            self.count - 1
        };
        from < self.offset + nearest * self.stride + self.size
    }
}

/// Fails to compile if a register is not aligned, is nearer to the next one than it is long, or is not in
/// the map.
#[track_caller]
pub const fn assert_placed(
    register: &Placing,
    size: usize,
    aligned: &str,
    apart: &str,
    inside: &str,
) {
    assert!(
        register.offset.is_multiple_of(register.align),
        "{}",
        aligned
    );
    assert!(
        register.count < 2
            || register.stride >= register.size && register.stride.is_multiple_of(register.align),
        "{}",
        apart
    );
    match register.end() {
        Some(end) => assert!(end <= size && register.count > 0, "{}", inside),
        None => panic!("{}", inside),
    }
}

/// Fails to compile if a register overlaps another one, other than one that can only be written where
/// one is that can only be read.
#[track_caller]
pub const fn assert_free(register: &Placing, other: &Placing, message: &str) {
    let (Some(_), Some(_)) = (register.end(), other.end()) else {
        return;
    };
    let reads = register.access.0 && other.access.0;
    let writes = register.access.1 && other.access.1;
    if !reads && !writes {
        return;
    }
    let (one, two) = (register.joined(), other.joined());
    let (few, many) = if one.count <= two.count {
        (one, two)
    } else {
        (two, one)
    };
    let mut index = 0;
    while index < few.count {
        let from = few.offset + index * few.stride;
        assert!(!many.touches(from, from + few.size), "{}", message);
        index += 1;
    }
}

/// Fails to compile if a value has bits that a word of so many bytes does not.
#[track_caller]
pub const fn assert_reset(value: u64, bytes: usize, message: &str) {
    assert!(bytes >= 8 || value >> (bytes * 8) == 0, "{}", message);
}

/// The widest of these.
pub const fn widest(mut sizes: &[usize]) -> usize {
    let mut widest = 1;
    while let [size, others @ ..] = sizes {
        if *size > widest {
            widest = *size;
        }
        sizes = others;
    }
    widest
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    fn placing(offset: usize, size: usize, count: usize, stride: usize) -> Placing {
        Placing {
            offset,
            size,
            align: size,
            count,
            stride,
            access: (true, true),
        }
    }

    fn overlap(one: &Placing, other: &Placing) -> bool {
        let either =
            |one, other| std::panic::catch_unwind(move || assert_free(one, other, "")).is_err();
        let overlap = either(one, other);
        assert_eq!(overlap, either(other, one));
        overlap
    }

    /// Byte for byte.
    fn bytes(of: &Placing) -> Vec<usize> {
        let first = (0..of.count).map(|index| of.offset + index * of.stride);
        first.flat_map(|first| first..first + of.size).collect()
    }

    #[test]
    fn those_that_overlap_have_a_byte_in_common() {
        let mut all = Vec::new();
        for offset in [0, 4, 8, 20] {
            for size in [4, 8] {
                for (count, stride) in [(1, size), (3, size), (2, 12), (3, 16), (5, 24)] {
                    all.push(placing(offset, size, count, stride));
                }
            }
        }
        // Miri takes seconds for what the processor does in a millisecond.
        let apart = if cfg!(miri) { 7 } else { 1 };
        for one in all.iter().step_by(apart) {
            for other in &all {
                let bytes_of_other = bytes(other);
                let common = bytes(one).iter().any(|byte| bytes_of_other.contains(byte));
                assert_eq!(overlap(one, other), common);
            }
        }
    }

    #[test]
    fn one_way_may_be_where_the_other_is() {
        let mut one = placing(0, 4, 1, 4);
        let mut other = placing(0, 4, 1, 4);
        (one.access, other.access) = ((true, false), (false, true));
        assert!(!overlap(&one, &other));
        other.access = (true, true);
        assert!(overlap(&one, &other));
    }

    #[test]
    fn an_end_beyond_all_numbers_is_none() {
        assert_eq!(placing(4, 4, 3, 8).end(), Some(24));
        assert_eq!(placing(4, 4, usize::MAX, 8).end(), None);
        assert_eq!(placing(usize::MAX - 3, 4, 1, 4).end(), None);
    }
}
