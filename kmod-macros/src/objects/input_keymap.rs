// SPDX-License-Identifier: GPL-2.0-only
//! What stands in `keymap(…)` of `#[input]`: scan codes, with what they stand for.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::Expr;

use crate::errors::{Errors, closest, listed};
use crate::syntax::args::{Args, Entry, Value, split_at_commas};
use crate::syntax::forms::int_value;

/// A scan code.
pub struct ScanCode {
    /// Its number.
    pub number: u32,
    /// What it stands for.
    pub means: Means,
}

/// What a scan code stands for.
pub enum Means {
    /// `KE_KEY`
    Key(Ident),
    /// `KE_SW`, with how the switch is then.
    Switch(Ident, bool),
    /// `KE_VSW`
    VariableSwitch(Ident),
    /// `KE_IGNORE`
    Ignore,
}

/// The kinds of entries, each with how it is written.
const KINDS: [(&str, &str); 4] = [
    ("KE_KEY", "KE_KEY(0x01, KEY_WLAN)"),
    ("KE_SW", "KE_SW(0x10, SW_LID, 1)"),
    ("KE_VSW", "KE_VSW(0x20, SW_DOCK)"),
    ("KE_IGNORE", "KE_IGNORE(0x30)"),
];

/// The most scan codes of a device.
const CODES_MAX: usize = 4096;

/// The scan codes in `keymap(…)`.
pub fn keymap(args: &mut Args, errors: &mut Errors) -> Vec<ScanCode> {
    let Some(entry) = args.take("keymap") else {
        return Vec::new();
    };
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut codes: Vec<ScanCode> = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        match part.as_slice() {
            [TokenTree::Ident(kind), TokenTree::Group(about)]
                if about.delimiter() == Delimiter::Parenthesis =>
            {
                let Some(scan) = scan_code(kind, about, errors) else {
                    continue;
                };
                if codes.iter().any(|known| known.number == scan.number) {
                    errors.at(
                        kind.span(),
                        format!("the scan code {:#x} is given twice", scan.number),
                        "leave one of them out: the kernel would take the first",
                    );
                }
                codes.push(scan);
            }
            _ => wrong(&entry, part, errors),
        }
    }
    if codes.is_empty() && errors.count() == before {
        entry.wrong(list, "scan codes, one at least", errors);
    }
    if codes.len() > CODES_MAX {
        errors.at(
            entry.key.span(),
            format!("a device has at most {CODES_MAX} scan codes"),
            "leave out those that it never reports",
        );
    }
    codes
}

/// A part of the list that is none.
fn wrong(entry: &Entry, part: Vec<TokenTree>, errors: &mut Errors) {
    let tokens: TokenStream = part.into_iter().collect();
    entry.wrong(
        tokens,
        "scan codes in the words of `linux/input/sparse-keymap.h`",
        errors,
    );
}

/// One scan code.
fn scan_code(kind: &Ident, about: &Group, errors: &mut Errors) -> Option<ScanCode> {
    let Some((_, example)) = KINDS.iter().find(|(known, _)| kind == known) else {
        let known = KINDS.map(|(known, _)| known);
        let help = match closest(&kind.to_string(), known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", listed(known)),
        };
        errors.at(
            kind.span(),
            format!("a scan code does not stand for a `{kind}`"),
            help,
        );
        return None;
    };
    let parts = split_at_commas(about.stream(), errors);
    let mut parts = parts.iter();
    let number = parts.next().and_then(|part| number(part));
    let Some(number) = number.and_then(|number| u32::try_from(number).ok()) else {
        errors.at(
            about.span(),
            "first stands a scan code, a number of 32 bits",
            format!("write `{example}`"),
        );
        return None;
    };
    let rest: Vec<&[TokenTree]> = parts.map(Vec::as_slice).collect();
    let means = match (kind.to_string().as_str(), rest.as_slice()) {
        ("KE_KEY", [[TokenTree::Ident(key)]]) if begins(key, &["KEY_", "BTN_"]) => {
            Means::Key(key.clone())
        }
        ("KE_SW", [[TokenTree::Ident(switch)], value]) if begins(switch, &["SW_"]) => {
            let Some(value @ (0 | 1)) = self::number(value) else {
                errors.at(
                    kind.span(),
                    "a switch is 1 or 0",
                    format!("write `KE_SW({number:#x}, {switch}, 1)`"),
                );
                return None;
            };
            Means::Switch(switch.clone(), value == 1)
        }
        ("KE_VSW", [[TokenTree::Ident(switch)]]) if begins(switch, &["SW_"]) => {
            Means::VariableSwitch(switch.clone())
        }
        ("KE_IGNORE", []) => Means::Ignore,
        _ => {
            errors.at(
                about.span(),
                match kind.to_string().as_str() {
                    "KE_KEY" => "after its scan code stands a key",
                    "KE_SW" => "after its scan code stands a switch, and how that is then",
                    "KE_VSW" => "after its scan code stands a switch, which is as it is reported",
                    _ => "what is ignored is a scan code alone",
                },
                format!("write `{example}`"),
            );
            return None;
        }
    };
    Some(ScanCode { number, means })
}

/// Whether a name has one of these beginnings. Whether the kernel has it, the compiler knows.
fn begins(name: &Ident, begins: &[&str]) -> bool {
    let name = name.to_string();
    begins.iter().any(|begin| name.starts_with(begin))
}

/// The number that some tokens are.
fn number(tokens: &[TokenTree]) -> Option<i128> {
    let stream: TokenStream = tokens.iter().cloned().collect();
    int_value(&syn::parse2::<Expr>(stream).ok()?)
}
