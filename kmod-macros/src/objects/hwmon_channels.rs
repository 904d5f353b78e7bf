// SPDX-License-Identifier: GPL-2.0-only
//! What stands in `channels(…)` of `#[hwmon]`: sensors, with the files that each has.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Expr, Lit};

use crate::errors::{Errors, closest, listed};
use crate::syntax::Text;
use crate::syntax::args::{Entry, Value, split_at_commas};
use crate::syntax::forms::{literal, text};

/// One channel.
pub struct Channel {
    /// Its sensor.
    pub sensor: &'static str,
    /// The files that can be read.
    pub readable: Vec<&'static str>,
    /// Those that can be written.
    pub writable: Vec<&'static str>,
    /// What its file `label` shows.
    pub label: Option<Text>,
}

/// What levels have: voltages and currents.
const LEVEL: &[&str] = &[
    "enable",
    "input",
    "label",
    "min",
    "max",
    "lcrit",
    "crit",
    "average",
    "lowest",
    "highest",
    "reset_history",
    "alarm",
    "min_alarm",
    "max_alarm",
    "lcrit_alarm",
    "crit_alarm",
    "rated_min",
    "rated_max",
];

/// The sensors, and the files that each can have on all kernels.
const SENSORS: &[(&str, &[&str])] = &[
    ("chip", &["update_interval", "alarms", "samples"]),
    (
        "temp",
        &[
            "enable",
            "input",
            "label",
            "type",
            "lcrit",
            "lcrit_hyst",
            "min",
            "min_hyst",
            "max",
            "max_hyst",
            "crit",
            "crit_hyst",
            "emergency",
            "emergency_hyst",
            "alarm",
            "lcrit_alarm",
            "min_alarm",
            "max_alarm",
            "crit_alarm",
            "emergency_alarm",
            "fault",
            "offset",
            "lowest",
            "highest",
            "reset_history",
            "rated_min",
            "rated_max",
        ],
    ),
    ("in", LEVEL),
    ("curr", LEVEL),
    (
        "power",
        &[
            "enable",
            "input",
            "label",
            "average",
            "average_interval",
            "input_highest",
            "input_lowest",
            "reset_history",
            "accuracy",
            "cap",
            "cap_hyst",
            "cap_max",
            "cap_min",
            "min",
            "max",
            "crit",
            "lcrit",
            "alarm",
            "cap_alarm",
            "min_alarm",
            "max_alarm",
            "lcrit_alarm",
            "crit_alarm",
            "rated_min",
            "rated_max",
        ],
    ),
    ("energy", &["enable", "input", "label"]),
    (
        "humidity",
        &[
            "enable",
            "input",
            "label",
            "min",
            "min_hyst",
            "max",
            "max_hyst",
            "alarm",
            "fault",
            "rated_min",
            "rated_max",
        ],
    ),
    (
        "fan",
        &[
            "enable",
            "input",
            "label",
            "min",
            "max",
            "div",
            "pulses",
            "target",
            "alarm",
            "min_alarm",
            "max_alarm",
            "fault",
        ],
    ),
    ("pwm", &["input", "enable", "mode", "freq"]),
    ("intrusion", &["alarm", "beep"]),
];

/// The most channels of a chip.
const CHANNELS_MAX: usize = 256;

/// The channels of the entry `channels(…)`.
pub fn channels(entry: &Entry, errors: &mut Errors) -> Vec<Channel> {
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut channels = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        match part.as_slice() {
            [TokenTree::Ident(sensor), TokenTree::Group(files)]
                if files.delimiter() == Delimiter::Parenthesis =>
            {
                if let Some(channel) = channel(sensor, files, errors) {
                    channels.push(channel);
                }
            }
            [TokenTree::Ident(sensor)] => errors.at(
                sensor.span(),
                format!("the sensor `{sensor}` has no files"),
                format!("write `{sensor}(input)`"),
            ),
            _ => {
                let tokens = part.into_iter().collect::<TokenStream>();
                entry.wrong(
                    tokens,
                    "sensors, each with its files in parentheses",
                    errors,
                );
            }
        }
    }
    if channels.is_empty() && errors.count() == before {
        entry.wrong(list, "sensors, one at least", errors);
    }
    if channels.len() > CHANNELS_MAX {
        errors.at(
            entry.key.span(),
            format!("a chip has at most {CHANNELS_MAX} channels"),
            "make several chips of it",
        );
    }
    channels
}

