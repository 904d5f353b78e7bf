// SPDX-License-Identifier: GPL-2.0-only
//! arm64.
//!
//! Instructions are words of fixed fields, so the few questions that the rules ask are answered by
//! masks: those of the Arm Architecture Reference Manual, C4.1 (A64 instruction set encoding).

use object::{Architecture, elf};

use super::{Argument, Baseline, Code, Flow, Instruction, Kind, Landing, Stack};

pub static CODE: Code = Code {
    name: "aarch64",
    machine: Architecture::Aarch64,
    decode,
    // arch/arm64/include/asm/memory.h, without KASAN
    stack: 16 * 1024,
    // It is in a register, and where it is put on the stack an instruction says so.
    return_address: 0,
    // arch/arm64/kernel/module.c
    relocations: &[
        elf::R_AARCH64_NONE,
        elf::R_AARCH64_ABS64,
        elf::R_AARCH64_ABS32,
        elf::R_AARCH64_ABS16,
        elf::R_AARCH64_PREL64,
        elf::R_AARCH64_PREL32,
        elf::R_AARCH64_PREL16,
        elf::R_AARCH64_MOVW_UABS_G0,
        elf::R_AARCH64_MOVW_UABS_G0_NC,
        elf::R_AARCH64_MOVW_UABS_G1,
        elf::R_AARCH64_MOVW_UABS_G1_NC,
        elf::R_AARCH64_MOVW_UABS_G2,
        elf::R_AARCH64_MOVW_UABS_G2_NC,
        elf::R_AARCH64_MOVW_UABS_G3,
        elf::R_AARCH64_MOVW_SABS_G0,
        elf::R_AARCH64_MOVW_SABS_G1,
        elf::R_AARCH64_MOVW_SABS_G2,
        elf::R_AARCH64_MOVW_PREL_G0,
        elf::R_AARCH64_MOVW_PREL_G0_NC,
        elf::R_AARCH64_MOVW_PREL_G1,
        elf::R_AARCH64_MOVW_PREL_G1_NC,
        elf::R_AARCH64_MOVW_PREL_G2,
        elf::R_AARCH64_MOVW_PREL_G2_NC,
        elf::R_AARCH64_MOVW_PREL_G3,
        elf::R_AARCH64_LD_PREL_LO19,
        elf::R_AARCH64_ADR_PREL_LO21,
        elf::R_AARCH64_ADR_PREL_PG_HI21,
        elf::R_AARCH64_ADR_PREL_PG_HI21_NC,
        elf::R_AARCH64_ADD_ABS_LO12_NC,
        elf::R_AARCH64_LDST8_ABS_LO12_NC,
        elf::R_AARCH64_LDST16_ABS_LO12_NC,
        elf::R_AARCH64_LDST32_ABS_LO12_NC,
        elf::R_AARCH64_LDST64_ABS_LO12_NC,
        elf::R_AARCH64_LDST128_ABS_LO12_NC,
        elf::R_AARCH64_TSTBR14,
        elf::R_AARCH64_CONDBR19,
        elf::R_AARCH64_JUMP26,
        elf::R_AARCH64_CALL26,
    ],
    flags: &[],
    made: &[],
    purpose,
    // Branches count from where they are.
    from_end: &[
        (elf::R_AARCH64_CALL26, 0),
        (elf::R_AARCH64_JUMP26, 0),
        (elf::R_AARCH64_CONDBR19, 0),
        (elf::R_AARCH64_TSTBR14, 0),
        (elf::R_AARCH64_PREL32, 0),
    ],
    says: &[],
    returns: None,
    branches: None,
    stops: None,
    landing: Some(Landing {
        options: &["ARM64_BTI_KERNEL"],
        name: "BTI C",
        bytes: &[
            // bti c, bti jc, paciasp, pacibsp
            &[0x5f, 0x24, 0x03, 0xd5],
            &[0xdf, 0x24, 0x03, 0xd5],
            &[0x3f, 0x23, 0x03, 0xd5],
            &[0x7f, 0x23, 0x03, 0xd5],
        ],
        no_calls: &[
            ".altinstructions",
            "___ksymtab",
            "__bug_table",
            "__ex_table",
            "__jump_table",
            "__ksymtab",
            "__mcount_loc",
            "__patchable_function_entries",
            "_kprobe_blacklist",
        ],
    }),
    signs_returns: &["ARM64_PTR_AUTH_KERNEL"],
    sites: &[],
    baseline: Baseline {
        unknown: &[],
        more: &[],
        asked: &[("lse", &["ARM64"])],
    },
};

