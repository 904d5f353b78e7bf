// SPDX-License-Identifier: GPL-2.0-only
//! No floating point and no vector instructions: their registers are the process's, and the
//! kernel does not save them.

use anyhow::Result;
use iced_x86::{CpuidFeature, Instruction, OpKind};

use super::{Rule, finding, x86_64};
use crate::verify::code;
use crate::verify::module::Module;
use crate::verify::report::Finding;
use crate::verify::target::Target;

pub const RULE: Rule = Rule {
    name: "floating-point",
    help: "it would overwrite the registers of the process that is interrupted: no f32 and f64 in \
           a module; C must bracket such code with kernel_fpu_begin()",
    applies: x86_64,
    check,
};

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    for section in module.code() {
        for instruction in code::instructions(module, section) {
            if touches_them(&instruction) {
                let name = format!("{:?}", instruction.mnemonic()).to_lowercase();
                findings.push(finding(
                    module,
                    section,
                    instruction.ip(),
                    format!("`{name}` uses the floating point or vector registers"),
                ));
            }
        }
    }
    Ok(())
}

/// By its operands: `lfence`, `prefetch` and `movnti` came with SSE and do no harm.
fn touches_them(instruction: &Instruction) -> bool {
    let mut operands = 0..instruction.op_count();
    let by_operand = operands.any(|number| {
        let register = instruction.op_register(number);
        instruction.op_kind(number) == OpKind::Register
            && (register.is_vector_register()
                || register.is_mm()
                || register.is_st()
                || register.is_k()
                || register.is_tmm())
    });
    let by_unit = || {
        instruction.cpuid_features().iter().any(|feature| {
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
