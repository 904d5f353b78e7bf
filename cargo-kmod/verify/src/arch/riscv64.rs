// SPDX-License-Identifier: GPL-2.0-only
//! riscv64.
//!
//! Instructions are of two or four bytes, with fixed fields: those of the RISC-V Instruction Set
//! Manual, volume I, chapters 34 (opcode map) and 26 ("C").

use object::{Architecture, elf};

use super::{Argument, Baseline, Code, Flag, Flow, Instruction, Kind, Stack};

pub static CODE: Code = Code {
    name: "riscv64",
    machine: Architecture::Riscv64,
    decode,
    // arch/riscv/include/asm/thread_info.h, without KASAN
    stack: 16 * 1024,
    // It is in a register, and where it is put on the stack an instruction says so.
    return_address: 0,
    // arch/riscv/kernel/module.c; of R_RISCV_ALIGN it knows that it cannot do it.
    relocations: &[
        elf::R_RISCV_NONE,
        elf::R_RISCV_32,
        elf::R_RISCV_64,
        elf::R_RISCV_BRANCH,
        elf::R_RISCV_JAL,
        elf::R_RISCV_CALL,
        elf::R_RISCV_CALL_PLT,
        elf::R_RISCV_GOT_HI20,
        elf::R_RISCV_PCREL_HI20,
        elf::R_RISCV_PCREL_LO12_I,
        elf::R_RISCV_PCREL_LO12_S,
        elf::R_RISCV_HI20,
        elf::R_RISCV_LO12_I,
        elf::R_RISCV_LO12_S,
        elf::R_RISCV_ADD8,
        elf::R_RISCV_ADD16,
        elf::R_RISCV_ADD32,
        elf::R_RISCV_ADD64,
        elf::R_RISCV_SUB8,
        elf::R_RISCV_SUB16,
        elf::R_RISCV_SUB32,
        elf::R_RISCV_SUB64,
        elf::R_RISCV_RVC_BRANCH,
        elf::R_RISCV_RVC_JUMP,
        elf::R_RISCV_RELAX,
        elf::R_RISCV_SUB6,
        elf::R_RISCV_SET6,
        elf::R_RISCV_SET8,
        elf::R_RISCV_SET16,
        elf::R_RISCV_SET32,
        elf::R_RISCV_32_PCREL,
    ],
    flags: &[
        Flag {
            mask: elf::EF_RISCV_FLOAT_ABI,
            is: elf::EF_RISCV_FLOAT_ABI_SOFT,
            unless: &[],
            says: "its functions take numbers in registers for floating point, the kernel's do not",
        },
        Flag {
            mask: elf::EF_RISCV_RVC,
            is: 0,
            unless: &["RISCV_ISA_C"],
            says: "it has instructions of two bytes, which the kernel is configured to do without",
        },
    ],
    // arch/riscv/include/asm/module.lds.h
    made: &[".got", ".got.plt"],
    purpose,
    // Branches count from where they are.
    from_end: &[
        (elf::R_RISCV_CALL, 0),
        (elf::R_RISCV_CALL_PLT, 0),
        (elf::R_RISCV_JAL, 0),
        (elf::R_RISCV_BRANCH, 0),
        (elf::R_RISCV_RVC_JUMP, 0),
        (elf::R_RISCV_RVC_BRANCH, 0),
        (elf::R_RISCV_32_PCREL, 0),
    ],
    says: &[],
    returns: None,
    branches: None,
    stops: None,
    landing: None,
    signs_returns: &[],
    sites: &[],
    baseline: Baseline {
        unknown: &[],
        more: &[],
        asked: &[
            ("zacas", &["RISCV_ISA_ZACAS"]),
            ("zabha", &["RISCV_ISA_ZABHA"]),
            ("zawrs", &["RISCV_ISA_ZAWRS"]),
            ("zb", &["RISCV_ISA_ZBA", "RISCV_ISA_ZBB", "RISCV_ISA_ZBC"]),
            (
                "zicbo",
                &["RISCV_ISA_ZICBOM", "RISCV_ISA_ZICBOZ", "RISCV_ISA_ZICBOP"],
            ),
        ],
    },
};

