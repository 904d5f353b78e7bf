// SPDX-License-Identifier: GPL-2.0-only
//! Return addresses are signed before they are put on the stack, where the kernel signs its own.

use anyhow::Result;

use super::{REBUILD, Rule, finding};
use crate::arch::{Instruction, Kind};
use crate::code::between;
use crate::module::Module;
use crate::report::Finding;
use crate::target::Target;

pub const RULE: Rule = Rule {
    name: "return-signing",
    help: REBUILD,
    applies: |module, target| {
        let code = module.code;
        code.is_some_and(|code| target.asks(code.signs_returns))
    },
    check,
};

fn check(module: &Module, _: &Target, findings: &mut Vec<Finding>) -> Result<()> {
    let Some(code) = module.code else {
        return Ok(());
    };
    for section in module.compiled() {
        // Parts that gcc moves away from their function go on with its frame.
        let functions = module.functions(section);
        for function in functions.iter().filter(|f| !f.name.contains(".cold")) {
            let instructions = between(code, section, function.start, function.end);
            if let Some(place) = unsigned(&instructions) {
                findings.push(finding(
                    module,
                    section,
                    place,
                    "the return address is put on the stack without a signature",
                ));
            }
        }
    }
    Ok(())
}

/// Where the return address is put on the stack before it is signed.
fn unsigned(instructions: &[Instruction]) -> Option<u64> {
    let first = instructions
        .iter()
        .find(|instruction| matches!(instruction.kind, Kind::SignsReturn | Kind::SavesReturn))?;
    (first.kind == Kind::SavesReturn).then_some(first.start)
}

#[cfg(test)]
mod tests {
    use object::Architecture;

    use super::*;
    use crate::arch::Code;

    #[test]
    fn a_signature_comes_before_the_stack() {
        let code = Code::of(Architecture::Aarch64).unwrap();
        let at = |words: &[u32]| {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            unsigned(&(code.decode)(&bytes, 0))
        };
        // paciasp; stp x29, x30, [sp, #-16]!; str x30, [sp, #8]; stp x19, x20, [sp, #16]; ret
        let [sign, save, store, other, ret] = [
            0xd503_233f,
            0xa9bf_7bfd,
            0xf900_07fe,
            0xa901_53f3,
            0xd65f_03c0,
        ];
        assert_eq!(at(&[sign, save, ret]), None);
        assert_eq!(at(&[other, save, ret]), Some(4));
        assert_eq!(at(&[store, sign, ret]), Some(0));
        assert_eq!(at(&[other, ret]), None);
    }
}