fn purpose(relocation: u32) -> &'static str {
    match relocation {
        elf::R_AARCH64_ADR_GOT_PAGE
        | elf::R_AARCH64_LD64_GOT_LO12_NC
        | elf::R_AARCH64_LD64_GOTPAGE_LO15
        | elf::R_AARCH64_GOT_LD_PREL19 => " (through a GOT)",
        elf::R_AARCH64_TLSGD_ADR_PREL21..=elf::R_AARCH64_TLSLD_LDST128_DTPREL_LO12_NC => {
            " (thread-local storage)"
        }
        _ => "",
    }
}

/// Registers by their numbers: the frame pointer, where to return to, and what is the stack pointer
/// or nothing.
const FP: u32 = 29;
const LINK: u32 = 30;
const SP: u32 = 31;
/// The third argument's.
const THIRD: u32 = 2;

fn decode(bytes: &[u8], start: u64) -> Vec<Instruction> {
    let words = bytes
        .as_chunks()
        .0
        .iter()
        .map(|word| u32::from_le_bytes(*word));
    let mut before = None;
    let place = (start..).step_by(4);
    place
        .zip(words)
        .map(|(start, word)| {
            let instruction = Instruction {
                start,
                end: start.wrapping_add(4),
                flow: flow(word, start),
                stack: stack(word, before),
                third: third(word),
                kind: kind(word),
            };
            before = Some(word);
            instruction
        })
        .collect()
}

/// Bits `low` to `high` of a word.
fn bits(word: u32, high: u32, low: u32) -> u32 {
    (word >> low) & (u32::MAX >> (31 - (high - low)))
}

/// The same, as a number with a sign.
fn signed(word: u32, high: u32, low: u32) -> i64 {
    let unused = 31 - (high - low);
    i64::from((bits(word, high, low) << unused).cast_signed() >> unused)
}

fn flow(word: u32, at: u64) -> Flow {
    let to = |words: i64| at.wrapping_add_signed(4 * words);
    match word {
        _ if word & 0xfc00_0000 == 0x1400_0000 => Flow::Jump(to(signed(word, 25, 0))),
        _ if word & 0xfc00_0000 == 0x9400_0000 => Flow::Call(to(signed(word, 25, 0))),
        // On a condition; on a register that is zero or not; on a bit of it.
        _ if word & 0xff00_0000 == 0x5400_0000 => Flow::Branch(to(signed(word, 23, 5))),
        _ if word & 0x7e00_0000 == 0x3400_0000 => Flow::Branch(to(signed(word, 23, 5))),
        _ if word & 0x7e00_0000 == 0x3600_0000 => Flow::Branch(to(signed(word, 18, 5))),
        // To a register: with or without a signature.
        _ if word & 0xfe00_0000 == 0xd600_0000 => match bits(word, 24, 21) {
            0 | 8 => Flow::IndirectJump,
            1 | 9 => Flow::IndirectCall,
            _ => Flow::Return,
        },
        // brk, udf
        _ if word & 0xffe0_001f == 0xd420_0000 || word & 0xffff_0000 == 0 => Flow::Trap,
        _ => Flow::Next,
    }
}

/// What an `add` or `sub` of a number adds, on 64 bits.
fn added(word: u32) -> Option<i64> {
    let number = i64::from(bits(word, 21, 10)) << (12 * bits(word, 22, 22));
    match word & 0xff80_0000 {
        0x9100_0000 => Some(number),
        0xd100_0000 => Some(-number),
        _ => None,
    }
}