fn purpose(relocation: u32) -> &'static str {
    match relocation {
        elf::R_RISCV_ALIGN => " (for a linker that makes code shorter)",
        elf::R_RISCV_TLS_GOT_HI20
        | elf::R_RISCV_TLS_GD_HI20
        | elf::R_RISCV_TPREL_HI20
        | elf::R_RISCV_TPREL_LO12_I
        | elf::R_RISCV_TPREL_LO12_S
        | elf::R_RISCV_TPREL_ADD => " (thread-local storage)",
        _ => "",
    }
}

/// Registers by their numbers: nothing, where to return to, the stack pointer, a second one to return
/// to, the frame pointer, the third argument's.
const ZERO: usize = 0;
const RA: usize = 1;
const SP: usize = 2;
const T0: usize = 5;
const FP: usize = 8;
const THIRD: usize = 12;

/// Bits `low` to `high` of a word.
fn bits(word: u32, high: u32, low: u32) -> u32 {
    (word >> low) & (u32::MAX >> (31 - (high - low)))
}

/// The same, as the number of a register.
fn register(word: u32, high: u32, low: u32) -> usize {
    bits(word, high, low) as usize
}

/// A number of so many bits, with its sign.
fn signed(number: u32, width: u32) -> i64 {
    let unused = 32 - width;
    i64::from((number << unused).cast_signed() >> unused)
}

/// The numbers in registers, as far as the instructions right before say what they are.
struct Known([Option<i64>; 32]);

impl Known {
    fn nothing() -> Self {
        let mut known = [None; 32];
        known[ZERO] = Some(0);
        Self(known)
    }

    fn set(&mut self, to: usize, number: Option<i64>) {
        if to != ZERO {
            self.0[to] = number;
        }
    }
}

fn decode(bytes: &[u8], start: u64) -> Vec<Instruction> {
    let mut known = Known::nothing();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = word(bytes, at) {
        let place = start.wrapping_add(at as u64);
        let mut one = match word & 3 {
            3 => Parts::of(word),
            _ => Parts::of_short(word & 0xffff),
        };
        let mut size = if word & 3 == 3 { 4 } else { 2 };
        // auipc and jalr, by the same register: one call.
        if let Does::Pc(register, high) = one.does
            && let Some(next) = self::word(bytes, at + 4)
            && let Parts {
                does: Does::Register { link, base, low },
                ..
            } = Parts::of(next)
            && next & 3 == 3
            && base == register
        {
            let to = place.wrapping_add_signed(high + low);
            one = Parts::of(next);
            one.does = Does::Flow(match link {
                ZERO => Flow::Jump(to),
                _ => Flow::Call(to),
            });
            size = 8;
        }
        found.push(instruction(&one, place, size, &mut known));
        at += size as usize;
    }
    found
}

/// The bytes of an instruction; of a short one, and what follows it.
fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let low = u32::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    if low & 3 != 3 {
        return Some(low);
    }
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// What an instruction does, of what is asked here.
enum Does {
    /// It runs something else next.
    Flow(Flow),
    /// That, so many bytes from here.
    Near(fn(u64) -> Flow, i64),
    /// It goes where a register says, and may leave the place to return to in another.
    Register { link: usize, base: usize, low: i64 },
    /// It adds a number to a register, on 64 bits or on 32.
    Adds {
        to: usize,
        from: usize,
        number: i64,
        is_narrow: bool,
    },
    /// It adds or takes away a register.
    Sum {
        to: usize,
        from: usize,
        other: usize,
        is_minus: bool,
    },
    /// It clears low bits, by this mask.
    Aligns { to: usize, mask: i64 },
    /// It sets a register to a number.
    Is(usize, i64),
    /// It sets a register to a place so far from here.
    Pc(usize, i64),
    /// It sets a register to something else.
    Sets(usize),
    /// Nothing of that.
    Nothing,
}

/// An instruction, taken apart.
struct Parts {
    does: Does,
    kind: Kind,
}

impl Parts {
    fn plain(does: Does) -> Self {
        Self {
            does,
            kind: Kind::Other,
        }
    }

