// SPDX-License-Identifier: GPL-2.0-only
//! What `modinfo` shows besides name and licence.

use super::Module;
use crate::errors::Errors;
use crate::rules::names::is_c_name;
use crate::syntax::Text;

/// Applies the rules of each entry.
pub fn check(module: &Module, errors: &mut Errors) {
    for (key, text) in texts(module) {
        if text.value.contains('\0') {
            errors.at(
                text.span,
                format!("`{key}` cannot hold a NUL: the kernel would read only what is before it"),
                "leave the NUL out",
            );
        } else if text.value.trim().is_empty() {
            errors.at(
                text.span,
                format!("`{key}` says nothing"),
                "leave it out, or write what `modinfo` is to show",
            );
        }
    }
    for alias in &module.aliases {
        one_word("an alias", alias, errors);
    }
    for firmware in &module.firmware {
        if firmware.value.starts_with('/') {
            errors.at(
                firmware.span,
                "a firmware file is named by its path below `/lib/firmware`",
                format!(
                    "write `\"{}\"`",
                    firmware
                        .value
                        .trim_start_matches("/lib/firmware")
                        .trim_start_matches('/')
                ),
            );
        }
    }
    for namespace in &module.import_ns {
        if !namespace.value.is_empty() && !is_c_name(&namespace.value) {
            errors.at(
                namespace.span,
                "a symbol namespace is made of ASCII letters, digits and `_`",
                "write it as `EXPORT_SYMBOL_NS` does, `\"DMA_BUF\"` for example",
            );
        }
    }
    if let Some(softdep) = &module.softdep {
        soft_dependency(softdep, errors);
    }
}

fn texts(module: &Module) -> impl Iterator<Item = (&'static str, &Text)> {
    let lists = [
        ("authors", &module.authors),
        ("alias", &module.aliases),
        ("firmware", &module.firmware),
        ("import_ns", &module.import_ns),
    ];
    let single = [
        ("description", &module.description),
        ("version", &module.version),
        ("softdep", &module.softdep),
    ];
    lists
        .into_iter()
        .flat_map(|(key, texts)| texts.iter().map(move |text| (key, text)))
        .chain(
            single
                .into_iter()
                .filter_map(|(key, text)| text.as_ref().map(|text| (key, text))),
        )
}

fn one_word(what: &str, text: &Text, errors: &mut Errors) {
    if text.value.trim().contains(char::is_whitespace) {
        errors.at(
            text.span,
            format!("{what} is one word"),
            "write each word as a string of its own",
        );
    }
}

/// "pre: a b post: c", as modprobe reads it.
fn soft_dependency(softdep: &Text, errors: &mut Errors) {
    let words: Vec<&str> = softdep.value.split_whitespace().collect();
    let marks = |word: &&str| matches!(*word, "pre:" | "post:");
    let help = "write `softdep = \"pre: first second post: third\"`";
    let Some(first) = words.first() else {
        return;
    };
    if !marks(first) {
        let help = match first.split_once(':') {
            None => format!("write `softdep = \"pre: {}\"`", words.join(" ")),
            Some(_) => help.to_owned(),
        };
        errors.at(
            softdep.span,
            "`softdep` names modules after `pre:` or `post:`",
            help,
        );
        return;
    }
    let empty = words.iter().enumerate().find(|(index, word)| {
        marks(word) && words.get(index + 1).as_ref().is_none_or(|w| marks(w))
    });
    if let Some((_, mark)) = empty {
        errors.at(
            softdep.span,
            format!("no module stands after `{mark}`"),
            help,
        );
    } else if let Some(word) = words.iter().find(|word| !marks(word) && !is_module(word)) {
        errors.at(softdep.span, format!("`{word}` is no module's name"), help);
    }
}

fn is_module(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}