/// What a word says that was meant for another.
fn unknown(what: &str, word: &Ident, known: &[&'static str], errors: &mut Errors) {
    let help = match closest(&word.to_string(), known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", listed(known.iter().copied())),
    };
    errors.at(word.span(), format!("{what} `{word}`"), help);
}

/// The string that a token is.
fn text_of(token: &TokenTree) -> Option<Text> {
    let value: Expr = syn::parse2(token.clone().into()).ok()?;
    match literal(&value) {
        Some(Lit::Str(string)) => Some(text(string)),
        _ => None,
    }
}

/// One channel.
fn channel(sensor: &Ident, files: &Group, errors: &mut Errors) -> Option<Channel> {
    let Some((name, known)) = SENSORS.iter().find(|(name, _)| sensor == name) else {
        let names: Vec<_> = SENSORS.iter().map(|(name, _)| *name).collect();
        unknown("there is no sensor", sensor, &names, errors);
        return None;
    };
    let before = errors.count();
    let mut channel = Channel {
        sensor: name,
        readable: Vec::new(),
        writable: Vec::new(),
        label: None,
    };
    let mut seen = Vec::new();
    let mut file = |word: &Ident, errors: &mut Errors| -> Option<&'static str> {
        let Some(file) = known.iter().find(|file| word == *file) else {
            unknown(
                &format!("the sensor `{name}` has no file"),
                word,
                known,
                errors,
            );
            return None;
        };
        if seen.contains(file) {
            errors.at(
                word.span(),
                format!("`{file}` is given twice"),
                "leave one of them out",
            );
            return None;
        }
        seen.push(*file);
        Some(*file)
    };
    for part in split_at_commas(files.stream(), errors) {
        match part.as_slice() {
            [TokenTree::Ident(word), TokenTree::Punct(equals), value]
                if word == "label" && equals.as_char() == '=' =>
            {
                match text_of(value) {
                    Some(label) => {
                        if let Some(file) = file(word, errors) {
                            channel.readable.push(file);
                            channel.label = Some(label);
                        }
                    }
                    None => errors.at(
                        value.span(),
                        "a label is a string",
                        "write `label = \"CPU\"`",
                    ),
                }
            }
            [TokenTree::Ident(word)] if word == "label" => errors.at(
                word.span(),
                "a label is what its file shows",
                "write `label = \"CPU\"`",
            ),
            [TokenTree::Ident(word)] => channel.readable.extend(file(word, errors)),
            [TokenTree::Ident(word), TokenTree::Group(those)]
                if (word == "rw" || word == "wo")
                    && those.delimiter() == Delimiter::Parenthesis =>
            {
                for part in split_at_commas(those.stream(), errors) {
                    let [TokenTree::Ident(inner)] = part.as_slice() else {
                        errors.at(
                            word.span(),
                            format!("`{word}` takes names of files"),
                            format!("write `{word}(max)`"),
                        );
                        continue;
                    };
                    if inner == "label" {
                        errors.at(
                            inner.span(),
                            "a label cannot be written",
                            "write `label = \"CPU\"` outside",
                        );
                        continue;
                    }
                    if let Some(file) = file(inner, errors) {
                        channel.writable.push(file);
                        if word == "rw" {
                            channel.readable.push(file);
                        }
                    }
                }
            }
            part => {
                let span = part.first().map_or(sensor.span(), TokenTree::span);
                errors.at(
                    span,
                    format!("the sensor `{name}` takes names of files"),
                    format!("write `{name}(input)`, `rw(max)` for one that is written, too"),
                );
            }
        }
    }
    if let Some(label) = &channel.label
        && (label.value.is_empty() || label.value.contains(|c: char| c.is_control()))
    {
        errors.at(
            label.span,
            "a label is a line of text",
            "leave the key out for none",
        );
    }
    if channel.readable.is_empty() && channel.writable.is_empty() && errors.count() == before {
        errors.at(
            sensor.span(),
            format!("the sensor `{sensor}` has no files"),
            format!("write `{sensor}(input)`"),
        );
    }
    Some(channel)
}