    fn float(word: u32) -> Self {
        Self {
            does: Does::Nothing,
            kind: Kind::Float(format!("{word:x}")),
        }
    }

    fn newer(to: usize, name: &str, feature: &str) -> Self {
        Self {
            does: Does::Sets(to),
            kind: Kind::Newer {
                name: name.to_owned(),
                feature: feature.to_owned(),
            },
        }
    }

    /// Of four bytes.
    fn of(word: u32) -> Self {
        let to = register(word, 11, 7);
        let from = register(word, 19, 15);
        let other = register(word, 24, 20);
        let function = bits(word, 14, 12);
        let number = signed(bits(word, 31, 20), 12);
        match bits(word, 6, 0) {
            // lui, auipc
            0x37 => Self::plain(Does::Is(to, signed(word & 0xffff_f000, 32))),
            0x17 => Self::plain(Does::Pc(to, signed(word & 0xffff_f000, 32))),
            0x6f => {
                let by = bits(word, 31, 31) << 20
                    | bits(word, 19, 12) << 12
                    | bits(word, 20, 20) << 11
                    | bits(word, 30, 21) << 1;
                let flow: fn(u64) -> Flow = if to == ZERO { Flow::Jump } else { Flow::Call };
                Self::plain(Does::Near(flow, signed(by, 21)))
            }
            0x67 => Self::plain(Does::Register {
                link: to,
                base: from,
                low: number,
            }),
            0x63 => {
                let by = bits(word, 31, 31) << 12
                    | bits(word, 7, 7) << 11
                    | bits(word, 30, 25) << 5
                    | bits(word, 11, 8) << 1;
                Self::plain(Does::Near(Flow::Branch, signed(by, 13)))
            }
            // Loads and stores; those of floating point and vectors.
            0x03 => Self::plain(Does::Sets(to)),
            0x23 => Self::plain(Does::Nothing),
            0x07 | 0x27 | 0x43 | 0x47 | 0x4b | 0x4f | 0x53 | 0x57 | 0x77 => Self::float(word),
            0x13 => Self::numbers(word, (to, from), number),
            0x1b => match (function, bits(word, 31, 25)) {
                (0, _) => Self::plain(Does::Adds {
                    to,
                    from,
                    number,
                    is_narrow: true,
                }),
                (1 | 5, 0) | (5, 0x20) => Self::plain(Does::Sets(to)),
                _ => Self::newer(to, "bit manipulation", "zb"),
            },
            0x33 => match (function, bits(word, 31, 25)) {
                (0, 0 | 0x20) => Self::plain(Does::Sum {
                    to,
                    from,
                    other,
                    is_minus: bits(word, 30, 30) == 1,
                }),
                (_, 0 | 1) | (5, 0x20) => Self::plain(Does::Sets(to)),
                (5 | 7, 7) => Self::newer(to, "czero", "zicond"),
                _ => Self::newer(to, "bit manipulation", "zb"),
            },
            0x3b => match (function, bits(word, 31, 25)) {
                (0 | 1 | 5, 0) | (0 | 5, 0x20) | (_, 1) => Self::plain(Does::Sets(to)),
                _ => Self::newer(to, "bit manipulation", "zb"),
            },
            0x2f => match (function, bits(word, 31, 27)) {
                (0 | 1, _) => Self::newer(to, "an atomic of a byte or two", "zabha"),
                (_, 5) => Self::newer(to, "amocas", "zacas"),
                _ => Self::plain(Does::Sets(to)),
            },
            // fence, fence.i; cbo
            0x0f if function == 2 => Self::newer(ZERO, "cbo", "zicbo"),
            0x0f => Self::plain(Does::Nothing),
            0x73 => Self::system(word, to),
            _ => Self::newer(ZERO, "an instruction of a vendor's", "vendor"),
        }
    }

