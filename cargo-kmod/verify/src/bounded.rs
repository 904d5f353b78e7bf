// SPDX-License-Identifier: GPL-2.0-only
//! What a module's author has said of its recursion (`bounded_recursion!`, kmod-core/src/stack.rs).

use super::cycles::Group;
use super::module::Module;
use super::stack::Graph;

/// The ELF notes: each holds "PATH LEVELS".
pub const SECTION: &str = ".note.kmod.recursion";

/// How often functions that call each other do so at most, if it has been said of one of them, or of
/// a type that is in its name.
pub fn levels(module: &Module, graph: &Graph, group: &Group) -> Option<u64> {
    let said = said(module);
    if said.is_empty() {
        return None;
    }
    let names: Vec<String> = group.iter().map(|at| graph.functions[*at].name()).collect();
    said.into_iter()
        .filter(|(path, _)| names.iter().any(|name| holds(name, path)))
        .map(|(_, levels)| levels)
        .max()
}

fn said(module: &Module) -> Vec<(String, u64)> {
    texts(module, SECTION)
        .filter_map(|text| {
            let (path, levels) = text.rsplit_once(' ')?;
            Some((path.to_owned(), levels.replace('_', "").parse().ok()?))
        })
        .collect()
}

/// The texts of a section of ELF notes.
pub fn texts(module: &Module, section: &'static str) -> impl Iterator<Item = String> {
    let sections = module.named(section);
    sections.flat_map(|section| notes(section.data))
}

/// The texts of ELF notes: lengths of the owner's name and of the text, a type, then both, each
/// filled up to four bytes.
fn notes(mut data: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some((head, rest)) = data.split_at_checked(12) {
        let length = |at: usize| {
            let bytes = head[at..at + 4].try_into().unwrap_or_default();
            u32::from_le_bytes(bytes) as usize
        };
        let (name, text) = (length(0).next_multiple_of(4), length(4));
        let Some(held) = rest.get(name..name.saturating_add(text)) else {
            break;
        };
        texts.push(
            String::from_utf8_lossy(held)
                .trim_end_matches('\0')
                .to_owned(),
        );
        let end = name.saturating_add(text.next_multiple_of(4));
        data = rest.get(end..).unwrap_or_default();
    }
    texts
}

/// Whether the whole path is in the name: what stands around it is not of an identifier.
pub fn holds(name: &str, path: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    name.match_indices(path).any(|(at, _)| {
        let before = name[..at].chars().next_back();
        let after = &name[at + path.len()..];
        !before.is_some_and(is_part)
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_in_a_name_whole() {
        let name = "core::ptr::drop_in_place::<kmod_core::alloc::kbox::KBox<tree::Node>>";
        assert!(holds(name, "tree::Node"));
        assert!(holds("<tree::Node>::depth", "tree::Node"));
        assert!(holds("tree::walk", "tree::walk"));
        for (name, path) in [
            ("tree::Nodes", "tree::Node"),
            ("my_tree::Node", "tree::Node"),
            ("a::tree::Node", "tree::Node"),
        ] {
            assert!(!holds(name, path), "{path} in {name}");
        }
    }

    #[test]
    fn notes_follow_each_other() {
        let note = |text: &str| {
            let mut note = Vec::new();
            for number in [5, u32::try_from(text.len() + 1).unwrap(), 1] {
                note.extend(number.to_le_bytes());
            }
            note.extend(b"kmod\0\0\0\0");
            note.extend(text.as_bytes());
            note.push(0);
            note.resize(note.len().next_multiple_of(4), 0);
            note
        };
        let data = [note("a::b 8"), note("c::d 16")].concat();
        assert_eq!(notes(&data), ["a::b 8", "c::d 16"]);
        assert!(notes(&data[..20]).is_empty());
    }
}