/// `before` is the instruction before.
fn stack(word: u32, before: Option<u32>) -> Stack {
    let to = bits(word, 4, 0);
    let from = bits(word, 9, 5);
    match (added(word), to, from) {
        (Some(sum), SP, SP) => return Stack::Down(-sum),
        (Some(sum), SP, FP) => return Stack::BelowFrame(-sum),
        (Some(sum), FP, SP) => return Stack::ToFrame(sum),
        _ => {}
    }
    // A pair that is stored or loaded, which moves the address before or after.
    if word & 0x3a80_0000 == 0x2880_0000 && from == SP {
        let vector = bits(word, 26, 26) == 1;
        let size = match (vector, bits(word, 31, 30)) {
            (true, size) => 4 << size,
            (false, 2) => 8,
            (false, _) => 4,
        };
        return Stack::Down(-size * signed(word, 21, 15));
    }
    // The same of one register.
    if word & 0x3b20_0400 == 0x3800_0400 && from == SP {
        return Stack::Down(-signed(word, 20, 12));
    }
    // Aligning, of what was taken from the stack pointer before (and: a mask).
    if word & 0xff80_0000 == 0x9200_0000 && to == SP {
        let before =
            before.filter(|before| bits(*before, 9, 5) == SP && bits(*before, 4, 0) == from);
        let taken = -before.and_then(added).unwrap_or(0);
        // So many low bits are cleared: a run of ones, of which 64 - n come first.
        let cleared = 64 - (bits(word, 15, 10) + 1);
        return Stack::Down(taken + (1 << cleared.min(12)) - 16);
    }
    Stack::Stays
}

/// What becomes of `x2`.
fn third(word: u32) -> Argument {
    let to = bits(word, 4, 0);
    // movz
    if word & 0x7f80_0000 == 0x5280_0000 && to == THIRD {
        let number = u64::from(bits(word, 20, 5));
        return Argument::Is(number << (16 * bits(word, 22, 21)));
    }
    // orr with the register that is nothing: mov of it
    if word & 0x7fff_ffff == 0x2a1f_03e2 {
        return Argument::Is(0);
    }
    let is_changed = match bits(word, 28, 25) {
        // Numbers in the instruction, and registers.
        0b1000 | 0b1001 | 0b0101 | 0b1101 => to == THIRD,
        // Loads, of one or two registers; a store leaves them as they are.
        0b0100 | 0b0110 | 0b1100 | 0b1110 => {
            let is_pair = word & 0x3a00_0000 == 0x2800_0000;
            let is_one = word & 0x3a00_0000 == 0x3800_0000 && word & 0x0020_0c00 != 0x0020_0000;
            let is_store = match (is_pair, is_one) {
                (true, _) => bits(word, 22, 22) == 0,
                (_, true) => bits(word, 23, 22) == 0,
                _ => false,
            };
            !is_store && (to == THIRD || is_pair && bits(word, 14, 10) == THIRD)
        }
        // Of the system's registers.
        0b1010 => word & 0xfff0_0000 == 0xd530_0000 && to == THIRD,
        _ => false,
    };
    match is_changed {
        true => Argument::Unknown,
        false => Argument::Stays,
    }
}

fn kind(word: u32) -> Kind {
    let newer = |name: &str, feature: &str| Kind::Newer {
        name: name.to_owned(),
        feature: feature.to_owned(),
    };
    let class = bits(word, 28, 25);
    let is_memory = class & 0b0101 == 0b0100;
    match word {
        0xd503_201f => Kind::Nop,
        // paciasp, pacibsp
        0xd503_233f | 0xd503_237f => Kind::SignsReturn,
        _ if saves(word) => Kind::SavesReturn,
        _ if class & 0b0111 == 0b0111 || is_memory && bits(word, 26, 26) == 1 => {
            Kind::Float(format!("{word:08x}"))
        }
        _ if class == 0b0010 => Kind::Float(format!("{word:08x}")),
        _ if word & 0x3fff_fc00 == 0x38bf_c000 => newer("ldapr", "rcpc"),
        _ if word & 0x3b20_0c00 == 0x3820_0000 => newer("ld<op>, swp", "lse"),
        _ if word & 0x3fa0_7c00 == 0x08a0_7c00 => newer("cas", "lse"),
        _ if word & 0xbfa0_7c00 == 0x0820_7c00 => newer("casp", "lse"),
        _ if word & 0x7fe0_f000 == 0x1ac0_4000 => newer("crc32", "crc"),
        _ if word & 0x3b20_0c00 == 0x1900_0400 => newer("cpy, set", "mops"),
        // Branches that check a signature; signing by hints does nothing on older ones.
        _ if word & 0xfe00_0800 == 0xd600_0800 => newer("braa, blraa, retaa", "pauth"),
        _ => Kind::Other,
    }
}

