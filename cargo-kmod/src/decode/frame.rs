// SPDX-License-Identifier: GPL-2.0-only
//! What a line of the kernel's log says of functions: `symbol+0x12/0x34 [module]`.

use std::ops::Range;

/// A place in a function, as the kernel tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Where in the line its symbol stands.
    pub at: Range<usize>,
    /// The function; the kernel may have cut it off.
    pub symbol: String,
    /// How far into the function.
    pub offset: u64,
    /// From its beginning to that of the next function.
    pub size: u64,
    /// The module that it is in.
    pub module: Option<String>,
    /// The module's build id, which some kernels tell.
    pub build_id: Option<String>,
    /// Whether that is the instruction itself; else it is the one that a call returns to.
    pub is_exact: bool,
    /// Whether it was found on the stack, and nobody knows whether it was called.
    pub is_doubtful: bool,
}

/// What stands before the instruction that was executed.
const EXACT: [&str; 5] = ["RIP: ", "pc : ", "WARNING: ", "PC is at ", "epc : "];

/// The places that a line tells of.
pub fn frames(line: &str) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut from = 0;
    while let Some(found) = line[from..].find("+0x") {
        let plus = from + found;
        from = plus + 1;
        frames.extend(frame(line, plus));
    }
    frames
}

/// The one whose offset begins at `plus`.
fn frame(line: &str, plus: usize) -> Option<Frame> {
    let start = line[..plus]
        .rfind(|c: char| !is_symbols(c))
        .map_or(0, |at| {
            at + line[at..].chars().next().map_or(1, char::len_utf8)
        });
    let symbol = &line[start..plus];
    let (offset, rest) = hex(line[plus + 1..].strip_prefix("0x")?)?;
    let (size, rest) = hex(rest.strip_prefix("/0x")?)?;
    let bracket = rest
        .strip_prefix(" [")
        .and_then(|rest| rest.split_once(']'));
    let mut words = bracket.map_or("", |(words, _)| words).split(' ');
    let before = &line[..start];
    (!symbol.is_empty()).then(|| Frame {
        at: start..plus,
        symbol: symbol.to_owned(),
        offset,
        size,
        module: words
            .next()
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
        build_id: words.next().map(str::to_owned),
        is_exact: EXACT.iter().any(|words| before.contains(words)),
        is_doubtful: before.ends_with("? "),
    })
}

fn is_symbols(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.$".contains(c)
}

fn hex(text: &str) -> Option<(u64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_hexdigit())
        .unwrap_or(text.len());
    Some((u64::from_str_radix(&text[..end], 16).ok()?, &text[end..]))
}

/// The line, with what `named` says in place of each frame's symbol, and Rust's other symbols demangled.
pub fn with_names(line: &str, frames: &[Frame], named: impl Fn(&Frame) -> String) -> String {
    let mut text = String::new();
    let mut done = 0;
    for frame in frames {
        text += &demangled(&line[done..frame.at.start]);
        text += &named(frame);
        done = frame.at.end;
    }
    text + &demangled(&line[done..])
}

/// A text with Rust's symbols demangled.
pub fn demangled(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_symbols) {
        let end = rest[start..].find(|c: char| !is_symbols(c));
        let end = end.map_or(rest.len(), |end| start + end);
        said += &rest[..start];
        said += &match rustc_demangle::try_demangle(&rest[start..end]) {
            Ok(name) => format!("{name:#}"),
            Err(_) => rest[start..end].to_owned(),
        };
        rest = &rest[end..];
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Frame {
        let mut found = frames(line);
        assert_eq!(found.len(), 1, "{line}");
        found.remove(0)
    }

    #[test]
    fn a_place_is_found_in_each_kind_of_line() {
        for (line, symbol, is_exact, is_doubtful) in [
            ("[    3.141592] RIP: 0010:f+0x12/0x34 [m]", "f", true, false),
            ("RIP: 0010:f+0x12/0x34 [m]", "f", true, false),
            ("pc : f.cold+0x12/0x34 [m]", "f.cold", true, false),
            ("lr : f+0x12/0x34 [m]", "f", false, false),
            (" f+0x12/0x34 [m]", "f", false, false),
            ("[  T81]  ? f+0x12/0x34 [m]", "f", false, true),
            (
                "WARNING: CPU: 1 PID: 7 at a.c:3 f+0x12/0x34 [m]",
                "f",
                true,
                false,
            ),
            (
                "WARNING: a.c:3 at f+0x12/0x34 [m], CPU#1: insmod/81",
                "f",
                true,
                false,
            ),
            (
                "BUG: KASAN: use-after-free in f+0x12/0x34 [m]",
                "f",
                false,
                false,
            ),
            (
                "#0: (&x){+.+.}-{3:3}, at: f+0x12/0x34 [m]",
                "f",
                false,
                false,
            ),
            (" f+0x12/0x34 [m]\r", "f", false, false),
        ] {
            let frame = one(line);
            assert_eq!((frame.offset, frame.size), (0x12, 0x34), "{line}");
            assert_eq!(frame.module.as_deref(), Some("m"), "{line}");
            assert_eq!(
                (&*frame.symbol, frame.is_exact),
                (symbol, is_exact),
                "{line}"
            );
            assert_eq!(frame.is_doubtful, is_doubtful, "{line}");
        }
    }

    #[test]
    fn a_build_id_stands_behind_the_module() {
        let frame = one(" f+0x1/0x2 [m 0123abcd]");
        assert_eq!(frame.module.as_deref(), Some("m"));
        assert_eq!(frame.build_id.as_deref(), Some("0123abcd"));
    }

    #[test]
    fn what_is_none_is_left() {
        assert_eq!(one(" do_one_initcall+0x56/0x220").module, None);
        for line in [
            "f+0x12",
            "+0x1/0x2",
            "f+0x/0x2 [m]",
            "Code: 00 +0xzz/0x1",
            "ü+0x1/",
        ] {
            assert_eq!(frames(line), [], "{line}");
        }
    }

    #[test]
    fn names_are_shown_as_they_are_written() {
        let line = "x _RNvCs1_1m1f+0x1/0x2 [m], _RNvCs1_1m1g.";
        let said = with_names(line, &frames(line), |frame| demangled(&frame.symbol));
        assert_eq!(said, "x m::f+0x1/0x2 [m], m::g.");
    }
}
