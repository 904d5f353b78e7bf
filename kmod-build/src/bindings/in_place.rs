// SPDX-License-Identifier: GPL-2.0-only
//! Helpers that stand where they are called, without a call: one that is only `asm` of the kernel's
//! headers is the same `asm` in Rust.

use crate::arch::{Assembly, Register};
use crate::helpers::{Body, Helpers};

use super::Error;

/// A helper that takes pointers and unsigned integers, and may return one.
pub struct InPlace<'a> {
    name: &'a str,
    /// Each with its type.
    arguments: Vec<[&'a str; 2]>,
    result: Option<&'a str>,
}

impl<'a> InPlace<'a> {
    /// Reads `name(argument: type, …) -> type`.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let parts = || {
            let (name, rest) = text.split_once('(')?;
            let (arguments, result) = rest.split_once(')')?;
            let argument = |text: &'a str| {
                let (argument, kind) = text.split_once(':')?;
                Some([argument.trim(), kind.trim()])
            };
            Some(Self {
                name,
                arguments: arguments.split(',').map(argument).collect::<Option<_>>()?,
                result: match result.trim() {
                    "" => None,
                    result => Some(result.strip_prefix("->")?.trim()),
                },
            })
        };
        parts().ok_or_else(|| {
            Error::new(format!(
                "`{text}` cannot stand in place: it must be `name(argument: type, …) -> type`"
            ))
        })
    }
}

/// Of `wanted` those that can be had so: names of which bindgen is not to make declarations, and
/// their definitions.
pub fn definitions(wanted: &[String], helpers: &Helpers) -> Result<(Vec<String>, String), Error> {
    let mut names = Vec::new();
    let mut text = String::new();
    let Some(arch) = helpers.written() else {
        return Ok((names, text));
    };
    for one in wanted {
        let one = InPlace::parse(one)?;
        // Only what defines it is compiled for it: the likeliest is the one.
        let Some(source) = helpers.candidates(one.name).first().copied() else {
            continue;
        };
        let bodies = helpers.bodies(source).map_err(Error::new)?;
        if let Some(Body::Asm(asm)) = bodies.get(one.name) {
            let Some(definition) = one.definition(asm, arch) else {
                continue;
            };
            names.push(one.name.to_owned());
            text += &definition;
        }
    }
    Ok((names, text))
}

impl InPlace<'_> {
    /// `None` if it takes more than there are registers.
    fn definition(&self, asm: &str, arch: &Assembly) -> Option<String> {
        let name = self.name;
        let is_move = is_move(asm, arch);
        let mut text = asm.trim_end().to_owned();
        // Of what is in a register: which one, if that matters.
        let mut place = |number: usize, register: &Register, kind: &str| {
            let width = width(kind);
            if !is_move {
                // The narrow names of a register are those of classes of their own.
                return format!("{:?}", register[if width == 0 { 0 } else { 3 }]);
            }
            let [class, modifier] = arch.any[width];
            text = text.replace(
                &format!("%{}", register[width]),
                &format!("{{{number}{modifier}}}"),
            );
            class.to_owned()
        };
        let (mut takes, mut operands) = (String::new(), String::new());
        for (number, [argument, kind]) in self.arguments.iter().enumerate() {
            let place = place(number, arch.arguments.get(number)?, kind);
            takes += &format!("{argument}: {kind}, ");
            operands += &format!("in({place}) {argument}, ");
        }
        let (mut gives, mut before, mut after) = (String::new(), String::new(), "");
        if let Some(kind) = self.result {
            let place = place(self.arguments.len(), &arch.result, kind);
            gives = format!("-> {kind} ");
            before = format!("let result: {kind};\n");
            after = "\nresult";
            operands += &format!("lateout({place}) result, ");
        }
        let rest = match is_move {
            true => "options(nostack, preserves_flags, ",
            false => "clobber_abi(\"C\"), options(raw, ",
        };
        Some(format!(
            "#[inline(always)]\npub unsafe fn {name}({takes}) {gives}{{\n{before}\
             // SAFETY: It is all of the C function's code, and may do what that may: with the\n\
             // same arguments, it does the same.\n\
             unsafe {{ ::core::arch::asm!({text:?}, {operands}{rest}{})) }};{after}\n}}\n",
            arch.options
        ))
    }
}

/// Which of a register's names is the one for a type; a pointer has all of it.
fn width(kind: &str) -> usize {
    let widths = ["u8", "u16", "u32"];
    let width = widths.iter().position(|width| *width == kind);
    width.unwrap_or(widths.len())
}

/// Whether it is one instruction that touches nothing but its operands, whichever registers they are in.
fn is_move(asm: &str, arch: &Assembly) -> bool {
    let mut words = asm.split_whitespace();
    let is_move = words.next().is_some_and(|word| arch.moves.contains(&word));
    is_move && words.count() == 1 && !asm.contains([';', '{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::Arch;

    #[test]
    fn operands_are_where_c_has_them() {
        let arch = Arch::FIRST.assembly.as_ref().unwrap();
        let definition = |text, asm| InPlace::parse(text).unwrap().definition(asm, arch);
        let read = definition("k_read(at: *const c_void) -> u8", "movb (%rdi),%al\n").unwrap();
        for part in [
            "pub unsafe fn k_read(at: *const c_void, ) -> u8 {",
            r#"asm!("movb ({0:r}),{1}", in(reg) at, lateout(reg_byte) result, options(nostack"#,
        ] {
            assert!(read.contains(part), "{read}");
        }
        let write = "k_write(at: *mut c_void, value: u32)";
        let moved = definition(write, "movl %esi,(%rdi)\n").unwrap();
        assert!(moved.contains(r#""movl {1:e},({0:r})""#), "{moved}");
        // Two instructions, and the second of unknown effect.
        let more = definition(write, "movl %esi,(%rdi)\nsyscall\n").unwrap();
        assert!(
            more.contains(r#"in("rdi") at, in("rsi") value, clobber_abi"#),
            "{more}"
        );
        assert_eq!(definition("k(a: u32, b: u32, c: u32)", "nop\n"), None);
        for wrong in ["k", "k(a)", "k(a: u32) u32"] {
            assert!(InPlace::parse(wrong).is_err(), "{wrong}");
        }
    }
}
