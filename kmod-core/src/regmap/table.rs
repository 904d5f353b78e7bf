// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel is told of the registers of a map, when it is compiled.

use kmod_bindings::{kmod_regmap_default, kmod_regmap_range, kmod_regmap_ranges};

use crate::io::Row;

/// Which registers a table has.
#[derive(Clone, Copy)]
enum Which {
    Readable,
    Writable,
    Changing,
    Precious,
}

impl Which {
    /// Whether these are.
    const fn has(self, row: &Row) -> bool {
        let (reads, writes) = row.placing.access;
        // What the kernel takes for one that cannot be read it keeps, and writes again: commands, too.
        let command = !reads && row.volatile;
        match self {
            Self::Readable => reads || command,
            Self::Writable => writes,
            Self::Changing => row.volatile,
            Self::Precious => row.cleared || command,
        }
    }
}

/// Whether the kernel knows what these registers hold before they were read: one that cannot be written it may read.
const fn is_known(row: &Row) -> bool {
    row.reset.is_some() && row.placing.access.1 && !row.volatile
}

/// How many ranges, and how many registers whose values are known, these have at most.
pub const fn pieces(mut rows: &[Row]) -> (usize, usize) {
    let (mut ranges, mut known) = (0, 0);
    while let [row, others @ ..] = rows {
        let count = row.placing.count;
        if !row.block.is_empty() {
            let (more, of_those) = pieces(row.block);
            ranges += more * count;
            known += of_those * count;
        } else {
            ranges += if row.placing.stride == row.placing.size {
                1
            } else {
                count
            };
            known += if is_known(row) { count } else { 0 };
        }
        rows = others;
    }
    (ranges, known)
}

/// Whether all registers have so many bytes.
pub const fn all_have(mut rows: &[Row], bytes: usize) -> bool {
    while let [row, others @ ..] = rows {
        let fits = match row.block {
            [] => row.placing.size == bytes,
            block => all_have(block, bytes),
        };
        if !fits {
            return false;
        }
        rows = others;
    }
    true
}

/// Ranges of registers, of which the first `used` are some.
struct Ranges<const N: usize> {
    all: [kmod_regmap_range; N],
    used: usize,
}

impl<const N: usize> Ranges<N> {
    const fn of(which: Which, rows: &[Row], bytes: usize) -> Self {
        let mut ranges = Self {
            all: [kmod_regmap_range { first: 0, last: 0 }; N],
            used: 0,
        };
        ranges.add(which, rows, 0, bytes);
        ranges
    }

    /// Those of `rows`, `base` bytes into the map.
    const fn add(&mut self, which: Which, mut rows: &[Row], base: usize, bytes: usize) {
        while let [row, others @ ..] = rows {
            let placing = &row.placing;
            if row.block.is_empty() && placing.stride == placing.size {
                if which.has(row) {
                    self.push((base + placing.offset) / bytes, placing.count);
                }
            } else {
                let mut index = 0;
                while index < placing.count {
                    let at = base + placing.offset + index * placing.stride;
                    if !row.block.is_empty() {
                        self.add(which, row.block, at, bytes);
                    } else if which.has(row) {
                        self.push(at / bytes, 1);
                    }
                    index += 1;
                }
            }
            rows = others;
        }
    }

    /// Some that follow each other; with the ones before, if they follow those.
    const fn push(&mut self, first: usize, count: usize) {
        if count == 0 {
            return;
        }
        let (first, last) = (first as u32, (first + count - 1) as u32);
        if self.used > 0 && self.all[self.used - 1].last.checked_add(1).is_some() {
            let before = &mut self.all[self.used - 1];
            if before.last + 1 == first {
                before.last = last;
                return;
            }
        }
        self.all[self.used] = kmod_regmap_range { first, last };
        self.used += 1;
    }

    const fn told(&'static self) -> kmod_regmap_ranges {
        kmod_regmap_ranges {
            ranges: self.all.as_ptr(),
            count: self.used as u32,
        }
    }
}

/// What is known of a map's registers: `N` ranges, and `D` whose values are known after a reset.
pub struct Tables<const N: usize, const D: usize> {
    readable: Ranges<N>,
    writable: Ranges<N>,
    changing: Ranges<N>,
    precious: Ranges<N>,
    known: [kmod_regmap_default; D],
    /// How many of these there are.
    used: usize,
}

impl<const N: usize, const D: usize> Tables<N, D> {
    /// That of these, of so many bytes each.
    pub const fn of(rows: &[Row], bytes: usize) -> Self {
        let mut tables = Self {
            readable: Ranges::of(Which::Readable, rows, bytes),
            writable: Ranges::of(Which::Writable, rows, bytes),
            changing: Ranges::of(Which::Changing, rows, bytes),
            precious: Ranges::of(Which::Precious, rows, bytes),
            known: [kmod_regmap_default { reg: 0, value: 0 }; D],
            used: 0,
        };
        tables.add(rows, 0, bytes);
        tables
    }