    /// A register and a number.
    fn numbers(word: u32, (to, from): (usize, usize), number: i64) -> Self {
        match (bits(word, 14, 12), bits(word, 31, 26)) {
            _ if word == 0x0000_0013 => Self {
                does: Does::Nothing,
                kind: Kind::Nop,
            },
            (0, _) => Self::plain(Does::Adds {
                to,
                from,
                number,
                is_narrow: false,
            }),
            (7, _) => Self::plain(Does::Aligns { to, mask: number }),
            (1, 0) => Self::shift(to, bits(word, 25, 20)),
            (1, _) | (5, 1..=0xf | 0x11..) => Self::newer(to, "bit manipulation", "zb"),
            _ => Self::plain(Does::Sets(to)),
        }
    }

    /// One to the left ends the aligning to more than fits in an instruction's number.
    fn shift(to: usize, by: u32) -> Self {
        let mask = -1 << by.min(12);
        Self::plain(Does::Aligns { to, mask })
    }

    fn system(word: u32, to: usize) -> Self {
        match word {
            // ebreak; unimp
            0x0010_0073 | 0xc000_1073 => Self::plain(Does::Flow(Flow::Trap)),
            0x00d0_0073 | 0x01d0_0073 => Self::newer(ZERO, "wrs", "zawrs"),
            _ if bits(word, 14, 12) == 0 => Self::plain(Does::Nothing),
            // fflags, frm, fcsr; vstart, vxsat, vxrm, vcsr; vl, vtype, vlenb
            _ if matches!(
                bits(word, 31, 20),
                1..=3 | 8..=10 | 15 | 0xc20..=0xc22
            ) =>
            {
                Self::float(word)
            }
            _ => Self::plain(Does::Sets(to)),
        }
    }

    /// Of two bytes.
    fn of_short(word: u32) -> Self {
        let to = register(word, 11, 7);
        let other = register(word, 6, 2);
        // Three bits name one of eight.
        let near = 8 + register(word, 4, 2);
        let near_to = 8 + register(word, 9, 7);
        let number = signed(bits(word, 12, 12) << 5 | bits(word, 6, 2), 6);
        match (word & 3, bits(word, 15, 13)) {
            _ if word == 0 => Self::plain(Does::Flow(Flow::Trap)),
            _ if word == 1 => Self {
                does: Does::Nothing,
                kind: Kind::Nop,
            },
            // c.addi4spn
            (0, 0) => {
                let number = bits(word, 10, 7) << 6
                    | bits(word, 12, 11) << 4
                    | bits(word, 5, 5) << 3
                    | bits(word, 6, 6) << 2;
                Self::plain(Does::Adds {
                    to: near,
                    from: SP,
                    number: i64::from(number),
                    is_narrow: false,
                })
            }
            (0, 1 | 5) | (2, 1 | 5) => Self::float(word),
            (0, 2 | 3) => Self::plain(Does::Sets(near)),
            (0, 4) => Self::newer(near, "a load or store of a byte or two", "zcb"),
            // c.addi, c.addiw
            (1, narrow @ (0 | 1)) => Self::plain(Does::Adds {
                to,
                from: to,
                number,
                is_narrow: narrow == 1,
            }),
            (1, 2) => Self::plain(Does::Is(to, number)),
            // c.addi16sp
            (1, 3) if to == SP => {
                let number = bits(word, 12, 12) << 9
                    | bits(word, 4, 3) << 7
                    | bits(word, 5, 5) << 6
                    | bits(word, 2, 2) << 5
                    | bits(word, 6, 6) << 4;
                Self::plain(Does::Adds {
                    to: SP,
                    from: SP,
                    number: signed(number, 10),
                    is_narrow: false,
                })
            }
            (1, 3) => Self::plain(Does::Is(to, number << 12)),
            (1, 4) => Self::of_two(word, near_to),
            (1, 5) => {
                let by = bits(word, 12, 12) << 11
                    | bits(word, 8, 8) << 10
                    | bits(word, 10, 9) << 8
                    | bits(word, 6, 6) << 7
                    | bits(word, 7, 7) << 6
                    | bits(word, 2, 2) << 5
                    | bits(word, 11, 11) << 4
                    | bits(word, 5, 3) << 1;
                Self::plain(Does::Near(Flow::Jump, signed(by, 12)))
            }
            (1, _) => {
                let by = bits(word, 12, 12) << 8
                    | bits(word, 6, 5) << 6
                    | bits(word, 2, 2) << 5
                    | bits(word, 11, 10) << 3
                    | bits(word, 4, 3) << 1;
                Self::plain(Does::Near(Flow::Branch, signed(by, 9)))
            }
            (2, 0) => Self::shift(to, bits(word, 6, 2)),
            (2, 2 | 3) => Self::plain(Does::Sets(to)),
            // c.jr, c.mv, c.ebreak, c.jalr, c.add
            (2, 4) => match (bits(word, 12, 12), to, other) {
                (0, base, ZERO) => Self::plain(Does::Register {
                    link: ZERO,
                    base,
                    low: 0,
                }),
                (0, to, from) => Self::plain(Does::Adds {
                    to,
                    from,
                    number: 0,
                    is_narrow: false,
                }),
                (_, ZERO, ZERO) => Self::plain(Does::Flow(Flow::Trap)),
                (_, base, ZERO) => Self::plain(Does::Register {
                    link: RA,
                    base,
                    low: 0,
                }),
                (_, to, other) => Self::plain(Does::Sum {
                    to,
                    from: to,
                    other,
                    is_minus: false,
                }),
            },
            // Stores.
            _ => Self::plain(Does::Nothing),
        }
    }

