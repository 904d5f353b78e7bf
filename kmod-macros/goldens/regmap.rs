// SPDX-License-Identifier: GPL-2.0-only
/// A chip's registers, by their numbers.
#[registers(size = 8, word = u16, endian = big)]
struct Words {
    #[ro(0)]
    level: u16,
    #[rw(1, reset = 0x60a0)]
    control: u16,
    #[wo(2, volatile = false)]
    setting: u16,
    #[rw(4, stride = 2)]
    gaps: [u16; 2],
}

#[device]
#[derive(Default)]
struct Chip {
    #[regmap(bus = i2c, cache = true)]
    map: Regmap<Words>,
    #[regmap(
        bus = spi,
        name = "raw",
        reg_bits = 16,
        pad_bits = 8,
        read_flag = 0x80,
        write_flag = 0x40,
        single = true,
    )]
    raw: Regmap<Words>,
}