    /// Those of `rows` that are known, `base` bytes into the map.
    const fn add(&mut self, mut rows: &[Row], base: usize, bytes: usize) {
        while let [row, others @ ..] = rows {
            let mut index = 0;
            while index < row.placing.count {
                let at = base + row.placing.offset + index * row.placing.stride;
                if !row.block.is_empty() {
                    self.add(row.block, at, bytes);
                } else if is_known(row)
                    && let Some(value) = row.reset
                {
                    self.insert((at / bytes) as u32, value as u32);
                }
                index += 1;
            }
            rows = others;
        }
    }

    /// By their numbers, as the kernel looks for them; of two for one register, the first that was declared.
    const fn insert(&mut self, reg: u32, value: u32) {
        let mut place = self.used;
        while place > 0 && self.known[place - 1].reg >= reg {
            place -= 1;
        }
        if place < self.used && self.known[place].reg == reg {
            return;
        }
        let mut end = self.used;
        while end > place {
            self.known[end] = self.known[end - 1];
            end -= 1;
        }
        self.known[place] = kmod_regmap_default { reg, value };
        self.used += 1;
    }

    /// The ranges of those that can be read, can be written, change, and are precious.
    pub const fn ranges(&'static self) -> [kmod_regmap_ranges; 4] {
        [
            self.readable.told(),
            self.writable.told(),
            self.changing.told(),
            self.precious.told(),
        ]
    }

    /// Those that are known, and how many.
    pub const fn known(&'static self) -> (*const kmod_regmap_default, u32) {
        (self.known.as_ptr(), self.used as u32)
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;
    use crate::io::Placing;

    const fn row(offset: usize, count: usize, stride: usize, access: (bool, bool)) -> Row {
        Row {
            placing: Placing {
                offset,
                size: 2,
                align: 2,
                count,
                stride,
                access,
            },
            volatile: false,
            cleared: false,
            reset: None,
            block: &[],
        }
    }

    const BOTH: (bool, bool) = (true, true);
    const READ: (bool, bool) = (true, false);
    const WRITTEN: (bool, bool) = (false, true);

    static CHANNEL: [Row; 2] = [
        Row {
            reset: Some(7),
            ..row(0, 1, 2, BOTH)
        },
        Row {
            volatile: true,
            ..row(2, 1, 2, READ)
        },
    ];

    static ROWS: [Row; 7] = [
        Row {
            volatile: true,
            ..row(0, 1, 2, READ)
        },
        Row {
            reset: Some(1),
            ..row(4, 2, 2, BOTH)
        },
        Row {
            reset: Some(9),
            ..row(2, 1, 2, BOTH)
        },
        Row {
            volatile: true,
            ..row(8, 1, 2, WRITTEN)
        },
        row(10, 1, 2, WRITTEN),
        Row {
            volatile: true,
            cleared: true,
            ..row(12, 2, 4, READ)
        },
        Row {
            block: &CHANNEL,
            ..row(32, 2, 8, BOTH)
        },
    ];

    static TABLES: Tables<{ pieces(&ROWS).0 }, { pieces(&ROWS).1 }> = Tables::of(&ROWS, 2);

    fn ranges<const N: usize>(of: &Ranges<N>) -> Vec<(u32, u32)> {
        let used = of.all[..of.used].iter();
        used.map(|range| (range.first, range.last)).collect()
    }

    #[test]
    fn ranges_are_those_of_the_rows() {
        assert_eq!(
            ranges(&TABLES.readable),
            [
                (0, 0),
                (2, 3),
                (1, 1),
                (4, 4),
                (6, 6),
                (8, 8),
                (16, 17),
                (20, 21)
            ]
        );
        assert_eq!(
            ranges(&TABLES.writable),
            [(2, 3), (1, 1), (4, 5), (16, 16), (20, 20)]
        );
        assert_eq!(
            ranges(&TABLES.changing),
            [(0, 0), (4, 4), (6, 6), (8, 8), (17, 17), (21, 21)]
        );
        assert_eq!(ranges(&TABLES.precious), [(4, 4), (6, 6), (8, 8)]);
    }

    #[test]
    fn what_is_known_is_in_order() {
        let known = TABLES.known[..TABLES.used].iter();
        let known: Vec<_> = known.map(|one| (one.reg, one.value)).collect();
        assert_eq!(known, [(1, 9), (2, 1), (3, 1), (16, 7), (20, 7)]);
    }

    #[test]
    fn of_two_for_one_register_the_first_is_known() {
        static TWO: [Row; 3] = [
            Row {
                reset: Some(5),
                ..row(4, 1, 2, BOTH)
            },
            Row {
                reset: Some(1),
                ..row(0, 1, 2, BOTH)
            },
            Row {
                reset: Some(6),
                ..row(4, 1, 2, WRITTEN)
            },
        ];
        let tables: Tables<3, 3> = Tables::of(&TWO, 2);
        assert_eq!(tables.used, 2);
        assert_eq!((tables.known[1].reg, tables.known[1].value), (2, 5));
    }

    #[test]
    fn all_widths_are_looked_at() {
        assert!(all_have(&ROWS, 2) && !all_have(&ROWS, 1));
        static DEEP: [Row; 1] = [Row {
            block: &CHANNEL,
            ..row(0, 1, 4, BOTH)
        }];
        assert!(!all_have(&DEEP, 4) && all_have(&[], 4));
    }
}