    /// Shifts and sums of one of eight registers.
    fn of_two(word: u32, to: usize) -> Self {
        match (bits(word, 11, 10), bits(word, 12, 12), bits(word, 6, 5)) {
            (3, 1, 2 | 3) => Self::newer(to, "an extension, or a product", "zcb"),
            _ => Self::plain(Does::Sets(to)),
        }
    }
}

fn instruction(parts: &Parts, start: u64, size: u64, known: &mut Known) -> Instruction {
    let mut flow = Flow::Next;
    let mut stack = Stack::Stays;
    let mut set = None;
    match parts.does {
        Does::Flow(to) => flow = to,
        Does::Near(to, by) => flow = to(start.wrapping_add_signed(by)),
        Does::Register { link, base, .. } => {
            flow = match (link, base) {
                (ZERO, RA | T0) => Flow::Return,
                (ZERO, _) => Flow::IndirectJump,
                _ => Flow::IndirectCall,
            }
        }
        Does::Adds {
            to,
            from,
            number,
            is_narrow,
        } => {
            stack = match (to, from) {
                (SP, SP) => Stack::Down(-number),
                (SP, FP) => Stack::BelowFrame(-number),
                (FP, SP) => Stack::ToFrame(number),
                _ => Stack::Stays,
            };
            let sum = known.0[from].map(|from| from.wrapping_add(number));
            let narrow = |sum: i64| signed((sum & 0xffff_ffff) as u32, 32);
            set = Some((to, if is_narrow { sum.map(narrow) } else { sum }));
        }
        Does::Sum {
            to,
            from,
            other,
            is_minus,
        } => {
            let sign = if is_minus { -1 } else { 1 };
            let number = known.0[other].map(|number| sign * number);
            stack = match (to, from, number) {
                (SP, SP, Some(number)) => Stack::Down(-number),
                (SP, FP, Some(number)) => Stack::BelowFrame(-number),
                _ => Stack::Stays,
            };
            set = Some((to, None));
        }
        // Aligning takes up to so much, and the stack is aligned to 16.
        Does::Aligns { to, mask } => {
            if to == SP {
                stack = Stack::Down((-mask - 16).max(0));
            }
            set = Some((to, None));
        }
        Does::Is(to, number) => set = Some((to, Some(number))),
        Does::Pc(to, _) | Does::Sets(to) => set = Some((to, None)),
        Does::Nothing => {}
    }
    let mut third = Argument::Stays;
    if let Some((to, number)) = set {
        known.set(to, number);
        if to == THIRD {
            third = number.map_or(Argument::Unknown, |number| {
                // As an int, which is what flags are.
                Argument::Is(number.cast_unsigned() & 0xffff_ffff)
            });
        }
    }
    if matches!(flow, Flow::Call(_) | Flow::IndirectCall) {
        *known = Known::nothing();
    }
    Instruction {
        start,
        end: start.wrapping_add(size),
        flow,
        stack,
        third,
        kind: parts.kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrong::Wrong;

    /// Words of four bytes, and of two where the lowest bits say so.
    fn code(words: &[u32]) -> Vec<Instruction> {
        let bytes: Vec<u8> = words
            .iter()
            .flat_map(|word| {
                let size = if word & 3 == 3 { 4 } else { 2 };
                word.to_le_bytes()[..size].to_vec()
            })
            .collect();
        decode(&bytes, 0x100)
    }

    fn one(word: u32) -> Instruction {
        code(&[word]).remove(0)
    }

    #[test]
    fn branches_go_where_the_instruction_says() {
        for (word, expected) in [
            // j .+8; jal .-4; beq a0, a1, .+8; bnez a0, .-4
            (0x0080_006f, Flow::Jump(0x108)),
            (0xffdf_f0ef, Flow::Call(0xfc)),
            (0x00b5_0463, Flow::Branch(0x108)),
            (0xfe05_1ee3, Flow::Branch(0xfc)),
            // c.j .+8; c.beqz a0, .+8; c.bnez a0, .-4
            (0xa021, Flow::Jump(0x108)),
            (0xc501, Flow::Branch(0x108)),
            (0xfd75, Flow::Branch(0xfc)),
            // jr a5; jalr a5; ret; c.jr a5; c.jalr a5; c.ret
            (0x0007_8067, Flow::IndirectJump),
            (0x0007_80e7, Flow::IndirectCall),
            (0x0000_8067, Flow::Return),
            (0x8782, Flow::IndirectJump),
            (0x9782, Flow::IndirectCall),
            (0x8082, Flow::Return),
            // ebreak; c.ebreak; unimp; c.unimp; nop
            (0x0010_0073, Flow::Trap),
            (0x9002, Flow::Trap),
            (0xc000_1073, Flow::Trap),
            (0x0000, Flow::Trap),
            (0x0000_0013, Flow::Next),
        ] {
            assert_eq!(one(word).flow, expected, "{word:08x}");
        }
    }

    #[test]
    fn a_call_of_two_instructions_is_one() {
        // auipc ra, 1; jalr ra, -16(ra); ret
        let found = code(&[0x0000_1097, 0xff00_80e7, 0x8082]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].flow, Flow::Call(0x10f0));
        assert_eq!((found[0].start, found[0].end), (0x100, 0x108));
        // auipc t1, 0; jr t1
        assert_eq!(code(&[0x0000_0317, 0x0003_0067])[0].flow, Flow::Jump(0x100));
        // auipc a0, 0; jalr a5: two that have nothing to do with each other.
        let apart = code(&[0x0000_0517, 0x0007_80e7]);
        assert_eq!(apart[0].flow, Flow::Next);
        assert_eq!(apart[1].flow, Flow::IndirectCall);
    }

    #[test]
    fn the_stack_pointer_is_followed() {
        for (word, expected) in [
            // addi sp, sp, -2032; addi sp, sp, 2032; addi s0, sp, 64; addi sp, s0, -64
            (0x8101_0113, Stack::Down(2032)),
            (0x7f01_0113, Stack::Down(-2032)),
            (0x0401_0413, Stack::ToFrame(64)),
            (0xfc04_0113, Stack::BelowFrame(64)),
            // c.addi sp, -32; c.addi16sp sp, -64; c.addi16sp sp, 496; c.addi4spn s0, sp, 64
            (0x1101, Stack::Down(32)),
            (0x7139, Stack::Down(64)),
            (0x617d, Stack::Down(-496)),
            (0x0080, Stack::ToFrame(64)),
            // andi sp, sp, -64
            (0xfc01_7113, Stack::Down(48)),
            // sd ra, 24(sp); c.sdsp ra, 24(sp); addi a0, sp, 8
            (0x0011_3c23, Stack::Stays),
            (0xec06, Stack::Stays),
            (0x0081_0513, Stack::Stays),
        ] {
            assert_eq!(one(word).stack, expected, "{word:08x}");
        }
        // lui t0, 2; addiw t0, t0, -1024; sub sp, sp, t0
        let big = code(&[0x0000_22b7, 0xc002_829b, 0x4051_0133]);
        assert_eq!(big[2].stack, Stack::Down(0x2000 - 1024));
        // c.lui t0, 0xffffe; c.add sp, t0
        let big = code(&[0x72f9, 0x9116]);
        assert_eq!(big[1].stack, Stack::Down(0x2000));
        // What a call leaves in a register is not known.
        let lost = code(&[0x0000_22b7, 0x0007_80e7, 0x4051_0133]);
        assert_eq!(lost[2].stack, Stack::Stays);
    }

    #[test]
    fn the_third_argument_is_known_where_it_is_a_number() {
        for (words, expected) in [
            // c.li a2, 3; li a2, -1; lui a2, 1 and addiw a2, a2, -832
            (&[0x460d][..], Argument::Is(3)),
            (&[0xfff0_0613], Argument::Is(0xffff_ffff)),
            (&[0x0000_1637, 0xcc06_061b], Argument::Is(0xcc0)),
            // c.mv a2, a0; ld a2, 0(a0); c.ld a2, 0(a0); li a1, 1; sd a2, 0(a0)
            (&[0x862a], Argument::Unknown),
            (&[0x0005_3603], Argument::Unknown),
            (&[0x6110], Argument::Unknown),
            (&[0x0010_0593], Argument::Stays),
            (&[0x00c5_3023], Argument::Stays),
        ] {
            let found = code(words);
            assert_eq!(found.last().unwrap().third, expected, "{words:x?}");
        }
    }

    #[test]
    fn floats_vectors_and_newer_instructions_are_seen() {
        for word in [
            // fld fa0, 0(a0); fadd.d fa0, fa0, fa1; fmadd.d fa0, fa0, fa1, fa2; c.fsdsp fs0, 0(sp)
            0x0005_3507,
            0x02b5_7553,
            0x62b5_7543,
            0xa022,
            // vle8.v v8, (a0); vadd.vv v8, v8, v9; vsetvli t0, a0, e8, m1; csrr a0, fcsr
            0x0205_0407,
            0x0284_8457,
            0x0c05_72d7,
            0x0030_2573,
        ] {
            assert!(matches!(one(word).kind, Kind::Float(_)), "{word:08x}");
        }
        for (word, wanted) in [
            // sh1add a0, a0, a1; cpop a0, a0; amocas.w a0, a1, (a2); amoadd.b a0, a1, (a2);
            // czero.eqz a0, a0, a1; wrs.nto; cbo.clean (a0)
            (0x20b5_2533, "zb"),
            (0x6025_1513, "zb"),
            (0x28b6_252f, "zacas"),
            (0x00b6_052f, "zabha"),
            (0x0eb5_5533, "zicond"),
            (0x00d0_0073, "zawrs"),
            (0x0015_200f, "zicbo"),
        ] {
            let Kind::Newer { feature, .. } = one(word).kind else {
                panic!("{word:08x}");
            };
            assert_eq!(feature, wanted, "{word:08x}");
        }
        for word in [
            // lr.w a0, (a1); sc.d a2, a0, (a1); amoadd.w.aqrl a0, a1, (a2); mul a0, a0, a1; divw
            0x1005_a52f,
            0x18a5_b62f,
            0x06b6_252f,
            0x02b5_0533,
            0x02b5_453b,
            // srai a0, a0, 63; slli a0, a0, 63; sraw a0, a0, a1; fence w, 0 (pause); csrr a0, sstatus
            0x43f5_5513,
            0x03f5_1513,
            0x40b5_553b,
            0x0100_000f,
            0x1000_2573,
            // prefetch.r 0(a0), which is an ori of nothing
            0x0015_6013,
        ] {
            assert_eq!(one(word).kind, Kind::Other, "{word:08x}");
        }
        assert_eq!(one(0x0001).kind, Kind::Nop);
        assert_eq!(one(0x0000_0013).kind, Kind::Nop);
    }

    /// As Debian's kernel is configured.
    const CONFIG: &str = "CONFIG_ARCH_RV64I=y\nCONFIG_RISCV_ISA_C=y\nCONFIG_FRAME_WARN=2048\n";

    /// addi sp, sp, -16; auipc ra, 0; jalr ra; addi sp, sp, 16; ret
    const RIGHT: &[u8] = &[
        0x13, 0x01, 0x01, 0xff, 0x97, 0, 0, 0, 0xe7, 0x80, 0, 0, 0x13, 0x01, 0x01, 0x01, 0x67,
        0x80, 0, 0,
    ];

    fn right() -> Wrong<'static> {
        Wrong {
            machine: elf::EM_RISCV,
            flags: elf::EF_RISCV_RVC,
            code: RIGHT,
            behind: &[],
            relocation: elf::R_RISCV_CALL_PLT,
            section: ".got",
        }
    }

    #[test]
    fn a_right_module_passes_and_each_wrong_one_is_told() {
        let broken = |wrong: Wrong<'_>| Vec::from_iter(wrong.broken(CONFIG));
        assert_eq!(broken(right()), [""; 0]);
        let flags = elf::EF_RISCV_RVC | elf::EF_RISCV_FLOAT_ABI_DOUBLE;
        assert_eq!(broken(Wrong { flags, ..right() }), ["abi"]);
        for relocation in [
            elf::R_RISCV_ALIGN,
            elf::R_RISCV_TLS_GOT_HI20,
            elf::R_RISCV_TPREL_HI20,
        ] {
            assert_eq!(
                broken(Wrong {
                    relocation,
                    ..right()
                }),
                ["relocations"]
            );
        }
        for (word, rule) in [
            // fadd.d fa0, fa0, fa1; vadd.vv v8, v8, v9; sh1add a0, a0, a1
            (0x02b5_7553_u32, "floating-point"),
            (0x0284_8457, "floating-point"),
            (0x20b5_2533, "baseline"),
            (0x0eb5_5533, "baseline"),
        ] {
            let code = &[RIGHT, &word.to_le_bytes()].concat();
            assert_eq!(broken(Wrong { code, ..right() }), [rule], "{word:08x}");
        }
        // lui t0, 1; sub sp, sp, t0; ret
        let code = &[0x0000_12b7_u32, 0x4051_0133, 0x0000_8067]
            .map(u32::to_le_bytes)
            .concat();
        assert_eq!(broken(Wrong { code, ..right() }), ["stack-frame"]);
        let section = ".init_array";
        assert_eq!(broken(Wrong { section, ..right() }), ["sections"]);
    }

    #[test]
    fn a_module_for_another_architecture_than_the_kernels_is_told() {
        let broken = right().broken("CONFIG_ARM64=y\n");
        assert_eq!(Vec::from_iter(broken), ["abi"]);
    }

    #[test]
    fn what_the_kernel_is_configured_without_is_wrong_and_what_it_asks_for_itself_is_not() {
        let without = "CONFIG_ARCH_RV64I=y\n";
        assert_eq!(Vec::from_iter(right().broken(without)), ["abi"]);
        // ctz a0, a0
        let code = &[RIGHT, &0x6015_1513_u32.to_le_bytes()].concat();
        let asks = || Wrong { code, ..right() };
        assert_eq!(Vec::from_iter(asks().broken(CONFIG)), ["baseline"]);
        let with = format!("{CONFIG}CONFIG_RISCV_ISA_ZBB=y\n");
        assert_eq!(Vec::from_iter(asks().broken(&with)), [""; 0]);
    }
    /// What the kernel puts in another's place is behind the function, or far from it.
    #[test]
    fn what_the_kernel_patches_in_is_not_held_to_the_baseline() {
        // sh1add a0, a0, a1
        let code = &0x20b5_2533_u32.to_le_bytes();
        let behind = |section| Wrong {
            behind: code,
            section,
            ..right()
        };
        let broken = |section| Vec::from_iter(behind(section).broken(CONFIG));
        assert_eq!(broken(".alternative"), [""; 0]);
        assert_eq!(broken(".got"), ["baseline"]);
    }
}