/// Whether the return address goes to the stack, alone or as one of a pair.
fn saves(word: u32) -> bool {
    let registers = (bits(word, 4, 0), bits(word, 14, 10));
    let is_pair = word & 0xfe40_0000 == 0xa800_0000;
    let is_one = word & 0xfee0_0000 == 0xf800_0000 || word & 0xffc0_0000 == 0xf900_0000;
    bits(word, 9, 5) == SP
        && (is_one && registers.0 == LINK
            || is_pair && (registers.0 == LINK || registers.1 == LINK))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrong::Wrong;

    /// Of a kernel that signs returns.
    const CONFIG: &str = "CONFIG_ARM64=y\nCONFIG_ARM64_PTR_AUTH_KERNEL=y\nCONFIG_FRAME_WARN=2048\n";

    /// bl to another function, between what signs and what is signed: paciasp; stp x29, x30, [sp, #-16]!; bl; ret
    const RIGHT: &[u32] = &[0xd503_233f, 0xa9bf_7bfd, 0x9400_0000, 0xd65f_03c0];

    fn bytes(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Which rules a module of this code breaks, with a relocation and one more section.
    fn broken(words: &[u32], relocation: u32, section: &str) -> Vec<&'static str> {
        let wrong = Wrong {
            machine: elf::EM_AARCH64,
            flags: 0,
            code: &bytes(words),
            behind: &[],
            relocation,
            section,
        };
        wrong.broken(CONFIG).into_iter().collect()
    }

    #[test]
    fn a_module_that_was_built_wrongly_is_told() {
        let right = (elf::R_AARCH64_CALL26, ".rodata");
        assert_eq!(broken(RIGHT, right.0, right.1), [""; 0]);
        for relocation in [
            elf::R_AARCH64_ADR_GOT_PAGE,
            elf::R_AARCH64_LD64_GOT_LO12_NC,
            elf::R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21,
        ] {
            assert_eq!(broken(RIGHT, relocation, right.1), ["relocations"]);
        }
        for (word, rule) in [
            // fadd d0, d0, d1; ld1 {v0.16b}, [x0]; crc32b w0, w1, w1; retaa
            (0x1e61_2800_u32, "floating-point"),
            (0x4c40_7000, "floating-point"),
            (0x1ac1_4020, "baseline"),
            (0xd65f_0bff, "baseline"),
        ] {
            let code = [&[word], RIGHT].concat();
            assert_eq!(broken(&code, right.0, right.1), [rule], "{word:08x}");
        }
        // Without paciasp.
        assert_eq!(broken(&RIGHT[1..], right.0, right.1), ["return-signing"]);
        // sub sp, sp, #1, lsl #12; ret
        let frame = [0xd140_07ff, 0xd65f_03c0];
        assert_eq!(broken(&frame, right.0, right.1), ["stack-frame"]);
        assert_eq!(broken(RIGHT, right.0, ".init_array"), ["sections"]);
    }

    #[test]
    fn a_module_for_another_architecture_than_the_kernels_is_told() {
        let wrong = Wrong {
            machine: elf::EM_AARCH64,
            flags: 0,
            code: &bytes(RIGHT),
            behind: &[],
            relocation: elf::R_AARCH64_CALL26,
            section: ".rodata",
        };
        assert!(wrong.broken("CONFIG_ARCH_RV64I=y\n").contains("abi"));
    }

    /// The kernel's macros put what is to be patched in behind the function.
    #[test]
    fn what_the_kernel_patches_in_is_not_held_to_the_baseline() {
        // stadd x1, [x0]
        let behind = bytes(&[0xf821_001f]);
        let broken = |section| {
            let module = Wrong {
                machine: elf::EM_AARCH64,
                flags: 0,
                code: &bytes(RIGHT),
                behind: &behind,
                relocation: elf::R_AARCH64_CALL26,
                section,
            };
            Vec::from_iter(module.broken(CONFIG))
        };
        assert_eq!(broken(".altinstructions"), [""; 0]);
        assert_eq!(broken(".rodata"), ["baseline"]);
    }

    fn one(word: u32) -> Instruction {
        decode(&word.to_le_bytes(), 0x100).remove(0)
    }

    #[test]
    fn branches_go_where_the_instruction_says() {
        for (word, expected) in [
            (0x1400_0002, Flow::Jump(0x108)),
            (0x97ff_ffff, Flow::Call(0xfc)),
            // b.eq .+8; cbz x0, .+8; tbnz w0, #3, .-4
            (0x5400_0040, Flow::Branch(0x108)),
            (0xb400_0040, Flow::Branch(0x108)),
            (0x371f_ffe0, Flow::Branch(0xfc)),
            // br x1; blr x1; ret; brk #0x800; udf #0; nop
            (0xd61f_0020, Flow::IndirectJump),
            (0xd63f_0020, Flow::IndirectCall),
            (0xd65f_03c0, Flow::Return),
            (0xd421_0000, Flow::Trap),
            (0x0000_0000, Flow::Trap),
            (0xd503_201f, Flow::Next),
        ] {
            assert_eq!(one(word).flow, expected, "{word:08x}");
        }
    }

    #[test]
    fn the_stack_pointer_is_followed() {
        for (word, expected) in [
            // stp x29, x30, [sp, #-32]!; ldp x29, x30, [sp], #32; str x30, [sp, #-16]!
            (0xa9be_7bfd, Stack::Down(32)),
            (0xa8c2_7bfd, Stack::Down(-32)),
            (0xf81f_0ffe, Stack::Down(16)),
            // sub sp, sp, #64; add sp, sp, #1, lsl #12; mov x29, sp; sub sp, x29, #16
            (0xd101_03ff, Stack::Down(64)),
            (0x9140_07ff, Stack::Down(-4096)),
            (0x9100_03fd, Stack::ToFrame(0)),
            (0xd100_43bf, Stack::BelowFrame(16)),
            // stp x19, x20, [sp, #16]; ldr x0, [sp, #8]; add x0, sp, #8
            (0xa901_53f3, Stack::Stays),
            (0xf940_07e0, Stack::Stays),
            (0x9100_23e0, Stack::Stays),
        ] {
            assert_eq!(one(word).stack, expected, "{word:08x}");
        }
        // sub x9, sp, #0x90; and sp, x9, #0xffffffffffffffe0
        let code = [0xd102_43e9_u32, 0x927b_e93f]
            .map(u32::to_le_bytes)
            .concat();
        assert_eq!(decode(&code, 0)[1].stack, Stack::Down(0x90 + 16));
    }

    #[test]
    fn the_third_argument_is_known_where_it_is_a_number() {
        for (word, expected) in [
            // mov w2, #0xcc0; mov w2, #0x1000, lsl #16; mov w2, wzr; mov w1, #1
            (0x5281_9802, Argument::Is(0xcc0)),
            (0x52a2_0002, Argument::Is(0x1000_0000)),
            (0x2a1f_03e2, Argument::Is(0)),
            (0x5280_0021, Argument::Stays),
            // mov x2, x0; ldr x2, [x0]; ldp x1, x2, [x0]; str x2, [x0]; stp x2, x3, [x0]
            (0xaa00_03e2, Argument::Unknown),
            (0xf940_0002, Argument::Unknown),
            (0xa940_0801, Argument::Unknown),
            (0xf900_0002, Argument::Stays),
            (0xa900_0c02, Argument::Stays),
        ] {
            assert_eq!(one(word).third, expected, "{word:08x}");
        }
    }

    #[test]
    fn floats_and_newer_instructions_are_seen() {
        // fadd d0, d0, d1; ldr q0, [x0]; stp d8, d9, [sp, #-16]!
        for word in [0x1e61_2800, 0x3dc0_0000, 0x6dbf_27e8] {
            assert!(matches!(one(word).kind, Kind::Float(_)), "{word:08x}");
        }
        // ldadd w0, w1, [x2]; cas w0, w1, [x2]; retaa
        for word in [0xb820_0041, 0x88a0_7c41, 0xd65f_0bff] {
            assert!(matches!(one(word).kind, Kind::Newer { .. }), "{word:08x}");
        }
        assert_eq!(one(0xd503_233f).kind, Kind::SignsReturn);
        // ldxr w0, [x1]; stlxr w2, w0, [x1]; ldr x0, [x1, x2]; add x0, x1, x2
        for word in [0x885f_7c20, 0x8802_fc20, 0xf862_6820, 0x8b02_0020] {
            assert_eq!(one(word).kind, Kind::Other, "{word:08x}");
        }
    }
}
