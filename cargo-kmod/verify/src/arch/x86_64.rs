// SPDX-License-Identifier: GPL-2.0-only
//! x86-64.

use iced_x86::{
    CpuidFeature, Decoder, DecoderOptions, FlowControl, Instruction as Decoded, Mnemonic, OpKind,
    Register,
};
use object::{Architecture, elf};

use super::{
    Argument, Baseline, Callee, Code, Detour, Flow, Instruction, Kind, Landing, Options, Sites,
    Stack, Stop,
};

pub static CODE: Code = Code {
    name: "x86_64",
    machine: Architecture::X86_64,
    decode,
    // arch/x86/include/asm/page_64_types.h, without KASAN
    stack: 16 * 1024,
    return_address: 8,
    // arch/x86/kernel/module.c
    relocations: &[
        elf::R_X86_64_NONE,
        elf::R_X86_64_64,
        elf::R_X86_64_PC64,
        elf::R_X86_64_32,
        elf::R_X86_64_32S,
        elf::R_X86_64_PC32,
        elf::R_X86_64_PLT32,
    ],
    flags: &[],
    made: &[],
    purpose,
    from_end: &[(elf::R_X86_64_PC32, 4), (elf::R_X86_64_PLT32, 4)],
    says: &[("retpoline", RETPOLINE)],
    returns: Some(Detour {
        options: RETHUNK,
        symbol: "__x86_return_thunk",
        replaced: &[],
    }),
    branches: Some(Detour {
        options: RETPOLINE,
        symbol: "__x86_indirect_thunk_*",
        // Paravirtual calls become direct ones when the module is loaded.
        replaced: &["pv_ops"],
    }),
    stops: Some(Stop {
        options: &["SLS", "MITIGATION_SLS"],
        name: "int3",
    }),
    landing: Some(Landing {
        options: &["X86_KERNEL_IBT"],
        name: "ENDBR64",
        bytes: &[&[0xf3, 0x0f, 0x1e, 0xfa]],
        no_calls: &[
            ".altinstructions",
            ".call_sites",
            ".cfi_sites",
            ".ibt_endbr_seal",
            ".orc_unwind",
            ".parainstructions",
            ".retpoline_sites",
            ".return_sites",
            ".smp_locks",
            ".static_call_sites",
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
    signs_returns: &[],
    sites: &[
        Sites {
            section: ".return_sites",
            options: RETHUNK,
            reader: (ALTERNATIVE, "apply_returns"),
            callee: Callee::Begins("__x86_return_thunk"),
        },
        Sites {
            section: ".retpoline_sites",
            options: RETPOLINE,
            reader: (ALTERNATIVE, "apply_retpolines"),
            callee: Callee::Begins("__x86_indirect_thunk_"),
        },
        Sites {
            section: ".call_sites",
            options: &["CALL_DEPTH_TRACKING", "MITIGATION_CALL_DEPTH_TRACKING"],
            reader: (ALTERNATIVE, "callthunks_patch_module_calls"),
            // Static calls are patched by lists of their own.
            callee: Callee::AllBut(&["__x86_", "__SCT__"]),
        },
    ],
    baseline: Baseline {
        unknown: &["X86_NATIVE_CPU"],
        more: &[("movbe", &["MATOM"])],
        asked: &[],
    },
};

const RETPOLINE: Options = &["RETPOLINE", "MITIGATION_RETPOLINE"];
const RETHUNK: Options = &["RETHUNK", "MITIGATION_RETHUNK"];
const ALTERNATIVE: &str = "arch/x86/include/asm/alternative.h";

fn purpose(relocation: u32) -> &'static str {
    match relocation {
        elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX => {
            " (through a GOT)"
        }
        elf::R_X86_64_TPOFF32
        | elf::R_X86_64_GOTTPOFF
        | elf::R_X86_64_TLSGD
        | elf::R_X86_64_TLSLD => " (thread-local storage)",
        _ => "",
    }
}

fn decode(bytes: &[u8], start: u64) -> Vec<Instruction> {
    Decoder::with_ip(64, bytes, start, DecoderOptions::NONE)
        .iter()
        .map(|decoded| Instruction {
            start: decoded.ip(),
            end: decoded.next_ip(),
            flow: flow(&decoded),
            stack: stack(&decoded),
            third: third(&decoded),
            kind: kind(&decoded),
        })
        .collect()
}

fn flow(decoded: &Decoded) -> Flow {
    match decoded.flow_control() {
        FlowControl::Call => Flow::Call(decoded.near_branch_target()),
        FlowControl::UnconditionalBranch => Flow::Jump(decoded.near_branch_target()),
        FlowControl::ConditionalBranch => Flow::Branch(decoded.near_branch_target()),
        FlowControl::IndirectCall => Flow::IndirectCall,
        FlowControl::IndirectBranch => Flow::IndirectJump,
        FlowControl::Return => Flow::Return,
        FlowControl::Exception => Flow::Trap,
        FlowControl::Next | FlowControl::Interrupt | FlowControl::XbeginXabortXend => Flow::Next,
    }
}

fn stack(decoded: &Decoded) -> Stack {
    let to = decoded.op0_register();
    let is_number = matches!(
        decoded.op1_kind(),
        OpKind::Immediate8to64 | OpKind::Immediate32to64
    );
    let number = || decoded.immediate(1).cast_signed();
    match (decoded.mnemonic(), to) {
        (Mnemonic::Call, _) => Stack::Stays,
        (Mnemonic::Leave, _) => Stack::BelowFrame(-8),
        (Mnemonic::Sub, Register::RSP) if is_number => Stack::Down(number()),
        (Mnemonic::Add, Register::RSP) if is_number => Stack::Down(-number()),
        // Aligning takes up to so much.
        (Mnemonic::And, Register::RSP) if is_number => Stack::Down(-number() - 8),
        (Mnemonic::Lea, Register::RSP) => {
            let by = decoded.memory_displacement64().cast_signed();
            match decoded.memory_base() {
                Register::RSP => Stack::Down(-by),
                Register::RBP => Stack::BelowFrame(-by),
                _ => Stack::Stays,
            }
        }
        (Mnemonic::Mov, Register::RBP) if decoded.op1_register() == Register::RSP => {
            Stack::ToFrame(0)
        }
        (Mnemonic::Mov, Register::RSP) if decoded.op1_register() == Register::RBP => {
            Stack::BelowFrame(0)
        }
        _ if decoded.is_stack_instruction() => {
            Stack::Down(-i64::from(decoded.stack_pointer_increment()))
        }
        _ => Stack::Stays,
    }
}

/// What becomes of `rdx`.
fn third(decoded: &Decoded) -> Argument {
    let is_whole = matches!(decoded.op0_register(), Register::EDX | Register::RDX);
    match decoded.mnemonic() {
        Mnemonic::Cmp | Mnemonic::Test | Mnemonic::Push => Argument::Stays,
        Mnemonic::Mov if is_whole && decoded.op1_kind() == OpKind::Immediate32 => {
            Argument::Is(decoded.immediate(1))
        }
        Mnemonic::Xor if is_whole && decoded.op1_register() == decoded.op0_register() => {
            Argument::Is(0)
        }
        Mnemonic::Mul
        | Mnemonic::Imul
        | Mnemonic::Div
        | Mnemonic::Idiv
        | Mnemonic::Cdq
        | Mnemonic::Cqo
        | Mnemonic::Cpuid
        | Mnemonic::Rdtsc => Argument::Unknown,
        _ if decoded.op0_register().full_register() == Register::RDX => Argument::Unknown,
        _ => Argument::Stays,
    }
}

fn kind(decoded: &Decoded) -> Kind {
    match decoded.mnemonic() {
        Mnemonic::Nop => Kind::Nop,
        Mnemonic::Int3 => Kind::Stop,
        mnemonic if is_float(decoded) => Kind::Float(format!("{mnemonic:?}").to_lowercase()),
        // On a processor that has none it is `bsf`, and compilers write it for that.
        Mnemonic::Tzcnt => Kind::Other,
        mnemonic => match decoded.cpuid_features().iter().find(|one| is_newer(**one)) {
            Some(feature) => Kind::Newer {
                name: format!("{mnemonic:?}").to_lowercase(),
                feature: format!("{feature:?}").to_lowercase(),
            },
            None => Kind::Other,
        },
    }
}

/// What neither each processor with 64 bits has, nor only code asks for that knows the processor: the
/// kernel's macros for virtual machines, its state, its caches. No compiler writes those by itself.
fn is_newer(feature: CpuidFeature) -> bool {
    use CpuidFeature as Of;
    let is_each = matches!(
        feature,
        Of::INTEL8086
            | Of::INTEL186
            | Of::INTEL286
            | Of::INTEL386
            | Of::INTEL486
            | Of::X64
            | Of::CLFSH
            | Of::CMOV
            | Of::CPUID
            | Of::CX8
            | Of::FXSR
            | Of::MSR
            | Of::MULTIBYTENOP
            | Of::PAUSE
            | Of::RDPMC
            | Of::SEP
            | Of::SMM
            | Of::SSE
            | Of::SSE2
            | Of::SYSCALL
            | Of::TSC
    );
    let is_asked_for = matches!(
        feature,
        Of::CET_IBT
            | Of::CET_SS
            | Of::CLDEMOTE
            | Of::CLFLUSHOPT
            | Of::CLWB
            | Of::CLZERO
            | Of::CMPXCHG16B
            | Of::ENQCMD
            | Of::FRED
            | Of::FSGSBASE
            | Of::HLE_or_RTM
            | Of::HRESET
            | Of::INVEPT
            | Of::INVLPGB
            | Of::INVPCID
            | Of::INVVPID
            | Of::LKGS
            | Of::MCOMMIT
            | Of::MONITOR
            | Of::MONITORX
            | Of::MOVDIR64B
            | Of::MOVDIRI
            | Of::MSRLIST
            | Of::PCONFIG
            | Of::PKU
            | Of::PTWRITE
            | Of::RDPID
            | Of::RDPRU
            | Of::RDRAND
            | Of::RDSEED
            | Of::RDTSCP
            | Of::RMPQUERY
            | Of::RTM
            | Of::SERIALIZE
            | Of::SEV_ES
            | Of::SEV_SNP
            | Of::SGX1
            | Of::SKINIT
            | Of::SKINIT_or_SVM
            | Of::SMAP
            | Of::SMX
            | Of::SVM
            | Of::TDX
            | Of::TSXLDTRK
            | Of::UINTR
            | Of::VMX
            | Of::WAITPKG
            | Of::WBNOINVD
            | Of::WRMSRNS
            | Of::XSAVE
            | Of::XSAVEC
            | Of::XSAVEOPT
            | Of::XSAVES
    );
    !is_each && !is_asked_for
}

/// By its operands: `lfence`, `prefetch` and `movnti` came with SSE and do no harm.
fn is_float(decoded: &Decoded) -> bool {
    let mut operands = 0..decoded.op_count();
    let by_operand = operands.any(|number| {
        let register = decoded.op_register(number);
        decoded.op_kind(number) == OpKind::Register
            && (register.is_vector_register()
                || register.is_mm()
                || register.is_st()
                || register.is_k()
                || register.is_tmm())
    });
    let by_unit = || {
        decoded.cpuid_features().iter().any(|feature| {
            matches!(
                feature,
                CpuidFeature::FPU
                    | CpuidFeature::FPU287
                    | CpuidFeature::FPU387
                    | CpuidFeature::MMX
                    | CpuidFeature::D3NOW
            )
        })
    };
    by_operand || by_unit()
}
